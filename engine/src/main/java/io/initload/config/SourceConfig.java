package io.initload.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * The database that is read.
 *
 * @param url a JDBC URL; its prefix chooses the dialect (oracle, h2, postgresql)
 * @param driver a jar, or a folder of jars, of a JDBC driver of the user's own; default none
 * @param sessions how many sessions read at once; default 4
 * @param parallelHint default degree of the {@code PARALLEL} hint; 0 for none; default 8
 * @param fetchBytes bytes of rows fetched in one round trip; default 4 MB
 * @param readTimeout how long a read may be silent between two fetches; default 10 min
 * @param planTimeout how long a statement that plans or counts may be silent; default 6 h
 * @param hours those of the day in which chunks are begun; default all
 * @param consistency what makes all chunks one picture; default {@code SNAPSHOT}
 */
public record SourceConfig(
    String url,
    String user,
    Secret password,
    Optional<Path> driver,
    int sessions,
    int parallelHint,
    DataSize fetchBytes,
    Duration readTimeout,
    Duration planTimeout,
    Hours hours,
    Consistency consistency) {
  /** The default of {@code readTimeout}. */
  public static final Duration READ_TIMEOUT = Duration.ofMinutes(10);

  /** The default of {@code planTimeout}. */
  public static final Duration PLAN_TIMEOUT = Duration.ofHours(6);

  /** What makes all chunks one picture. */
  public enum Consistency {
    /** A snapshot of the database; nothing is read without one where the database has them. */
    SNAPSHOT,
    /** The operator's word that nobody writes to the tables until they are read; checked. */
    FROZEN
  }
}
