package io.initload.config.read;

import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.Event;

/**
 * What a YAML text may be, found out before a tree is made of it: the parser's work grows with the
 * square of a line, and its tree is built by recursion.
 */
final class YamlBounds {
  /** Of a file; a configuration of a thousand tables takes a tenth. */
  static final int BYTES_MAX = 4 << 20;

  static final int LINE_CHARS_MAX = 250_000;

  /** Lists and blocks within each other; the configuration needs six. */
  static final int DEPTH_MAX = 32;

  private YamlBounds() {}

  /** What is beyond a bound: where, and what. */
  record Excess(int line, String message) {}

  /** The first line that is too long. */
  static Optional<Excess> line(String text) {
    int line = 1;
    int start = 0;
    for (int i = 0; i <= text.length(); i++) {
      if (i == text.length() || text.charAt(i) == '\n') {
        if (i - start > LINE_CHARS_MAX) {
          return Optional.of(
              new Excess(line, "the line has more than %,d characters".formatted(LINE_CHARS_MAX)));
        }
        line++;
        start = i + 1;
      }
    }
    return Optional.empty();
  }

  /** The first place that is too deep; nothing beyond it is looked at. */
  static Optional<Excess> depth(String text, LoadSettings settings) {
    int depth = 0;
    for (Event event : new Parse(settings).parseString(text)) {
      switch (event.getEventId()) {
        case SequenceStart, MappingStart -> depth++;
        case SequenceEnd, MappingEnd -> depth--;
        default -> {
          // no nesting
        }
      }
      if (depth > DEPTH_MAX) {
        return Optional.of(
            new Excess(
                event.getStartMark().map(mark -> mark.getLine() + 1).orElse(0),
                "more than %d lists and blocks within each other".formatted(DEPTH_MAX)));
      }
    }
    return Optional.empty();
  }
}
