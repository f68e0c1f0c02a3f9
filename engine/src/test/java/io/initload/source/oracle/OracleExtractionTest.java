package io.initload.source.oracle;

import io.initload.config.SourceConfig;
import io.initload.config.SourceConfigs;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * The suite on a real Oracle, under the Maven profile {@code oracle}: {@code
 * -Dinitload.oracle.url=jdbc:oracle:thin:@//HOST:1521/SERVICE -Dinitload.oracle.user=USER}, the
 * password in the environment as {@code INITLOAD_ORACLE_PASSWORD}. The user needs CREATE TABLE and
 * what {@code plan} prints; the suite makes and drops the tables INITLOAD_SUITE, _TYPES and _PARTS.
 */
@EnabledIfSystemProperty(
    named = "initload.oracle.url",
    matches = ".+",
    disabledReason = "no Oracle: give -Dinitload.oracle.url")
class OracleExtractionTest extends OracleSuite {
  private static final String URL = System.getProperty("initload.oracle.url", "");
  private static final String USER = System.getProperty("initload.oracle.user", "");

  /**
   * A table made minutes ago cannot be read in the past: ORA-01466 (docs/reference/oracle.md,
   * "Flashback query").
   */
  private static final int SETTLE_SECONDS = Integer.getInteger("initload.oracle.settle", 330);

  @Override
  protected SourceConfig config() {
    return SourceConfigs.of(URL, USER, password()).parallelHint(2).build();
  }

  @Override
  protected Connection connect() throws SQLException {
    return DriverManager.getConnection(URL, USER, password());
  }

  private static String password() {
    return System.getenv().getOrDefault("INITLOAD_ORACLE_PASSWORD", "");
  }

  @Override
  protected Duration settling() {
    return Duration.ofSeconds(SETTLE_SECONDS);
  }
}
