package io.initload.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SourceNameTest {
  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '\'',
      value = {
        "CUSTOMERS, '', CUSTOMERS, CUSTOMERS",
        "SALES.CUSTOMERS, SALES, CUSTOMERS, SALES.CUSTOMERS",
        "sales.\"customers\", sales, customers, sales.customers",
        "\"a.b\".\"c.d\", a.b, c.d, \"a.b\".\"c.d\"",
        "\"say \"\"x\"\"\", '', say \"x\", \"say \"\"x\"\"\"",
        "MY TABLE$, '', MY TABLE$, MY TABLE$",
      })
  void namesAreTakenAsWritten(String text, String owner, String table, String printed) {
    SourceName name = SourceName.parse(text);
    assertThat(name).isEqualTo(new SourceName(owner, table));
    assertThat(name).hasToString(printed);
    assertThat(SourceName.parse(printed)).isEqualTo(name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", ".", "A.", ".A", "A.B.C", "\"A", "\"A\"B", "A\"B\"", " A", "A .B", "\"\""})
  void anythingElseIsRefused(String text) {
    assertThatThrownBy(() -> SourceName.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }
}
