package io.initload.source.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.initload.codes.CodeEntry;
import io.initload.codes.CodeTable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ErrorTableTest {
  @ParameterizedTest
  @ValueSource(strings = {"oracle", "postgresql", "h2"})
  void everyEntryIsAVerdict(String name) {
    ErrorTable table = ErrorTable.read(name);
    for (CodeEntry entry : CodeTable.read(name).entries()) {
      for (String code : entry.codes()) {
        Verdict verdict = table.judge(code, entry.text(), code);
        assertThat(verdict.action()).hasToString(entry.kind());
        assertThat(verdict.kind()).hasToString(entry.trait());
        assertThat(verdict.reach()).hasToString(entry.reach().name());
        assertThat(verdict.code()).isEqualTo(entry.failure());
        assertThat(verdict.vendorCode()).isEqualTo(code);
        assertThat(verdict.remedy()).isEqualTo(entry.remedy());
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "ORA-01017, connection-lost, SOURCE_LOGIN",
    "ORA-99999, connection-lost, SOURCE_READ",
    "ORA-99999, ORA-00942, SOURCE_TABLE"
  })
  void theMostTellingNameCounts(String first, String second, String failure) {
    assertThat(ErrorTable.read("oracle").judge("shown", "text", "", first, second).code())
        .isEqualTo(failure);
  }

  @ParameterizedTest
  @ValueSource(strings = {"oracle", "postgresql", "h2"})
  void whatNobodyKnowsStops(String name) {
    assertThat(ErrorTable.read(name).judge("shown", "text", "no-such-code"))
        .extracting(Verdict::action, Verdict::reach, Verdict::kind, Verdict::code)
        .map(Object::toString)
        .containsExactly("STOP", "TABLE", "PLATFORM", "SOURCE_READ");
  }
}
