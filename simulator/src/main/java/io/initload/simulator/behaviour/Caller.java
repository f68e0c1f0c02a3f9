package io.initload.simulator.behaviour;

import java.util.Map;

/** Speaks to an org, real or simulated, with a session of its own. */
public interface Caller {
  /**
   * A request.
   *
   * @param path below {@code /services/data/vNN.0/}
   * @param contentType empty where there is no body
   * @param gzip whether the body travels compressed, and says so
   */
  record Request(String method, String path, String contentType, boolean gzip, String body) {}

  /**
   * An answer.
   *
   * @param headers the first value of each, by names in lower case
   */
  record Reply(int status, Map<String, String> headers, String body) {
    public Reply {
      headers = Map.copyOf(headers);
    }
  }

  /** Sends it once and gives what comes, whatever its status. */
  Reply send(Request request) throws InterruptedException;

  /** Lets the org work for a while. */
  void pause() throws InterruptedException;
}
