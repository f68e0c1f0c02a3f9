package io.initload.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The decisions have one form, numbers without gaps that nobody explains, and an index. */
class DecisionsTest {
  private static final String FOLDER = "docs/adr/";
  private static final Pattern NAME = Pattern.compile("docs/adr/(\\d{4})-[a-z0-9-]+\\.md");
  private static final Pattern PART = Pattern.compile("(?m)^\\*\\*(\\w+)\\.\\*\\*");
  private static final Pattern UNUSED = Pattern.compile("The numbers ([\\d, and]+) were never");
  private static final int LONGEST = 40;

  @Test
  void eachHasTheSameParts() {
    for (String decision : decisions().values()) {
      String text = Project.read(decision);
      assertThat(text.lines().findFirst().orElse(""))
          .as(decision)
          .matches("# " + number(decision) + "\\. \\S.*");
      assertThat(PART.matcher(text).results().map(m -> m.group(1)))
          .as(decision)
          .containsExactly("Status", "Context", "Decision", "Consequences");
      assertThat(text.lines().count()).as(decision).isBetween(7L, (long) LONGEST);
    }
  }

  @Test
  void everyNumberIsADecisionOrSaidToBeNone() {
    NavigableMap<Integer, String> decisions = decisions();
    List<Integer> missing =
        IntStream.range(1, decisions.lastKey())
            .filter(n -> !decisions.containsKey(n))
            .boxed()
            .toList();
    assertThat(unused()).isEqualTo(missing);
    assertThat(decisions).hasSize((int) files().count());
  }

  @Test
  void theIndexListsThemAll() {
    Page index = Page.of(FOLDER + "README.md");
    List<String> expected =
        decisions().values().stream().map(d -> d.substring(FOLDER.length())).toList();
    assertThat(index.links()).containsExactlyElementsOf(expected);
    decisions()
        .forEach(
            (number, decision) ->
                assertThat(index.rows("Decisions").stream().map(Page.Row::cells))
                    .as("number and title of %s", decision)
                    .anyMatch(
                        cells ->
                            cells.get(0).equals(number.toString())
                                && title(decision).equals(number + ". " + cells.get(1))));
  }

  private static String title(String decision) {
    return Page.of(decision).headings().get(0);
  }

  private static List<Integer> unused() {
    return UNUSED
        .matcher(Project.read(FOLDER + "README.md"))
        .results()
        .flatMap(m -> Pattern.compile("\\d+").matcher(m.group(1)).results())
        .map(MatchResult::group)
        .map(Integer::valueOf)
        .toList();
  }

  private static NavigableMap<Integer, String> decisions() {
    NavigableMap<Integer, String> found = new TreeMap<>();
    files().forEach(path -> found.put(number(path), path));
    return found;
  }

  private static Stream<String> files() {
    return Project.pages().stream().filter(path -> NAME.matcher(path).matches());
  }

  private static int number(String path) {
    return Integer.parseInt(NAME.matcher(path).replaceFirst("$1"));
  }
}
