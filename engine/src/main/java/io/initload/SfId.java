package io.initload;

import java.util.regex.Pattern;

/** Ids that the org gives records and jobs (docs/reference/salesforce.md, "Versions and ids"). */
public final class SfId {
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9]{15}(?:[A-Za-z0-9]{3})?");
  private static final int CASE_SENSITIVE = 15;

  private SfId() {}

  /** Whether a text can be an id, of 15 or of 18 characters. */
  public static boolean valid(String text) {
    return ID.matcher(text).matches();
  }

  /** Whether two ids are one: the characters after the first 15 only guard letter case. */
  public static boolean same(String one, String other) {
    return valid(one)
        && valid(other)
        && one.substring(0, CASE_SENSITIVE).equals(other.substring(0, CASE_SENSITIVE));
  }
}
