package io.initload.masking;

import io.initload.config.Mask;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What stands in the org in place of a field's values. The same value has the same pseudonym in
 * every field of the same mask and length, under one key. Immutable and thread-safe.
 *
 * @param mask what pseudonyms look like
 * @param characters the field's length; 0 for no bound
 * @param digitsMax digits of the largest number that the field takes, of which not all numbers of
 *     so many digits are; 0 where there is none
 * @param decimals digits behind the point that the field shows; {@link #ANY} where it is none of
 *     numbers. An org may round what has more, and the pseudonym would not be there as it was sent
 */
public record Pseudonyms(Mask mask, int characters, int digitsMax, int decimals) {
  /** Of a field that keeps all digits. */
  public static final int ANY = Integer.MAX_VALUE;

  /** Kept for documentation (RFC 2606): nobody can have a mailbox there. */
  private static final String DOMAIN = "@example.com";

  private static final String LOCAL = "abcdefghijklmnopqrstuvwxyz234567";
  private static final int LOCAL_MAX = 16;
  private static final int LOCAL_MIN = 8;
  private static final String DIGITS = "0123456789";
  private static final String FIRST = "123456789";

  /** As {@code +12025550142}. */
  private static final int PHONE = 12;

  private static final int PHONE_SPACED = 15;
  private static final int WORDS_MAX = 6;
  private static final int LETTERS_MAX = 12;

  /** What a text field of an org holds at the most. */
  private static final int TEXT_MAX = 131_072;

  private static final Pattern BLANKS = Pattern.compile("\\s+");
  private static final Pattern NO_DIGITS = Pattern.compile("[^0-9]+");

  /** The shortest field that a mask's pseudonyms fit into. */
  public static int shortest(Mask.Kind kind) {
    return switch (kind) {
      case MAIL -> LOCAL_MIN + DOMAIN.length();
      case PHONE -> PHONE;
      case NAME, TEXT, NUMBER -> 1;
    };
  }

  /**
   * Whether no two values of a mask have one pseudonym, but by a chance that is not to be reckoned
   * with, letter case and blanks around them apart.
   *
   * @param characters the field's length; 0 for no bound
   */
  public static boolean distinct(Mask.Kind kind, int characters) {
    return kind == Mask.Kind.MAIL && (characters == 0 || characters >= LOCAL_MAX + DOMAIN.length());
  }

  /** The pseudonym of a text; what is blank says nothing and stays. */
  public String of(String value) {
    if (value.isBlank()) {
      return value;
    }
    return switch (mask.kind()) {
      case NAME -> name(BLANKS.split(value.strip().toLowerCase(Locale.ROOT)));
      case MAIL -> mail(value.strip().toLowerCase(Locale.ROOT));
      case PHONE -> phone(value);
      case TEXT -> text(value);
      case NUMBER -> digits(value);
    };
  }

  /**
   * The pseudonym of a number: as many digits, the same sign, as many after the point, but for
   * those that the field does not show.
   */
  public BigDecimal of(BigDecimal value) {
    BigDecimal plain = value.stripTrailingZeros();
    if (plain.signum() == 0) {
      return value;
    }
    Draw draw = draw(plain.toPlainString());
    BigDecimal number = shown(plain.scale() < 0 ? plain.setScale(0) : plain);
    String old = number.unscaledValue().abs().toString();
    // Of the largest numbers that have as many digits as the field's bound some lie above it.
    boolean bounded = digitsMax > 0 && old.length() >= digitsMax;
    StringBuilder digits = new StringBuilder().append(bounded ? '1' : draw.of(FIRST));
    while (digits.length() < old.length()) {
      digits.append(draw.of(DIGITS));
    }
    BigDecimal drawn = new BigDecimal(new BigInteger(digits.toString()), number.scale());
    return number.signum() < 0 ? drawn.negate() : drawn;
  }

  /** Without the digits that the field does not show; what is not zero does not become it. */
  private BigDecimal shown(BigDecimal number) {
    if (number.scale() <= decimals) {
      return number;
    }
    BigDecimal cut = number.setScale(decimals, RoundingMode.DOWN);
    return cut.signum() == 0 ? number.setScale(decimals, RoundingMode.UP) : cut;
  }

  private Draw draw(String value) {
    return new Draw(mask.by().key(), mask.kind() + "\n" + value);
  }

  private String name(String[] old) {
    Words words = new Words(draw(String.join(" ", old)));
    StringBuilder name = new StringBuilder();
    for (int i = 0; i < Math.min(old.length, WORDS_MAX); i++) {
      int letters = Math.max(2, Math.min(LETTERS_MAX, old[i].length()));
      name.append(i == 0 ? "" : " ").append(words.name(letters));
    }
    return fitting(name.toString()).strip();
  }

  private String mail(String old) {
    Draw draw = draw(old);
    int room = characters == 0 ? LOCAL_MAX : characters - DOMAIN.length();
    StringBuilder mail = new StringBuilder();
    // It begins with a letter, as the strictest of checks wants it.
    mail.append('m');
    while (mail.length() < Math.min(LOCAL_MAX, room)) {
      mail.append(draw.of(LOCAL));
    }
    return mail + DOMAIN;
  }

  /** Numbers 555-0100 to 555-0199 of any area of North America are given to nobody. */
  private String phone(String old) {
    String number = NO_DIGITS.matcher(old).replaceAll("");
    Draw draw = draw(number.isEmpty() ? old : number);
    // No area ends in 11, nor has a 9 in the middle.
    String area = "" + draw.of("23456789") + draw.of("02345678") + draw.of(DIGITS);
    String last = "01" + draw.of(DIGITS) + draw.of(DIGITS);
    boolean spaced = characters == 0 || characters >= PHONE_SPACED;
    return spaced ? "+1 " + area + " 555 " + last : "+1" + area + "555" + last;
  }

  /** Between half and twice as long: as many characters as its length has the same highest bit. */
  private String text(String old) {
    Draw draw = draw(old);
    int least = Integer.highestOneBit(old.length());
    int length = least + draw.below(least);
    int most = characters == 0 ? TEXT_MAX : characters;
    return new Words(draw).text(Math.min(length, most));
  }

  /** Every digit is another one, and what stands between them stays. */
  private String digits(String old) {
    if (NO_DIGITS.matcher(old).matches()) {
      return text(old);
    }
    Draw draw = draw(old);
    StringBuilder drawn = new StringBuilder(old.length());
    boolean first = true;
    for (int i = 0; i < old.length(); i++) {
      char c = old.charAt(i);
      boolean digit = DIGITS.indexOf(c) >= 0;
      drawn.append(!digit ? c : first && c != '0' ? draw.of(FIRST) : draw.of(DIGITS));
      first &= !digit;
    }
    return fitting(drawn.toString());
  }

  private String fitting(String text) {
    return characters > 0 && text.length() > characters
        ? text.substring(0, characters).stripTrailing()
        : text;
  }
}
