package io.initload.simulator.settings;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Reads YAML of bounded size, line and depth: the parser's work grows with the square of a line,
 * and its tree is built by recursion.
 */
public final class Yaml {
  static final int BYTES_MAX = 4 << 20;
  static final int LINE_CHARS_MAX = 250_000;
  static final int DEPTH_MAX = 32;

  private Yaml() {}

  /**
   * The text of a file.
   *
   * @throws IllegalArgumentException if it is too large or not UTF-8
   */
  public static String text(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(BYTES_MAX + 1);
      require(bytes.length <= BYTES_MAX, "it has more than %,d bytes", BYTES_MAX);
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("it is not UTF-8", e);
    }
  }

  /**
   * Maps, lists and scalars.
   *
   * @param whole what the text is called in messages
   * @throws IllegalArgumentException if the text is no YAML within the bounds
   */
  public static Object load(String whole, String text) {
    LoadSettings settings = LoadSettings.builder().setLabel(whole).build();
    require(
        text.lines().allMatch(line -> line.length() <= LINE_CHARS_MAX),
        "a line has more than %,d characters",
        LINE_CHARS_MAX);
    try {
      require(
          shallow(text, settings), "more than %d lists and blocks are in each other", DEPTH_MAX);
      return new Load(settings).loadFromString(text);
    } catch (YamlEngineException e) {
      throw new IllegalArgumentException("not YAML: " + e.getMessage(), e);
    }
  }

  private static boolean shallow(String text, LoadSettings settings) {
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
        return false;
      }
    }
    return true;
  }

  private static void require(boolean met, String message, int bound) {
    if (!met) {
      throw new IllegalArgumentException(message.formatted(bound));
    }
  }
}
