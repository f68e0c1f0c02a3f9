package io.initload.mapping.compile;

import static io.initload.mapping.Describes.field;
import static io.initload.mapping.Describes.object;
import static org.assertj.core.api.Assertions.assertThat;

import io.initload.config.FieldMapping;
import io.initload.config.FieldMapping.Column;
import io.initload.config.FieldMapping.Expression;
import io.initload.config.FieldMapping.Place;
import io.initload.config.TableConfigs;
import io.initload.mapping.Compiled;
import io.initload.mapping.SourceColumn;
import io.initload.mapping.org.TargetObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Expressions against the columns of a table and the fields of an object. */
class ExpressionFeedsTest {
  private static final List<SourceColumn> COLUMNS =
      List.of(
          column("ID", SourceColumn.Type.NUMBER, "NUMBER(9)"),
          column("NAME", SourceColumn.Type.TEXT, "VARCHAR2(40)"),
          column("EMP#", SourceColumn.Type.TEXT, "VARCHAR2(40)"),
          column("X-Y", SourceColumn.Type.TEXT, "VARCHAR2(40)"),
          column("X.Y", SourceColumn.Type.TEXT, "VARCHAR2(40)"),
          column("BORN", SourceColumn.Type.DATE, "date"),
          column("SEEN", SourceColumn.Type.DATETIME, "DATE"),
          column("MEMO", SourceColumn.Type.LONG_TEXT, "LONG"),
          column("PHOTO", SourceColumn.Type.BINARY, "BLOB"));

  private static final TargetObject OBJECT =
      object(
          "O__c",
          field("Key__c", "string").length(80).externalId().unique().caseSensitive().build(),
          field("Text__c", "string").length(80).build(),
          field("Number__c", "double").number(18, 2).build(),
          field("Flag__c", "boolean").defaulted().build(),
          field("Date__c", "date").build(),
          field("Instant__c", "datetime").build());

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "Text__c    | NAME + 'x'        |",
        "Text__c    | EMP_              |",
        "Text__c    | ID                |",
        "Text__c    | ID == 1           |",
        "Text__c    | BORN              | TYPE_MISMATCH The expression yields a date, which cannot"
            + " feed a field of type string.",
        "Number__c  | ID * 2            |",
        "Number__c  | NAME              | TYPE_MISMATCH The expression yields a text, which cannot"
            + " feed a field of type double.",
        "Flag__c    | ID == 1           |",
        "Flag__c    | 'true'            | TYPE_MISMATCH The expression yields a text, which cannot"
            + " feed a field of type boolean.",
        "Date__c    | date(SEEN)        |",
        "Date__c    | SEEN              | TYPE_MISMATCH The expression yields a datetime, which"
            + " cannot feed a field of type date.",
        "Instant__c | SEEN              |",
        "Text__c    | X_Y               | EXPRESSION_WRONG The expression knows no column and no"
            + " function X_Y (line 7, column 20).",
        "Text__c    | MEMO              | EXPRESSION_WRONG The expression knows no column and no"
            + " function MEMO (line 7, column 20).",
        "Text__c    | upper(NAM)        | EXPRESSION_WRONG The expression knows no column and no"
            + " function NAM; did you mean NAME? (line 7, column 26).",
        "Key__c     | NAME              | EXTERNAL_ID_EXPRESSION An expression can be no external"
            + " id: the source finds rows again by the columns of their keys.",
      })
  void theTypeOfTheFieldDecides(String field, String text, String finding) {
    List<FieldMapping> fields = new ArrayList<>();
    if (!field.equals("Key__c")) {
      fields.add(new FieldMapping("Key__c", new Column("ID")));
    }
    fields.add(new FieldMapping(field, new Expression(text, List.of(), new Place(7, 20))));
    Compiled compiled =
        MappingCompiler.compile(
            TableConfigs.of("T").externalId("Key__c").fields(fields).build(),
            COLUMNS,
            OBJECT,
            parent -> Optional.empty());
    assertThat(compiled.errors())
        .extracting(f -> f.code() + " " + f.message())
        .containsExactlyElementsOf(finding == null ? List.of() : List.of(finding));
    assertThat(compiled.findings())
        .allMatch(f -> f.where().equals("T.expressions." + field + " -> O__c." + field));
  }

  private static SourceColumn column(String name, SourceColumn.Type type, String declared) {
    return new SourceColumn(name, type, declared, 40, 9, 0, false);
  }
}
