package io.initload.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every finding is explained in the documentation, with its severity. */
class FindingCodesTest {
  private static final Pattern REPORTED =
      Pattern.compile("findings\\.(error|warning)\\(\\s*\"([A-Z_]+)\"");
  private static final Pattern EXPLAINED =
      Pattern.compile("^\\| `([A-Z_]+)` \\| ([a-z ]+) \\|", Pattern.MULTILINE);

  @Test
  void everyCodeIsExplained() throws IOException {
    Map<String, String> reported = new TreeMap<>();
    for (Path source : sources()) {
      Matcher matcher = REPORTED.matcher(Files.readString(source));
      while (matcher.find()) {
        String severity = matcher.group(1);
        reported.merge(
            matcher.group(2),
            severity,
            (old, now) ->
                Stream.of(old, now)
                    .distinct()
                    .sorted()
                    .reduce((a, b) -> a + " or " + b)
                    .orElse(""));
      }
    }
    Map<String, String> explained = new TreeMap<>();
    Matcher rows = EXPLAINED.matcher(Files.readString(Path.of("../docs/configuration.md")));
    while (rows.find()) {
      explained.put(rows.group(1), rows.group(2));
    }
    assertThat(explained).isEqualTo(reported);
  }

  private static List<Path> sources() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("src/main/java/io/initload/mapping"))) {
      return files.filter(Files::isRegularFile).sorted(Comparator.naturalOrder()).toList();
    }
  }
}
