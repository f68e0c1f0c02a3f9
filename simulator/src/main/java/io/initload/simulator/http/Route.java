package io.initload.simulator.http;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One thing that can be asked for.
 *
 * @param pattern path without {@code /services/data/vNN.0} for {@link Scope#DATA}, the whole path
 *     otherwise; segments in braces match anything
 * @param action name in logs and for hooks
 */
public record Route(
    Scope scope, String method, List<String> pattern, String action, Handler handler) {

  /** Where a route is found and who may use it. */
  public enum Scope {
    /** Under {@code /services/data/vNN.0}: needs a session, counts as API request. */
    DATA,
    /** Anywhere: needs a session, is not counted. */
    SESSION,
    /** Anywhere, for everybody. */
    OPEN
  }

  /** Reads a request; what it changes is left to the answer's commit. */
  @FunctionalInterface
  public interface Handler {
    /** Reads and checks the request. */
    Pending prepare(Exchange exchange) throws IOException;
  }

  /** A request that is read and well formed, before anything is changed. */
  @FunctionalInterface
  public interface Pending extends AutoCloseable {
    /** Does what is asked for. */
    Reply commit() throws IOException;

    /** Lets go of what was read, whether or not it was committed. */
    @Override
    default void close() {}
  }

  /** Answers a request whose body, if any, is small. */
  @FunctionalInterface
  public interface Answer {
    /** Does what is asked for. */
    Reply to(Exchange exchange) throws IOException;
  }

  /** A route under {@code /services/data/vNN.0}. */
  public static Route data(String method, String pattern, String action, Answer answer) {
    return of(Scope.DATA, method, pattern, action, exchange -> () -> answer.to(exchange));
  }

  /** A route whose path is complete. */
  public static Route of(
      Scope scope, String method, String pattern, String action, Handler handler) {
    return new Route(scope, method, segments(pattern), action, handler);
  }

  static List<String> segments(String path) {
    return java.util.Arrays.stream(path.split("/", -1)).filter(s -> !s.isEmpty()).toList();
  }

  /** The variables of the pattern, if the segments fit it. */
  Optional<Map<String, String>> match(List<String> path) {
    if (path.size() != pattern.size()) {
      return Optional.empty();
    }
    Map<String, String> variables = new TreeMap<>();
    for (int i = 0; i < path.size(); i++) {
      String expected = pattern.get(i);
      if (expected.startsWith("{")) {
        variables.put(expected.substring(1, expected.length() - 1), path.get(i));
      } else if (!expected.equalsIgnoreCase(path.get(i))) {
        return Optional.empty();
      }
    }
    return Optional.of(variables);
  }
}
