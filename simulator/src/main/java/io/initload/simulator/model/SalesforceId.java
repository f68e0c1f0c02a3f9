package io.initload.simulator.model;

import java.util.Optional;

/**
 * The two spellings of a record id: 15 characters by case, 18 with a check
 * (docs/reference/salesforce.md, "Versions and ids").
 */
public final class SalesforceId {
  private static final String CHECK = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345";

  private SalesforceId() {}

  /** The 18 characters of an id given with 15 or 18; empty if it is neither. */
  public static Optional<String> to18(String id) {
    if (id.length() != 15 && id.length() != 18) {
      return Optional.empty();
    }
    for (int i = 0; i < id.length(); i++) {
      if (Base62.digit(id.charAt(i)) < 0) {
        return Optional.empty();
      }
    }
    String id15 = id.substring(0, 15);
    return Optional.of(id15 + checksum(id15));
  }

  private static String checksum(String id15) {
    StringBuilder check = new StringBuilder(3);
    for (int group = 0; group < 3; group++) {
      int bits = 0;
      for (int i = 0; i < 5; i++) {
        char c = id15.charAt(group * 5 + i);
        if (c >= 'A' && c <= 'Z') {
          bits |= 1 << i;
        }
      }
      check.append(CHECK.charAt(bits));
    }
    return check.toString();
  }
}
