package io.initload.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Builds the sources of tests: what a test does not name has the value of a plain one. */
public final class SourceConfigs {
  private String url;
  private String user;
  private Secret password;
  private Optional<Path> driver = Optional.empty();
  private int sessions = 4;
  private int parallelHint;
  private DataSize fetchBytes = DataSize.megabytes(4);
  private Duration readTimeout = SourceConfig.READ_TIMEOUT;
  private Duration planTimeout = SourceConfig.PLAN_TIMEOUT;
  private Hours hours = Hours.ALWAYS;
  private SourceConfig.Consistency consistency = SourceConfig.Consistency.SNAPSHOT;

  private SourceConfigs(String url, String user, Secret password) {
    this.url = url;
    this.user = user;
    this.password = password;
  }

  public static SourceConfigs of(String url, String user, String password) {
    return new SourceConfigs(url, user, new Secret(password));
  }

  /** Another source like this one. */
  public static SourceConfigs like(SourceConfig s) {
    SourceConfigs other = new SourceConfigs(s.url(), s.user(), s.password());
    other.driver = s.driver();
    other.sessions = s.sessions();
    other.parallelHint = s.parallelHint();
    other.fetchBytes = s.fetchBytes();
    other.readTimeout = s.readTimeout();
    other.planTimeout = s.planTimeout();
    other.hours = s.hours();
    other.consistency = s.consistency();
    return other;
  }

  public SourceConfigs url(String other) {
    url = other;
    return this;
  }

  public SourceConfigs login(String name, String secret) {
    user = name;
    password = new Secret(secret);
    return this;
  }

  public SourceConfigs driver(Path other) {
    driver = Optional.of(other);
    return this;
  }

  public SourceConfigs sessions(int other) {
    sessions = other;
    return this;
  }

  public SourceConfigs parallelHint(int other) {
    parallelHint = other;
    return this;
  }

  public SourceConfigs fetchBytes(DataSize other) {
    fetchBytes = other;
    return this;
  }

  public SourceConfigs planTimeout(Duration other) {
    planTimeout = other;
    return this;
  }

  public SourceConfigs readTimeout(Duration other) {
    readTimeout = other;
    return this;
  }

  public SourceConfigs consistency(SourceConfig.Consistency other) {
    consistency = other;
    return this;
  }

  public SourceConfigs hours(String other) {
    hours = Hours.parse(other);
    return this;
  }

  public SourceConfig build() {
    return new SourceConfig(
        url,
        user,
        password,
        driver,
        sessions,
        parallelHint,
        fetchBytes,
        readTimeout,
        planTimeout,
        hours,
        consistency);
  }
}
