package io.initload.simulator.http;

import io.initload.simulator.model.OrgException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the route of a request. Doubled and trailing slashes do not matter. Immutable. */
public final class Router {
  /** The newest API version the org speaks. */
  public static final int NEWEST = 68;

  /** The oldest one that is not retired. */
  public static final int OLDEST = 31;

  private static final Pattern VERSION = Pattern.compile("v(\\d{1,3})\\.0");

  /** In the order in which an org lists them. */
  private static final List<String> METHODS =
      List.of("HEAD", "GET", "POST", "PUT", "PATCH", "DELETE");

  private final List<Route> routes;

  public Router(List<Route> routes) {
    this.routes = List.copyOf(routes);
  }

  /**
   * What a path leads to.
   *
   * @param route empty if nothing matches
   * @param version 0 outside {@code /services/data/vNN.0}
   * @param retired whether the version in the path is not supported any more
   * @param data whether the path is under {@code /services/data/vNN.0}
   * @param allowed methods that the path has routes for
   */
  public record Found(
      Optional<Route> route,
      Map<String, String> variables,
      int version,
      boolean retired,
      boolean data,
      Set<String> allowed) {}

  public Found find(String method, String path) {
    List<String> segments = segments(path);
    Matcher version =
        VERSION.matcher(
            segments.size() >= 3
                    && segments.get(0).equals("services")
                    && segments.get(1).equals("data")
                ? segments.get(2)
                : "");
    boolean data = version.matches();
    int number = data ? Integer.parseInt(version.group(1)) : 0;
    List<String> rest = data ? segments.subList(3, segments.size()) : segments;
    if (data && number > NEWEST) {
      return new Found(Optional.empty(), Map.of(), number, false, true, Set.of());
    }
    Set<String> allowed = new TreeSet<>(Comparator.comparing(METHODS::indexOf));
    for (Route route : routes) {
      if (data != (route.scope() == Route.Scope.DATA)) {
        continue;
      }
      Optional<Map<String, String>> variables = route.match(rest);
      if (variables.isPresent()) {
        allowed.add(route.method());
        if (route.method().equals("GET")) {
          allowed.add("HEAD");
        }
        if (route.method().equals(method)) {
          return new Found(
              Optional.of(route), variables.get(), number, data && number < OLDEST, data, allowed);
        }
      }
    }
    return new Found(Optional.empty(), Map.of(), number, data && number < OLDEST, data, allowed);
  }

  private static List<String> segments(String path) {
    List<String> segments = new ArrayList<>();
    for (String segment : path.split("/", -1)) {
      if (!segment.isEmpty()) {
        segments.add(decode(segment.replace("+", "%2B")));
      }
    }
    return segments;
  }

  /** The parameters of a query string or form; the first value of each counts. */
  public static Map<String, String> parameters(String text) {
    Map<String, String> parameters = new HashMap<>();
    for (String pair : text.split("&", -1)) {
      int equals = pair.indexOf('=');
      String name = equals < 0 ? pair : pair.substring(0, equals);
      String value = equals < 0 ? "" : pair.substring(equals + 1);
      if (!name.isEmpty()) {
        parameters.putIfAbsent(decode(name), decode(value));
      }
    }
    return parameters;
  }

  private static String decode(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw OrgException.bad("INVALID_URL", "The URL is not well formed");
    }
  }
}
