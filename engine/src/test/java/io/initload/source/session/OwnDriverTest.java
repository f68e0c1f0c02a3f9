package io.initload.source.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.initload.source.WireOracle;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.Properties;
import oracle.jdbc.OracleConnection;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(WireOracle.Provider.class)
@Tag("system")
class OwnDriverTest {
  private static final Path JAR = Path.of("target", "drivers", "ojdbc11.jar");

  @Test
  void itsClassesAreItsOwn(WireOracle oracle) throws Exception {
    WireOracle.User user = oracle.user();
    Properties login = new Properties();
    login.setProperty("user", user.name());
    login.setProperty("password", user.password());
    ClassLoader before = Thread.currentThread().getContextClassLoader();
    try (OwnDriver driver = OwnDriver.load(JAR, oracle.url());
        Connection connection = driver.connect(oracle.url(), login)) {
      assertThat(connection.isValid(10)).isTrue();
      assertThat(connection).isNotInstanceOf(OracleConnection.class);
      assertThat(
              connection.getClass().getProtectionDomain().getCodeSource().getLocation().getPath())
          .endsWith("/ojdbc11.jar");
      assertThat(connection.getClass().getName()).startsWith("oracle.jdbc.");
    }
    assertThat(Thread.currentThread().getContextClassLoader()).isSameAs(before);
  }
}
