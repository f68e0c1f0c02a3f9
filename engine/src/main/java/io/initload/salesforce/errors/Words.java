package io.initload.salesforce.errors;

/** What the org says in words, bounded: it goes into the ledger. */
public final class Words {
  /** As much as a person reads. */
  private static final int CHARACTERS = 4_000;

  private Words() {}

  /** The text, or its first characters where it is longer. */
  public static String of(String text) {
    return text.length() <= CHARACTERS ? text : text.substring(0, CHARACTERS) + "...";
  }
}
