package io.initload.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.initload.config.Mask;
import io.initload.config.Secret;
import io.initload.mapping.RowMapping.Piece;
import io.initload.mapping.org.OrgNames;
import io.initload.masking.Pseudonyms;
import io.initload.staging.Alteration;
import io.initload.staging.CsvRow;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RowMappingTest {
  private static final List<ColumnRead> READS =
      List.of(
          new ColumnRead("ID", Rendering.TEXT),
          new ColumnRead("NAME", Rendering.TEXT),
          new ColumnRead("START", Rendering.TEXT));

  @Test
  void columnsConstantsAndCompositesFeedTheirFields() {
    assertThat(render(false, "7", "Ann", "2020-01-31"))
        .containsExactly("7|2020-01-31", "Ann", "Ann", "CRM");
  }

  @Test
  void aCompositeIsEmptyWhenOneOfItsColumnsIsNull() {
    assertThat(render(false, "7", "Ann", null)).containsExactly("", "Ann", "Ann", "CRM");
    assertThat(render(false, null, "Ann", "2020-01-31")).containsExactly("", "Ann", "Ann", "CRM");
  }

  @Test
  void nullIsEmptyOrClearsTheField() {
    assertThat(render(false, "7", null, "x")).containsExactly("7|x", "", "", "CRM");
    assertThat(render(true, "7", null, "x")).containsExactly("7|x", "#N/A", "#N/A", "CRM");
  }

  @Test
  void theKeyIsNeverCleared() {
    assertThat(render(true, null, "Ann", null)).containsExactly("", "Ann", "Ann", "CRM");
  }

  @Test
  void renderingMakesNoGarbage() {
    RowMapping mapping = mapping(true);
    SourceRow row =
        (column, sink) -> {
          sink.number(column, 0);
          return column != 1;
        };
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < 100_000; i++) {
      mapping.render(row, SourceRow.Nowhere.INSTANCE);
    }
    assertThat(threads.getCurrentThreadAllocatedBytes() - before)
        .as("bytes for 100,000 rows")
        .isLessThan(100_000);
  }

  @Test
  void aMaskedFieldHasAPseudonymAndNothingOfItsValue() {
    assertThat(masked(Mask.Kind.NAME, "Ann Huber").texts())
        .isEqualTo(masked(Mask.Kind.NAME, " ann  HUBER").texts())
        .allMatch(text -> text.matches("[A-Z][a-z]{2} [A-Z][a-z]{4}"))
        .doesNotContain("Ann Huber");
    assertThat(masked(Mask.Kind.NAME, null).texts()).containsExactly("");
    assertThat(masked(Mask.Kind.NUMBER, 1234L).texts())
        .allMatch(text -> text.matches("[1-9][0-9]{3}"))
        .doesNotContain("1234");
  }

  /** A rehearsal finds what would be refused in earnest. */
  @Test
  void whatIsWrongWithAMaskedValueHoldsItsRowBack() {
    byte[] latin = "Müller".getBytes(StandardCharsets.ISO_8859_1);
    for (Object wrong : List.of(latin, "half of \uD83D", "\uDE00")) {
      CsvRow row = masked(Mask.Kind.TEXT, wrong);
      assertThat(row.problemCode()).isEqualTo("TEXT_INVALID");
      assertThat(row.problem().orElseThrow()).doesNotContain("ller", "half");
    }
  }

  private static CsvRow masked(Mask.Kind kind, @Nullable Object value) {
    Mask mask = new Mask(kind, new Mask.Masking(new Secret("a key of some length"), false));
    RowMapping mapping =
        new RowMapping(
            List.of("Name"),
            0,
            READS.subList(0, 1),
            List.of(
                List.of(
                    new Piece.Masked(
                        new Pseudonyms(mask, 80, 0, Pseudonyms.ANY), List.of(new Piece.Read(0))))),
            List.of());
    CsvRow csv = new CsvRow();
    mapping.render((column, sink) -> written(value, sink), csv);
    return csv;
  }

  private static boolean written(@Nullable Object value, FieldSink sink) {
    if (value instanceof byte[] bytes) {
      sink.utf8(bytes, 0, bytes.length);
    } else if (value instanceof Long number) {
      sink.number(number, 0);
    } else if (value != null) {
      sink.text(value.toString());
    }
    return value != null;
  }

  @Test
  void aFieldWhoseParentIsNotThereIsEmptyOrHoldsItsRowBack() {
    Piece.Parent empties = new Piece.Parent(2, "");
    Piece.Parent refuses = new Piece.Parent(2, "names no parent");
    assertThat(rendered(List.of(empties, new Piece.Read(1)), "7", "9", "1").texts())
        .containsExactly("7", "9");
    CsvRow empty = rendered(List.of(empties, new Piece.Read(1)), "7", "9", null);
    assertThat(empty.texts()).containsExactly("7", "");
    assertThat(empty.alterations()).containsExactly(new Alteration(1, "ORPHAN_EMPTIED"));
    assertThat(empty.problemCode()).isEmpty();
    CsvRow refused = rendered(List.of(refuses, new Piece.Read(1)), "7", "9", null);
    assertThat(refused.problemCode()).isEqualTo("ORPHAN");
    assertThat(refused.problem()).contains("field 2 names no parent");
    assertThat(refused.texts()).containsExactly("7", "9");
  }

  @Test
  void aNameBecomesTheIdThatItStandsFor() {
    OrgNames names =
        new OrgNames(
            "user",
            Map.of("ann", "005A"),
            Map.of("ben", "who left"),
            Map.of(),
            Optional.empty(),
            true);
    Piece named = new Piece.Named(List.of(new Piece.Read(1)), names);
    assertThat(rendered(List.of(named), "7", " ANN ", "").texts()).containsExactly("7", "005A");
    assertThat(rendered(List.of(named), "7", null, "").texts()).containsExactly("7", "");
    CsvRow unknown = rendered(List.of(named), "7", "Eve", "");
    assertThat(unknown.problemCode()).isEqualTo("NAME_UNKNOWN");
    assertThat(unknown.problem()).contains("field 2 names Eve, which is no user");
    assertThat(rendered(List.of(named), "7", "Ben", "").problem())
        .contains("field 2 names the user Ben, who left");
    Piece other = new Piece.Named(List.of(new Piece.Read(1)), names.orElse("005Z"));
    assertThat(rendered(List.of(other), "7", "Eve", "").texts()).containsExactly("7", "005Z");
  }

  @Test
  void severalValuesAreTakenOnceEachAndInOrder() {
    Piece values = new Piece.Values(List.of(1, 2));
    assertThat(rendered(List.of(values), "7", "b", "a;b; c").texts()).containsExactly("7", "b;a;c");
    assertThat(rendered(List.of(values), "7", null, " ").texts()).containsExactly("7", "");
  }

  /** A row of a key and a field of these pieces. */
  private static CsvRow rendered(List<Piece> pieces, @Nullable String... values) {
    RowMapping mapping =
        new RowMapping(
            List.of("Key__c", "Field__c"),
            0,
            READS,
            List.of(List.of(new Piece.Read(0)), pieces),
            List.of(rule(""), rule("")));
    CsvRow row = new CsvRow();
    row.rules(mapping.rules());
    mapping.render(row(values), row);
    return row;
  }

  private static SourceRow row(@Nullable String... values) {
    List<@Nullable String> columns = Arrays.asList(values);
    return (column, sink) -> {
      String value = columns.get(column);
      if (value != null) {
        sink.text(value);
      }
      return value != null;
    };
  }

  private static List<String> render(boolean clearNulls, @Nullable String... values) {
    CsvRow row = new CsvRow();
    RowMapping mapping = mapping(clearNulls);
    row.rules(mapping.rules());
    mapping.render(row(values), row);
    return row.texts();
  }

  private static RowMapping mapping(boolean clearNulls) {
    return new RowMapping(
        List.of("Key__c", "Name", "Legacy__c", "Source__c"),
        0,
        READS,
        List.of(
            List.of(new Piece.Read(0), new Piece.Text("|"), new Piece.Read(2)),
            List.of(new Piece.Read(1)),
            List.of(new Piece.Read(1)),
            List.of(new Piece.Text("CRM"))),
        List.of(
            rule(""),
            rule(clearNulls ? FieldRule.NULL : ""),
            rule(clearNulls ? FieldRule.NULL : ""),
            FieldRule.NONE));
  }

  private static FieldRule rule(String absent) {
    return FieldRule.joined(absent);
  }
}
