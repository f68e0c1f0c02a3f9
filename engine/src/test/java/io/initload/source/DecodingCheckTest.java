package io.initload.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.initload.mapping.SourceColumn;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which texts are one value. */
class DecodingCheckTest {
  @ParameterizedTest(name = "{0}: {2} is {3}")
  @CsvSource({
    "NUMBER, NUMBER, 0.5, .5, true",
    "NUMBER, NUMBER, 100, 1E+2, true",
    "NUMBER, NUMBER, 0.49, 0.94, false",
    "NUMBER, NUMBER, '', ~, true",
    "NUMBER, NUMBER, '', 1, false",
    "FLOAT, BINARY_FLOAT, 0.1, 1.00000001E-001, true",
    "FLOAT, BINARY_DOUBLE, 0.1, 1.00000001E-001, false",
    "FLOAT, BINARY_DOUBLE, '', Nan, true",
    "DATETIME, DATE, 2024-02-29T00:00:00, ' 2024-02-29T00:00:00', true",
    "DATETIME, DATE, -0043-03-15T00:00:00, -0044-03-15T00:00:00, true",
    "DATETIME, TIMESTAMP(9), 2024-02-29T01:02:03.5, ' 2024-02-29T01:02:03.500000000', true",
    "DATETIME, TIMESTAMP(9), 2024-02-29T01:02:03.5, ' 2024-02-29T01:02:03.050000000', false",
    "INSTANT, TIMESTAMP WITH TIME ZONE, 2024-02-29T01:02:03Z, ' 2024-02-29T01:02:03.000000000',"
        + " true",
    "INSTANT, TIMESTAMP WITH TIME ZONE, 2024-02-29T01:02:03Z, 2024-02-29 02:02:03+00, false",
    "DATE, date, 2024-02-29, 2024-02-29, true",
    "TIME, TIME, 01:02:03.5, 01:02:03.500, true",
    "TEXT, VARCHAR2, é\\x, 3u\\00E9\\005Cx, true",
    "TEXT, VARCHAR2, é\\x, 4u\\00E9\\005Cx, false",
    "TEXT, VARCHAR2, ea, 2u\\00E9a, false",
    "TEXT, text, é, 1xc3a9, true",
    "TEXT, text, e, 1xc3a9, false",
    "TEXT, VARCHAR2, '', u, true",
    "TEXT, VARCHAR2, '', 1ux, false",
    "BINARY, RAW, 00ff, 00FF, true",
    "BINARY, RAW, 00ff, 00FE, false",
    "BOOLEAN, BOOLEAN, true, TRUE, true",
    "BOOLEAN, BOOLEAN, true, FALSE, false",
  })
  void equalValuesAreOneWhateverTheirText(
      SourceColumn.Type type, String declared, String ours, String theirs, boolean same) {
    SourceColumn column = new SourceColumn("C", type, declared, 0, 0, 0, true);
    assertThat(DecodingCheck.same(column, ours, theirs)).isEqualTo(same);
  }

  /** Of a surrogate pair Oracle counts one character in texts, and two in LOBs. */
  @ParameterizedTest
  @CsvSource({"1", "2"})
  void aCharacterOfTwoUnitsIsCountedEitherWay(int length) {
    SourceColumn column = new SourceColumn("C", SourceColumn.Type.TEXT, "text", 0, 0, 0, true);
    String told = length + "u\\D83D\\DE00";
    assertThat(DecodingCheck.same(column, "\uD83D\uDE00", told)).isTrue();
  }
}
