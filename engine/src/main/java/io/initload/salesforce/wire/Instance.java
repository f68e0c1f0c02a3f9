package io.initload.salesforce.wire;

import io.initload.Failure;
import java.net.URI;

/** Holds the law that nothing is written to an org that was not named. */
final class Instance {
  private Instance() {}

  /**
   * @param actual where the token leads
   * @param configured {@code target.instance}: host, and port when it is not the scheme's own
   * @throws Failure {@code ORG_INSTANCE} when they differ
   */
  static void check(URI actual, String configured) {
    if (!Origin.key(actual).equals(Origin.key(named(actual, configured)))) {
      throw new Failure(
          Failure.Reach.RUN,
          Failure.Kind.CONFIGURATION,
          "ORG_INSTANCE",
          "The token leads to %s, but target.instance is %s. Nothing was written."
              .formatted(actual.getAuthority(), configured),
          "Log in as a user of the org you mean, or name the instance of this one in"
              + " target.instance.");
    }
  }

  private static URI named(URI actual, String configured) {
    String text = configured.strip().replaceAll("/+$", "");
    return URI.create(text.contains("://") ? text : actual.getScheme() + "://" + text);
  }
}
