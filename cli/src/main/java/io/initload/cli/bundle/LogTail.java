package io.initload.cli.bundle;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The last lines of a log of ours; lines of any other kind are left out. */
final class LogTail {
  private static final int LINES_MAX = 2_000;
  private static final int LINE_CHARS_MAX = 4_000;

  private static final Pattern OURS =
      Pattern.compile("\\d\\d:\\d\\d:\\d\\d\\.\\d{3} (ERROR|WARN|INFO|DEBUG|TRACE) +\\[.*");
  private static final Pattern FRAME = Pattern.compile("\\tat [\\w.$<>/@-]+\\(.*");
  private static final List<String> SHOWN =
      List.of(
          "time",
          "level",
          "logger",
          "thread",
          "migration",
          "step",
          "table",
          "chunk",
          "job",
          "code",
          "exitCode");
  private static final List<String> SENTENCES = List.of("msg", "remedy");
  private static final ObjectMapper JSON = new ObjectMapper();

  private LogTail() {}

  /**
   * The lines, redacted.
   *
   * @throws IOException when it cannot be read
   */
  static String of(Path log) throws IOException {
    Deque<String> last = new ArrayDeque<>();
    long others = 0;
    // Whatever is in the file, it is no reason to stop: what is no UTF-8 is replaced.
    try (BufferedReader in =
        new BufferedReader(
            new InputStreamReader(Files.newInputStream(log), StandardCharsets.UTF_8))) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        Optional<String> ours = redacted(line);
        if (ours.isEmpty()) {
          others++;
          continue;
        }
        last.addLast(ours.get());
        if (last.size() > LINES_MAX) {
          last.removeFirst();
        }
      }
    }
    String kept = last.isEmpty() ? "" : String.join("\n", last) + "\n";
    return kept + "lines of other kinds, left out: " + others + "\n";
  }

  private static Optional<String> redacted(String line) {
    if (line.length() > LINE_CHARS_MAX) {
      return Optional.empty();
    }
    if (line.startsWith("{")) {
      return object(line);
    }
    return OURS.matcher(line).matches() || FRAME.matcher(line).matches()
        ? Optional.of(Redaction.text(line))
        : Optional.empty();
  }

  private static Optional<String> object(String line) {
    try {
      JsonNode said = JSON.readTree(line);
      if (!said.hasNonNull("level") || !said.hasNonNull("msg")) {
        return Optional.empty();
      }
      ObjectNode shown = JSON.createObjectNode();
      for (String member : SHOWN) {
        if (said.hasNonNull(member)) {
          shown.put(member, said.path(member).asText());
        }
      }
      for (String member : SENTENCES) {
        if (said.hasNonNull(member)) {
          shown.put(member, Redaction.text(said.path(member).asText()));
        }
      }
      return Optional.of(shown.toString());
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }
}
