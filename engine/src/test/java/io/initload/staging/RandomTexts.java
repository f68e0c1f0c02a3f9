package io.initload.staging;

import java.util.SplittableRandom;

/** Texts with everything a CSV file stumbles over, drawn from a seed. */
final class RandomTexts {
  private static final String[] PIECES = {
    ",", "\"", "\n", "\r\n", "\r", "\t", " ", "é", "ß", "漢字", "😀", "\u0000", "\u0007", "\u007f",
    "#N/A", "abc", "0", "\"\"", "\u2028", "\ufeff", "\u0085"
  };

  private final SplittableRandom random;

  RandomTexts(SplittableRandom random) {
    this.random = random;
  }

  String next(int piecesMax) {
    StringBuilder text = new StringBuilder();
    for (int n = random.nextInt(piecesMax + 1); n > 0; n--) {
      if (random.nextInt(3) == 0) {
        text.append(PIECES[random.nextInt(PIECES.length)]);
      } else {
        text.append((char) ('a' + random.nextInt(26)));
      }
    }
    return text.toString();
  }

  /** What a reader of the CSV must see of a text; stated apart from the encoder. */
  static String staged(String text) {
    return text.replace("\r\n", "\n")
        .replace('\r', '\n')
        .replaceAll("[\\x00-\\x08\\x0b-\\x1f]", "");
  }
}
