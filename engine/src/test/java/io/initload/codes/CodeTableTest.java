package io.initload.codes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CodeTableTest {
  @ParameterizedTest
  @ValueSource(strings = {"rows", "jobs"})
  void everyEntryCanBeReachedAndSaysWhatToDo(String name) {
    Set<String> seen = new HashSet<>();
    for (CodeEntry entry : CodeTable.read(name).entries()) {
      assertThat(entry.meaning()).endsWith(".");
      assertThat(entry.remedy()).isNotBlank();
      assertThat(entry.fact()).isNotBlank();
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
