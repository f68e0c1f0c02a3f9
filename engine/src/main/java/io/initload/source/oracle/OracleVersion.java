package io.initload.source.oracle;

import io.initload.Failure;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;

/**
 * The version of a database, as it told the driver at login. Asked before anything else: what
 * statements may hold depends on it (docs/oracle.md, "Versions").
 */
record OracleVersion(int major, int minor) {
  /** Containers, ROW ARCHIVAL. */
  static final int CONTAINERS = 12;

  static final int INVISIBLE_COLUMNS = 12;

  /** Tables whose partitions are partly files. */
  static final int HYBRID_PARTITIONS = 19;

  private static final OracleVersion OLDEST = new OracleVersion(11, 2);

  /**
   * That of a session's database.
   *
   * @throws Failure {@code SOURCE_VERSION} when it is older than any that can be read
   */
  static OracleVersion of(Connection connection) throws SQLException {
    DatabaseMetaData told = connection.getMetaData();
    OracleVersion version =
        new OracleVersion(told.getDatabaseMajorVersion(), told.getDatabaseMinorVersion());
    if (version.before(OLDEST)) {
      throw new Failure(
          Failure.Reach.RUN,
          Failure.Kind.CONFIGURATION,
          "SOURCE_VERSION",
          "The database is Oracle %d.%d; none before 11.2 can be read."
              .formatted(version.major, version.minor),
          "Read a copy of it in a later version (Data Pump or transportable tablespaces).");
    }
    return version;
  }

  boolean since(int release) {
    return major >= release;
  }

  private boolean before(OracleVersion other) {
    return major < other.major || (major == other.major && minor < other.minor);
  }
}
