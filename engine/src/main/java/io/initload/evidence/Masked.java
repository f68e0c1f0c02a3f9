package io.initload.evidence;

/** Values in messages that are passed around: their form, not what they say. */
public final class Masked {
  private static final int SHOWN = 60;

  private final boolean plain;

  private Masked(boolean plain) {
    this.plain = plain;
  }

  /** Digits become 9, letters a or A, others outside of ASCII a question mark. */
  public static Masked masked() {
    return new Masked(false);
  }

  /** For who has said that values may be shown. */
  public static Masked plain() {
    return new Masked(true);
  }

  /** A value for a message; the first characters of a long one. */
  public String of(String value) {
    String shown = value.length() <= SHOWN ? value : value.substring(0, SHOWN) + "…";
    if (plain) {
      return shown;
    }
    StringBuilder form = new StringBuilder();
    shown.codePoints().forEach(c -> form.appendCodePoint(form(c)));
    return form.toString();
  }

  private static int form(int c) {
    if (Character.isDigit(c)) {
      return '9';
    }
    if (Character.isLetter(c)) {
      return Character.isUpperCase(c) ? 'A' : 'a';
    }
    return c < 0x80 || c == '…' ? c : '?';
  }
}
