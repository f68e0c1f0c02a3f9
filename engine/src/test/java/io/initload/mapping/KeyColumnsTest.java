package io.initload.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import io.initload.mapping.RowMapping.Piece;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When the columns of a key prove that keys differ, and when the keys must be looked at. */
class KeyColumnsTest {
  /** Columns of these types, what stands between them, and what they tell of their key. */
  @ParameterizedTest
  @CsvSource({
    "NUMBER, '', exact",
    "NUMBER NUMBER, '-', exact",
    "NUMBER NUMBER, '|', exact",
    "NUMBER NUMBER, ' 0', exact",
    "NUMBER NUMBER, '', unknown",
    "NUMBER NUMBER, '.', unknown",
    "NUMBER NUMBER, '00', unknown",
    "NUMBER DATE, '-', exact",
    "DATE NUMBER, '', unknown",
    "DATE NUMBER, '-', exact",
    "DATETIME NUMBER, '|', exact",
    "DATETIME NUMBER, '.', unknown",
    "BINARY NUMBER, '-', exact",
    "BINARY NUMBER, 'a', unknown",
    "TEXT, '', comparable",
    "TEXT NUMBER, '-', comparable",
    "TEXT TEXT, '', unknown",
    "NUMBER FLOAT, '-', unknown",
    "INSTANT, '', unknown",
  })
  void columnsThatCanBeTakenApartAgainProveTheirKey(String types, String between, String tells) {
    assertThat(told(key(types, between, KeyForm.EXACT, ZoneOffset.UTC))).isEqualTo(tells);
  }

  @Test
  void aJoinedKeyThatIsComparedAsANumberIsNeverProven() {
    assertThat(told(key("NUMBER NUMBER", "-", KeyForm.NUMBER, ZoneOffset.UTC)))
        .isEqualTo("unknown");
  }

  @Test
  void anHourThatComesTwiceIsTwoTimesOfOneKey() {
    ZoneId vienna = ZoneId.of("Europe/Vienna");
    assertThat(told(key("DATETIME", "", KeyForm.EXACT, vienna))).isEqualTo("unknown");
    assertThat(told(key("DATETIME", "", KeyForm.EXACT, ZoneOffset.UTC))).isEqualTo("exact");
  }

  private static String told(KeyColumns key) {
    return key.exact() ? "exact" : key.comparable() ? "comparable" : "unknown";
  }

  private static KeyColumns key(String types, String between, KeyForm form, ZoneId zone) {
    List<SourceColumn> columns =
        Stream.of(types.split(" ")).map(type -> column(SourceColumn.Type.valueOf(type))).toList();
    List<Piece> pieces = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      if (i > 0 && !between.isEmpty()) {
        pieces.add(new Piece.Text(between));
      }
      pieces.add(new Piece.Read(i));
    }
    List<ColumnRead> reads =
        IntStream.range(0, columns.size())
            .mapToObj(i -> new ColumnRead("C" + i, Rendering.TEXT))
            .collect(Collectors.toList());
    RowMapping mapping = new RowMapping(List.of("Key__c"), 0, reads, List.of(pieces), List.of());
    return new KeyColumns(mapping, columns, form, zone);
  }

  private static SourceColumn column(SourceColumn.Type type) {
    return new SourceColumn(
        "C", type, type == SourceColumn.Type.DATETIME ? "TIMESTAMP(0)" : "", 20, 9, 0, false);
  }
}
