package io.initload.cli.console;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpCookie;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;

/**
 * Who may ask. A page of somebody else's must not read the console through a browser that can reach
 * it: neither by a name of theirs that leads here (the name asked for must be one of ours), nor by
 * a request of their own (its origin must be this console).
 *
 * @param names under which the console is reached, in lower case
 * @param token what has to be known; empty where everybody on this machine may look
 */
record Access(Set<String> names, Optional<Token> token) {
  /** The cookie that holds the token of a browser that was let in. */
  static final String COOKIE = "initload_console";

  /** An address is nobody's name, which could lead elsewhere tomorrow. */
  private static final Pattern ADDRESS =
      Pattern.compile("[0-9.]+|\\[[0-9a-f:.%]+]|[0-9a-f:.]*:[0-9a-f:.]*");

  private static final String BEARER = "Bearer ";

  Access {
    names = Set.copyOf(names);
  }

  /** Why nothing at all is answered to a request; empty when it may go on. */
  Optional<String> objection(Request request) {
    String host = String.valueOf(Request.getServerName(request)).toLowerCase(Locale.ROOT);
    if (!ADDRESS.matcher(host).matches() && !names.contains(host)) {
      return Optional.of("This console is not known by that name; see --name.");
    }
    String origin = request.getHeaders().get(HttpHeader.ORIGIN);
    if (origin != null && !origin.isEmpty() && !ours(origin, request)) {
      return Optional.of("Another site asks.");
    }
    return Optional.empty();
  }

  private static boolean ours(String origin, Request request) {
    String asked = String.valueOf(request.getHttpURI().getAuthority());
    try {
      String authority = URI.create(origin).getAuthority();
      return authority != null && authority.equalsIgnoreCase(asked);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** Whether the data may be seen by whoever asks. */
  boolean admits(Request request) {
    return token.isEmpty() || given(request).stream().anyMatch(token.get()::is);
  }

  private static List<String> given(Request request) {
    String header = request.getHeaders().get(HttpHeader.AUTHORIZATION);
    if (header != null && header.startsWith(BEARER)) {
      return List.of(header.substring(BEARER.length()).strip());
    }
    return Request.getCookies(request).stream()
        .filter(cookie -> cookie.getName().equals(COOKIE))
        .map(HttpCookie::getValue)
        .toList();
  }
}
