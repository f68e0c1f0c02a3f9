package io.initload.codes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CodeTableTest {
  /** Their errors are booked, the others' end a command: a failure is made of those. */
  private static final Set<String> OF_THE_ORG = Set.of("rows", "jobs");

  private static final Pattern PAGE = Pattern.compile("^(docs/[\\w/-]+\\.md), ([^,]+)$");

  /** All there are, by the files. */
  static List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("src/main/resources/io/initload/codes"))) {
      return files.map(file -> file.getFileName().toString().replace(".csv", "")).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void everyEntryCanBeReachedAndSaysWhatToDo(String name) {
    Set<String> seen = new HashSet<>();
    for (CodeEntry entry : CodeTable.read(name).entries()) {
      assertThat(entry.meaning()).endsWith(".");
      assertThat(entry.remedy()).isNotBlank();
      assertThat(entry.fact()).isNotBlank();
      assertThat(entry.failure().isEmpty()).isEqualTo(OF_THE_ORG.contains(name));
      assertThat(entry.codes())
          .as("'%s' stands behind an entry that takes all", entry.text())
          .noneMatch(seen::contains);
      if (entry.text().isEmpty()) {
        assertThat(entry.codes()).as("an entry for any code needs a text").isNotEmpty();
        seen.addAll(entry.codes());
      }
    }
    assertThat(seen).hasSizeGreaterThan(10);
  }

  /** A fact of ours is under a heading of a page: {@code docs/reference/oracle.md, Errors}. */
  @ParameterizedTest
  @MethodSource("names")
  void whatAFactCitesIsThere(String name) throws IOException {
    for (CodeEntry entry : CodeTable.read(name).entries()) {
      Matcher cited = PAGE.matcher(entry.fact());
      if (cited.find()) {
        assertThat(Path.of("..", cited.group(1)))
            .content()
            .as(entry.fact())
            .containsPattern("(?m)^#+ " + Pattern.quote(cited.group(2)) + "$");
      } else {
        assertThat(entry.fact()).doesNotContain("docs/");
      }
    }
  }

  @Test
  void theFirstEntryThatFitsCounts() {
    CodeTable rows = CodeTable.read("rows");
    assertThat(rows.find("duplicate_value", "Duplicate external id specified: 7"))
        .hasValueSatisfying(e -> assertThat(e.quotes()).isEqualTo("external id specified: (.*)"));
    assertThat(rows.find("DUPLICATE_VALUE", "duplicate value found"))
        .hasValueSatisfying(e -> assertThat(e.text()).isEmpty());
    assertThat(rows.find("BRAND_NEW", "")).isEmpty();
    assertThat(CodeTable.read("jobs").find("", "Batch failed: retried more than 20 times"))
        .hasValueSatisfying(e -> assertThat(e.kind()).isEqualTo("TRANSIENT"));
  }
}
