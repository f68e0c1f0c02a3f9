package io.initload.masking;

import java.util.Locale;

/** Words of no language, that can be read aloud. */
final class Words {
  private static final String CONSONANTS = "bdfghjklmnprstvwz";
  private static final String VOWELS = "aeiou";
  private static final int SHORTEST = 2;
  private static final int LONGEST = 9;

  private final Draw draw;

  Words(Draw draw) {
    this.draw = draw;
  }

  /** One word. */
  String word(int letters) {
    StringBuilder word = new StringBuilder(letters);
    for (int i = 0; i < letters; i++) {
      word.append(draw.of(i % 2 == 0 ? CONSONANTS : VOWELS));
    }
    return word.toString();
  }

  /** A word as names are written. */
  String name(int letters) {
    String word = word(letters);
    return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
  }

  /** Words with blanks between them, as many characters in all; the last one is no blank. */
  String text(int characters) {
    StringBuilder text = new StringBuilder(characters + LONGEST + 1);
    while (text.length() < characters) {
      int letters = SHORTEST + draw.below(LONGEST - SHORTEST + 1);
      text.append(text.isEmpty() ? name(letters) : " " + word(letters));
    }
    text.setLength(characters);
    if (text.charAt(characters - 1) == ' ') {
      text.setCharAt(characters - 1, draw.of(VOWELS));
    }
    return text.toString();
  }
}
