package io.initload.mapping.compile;

import static io.initload.mapping.Describes.field;
import static io.initload.mapping.Describes.object;
import static org.assertj.core.api.Assertions.assertThat;

import io.initload.config.TableConfig;
import io.initload.config.TableConfig.Nulls;
import io.initload.config.TableConfigs;
import io.initload.mapping.SourceColumn;
import io.initload.mapping.org.TargetObject;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a mapping takes for granted is said before a row moves. */
class AssumptionsTest {
  private static final List<SourceColumn> COLUMNS =
      List.of(
          column("ID", SourceColumn.Type.NUMBER, false),
          column("MADE", SourceColumn.Type.DATETIME, true),
          column("SEEN", SourceColumn.Type.INSTANT, true),
          column("LIVES", SourceColumn.Type.BOOLEAN, true));

  private static final TargetObject THING =
      object(
          "Thing__c",
          field("Key__c", "string").length(40).externalId().unique().build(),
          field("Made__c", "datetime").build(),
          field("Seen__c", "datetime").build(),
          field("Day__c", "date").build(),
          field("Lives__c", "boolean").required().defaulted().build());

  @Test
  void aZoneThatNobodyNamedIsSaidOnceForAllTimesThatHangOnIt() {
    assertThat(findings(table().zoneGiven(false).build()))
        .containsExactly(
            "ZONE_ASSUMED Times are taken for UTC, since the configuration names no time zone:"
                + " MADE, SEEN. The wrong zone shifts every one of them.");
    assertThat(findings(table().build())).isEmpty();
  }

  @Test
  void anInstantThatStaysOneHangsOnNoZone() {
    TableConfig table =
        TableConfigs.of("THINGS")
            .object("Thing__c")
            .externalId("Key__c")
            .field("ID", "Key__c")
            .field("SEEN", "Seen__c")
            .zoneGiven(false)
            .build();
    assertThat(findings(table)).isEmpty();
  }

  @Test
  void aCheckboxThatCannotBeClearedGetsItsDefaultAndIsNamed() {
    assertThat(findings(table().nulls(Nulls.CLEAR).build()))
        .containsExactly(
            "CLEAR_IMPOSSIBLE Lives__c cannot be null: where the column is, it is set to its"
                + " default, false.");
  }

  private static TableConfigs table() {
    return TableConfigs.of("THINGS")
        .object("Thing__c")
        .externalId("Key__c")
        .field("ID", "Key__c")
        .field("MADE", "Made__c")
        .field("SEEN", "Day__c")
        .field("LIVES", "Lives__c");
  }

  private static List<String> findings(TableConfig table) {
    return MappingCompiler.compile(table, COLUMNS, THING, parent -> Optional.empty())
        .findings()
        .stream()
        .filter(f -> !f.code().equals("TIME_OF_DAY_CUT"))
        .map(f -> f.code() + " " + f.message())
        .toList();
  }

  private static SourceColumn column(String name, SourceColumn.Type type, boolean nullable) {
    return new SourceColumn(name, type, type.name(), 0, 9, 0, nullable);
  }
}
