package io.initload.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What docs/oracle-stand-in.md and docs/oracle.md say was run is run by tests that exist. */
class StandInDocumentTest {
  private static final Pattern TEST = Pattern.compile("[A-Z]\\w+(Test|Suite)");
  private static final Pattern PYTHON = Pattern.compile("oracle/tests/\\w+\\.py");

  @Test
  void whatWasRunIsRunByTestsThatAreThere() {
    List<Page.Row> rows = Page.of("docs/oracle-stand-in.md").rows("What was run on what");
    assertThat(rows).hasSizeGreaterThan(10);
    assertThat(rows)
        .allSatisfy(
            row ->
                assertThat(row.cells().subList(1, 4))
                    .as("each database has its word: %s", row.cells().get(0))
                    .noneMatch(String::isBlank));
    check("docs/oracle-stand-in.md", 15);
    check("docs/oracle.md", 3);
  }

  private static void check(String page, int least) {
    String text = Project.read(page);
    List<String> named = TEST.matcher(text).results().map(MatchResult::group).distinct().toList();
    assertThat(named).as(page).hasSizeGreaterThanOrEqualTo(least);
    List<String> files = Project.texts();
    assertThat(named)
        .allSatisfy(
            name ->
                assertThat(files)
                    .anyMatch(f -> f.contains("/src/test/") && f.endsWith("/" + name + ".java")));
    assertThat(PYTHON.matcher(text).results().map(MatchResult::group)).allMatch(files::contains);
  }
}
