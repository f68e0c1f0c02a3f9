package io.initload.mapping.compile;

import static io.initload.mapping.Describes.field;
import static io.initload.mapping.Describes.object;
import static org.assertj.core.api.Assertions.assertThat;

import io.initload.config.TableConfigs;
import io.initload.mapping.Compiled;
import io.initload.mapping.Finding;
import io.initload.mapping.SourceColumn;
import io.initload.mapping.org.TargetField;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tables of more columns than an org takes of a job. */
class WideTablesTest {
  /** The key is one field more, of six characters. */
  @ParameterizedTest
  @CsvSource({
    "4999, 5, ''",
    "5000, 5, FIELDS_TOO_MANY",
    // 6 + 258 * (1 + 123) = 31,998
    "258, 123, ''",
    "258, 124, HEADER_TOO_LONG"
  })
  void whatAnOrgTakesOfAHeaderIsKeptTo(int fields, int length, String code) {
    List<SourceColumn> columns = new ArrayList<>();
    List<TargetField> target = new ArrayList<>();
    TableConfigs table = TableConfigs.of("WIDE").object("Wide__c").externalId("Key__c");
    columns.add(column("KEY"));
    target.add(field("Key__c", "string").length(80).externalId().unique().caseSensitive().build());
    table.field("KEY", "Key__c");
    for (int i = 0; i < fields; i++) {
      String name = ("F" + i + "_").concat("x".repeat(length)).substring(0, length);
      columns.add(column(name));
      target.add(field(name, "string").length(80).build());
      table.field(name, name);
    }
    Compiled compiled =
        MappingCompiler.compile(
            table.build(),
            columns,
            object("Wide__c", target.toArray(TargetField[]::new)),
            name -> Optional.empty());
    List<String> errors =
        compiled.findings().stream()
            .filter(f -> f.severity() == Finding.Severity.ERROR)
            .map(Finding::code)
            .toList();
    assertThat(errors).isEqualTo(code.isEmpty() ? List.of() : List.of(code));
  }

  private static SourceColumn column(String name) {
    return new SourceColumn(
        name, SourceColumn.Type.TEXT, "VARCHAR2(20)", 20, 0, SourceColumn.SCALE_ANY, false);
  }
}
