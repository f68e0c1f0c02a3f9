package io.initload.mapping.compile;

import static io.initload.mapping.Describes.field;
import static io.initload.mapping.Describes.object;
import static org.assertj.core.api.Assertions.assertThat;

import io.initload.config.FieldMapping;
import io.initload.config.FieldMapping.Column;
import io.initload.config.Mask;
import io.initload.config.Mask.Masking;
import io.initload.config.Secret;
import io.initload.config.TableConfigs;
import io.initload.mapping.Compiled;
import io.initload.mapping.Finding;
import io.initload.mapping.RowMapping.Piece;
import io.initload.mapping.SourceColumn;
import io.initload.mapping.org.TargetObject;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which fields can have pseudonyms. */
class MasksTest {
  private static final Masking KEY = new Masking(new Secret("a key of some length"), false);
  private static final List<SourceColumn> COLUMNS =
      List.of(
          new SourceColumn("ID", SourceColumn.Type.NUMBER, "NUMBER(9)", 0, 9, 0, false),
          new SourceColumn("V", SourceColumn.Type.TEXT, "VARCHAR2(40)", 40, 0, 0, true),
          new SourceColumn("N", SourceColumn.Type.NUMBER, "NUMBER(9,2)", 0, 9, 2, true));

  private static final TargetObject OBJECT =
      object(
          "O__c",
          field("Key__c", "string").length(80).externalId().unique().caseSensitive().build(),
          field("Old_Key__c", "string").length(80).externalId().build(),
          field("Text__c", "string").length(80).build(),
          field("Short__c", "string").length(10).build(),
          field("Unique__c", "string").length(80).unique().build(),
          field("Exact__c", "string").length(80).unique().caseSensitive().build(),
          field("Tight__c", "email").length(27).unique().build(),
          field("Serial__c", "double").number(18, 0).unique().build(),
          field("Mail__c", "email").length(80).build(),
          field("Kind__c", "picklist").length(40).build(),
          field("Number__c", "double").number(18, 2).build(),
          field("Date__c", "date").build());

  @ParameterizedTest
  @CsvSource({
    "Text__c,    V, name,   ",
    "Text__c,    V, mail,   ",
    "Text__c,    V, phone,  ",
    "Text__c,    V, text,   ",
    "Text__c,    V, number, ",
    "Text__c,    N, text,   ",
    "Short__c,   V, text,   ",
    "Short__c,   V, phone,  MASK_TYPE",
    "Short__c,   V, mail,   MASK_TYPE",
    "Unique__c,  V, mail,   ",
    "Unique__c,  V, text,   MASK_TYPE",
    "Exact__c,   V, mail,   MASK_TYPE",
    "Tight__c,   V, mail,   MASK_TYPE",
    "Serial__c,  N, number, MASK_TYPE",
    "Mail__c,    V, mail,   ",
    "Mail__c,    V, text,   MASK_TYPE",
    "Kind__c,    V, text,   MASK_TYPE",
    "Number__c,  N, number, ",
    "Number__c,  N, text,   MASK_TYPE",
    "Key__c,     ID, text,  MASK_KEY",
    "Old_Key__c, V, text,   MASK_KEY",
  })
  void theFieldDecides(String field, String column, String kind, String code) {
    FieldMapping masked =
        new FieldMapping(field, new Column(column))
            .masked(new Mask(Mask.Kind.valueOf(kind.toUpperCase(Locale.ROOT)), KEY));
    FieldMapping key = new FieldMapping("Key__c", new Column("ID"));
    Compiled compiled = compile(field.equals("Key__c") ? List.of(masked) : List.of(key, masked));
    assertThat(compiled.errors())
        .extracting(Finding::code)
        .isEqualTo(code == null ? List.of() : List.of(code));
    if (code == null) {
      assertThat(compiled.mapping().fields().get(1).get(0)).isInstanceOf(Piece.Masked.class);
    }
  }

  @Test
  void whatIsMaskedIsAnotherMapping() {
    FieldMapping plain = new FieldMapping("Text__c", new Column("V"));
    assertThat(plain).hasToString("FieldMapping[field=Text__c, feed=Column[name=V]]");
    assertThat(plain.masked(new Mask(Mask.Kind.NAME, KEY)).toString())
        .matches("FieldMapping\\[field=Text__c, feed=Column\\[name=V], mask=name by [0-9a-f]+]");
    // Not that of versions that drew digits of numbers which the field does not show.
    assertThat(plain.masked(new Mask(Mask.Kind.NUMBER, KEY)).toString())
        .matches("FieldMapping\\[.*, mask=number as shown by [0-9a-f]+]");
  }

  private static Compiled compile(List<FieldMapping> fields) {
    return MappingCompiler.compile(
        TableConfigs.of("T").externalId("Key__c").fields(fields).build(),
        COLUMNS,
        OBJECT,
        parent -> Optional.empty());
  }
}
