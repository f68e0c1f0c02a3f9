package io.initload.salesforce;

import java.util.regex.Pattern;

/** Ids of the org (docs/reference/salesforce.md, "Versions and ids"). */
public final class SfId {
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9]{15}(?:[A-Za-z0-9]{3})?");

  private SfId() {}

  /** Whether a text can be an id, of 15 or of 18 characters. */
  public static boolean valid(String text) {
    return ID.matcher(text).matches();
  }
}
