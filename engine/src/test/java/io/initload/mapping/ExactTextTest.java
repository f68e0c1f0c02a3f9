package io.initload.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import io.initload.mapping.RowMapping.Piece;
import io.initload.mapping.org.OrgNames;
import io.initload.staging.Alteration;
import io.initload.staging.CsvRow;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/**
 * What texts are made of that are looked at before they are staged: a value that is no text is told
 * to the row, whatever stands for it in the org.
 */
class ExactTextTest {
  private static final OrgNames USERS =
      new OrgNames("user", Map.of("ann", "005A"), Map.of(), Map.of(), Optional.of("005Z"), true);
  private static final Piece NAME = new Piece.Named(List.of(new Piece.Read(0)), USERS);
  private static final Piece VALUES = new Piece.Values(List.of(0, 1));

  @Test
  void bytesThatAreNoTextAreToldOfNames() {
    CsvRow row = rendered(NAME, bytes("an\u00fc", StandardCharsets.ISO_8859_1));
    assertThat(row.problemCode()).isEqualTo("TEXT_INVALID");
    assertThat(row.problem()).contains("field 1 holds the byte 0xFC, which is not UTF-8");
    CsvRow cut = rendered(NAME, sink -> sink.utf8(new byte[] {'a', (byte) 0xc3}, 0, 2));
    assertThat(cut.problem()).contains("field 1 holds the byte 0xC3, which is not UTF-8");
    assertThat(rendered(NAME, bytes("Ann", StandardCharsets.UTF_8)).texts())
        .containsExactly("005A");
  }

  @Test
  void bytesThatAreNoTextAreToldOfValuesOfAMultiSelect() {
    CsvRow row = rendered(VALUES, bytes("B\u00f6", StandardCharsets.ISO_8859_1));
    assertThat(row.problemCode()).isEqualTo("TEXT_INVALID");
    assertThat(row.problem()).contains("field 1 holds the byte 0xF6, which is not UTF-8");
    CsvRow good = rendered(VALUES, bytes("B\u00f6;\u6f22", StandardCharsets.UTF_8));
    assertThat(good.problem()).isEmpty();
    assertThat(good.texts()).containsExactly("B\u00f6;\u6f22");
  }

  /** Where the database's character set has no letters beyond ASCII the reader says so itself. */
  @Test
  void whatAReaderCallsNoTextIsToldOfBoth() {
    for (Piece piece : List.of(NAME, VALUES)) {
      CsvRow row =
          rendered(
              piece,
              sink -> {
                sink.noText("a letter of nobody");
                sink.text("ann");
              });
      assertThat(row.problemCode()).isEqualTo("TEXT_INVALID");
      assertThat(row.problem()).contains("field 1 holds a letter of nobody");
    }
  }

  @Test
  void aNumberThatIsNoneIsCountedAndNobodysName() {
    for (Piece piece : List.of(NAME, VALUES)) {
      CsvRow row = rendered(piece, FieldSink::noNumber);
      assertThat(row.problem()).isEmpty();
      assertThat(row.texts()).containsExactly("");
      assertThat(row.alterations()).containsExactly(new Alteration(0, "NUMBER_EMPTIED"));
    }
  }

  private static Consumer<FieldSink> bytes(String text, Charset charset) {
    byte[] bytes = text.getBytes(charset);
    return sink -> sink.utf8(bytes, 0, bytes.length);
  }

  /** A row of one field, of a column with this value and one that is null. */
  private static CsvRow rendered(Piece piece, Consumer<FieldSink> value) {
    RowMapping mapping =
        new RowMapping(
            List.of("Field__c"),
            0,
            List.of(new ColumnRead("A", Rendering.TEXT), new ColumnRead("B", Rendering.TEXT)),
            List.of(List.of(piece)),
            List.of(FieldRule.joined("")));
    CsvRow row = new CsvRow();
    row.rules(mapping.rules());
    mapping.render(
        (column, sink) -> {
          if (column == 0) {
            value.accept(sink);
          }
          return column == 0;
        },
        row);
    return row;
  }
}
