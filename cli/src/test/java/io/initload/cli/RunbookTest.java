package io.initload.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.initload.codes.CodeEntry;
import io.initload.codes.CodeTable;
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
      Pattern.compile("(?:(?:Kind\\.[A-Z_]+,|new Finding\\()\\s*|(?=\"DATA_))\"([A-Z][A-Z_]+)\"");

  /** What is made from the tables of codes: it names a failure, but does not explain it. */
  private static final Pattern MADE =
      Pattern.compile("(?s)<!-- codes of (\\w+): begin -->.*?<!-- codes of \\1: end -->");

  @Test
  void explainsEveryCode() throws IOException {
    String page = Files.readString(Path.of("..", "docs", "runbook.md"));
    String runbook = MADE.matcher(page).replaceAll("");
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
    MADE.matcher(page)
        .results()
        .flatMap(table -> CodeTable.read(table.group(1)).entries().stream())
        .map(CodeEntry::failure)
        .filter(failure -> !failure.isEmpty())
        .forEach(codes::add);
    assertThat(codes)
        .contains(
            "CONFIG",
            "SOURCE_LOGIN",
            "ORG_LOGIN",
            "LEDGER_NEWER",
            "UNDO_RETENTION",
            "DATA_ORPHANS");
    assertThat(codes).allSatisfy(code -> assertThat(runbook).contains("`" + code + "`"));
  }
}
