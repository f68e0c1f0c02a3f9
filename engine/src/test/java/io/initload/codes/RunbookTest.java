package io.initload.codes;

import static org.assertj.core.api.Assertions.assertThat;

import io.initload.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The runbook's tables of codes are made from the program's: {@code make runbook} writes them. */
class RunbookTest {
  private static final Path RUNBOOK = Path.of("..", "docs", "runbook.md");

  @ParameterizedTest
  @MethodSource("io.initload.codes.CodeTableTest#names")
  void showsTheTablesOfTheProgram(String name) throws IOException {
    String begin = "<!-- codes of " + name + ": begin -->\n";
    String end = "<!-- codes of " + name + ": end -->";
    String page = Files.readString(RUNBOOK);
    assertThat(page).contains(begin, end);
    int from = page.indexOf(begin) + begin.length();
    int to = page.indexOf(end);
    String made = table(CodeTable.read(name).entries()) + "\n";
    if (Boolean.getBoolean("initload.runbook.write")) {
      Files.writeString(RUNBOOK, page.substring(0, from) + made + page.substring(to));
    } else {
      assertThat(page.substring(from, to))
          .as("the codes of %s in docs/runbook.md; `make runbook` writes them", name)
          .isEqualTo(made);
    }
  }

  /** What is empty in every line is left out. */
  private static String table(List<CodeEntry> entries) {
    List<String> lines = new ArrayList<>(List.of("|", "|"));
    entries.forEach(entry -> lines.add("|"));
    column(lines, "code", entries, RunbookTest::codes);
    column(lines, "when the message has", entries, entry -> quoted(entry.text()));
    column(lines, "fails as", entries, entry -> quoted(entry.failure()));
    column(lines, "exit", entries, RunbookTest::exit);
    column(lines, "class", entries, entry -> words(entry.kind()));
    column(lines, "reach", entries, entry -> words(entry.reach().name()));
    column(lines, "meaning", entries, CodeEntry::meaning);
    column(lines, "remedy", entries, CodeEntry::remedy);
    return String.join("\n", lines);
  }

  private static void column(
      List<String> lines, String head, List<CodeEntry> entries, Function<CodeEntry, String> cell) {
    List<String> cells = entries.stream().map(cell).toList();
    if (cells.stream().anyMatch(text -> !text.isEmpty())) {
      lines.set(0, lines.get(0) + " " + head + " |");
      lines.set(1, lines.get(1) + " --- |");
      for (int i = 0; i < cells.size(); i++) {
        lines.set(i + 2, lines.get(i + 2) + " " + cells.get(i) + " |");
      }
    }
  }

  private static String codes(CodeEntry entry) {
    return entry.codes().isEmpty()
        ? "any"
        : entry.codes().stream().map(RunbookTest::quoted).collect(Collectors.joining(" "));
  }

  /** Of the failure that is made of it, if one is. */
  private static String exit(CodeEntry entry) {
    return entry.failure().isEmpty()
        ? ""
        : Integer.toString(Failure.Kind.valueOf(entry.trait()).exitCode());
  }

  private static String quoted(String text) {
    return text.isEmpty() ? "" : "`" + text + "`";
  }

  private static String words(String constant) {
    return constant.toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
