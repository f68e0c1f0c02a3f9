package io.initload.salesforce.errors;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The runbook's tables of error codes are the program's own. */
class RunbookTest {
  private static final Path RUNBOOK = Path.of("..", "docs", "runbook.md");

  @ParameterizedTest
  @CsvSource({"row-errors", "job-errors"})
  void showsTheTablesOfTheProgram(String section) throws IOException {
    List<ErrorCode> entries = section.equals("row-errors") ? ErrorCodes.rows() : ErrorCodes.jobs();
    String begin = "<!-- " + section + ": begin -->\n";
    String end = "<!-- " + section + ": end -->";
    String page = Files.readString(RUNBOOK);
    assertThat(page).contains(begin, end);
    String written =
        page.substring(page.indexOf(begin) + begin.length(), page.indexOf(end)).strip();
    assertThat(written)
        .as("the section '%s' of docs/runbook.md; replace it by the expected text", section)
        .isEqualTo(table(entries));
  }

  private static String table(List<ErrorCode> entries) {
    return "| code | when the message has | class | meaning | remedy |\n| --- | --- | --- | --- | --- |\n"
        + entries.stream().map(RunbookTest::row).collect(Collectors.joining("\n"));
  }

  private static String row(ErrorCode entry) {
    return "| %s | %s | %s | %s | %s |"
        .formatted(
            entry.code().isEmpty() ? "any" : "`" + entry.code() + "`",
            entry.text().isEmpty() ? "" : "`" + entry.text() + "`",
            entry.errorClass().name().toLowerCase(java.util.Locale.ROOT),
            entry.meaning(),
            entry.remedy());
  }
}
