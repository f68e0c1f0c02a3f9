package io.initload.simulator.soql;

import java.util.Optional;

/**
 * Record ids as filters take them: 15 or 18 characters; compared in their 18-character form
 * (reference section 0).
 */
public final class SalesforceId {
  private static final String CHECK = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345";

  private SalesforceId() {}

  /** The 18-character form, or empty if the text is no id. */
  public static Optional<String> normal(String text) {
    if (text.length() != 15 && text.length() != 18) {
      return Optional.empty();
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'))) {
        return Optional.empty();
      }
    }
    StringBuilder out = new StringBuilder(18).append(text, 0, 15);
    for (int group = 0; group < 3; group++) {
      int bits = 0;
      for (int i = 0; i < 5; i++) {
        char c = text.charAt(group * 5 + i);
        bits |= c >= 'A' && c <= 'Z' ? 1 << i : 0;
      }
      out.append(CHECK.charAt(bits));
    }
    return Optional.of(out.toString());
  }
}
