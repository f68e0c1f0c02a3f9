package io.initload.simulator.auth;

/**
 * A login is refused, with the two texts of an OAuth error (docs/reference/salesforce.md, "Error
 * answers").
 */
public final class LoginException extends Exception {
  private static final long serialVersionUID = 1L;
  private final String error;
  private final String description;

  LoginException(String error, String description) {
    super(error + ": " + description, null, false, false);
    this.error = error;
    this.description = description;
  }

  public String error() {
    return error;
  }

  public String description() {
    return description;
  }
}
