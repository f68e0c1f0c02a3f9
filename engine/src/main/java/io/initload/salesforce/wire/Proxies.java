package io.initload.salesforce.wire;

import io.initload.Failure;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Finds the proxy for an address where operators put it: the JDK's system properties ({@code
 * https.proxyHost} and the like) if any is set, else the environment ({@code HTTPS_PROXY}, {@code
 * HTTP_PROXY}, {@code ALL_PROXY}, {@code NO_PROXY}, in either letter case). The loopback is always
 * reached directly.
 */
final class Proxies extends ProxySelector {
  private static final List<String> PROPERTIES =
      List.of("http.proxyHost", "https.proxyHost", "socksProxyHost");

  private static final int PORT_MAX = 65_535;

  private final Map<String, String> environment;
  private final List<String> direct;

  private Proxies(Map<String, String> environment) {
    this.environment = environment;
    this.direct =
        Arrays.stream(variable("NO_PROXY").orElse("").split(",", -1))
            .map(host -> host.strip().toLowerCase(Locale.ROOT))
            .filter(host -> !host.isEmpty())
            .toList();
  }

  /** The selector of this process. */
  static ProxySelector ofProcess() {
    boolean properties = PROPERTIES.stream().anyMatch(name -> System.getProperty(name) != null);
    ProxySelector system = ProxySelector.getDefault();
    return properties && system != null ? system : ofEnvironment(System.getenv());
  }

  static ProxySelector ofEnvironment(Map<String, String> environment) {
    return new Proxies(environment);
  }

  @Override
  public List<Proxy> select(URI uri) {
    String host = String.valueOf(uri.getHost()).toLowerCase(Locale.ROOT);
    if (isLoopback(host) || direct.stream().anyMatch(pattern -> matches(host, pattern))) {
      return List.of(Proxy.NO_PROXY);
    }
    String variable = "https".equalsIgnoreCase(uri.getScheme()) ? "HTTPS_PROXY" : "HTTP_PROXY";
    return variable(variable)
        .or(() -> variable("ALL_PROXY"))
        .map(Proxies::parse)
        .map(List::of)
        .orElse(List.of(Proxy.NO_PROXY));
  }

  private Optional<String> variable(String name) {
    return Stream.of(name.toLowerCase(Locale.ROOT), name)
        .flatMap(n -> Stream.ofNullable(environment.get(n)))
        .map(String::strip)
        .filter(value -> !value.isEmpty())
        .findFirst();
  }

  private static boolean isLoopback(String host) {
    return host.equals("localhost") || host.startsWith("127.") || host.equals("[::1]");
  }

  private static boolean matches(String host, String pattern) {
    String suffix = pattern.startsWith("*.") ? pattern.substring(1) : pattern;
    return pattern.equals("*")
        || host.equals(suffix)
        || host.endsWith(suffix.startsWith(".") ? suffix : "." + suffix);
  }

  private static Proxy parse(String value) {
    URI uri;
    try {
      uri = new URI(value.contains("://") ? value : "http://" + value);
    } catch (URISyntaxException e) {
      throw malformed();
    }
    int port = uri.getPort() > 0 ? uri.getPort() : 80;
    if (uri.getHost() == null
        || uri.getRawUserInfo() != null
        || !String.valueOf(uri.getScheme()).startsWith("http")
        || port > PORT_MAX) {
      throw malformed();
    }
    return new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved(uri.getHost(), port));
  }

  /** The value stays out: it may hold a password. */
  private static Failure malformed() {
    return new Failure(
        Failure.Reach.RUN,
        Failure.Kind.CONFIGURATION,
        "ORG_PROXY",
        "The environment names a proxy that is not of the form http://HOST:PORT, without user and"
            + " password.",
        "Correct HTTPS_PROXY (or ALL_PROXY), or name this org in NO_PROXY.");
  }

  @Override
  public void connectFailed(URI uri, SocketAddress proxy, IOException failure) {
    // the call itself fails and says so
  }
}
