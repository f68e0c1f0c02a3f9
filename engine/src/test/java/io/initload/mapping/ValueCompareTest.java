package io.initload.mapping;

import static org.assertj.core.api.Assertions.assertThat;

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
        });
  }
}
