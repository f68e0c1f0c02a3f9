package io.initload.config;

import io.initload.Sha256;
import java.util.Locale;

/**
 * What stands in the org in place of a field's values, in rehearsals: pseudonyms.
 *
 * @param kind what the pseudonyms look like
 * @param by what makes them
 */
public record Mask(Kind kind, Masking by) {
  /** Digits of a key's digest that tell keys apart. */
  private static final int DIGITS = 16;

  /** What a value is, and its pseudonym. */
  public enum Kind {
    /** A name of people or firms: as many words. */
    NAME,
    /** A mail address: of a domain that nobody can own. */
    MAIL,
    /** A phone number: of those that are kept for films. */
    PHONE,
    /** Any text: one about as long. */
    TEXT,
    /** A number of as many digits and the same sign; of a text, its digits. */
    NUMBER
  }

  /**
   * The file's settings of masks.
   *
   * @param key whoever has it can tell whether a pseudonym is that of a value
   * @param intoProduction whether pseudonyms may be loaded into an org that is no sandbox
   */
  public record Masking(Secret key, boolean intoProduction) {}

  /** Changes with the pseudonyms: with the key too, of which it tells nothing else. */
  @Override
  public String toString() {
    String digest = Sha256.of("mask\n" + by.key().reveal()).substring(0, DIGITS);
    return kind.name().toLowerCase(Locale.ROOT) + drawn() + " by " + digest;
  }

  /** Versions that said nothing here drew all digits of a number, shown or not. */
  private String drawn() {
    return kind == Kind.NUMBER ? " as shown" : "";
  }
}
