package io.initload.config.read;

import io.initload.config.AuthConfig;
import io.initload.config.Secret;
import io.initload.config.TargetConfig;
import io.initload.config.TargetConfig.Compression;
import io.initload.config.TargetConfig.Http;
import io.initload.config.TargetConfig.Poll;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** The block {@code target}. */
final class TargetBinder {
  private static final URI UNKNOWN = URI.create("");
  private static final Pattern LOOPBACK =
      Pattern.compile("localhost|127(\\.[0-9]{1,3}){3}|\\[::1]");
  private static final Pattern INSTANCE =
      Pattern.compile("([A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?|\\[::1])(:[0-9]{1,5})?");
  private static final Pattern VERSION = Pattern.compile("([0-9]{2,3})(\\.0)?");
  private static final String NEWEST = "newest";
  private static final Duration MILLISECOND = Duration.ofMillis(1);

  private enum Flow {
    JWT_BEARER,
    CLIENT_CREDENTIALS
  }

  TargetConfig bind(Section section) {
    URI login = section.parsed("loginUrl", UNKNOWN, TargetBinder::login);
    return new TargetConfig(
        login,
        section.parsed("instance", "", TargetBinder::instance),
        auth(section.section("auth"), login),
        section.parsed("apiVersion", Section.TEXT_OR_NUMBER, NEWEST, TargetBinder::version),
        section.integer("maxConcurrentJobs", 15, 1, 100),
        section.whole("dailyRecords", 150_000_000, 10_000, 150_000_000),
        section.whole("dailyBatches", 15_000, 1, 15_000),
        section.integer("uploads", 5, 1, 25),
        section.hours("hours"),
        section.choice("compression", Compression.AUTO),
        http(section.section("http")),
        poll(section.section("poll")));
  }

  private static URI login(String text) {
    URI url;
    try {
      url = new URI(text);
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("is not a URL, as https://login.salesforce.com", e);
    }
    String host = url.getHost();
    boolean https = "https".equals(url.getScheme());
    if (host == null || url.getUserInfo() != null || !(https || "http".equals(url.getScheme()))) {
      throw new IllegalArgumentException("is not a URL, as https://login.salesforce.com");
    }
    if (!https && !LOOPBACK.matcher(host).matches()) {
      throw new IllegalArgumentException("must be https (http only for this machine itself)");
    }
    boolean bare = url.getRawPath().isEmpty() || url.getRawPath().equals("/");
    if (!bare || url.getRawQuery() != null || url.getRawFragment() != null) {
      throw new IllegalArgumentException("must end after the host: the paths below it are known");
    }
    return URI.create(url.getScheme() + "://" + url.getRawAuthority());
  }

  private static String instance(String text) {
    if (!INSTANCE.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "is not a host without scheme and path, as acme.my.salesforce.com");
    }
    return text.toLowerCase(Locale.ROOT);
  }

  private static Optional<String> version(String text) {
    if (text.equals(NEWEST)) {
      return Optional.empty();
    }
    var matcher = VERSION.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("is not an API version, as 60.0");
    }
    int major = Integer.parseInt(matcher.group(1));
    if (major < TargetConfig.OLDEST_API) {
      throw new IllegalArgumentException(
          "is too old: at least %d.0".formatted(TargetConfig.OLDEST_API));
    }
    return Optional.of(major + ".0");
  }

  private static AuthConfig auth(Section section, URI login) {
    Optional<Flow> flow = section.choice("flow", Flow.class);
    String clientId = section.text("clientId");
    if (flow.isEmpty()) {
      for (String key : new String[] {"clientSecret", "username", "privateKeyFile", "audience"}) {
        section.secret(key);
      }
      return new AuthConfig.ClientCredentials(clientId, Secret.NONE);
    }
    switch (flow.get()) {
      case JWT_BEARER -> {
        section.refuse("clientSecret", "belongs to the flow client-credentials");
        return new AuthConfig.JwtBearer(
            clientId,
            section.text("username"),
            section.parsed("privateKeyFile", Path.of(""), Section::path),
            section.text("audience", login.toString()));
      }
      case CLIENT_CREDENTIALS -> {
        for (String key : new String[] {"username", "privateKeyFile", "audience"}) {
          section.refuse(key, "belongs to the flow jwt-bearer");
        }
        return new AuthConfig.ClientCredentials(
            clientId, section.parsed("clientSecret", Secret.NONE, Secret::new));
      }
    }
    throw new IllegalStateException("no such flow: " + flow);
  }

  private static Http http(Section section) {
    Http def = Http.DEFAULT;
    Duration hour = Duration.ofHours(1);
    Http http =
        new Http(
            section.duration("connectTimeout", def.connectTimeout(), MILLISECOND, hour),
            section.duration("requestTimeout", def.requestTimeout(), MILLISECOND, hour),
            section.integer("attempts", def.attempts(), 1, 100),
            section.duration("backoff", def.backoff(), MILLISECOND, hour),
            section.duration("maxBackoff", def.maxBackoff(), MILLISECOND, hour));
    if (http.backoff().compareTo(http.maxBackoff()) > 0) {
      section.fault("backoff", "is longer than maxBackoff");
    }
    return http;
  }

  private static Poll poll(Section section) {
    Duration hour = Duration.ofHours(1);
    Poll poll =
        new Poll(
            section.duration("first", Poll.DEFAULT.first(), MILLISECOND, hour),
            section.duration("max", Poll.DEFAULT.max(), MILLISECOND, hour),
            section.duration("limits", Poll.DEFAULT.limits(), MILLISECOND, hour));
    if (poll.first().compareTo(poll.max()) > 0) {
      section.fault("first", "is longer than max");
    }
    return poll;
  }
}
