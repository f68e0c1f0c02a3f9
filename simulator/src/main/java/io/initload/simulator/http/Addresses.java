package io.initload.simulator.http;

/** Where the org is reached; known once its sockets are open. */
public interface Addresses {
  /** Base URL of the login host, without a slash at the end. */
  String loginUrl();

  /** Base URL of the instance, without a slash at the end. */
  String instanceUrl();
}
