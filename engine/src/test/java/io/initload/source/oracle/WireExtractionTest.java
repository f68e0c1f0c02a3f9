package io.initload.source.oracle;

import io.initload.config.SourceConfig;
import io.initload.source.WireOracle;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;

/** The suite by the real driver, over a socket, on the stand-in for Oracle. */
@ExtendWith(WireOracle.Provider.class)
@Tag("system")
class WireExtractionTest extends OracleSuite {
  private final WireOracle.User user;

  WireExtractionTest(WireOracle oracle) {
    this.user =
        oracle.user(
            "SELECT ON SYS.V_$DATABASE",
            "SELECT ON SYS.DBA_EXTENTS",
            "SELECT ON SYS.DBA_OBJECTS",
            "EXECUTE ON SYS.DBMS_FLASHBACK");
  }

  @Override
  protected SourceConfig config() {
    return user.config();
  }

  @Override
  protected Connection connect() throws SQLException {
    return user.connect();
  }

  @Override
  protected Duration settling() {
    return Duration.ZERO;
  }
}
