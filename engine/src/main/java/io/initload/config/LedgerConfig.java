package io.initload.config;

import java.time.Duration;

/**
 * Where the books are kept: {@code jdbc:sqlite:FILE} or {@code jdbc:postgresql://...}.
 *
 * @param patience how long one change waits for other programs to end theirs; default 60 s
 */
public record LedgerConfig(String url, String user, Secret password, Duration patience) {
  public static final Duration PATIENCE = Duration.ofSeconds(60);

  public LedgerConfig(String url, String user, Secret password) {
    this(url, user, password, PATIENCE);
  }
}
