package io.initload.cli.notify;

import java.util.HashMap;
import java.util.Map;

/**
 * Passes that were stopped before this run began and that it has not come to yet: what stopped them
 * was told then. Used by one thread.
 */
final class Stale {
  private final Map<String, String> stopped = new HashMap<>();

  /** These were stopped when the run began. */
  void begun(Map<String, String> reasons) {
    stopped.putAll(reasons);
  }

  /** What goes on again is stopped anew when it is stopped. */
  void seen(Map<String, String> reasons) {
    stopped.keySet().retainAll(reasons.keySet());
  }

  boolean isNot(String pass, String reason) {
    return !reason.equals(stopped.get(pass));
  }
}
