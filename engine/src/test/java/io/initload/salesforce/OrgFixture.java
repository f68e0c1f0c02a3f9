package io.initload.salesforce;

import io.initload.config.AuthConfig;
import io.initload.config.Secret;
import io.initload.config.TargetConfig;
import io.initload.config.TargetConfigs;
import io.initload.retry.Sleeper;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** An org at a scripted server, with waits that only are noted. */
public final class OrgFixture implements AutoCloseable {
  public static final String API = "/services/data/v60.0";
  public static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

  public final ScriptedServer server;
  public final List<Duration> waits = Collections.synchronizedList(new ArrayList<>());
  public final Org org;

  public OrgFixture() throws Exception {
    this(new ScriptedServer(), Duration.ofSeconds(20));
  }

  public OrgFixture(ScriptedServer server, Duration patience) throws Exception {
    this.server = server;
    this.org = connect(config(server.url(), patience), waits::add);
  }

  public static TargetConfig config(String url, Duration patience) {
    return TargetConfigs.of(url, new AuthConfig.ClientCredentials("app", new Secret("hush")))
        .apiVersion(Optional.of("60.0"))
        .http(
            new TargetConfig.Http(
                Duration.ofSeconds(5), patience, 4, Duration.ofMillis(100), Duration.ofSeconds(1)))
        .build();
  }

  public static Org connect(TargetConfig config, Sleeper sleeper) throws InterruptedException {
    return Org.connect(config, Clock.fixed(NOW, ZoneOffset.UTC), sleeper, new SplittableRandom(7));
  }

  @Override
  public void close() {
    org.close();
    server.close();
  }
}
