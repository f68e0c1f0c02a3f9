package io.initload.config.read;

import io.initload.Nearest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * One value of the file. The readings below throw {@link IllegalArgumentException} with a message
 * that goes on after the value: "is not a whole number".
 *
 * @param text after interpolation; never shown
 * @param shown as the file has it, so that no message reveals what a variable holds
 */
record Scalar(String text, String shown, int line, String path) {
  /** What a value looks like before anybody asks for it. */
  enum Kind {
    TEXT("text"),
    NUMBER("a number"),
    BOOLEAN("true or false"),
    NOTHING("nothing"),
    /** Came out of a variable: whatever is wanted. */
    INTERPOLATED("");

    final String words;

    Kind(String words) {
      this.words = words;
    }

    static Kind of(Tag tag) {
      if (tag.equals(Tag.INT) || tag.equals(Tag.FLOAT)) {
        return NUMBER;
      }
      if (tag.equals(Tag.BOOL)) {
        return BOOLEAN;
      }
      return tag.equals(Tag.NULL) ? NOTHING : TEXT;
    }
  }

  /** The value in quotes and on one line, cut when it is long. */
  String quoted() {
    String line = shown.strip().replaceAll("\\s*\\R\\s*", " ");
    return '"' + (line.length() > 60 ? line.substring(0, 57) + "..." : line) + '"';
  }

  long number() {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("is not a whole number", e);
    }
  }

  <E extends Enum<E>> E oneOf(Class<E> type) {
    List<String> names = new ArrayList<>();
    for (E constant : type.getEnumConstants()) {
      if (written(constant).equals(text)) {
        return constant;
      }
      names.add(written(constant));
    }
    throw new IllegalArgumentException(
        "is not one of " + String.join(", ", names) + Nearest.hint(text, names));
  }

  static <T extends Comparable<T>> T within(T value, T min, T max, Function<T, String> show) {
    if (value.compareTo(min) < 0 || value.compareTo(max) > 0) {
      throw new IllegalArgumentException(
          "is not within " + show.apply(min) + " and " + show.apply(max));
    }
    return value;
  }

  /** An enum's constant as the file has it. */
  static String written(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
