package io.initload.evidence;

/**
 * Something the code takes for granted of one side.
 *
 * @param name stable, such as {@code source.values}
 * @param needed whether a migration cannot be begun while it does not hold
 * @param text what is believed, one sentence
 * @param source where it stands: a page and its heading, which hold what it was taken from
 */
public record Assumption(String name, Side side, boolean needed, String text, String source) {
  /** Which of the two. */
  public enum Side {
    SOURCE,
    ORG
  }
}
