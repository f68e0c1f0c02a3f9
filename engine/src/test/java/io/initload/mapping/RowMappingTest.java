package io.initload.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.initload.mapping.RowMapping.Piece;
import io.initload.staging.CsvRow;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
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

  private static List<String> render(boolean clearNulls, @Nullable String... values) {
    CsvRow row = new CsvRow();
    List<@Nullable String> columns = Arrays.asList(values);
    RowMapping mapping = mapping(clearNulls);
    row.rules(mapping.rules());
    mapping.render(
        (column, sink) -> {
          String value = columns.get(column);
          if (value != null) {
            sink.text(value);
          }
          return value != null;
        },
        row);
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
