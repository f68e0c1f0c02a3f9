package io.initload.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.initload.mapping.canonical.CanonicalForm;
import io.initload.mapping.org.TargetField;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class ValueCompareTest {
  @TestFactory
  List<DynamicTest> valuesAreComparedByTheFieldsType() {
    return Cases.of(
        "values.yaml",
        entry -> {
          Describes.Field field =
              Describes.field("F__c", entry.get("type").asText())
                  .number(18, entry.path("scale").asInt());
          TargetField described =
              entry.path("defaulted").asBoolean() ? field.defaulted().build() : field.build();
          String found = entry.get("found").isNull() ? null : entry.get("found").asText();
          ValueCompare.Outcome outcome =
              ValueCompare.compare(described, entry.get("sent").asText(), found);
          assertThat(outcome).isEqualTo(ValueCompare.Outcome.valueOf(entry.get("is").asText()));
          assertThat(outcome.matches()).isEqualTo(outcome != ValueCompare.Outcome.DIFFERENT);
          digested(entry, described, found == null ? "" : found, outcome);
        });
  }

  /** Digests are equal where the comparison says so, but for what it tolerates besides. */
  private static void digested(
      JsonNode entry, TargetField field, String found, ValueCompare.Outcome outcome) {
    CanonicalForm form = CanonicalForm.of(field);
    boolean equal = form.sent(entry.get("sent").asText()).equals(form.found(found));
    boolean tolerated = entry.path("digest").asText().equals("differs");
    assertThat(equal).isEqualTo(outcome.matches() && !tolerated);
    assertThat(tolerated && !outcome.matches()).isFalse();
  }
}
