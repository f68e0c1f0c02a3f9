package io.initload.salesforce.wire;

import io.initload.Failure;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Where the calls of a session go: scheme, host and port. Whatever an answer names leads there or
 * is refused, so that the token never goes elsewhere, and never in clear beyond this machine.
 */
final class Origin {
  private static final Pattern LOOPBACK =
      Pattern.compile("localhost|127(\\.[0-9]{1,3}){3}|\\[::1]");

  private Origin() {}

  /**
   * Reads an address of an org that an answer gave.
   *
   * @throws Failure {@code ORG_ADDRESS} when it is none, or http and not this machine
   */
  static URI read(String text) {
    URI uri = parse(text);
    String host = String.valueOf(uri.getHost()).toLowerCase(Locale.ROOT);
    boolean https = "https".equalsIgnoreCase(uri.getScheme());
    boolean local = "http".equalsIgnoreCase(uri.getScheme()) && LOOPBACK.matcher(host).matches();
    if (uri.getHost() == null || uri.getRawUserInfo() != null || !(https || local)) {
      throw refused("it is not https://HOST");
    }
    return URI.create(uri.getScheme() + "://" + uri.getRawAuthority());
  }

  /**
   * The address of a path, or of a whole address that leads to the same origin.
   *
   * @throws Failure {@code ORG_ADDRESS} when it leads to another
   */
  static URI resolve(URI origin, String path) {
    URI uri = origin.resolve(parse(path));
    if (!path.startsWith("/") && !parse(path).isAbsolute()) {
      throw refused("it begins with neither a slash nor https://");
    }
    if (uri.getRawUserInfo() != null || !key(uri).equals(key(origin))) {
      throw refused("it leads away from " + origin.getAuthority());
    }
    return uri;
  }

  /** Tells scheme, host and port apart from those of others, however they are written. */
  static String key(URI uri) {
    String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
    int port = uri.getPort() >= 0 ? uri.getPort() : scheme.equals("https") ? 443 : 80;
    String host = String.valueOf(uri.getHost()).toLowerCase(Locale.ROOT);
    return scheme + "://" + host + ":" + port;
  }

  private static URI parse(String text) {
    try {
      return new URI(text);
    } catch (URISyntaxException e) {
      throw refused("it is no URL");
    }
  }

  /** The address itself stays out: it may hold anything. */
  private static Failure refused(String why) {
    return new Failure(
        Failure.Reach.RUN,
        Failure.Kind.PLATFORM,
        "ORG_ADDRESS",
        "The org named an address that is not used: " + why + ". The token was not sent there.",
        "Look at what stands between this machine and the org (a proxy, a portal), and at"
            + " target.loginUrl; then run the same command again.");
  }
}
