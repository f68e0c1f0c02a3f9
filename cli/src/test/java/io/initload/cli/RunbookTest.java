package io.initload.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every code a command may end with, or warns by, is explained in the runbook. */
class RunbookTest {
  private static final Pattern CODE =
      Pattern.compile("(?:(?:Kind|Action)\\.[A-Z_]+,|new Finding\\()\\s*\"([A-Z][A-Z_]+)\"");

  @Test
  void explainsEveryCode() throws IOException {
    String runbook = Files.readString(Path.of("..", "docs", "runbook.md"));
    Set<String> codes = new TreeSet<>();
    for (String module : List.of("../engine", "../cli")) {
      try (Stream<Path> files = Files.walk(Path.of(module, "src", "main", "java"))) {
        for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
          Matcher found = CODE.matcher(Files.readString(file));
          while (found.find()) {
            codes.add(found.group(1));
          }
        }
      }
    }
    assertThat(codes)
        .contains("CONFIG", "SOURCE_LOGIN", "ORG_LOGIN", "LEDGER_NEWER", "UNDO_RETENTION");
    assertThat(codes).allSatisfy(code -> assertThat(runbook).contains("`" + code + "`"));
  }
}
