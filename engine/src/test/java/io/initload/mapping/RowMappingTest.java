package io.initload.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import io.initload.mapping.RowMapping.Piece;
import io.initload.staging.CsvRow;
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

  private static List<String> render(boolean clearNulls, @Nullable String... values) {
    RowMapping mapping =
        new RowMapping(
            List.of("Key__c", "Name", "Legacy__c", "Source__c"),
            0,
            READS,
            List.of(
                List.of(new Piece.Read(0), new Piece.Text("|"), new Piece.Read(2)),
                List.of(new Piece.Read(1)),
                List.of(new Piece.Read(1)),
                List.of(new Piece.Text("CRM"))),
            clearNulls);
    CsvRow row = new CsvRow();
    List<@Nullable String> columns = Arrays.asList(values);
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
}
