package io.initload.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.initload.Failure;
import io.initload.config.SourceConfig;
import io.initload.config.SourceConfigs;
import io.initload.config.SourceName;
import io.initload.mapping.ColumnRead;
import io.initload.mapping.Rendering;
import io.initload.plan.ChunkBounds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.IntStream;
import oracle.jdbc.OracleDriver;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A driver of the user's own, beside the one on board, which has classes of the same names. */
@ExtendWith(WireOracle.Provider.class)
@Tag("system")
class WireDriverTest {
  /** Another build of the driver than the one on board; copied by the build. */
  private static final Path JAR = Path.of("target", "drivers", "ojdbc11.jar");

  @TempDir Path directory;

  private final WireOracle.User user;

  WireDriverTest(WireOracle oracle) {
    this.user = oracle.user("SELECT ON SYS.V_$DATABASE");
  }

  /** By a jar, and by a folder of one. */
  @Test
  void rowsAreReadByTheDriverThatIsNamed() throws IOException {
    user.run(
        "CREATE TABLE t (id NUMBER(9) PRIMARY KEY, memo CLOB)",
        "INSERT INTO t SELECT LEVEL, 'memo ' || LEVEL FROM DUAL CONNECT BY LEVEL <= 100");
    List<List<String>> expected =
        IntStream.rangeClosed(1, 100)
            .mapToObj(i -> List.of(String.valueOf(i), "memo " + i))
            .toList();
    Path folder = Files.createDirectory(directory.resolve("drivers"));
    Files.copy(JAR, folder.resolve("driver.jar"));
    for (Path driver : List.of(JAR, folder)) {
      try (SourceDatabase database = SourceDatabase.open(config(driver))) {
        assertThat(
                SourceRows.rows(
                    database.read(
                        new SourceName("", "T"),
                        new ChunkBounds.Whole(),
                        database.snapshot(),
                        List.of(
                            new ColumnRead("ID", Rendering.NUMBER),
                            new ColumnRead("MEMO", Rendering.TEXT)),
                        ZoneOffset.UTC,
                        "a test"),
                    2))
            .containsExactlyInAnyOrderElementsOf(expected);
      }
    }
  }

  /** It holds the driver's classes, but not what tells where its driver is. */
  @Test
  void ourOwnDriverIsNoHelpToOneThatCannotBeLoaded() throws IOException {
    Path empty = Files.createDirectory(directory.resolve("empty"));
    Path text = Files.writeString(directory.resolve("ojdbc8.jar"), "no jar");
    Path other = Path.of(ours().getParent().toString(), "no-such.jar");
    refused(empty, "neither a jar nor a folder of jars");
    refused(other, "neither a jar nor a folder of jars");
    refused(text, "holds no driver for jdbc:oracle:thin:@//");
  }

  private void refused(Path driver, String why) {
    assertThatThrownBy(() -> SourceDatabase.open(config(driver)))
        .isInstanceOfSatisfying(
            Failure.class,
            e -> {
              assertThat(e.code()).isEqualTo("SOURCE_DRIVER");
              assertThat(e.kind()).isEqualTo(Failure.Kind.CONFIGURATION);
              assertThat(e).hasMessageContaining(driver.toString()).hasMessageContaining(why);
              assertThat(e.remedy()).contains("Java 17").contains("leave source.driver out");
            });
  }

  private static Path ours() {
    return Path.of(
        OracleDriver.class.getProtectionDomain().getCodeSource().getLocation().getPath());
  }

  private SourceConfig config(Path driver) {
    return SourceConfigs.like(user.config()).driver(driver).build();
  }
}
