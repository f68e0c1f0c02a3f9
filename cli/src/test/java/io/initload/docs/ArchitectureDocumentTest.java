package io.initload.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.initload.ledger.entry.Chunk;
import io.initload.ledger.entry.Job;
import io.initload.ledger.entry.PartState;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What docs/architecture.md says is as it is built. */
class ArchitectureDocumentTest {
  private static final String PATH = "docs/architecture.md";
  private static final Pattern TEST = Pattern.compile("(\\w+)\\.(\\w+)");
  private static final Pattern MAIN =
      Pattern.compile("(\\w+)/src/main/java/io/initload/?(.*)/\\w+\\.java");

  /** A class, perhaps with the end of its package, perhaps with a member. */
  private static final Pattern CLASS =
      Pattern.compile("((?:[a-z]\\w*\\.)*)([A-Z][a-z]\\w+)(?:\\.\\w+)*");

  private static final int LAWS = 11;

  private final Page page = Page.of(PATH);

  @Test
  void everyLawIsHeldByTestsThatExist() {
    List<Page.Row> laws = page.rows("The laws");
    assertThat(laws).hasSize(LAWS);
    for (int law = 0; law < LAWS; law++) {
      assertThat(laws.get(law).cells().get(0)).startsWith((law + 1) + ". ");
      List<String> tests = laws.get(law).code().get(1);
      assertThat(tests).as("tests of law %d", law + 1).isNotEmpty();
      assertThat(tests).allSatisfy(ArchitectureDocumentTest::isATest);
    }
  }

  /** {@code ClassTest.method} of JUnit, or {@code test_module.test_function} of pytest. */
  private static void isATest(String name) {
    var parts = TEST.matcher(name);
    assertThat(parts.matches()).as(name).isTrue();
    boolean python = parts.group(1).startsWith("test_");
    String file = "/" + parts.group(1) + (python ? ".py" : ".java");
    List<String> homes =
        Project.texts().stream()
            .filter(path -> path.endsWith(file))
            .filter(path -> path.contains(python ? "airflow/tests/" : "/src/test/"))
            .toList();
    Pattern test =
        Pattern.compile(
            python
                ? "(?m)^(async )?def " + parts.group(2) + "\\("
                : "(?s)@(Test|ParameterizedTest)\\b((?!\n  }\n).)*?\\bvoid "
                    + parts.group(2)
                    + "\\(");
    assertThat(homes).as(name).anyMatch(home -> test.matcher(Project.read(home)).find());
  }

  @Test
  void theLivesAreThoseOfTheLedger() {
    assertThat(states("The life of a chunk")).isEqualTo(names(Chunk.State.values()));
    assertThat(states("The life of a part")).isEqualTo(names(PartState.values()));
    Set<String> jobs = names(Job.State.values());
    jobs.add("probe");
    assertThat(states("The life of a job")).isEqualTo(jobs);
  }

  private Set<String> states(String heading) {
    return page.rows(heading).stream()
        .flatMap(row -> row.code().get(0).stream())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> names(Enum<?>[] values) {
    return Arrays.stream(values)
        .map(v -> v.name().toLowerCase(Locale.ROOT))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void theLayoutNamesEveryPackageAndNoOther() {
    for (String module : List.of("engine", "simulator", "cli")) {
      Set<String> named =
          page.rows("Packages of " + module).stream()
              .flatMap(row -> row.code().get(0).stream())
              .collect(Collectors.toCollection(TreeSet::new));
      assertThat(named).as("packages of %s", module).isEqualTo(packages(module));
    }
  }

  /** As {@code pipeline.work}; the module's own root is none. */
  private static Set<String> packages(String module) {
    return Project.texts().stream()
        .map(MAIN::matcher)
        .filter(m -> m.matches() && m.group(1).equals(module))
        .map(m -> m.group(2).replace('/', '.'))
        .map(name -> name.replaceFirst("^(simulator|cli)\\b\\.?", ""))
        .filter(name -> !name.isEmpty())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void everyWordIsUsed() {
    String all =
        Project.texts().stream()
            .filter(path -> !path.equals(PATH))
            .map(Project::read)
            .collect(Collectors.joining("\n"))
            .toLowerCase(Locale.ROOT);
    List<String> words = page.rows("Glossary").stream().map(row -> row.cells().get(0)).toList();
    assertThat(words).hasSizeGreaterThan(60).isSorted();
    assertThat(words.stream().filter(word -> !all.contains(word))).as("words of nobody").isEmpty();
  }

  @Test
  void everyClassThatIsNamedExists() {
    List<String> files = Project.texts();
    assertThat(
            Stream.of("Glossary", "Where the next feature goes")
                .flatMap(heading -> page.rows(heading).stream())
                .flatMap(row -> row.code().stream().skip(1))
                .flatMap(List::stream)
                .map(CLASS::matcher)
                .filter(Matcher::matches)
                .map(named -> "/" + named.group(1).replace('.', '/') + named.group(2) + ".java")
                .filter(end -> files.stream().noneMatch(file -> file.endsWith(end))))
        .as("classes that are not there")
        .isEmpty();
  }
}
