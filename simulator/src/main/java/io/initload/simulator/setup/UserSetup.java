package io.initload.simulator.setup;

import org.jspecify.annotations.Nullable;

/**
 * A user besides the two that every org has. Nobody logs in as one.
 *
 * @param username unique, in the form of an e-mail address
 * @param lastName the username where none is given
 * @param inactive whether the user has left
 * @param federationId identifier of single sign-on, empty if there is none
 */
public record UserSetup(String username, String lastName, boolean inactive, String federationId) {
  public UserSetup(
      @Nullable String username,
      @Nullable String lastName,
      boolean inactive,
      @Nullable String federationId) {
    if (username == null || !username.contains("@")) {
      throw new IllegalArgumentException(
          "a user needs a username like somebody@example.com, not '%s'".formatted(username));
    }
    this.username = username;
    this.lastName = lastName == null ? username : lastName;
    this.inactive = inactive;
    this.federationId = federationId == null ? "" : federationId;
  }
}
