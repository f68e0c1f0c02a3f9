package io.initload.config;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * The org that is written.
 *
 * @param loginUrl where tokens are asked for
 * @param instance host (and port, if any) the token must lead to; nothing else is ever written
 * @param apiVersion for example {@code 60.0}; empty: the newest that the org offers and is known
 *     here
 * @param maxConcurrentJobs jobs between create and a terminal state, by all workers; default 15
 * @param dailyRecords records in any rolling 24 h; default 150,000,000
 * @param dailyBatches batches of 10,000 rows in any rolling 24 h; default 15,000
 * @param uploads uploads at once; default 5 (docs/reference/salesforce.md, "Limits": slow uploads
 *     count as long requests)
 * @param hours those of the day in which jobs are begun; default all
 */
public record TargetConfig(
    URI loginUrl,
    String instance,
    AuthConfig auth,
    Optional<String> apiVersion,
    int maxConcurrentJobs,
    long dailyRecords,
    long dailyBatches,
    int uploads,
    Hours hours,
    Compression compression,
    Http http,
    Poll poll) {
  /**
   * The oldest version of the API that has what is used (docs/reference/salesforce.md, "Versions
   * and ids").
   */
  public static final int OLDEST_API = 58;

  /**
   * What goes over the wire on an upload; {@code AUTO} asks the org once
   * (docs/reference/salesforce.md, "Compression").
   */
  public enum Compression {
    AUTO,
    GZIP,
    IDENTITY
  }

  /**
   * Bounds of one HTTP call.
   *
   * @param connectTimeout default 10 s
   * @param requestTimeout longest silence: no byte moved in either direction; default 10 min
   *     (docs/reference/salesforce.md, "Limits")
   * @param attempts tries of a call that may be repeated; default 6
   * @param backoff first wait between two tries, doubled each time with jitter; default 1 s
   * @param maxBackoff default 60 s
   */
  public record Http(
      Duration connectTimeout,
      Duration requestTimeout,
      int attempts,
      Duration backoff,
      Duration maxBackoff) {
    public static final Http DEFAULT =
        new Http(
            Duration.ofSeconds(10),
            Duration.ofMinutes(10),
            6,
            Duration.ofSeconds(1),
            Duration.ofSeconds(60));
  }

  /**
   * How often the org is asked how things stand.
   *
   * @param first running jobs, at first; default 1 s
   * @param max running jobs, at most; default 30 s
   * @param limits what the org says is left of its allowances; default 5 min
   */
  public record Poll(Duration first, Duration max, Duration limits) {
    public static final Poll DEFAULT =
        new Poll(Duration.ofSeconds(1), Duration.ofSeconds(30), Duration.ofMinutes(5));
  }
}
