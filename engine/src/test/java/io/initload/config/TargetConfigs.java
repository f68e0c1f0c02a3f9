package io.initload.config;

import java.net.URI;
import java.util.Optional;

/** Builds the targets of tests: what a test does not name has its default. */
public final class TargetConfigs {
  private final URI loginUrl;
  private final AuthConfig auth;
  private String instance;
  private Optional<String> apiVersion = Optional.empty();
  private int maxConcurrentJobs = 15;
  private long dailyRecords = 150_000_000;
  private long dailyBatches = 15_000;
  private int uploads = 5;
  private Hours hours = Hours.ALWAYS;
  private TargetConfig.Compression compression = TargetConfig.Compression.AUTO;
  private TargetConfig.Http http = TargetConfig.Http.DEFAULT;
  private TargetConfig.Poll poll = TargetConfig.Poll.DEFAULT;

  private TargetConfigs(URI loginUrl, AuthConfig auth) {
    this.loginUrl = loginUrl;
    this.instance = loginUrl.getAuthority();
    this.auth = auth;
  }

  /** An org that is where its logins are. */
  public static TargetConfigs of(String loginUrl, AuthConfig auth) {
    return new TargetConfigs(URI.create(loginUrl), auth);
  }

  /** Another target like this one, with another login. */
  public static TargetConfigs like(TargetConfig t, AuthConfig auth) {
    return new TargetConfigs(t.loginUrl(), auth)
        .instance(t.instance())
        .apiVersion(t.apiVersion())
        .slots(t.maxConcurrentJobs())
        .dailyRecords(t.dailyRecords())
        .dailyBatches(t.dailyBatches())
        .uploads(t.uploads())
        .compression(t.compression())
        .http(t.http())
        .poll(t.poll());
  }

  /** Host and port that the token must lead to. */
  public TargetConfigs instance(String authority) {
    instance = authority;
    return this;
  }

  public TargetConfigs slots(int jobs) {
    maxConcurrentJobs = jobs;
    return this;
  }

  public TargetConfigs dailyRecords(long records) {
    dailyRecords = records;
    return this;
  }

  public TargetConfigs dailyBatches(long batches) {
    dailyBatches = batches;
    return this;
  }

  public TargetConfigs apiVersion(Optional<String> version) {
    apiVersion = version;
    return this;
  }

  public TargetConfigs uploads(int atOnce) {
    uploads = atOnce;
    return this;
  }

  public TargetConfigs compression(TargetConfig.Compression other) {
    compression = other;
    return this;
  }

  public TargetConfigs http(TargetConfig.Http other) {
    http = other;
    return this;
  }

  public TargetConfigs poll(TargetConfig.Poll other) {
    poll = other;
    return this;
  }

  public TargetConfigs hours(Hours other) {
    hours = other;
    return this;
  }

  public TargetConfig build() {
    return new TargetConfig(
        loginUrl,
        instance,
        auth,
        apiVersion,
        maxConcurrentJobs,
        dailyRecords,
        dailyBatches,
        uploads,
        hours,
        compression,
        http,
        poll);
  }
}
