package io.initload;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Names of files for any name. */
class FileNameTest {
  @Test
  void whatAPathMeansSomethingByIsWrittenOut() {
    assertThat(FileName.of("SALES.CUSTOMERS-00017")).isEqualTo("SALES.CUSTOMERS-00017");
    assertThat(FileName.of("../X")).isEqualTo("%2E.%2FX");
    assertThat(FileName.of("/BIC/SALES")).isEqualTo("%2FBIC%2FSALES");
    assertThat(FileName.of("..")).isEqualTo("%2E.");
    assertThat(FileName.of("A%2FB")).isEqualTo("A%252FB");
    assertThat(FileName.of("Kundé\0")).isEqualTo("Kund%C3%A9%00");
  }

  @Test
  void longNamesThatBeginAlikeAndHashAlikeKeepFilesOfTheirOwn() {
    String one = "T".repeat(150) + "Aa";
    String other = "T".repeat(150) + "BB";
    assertThat(one.hashCode()).isEqualTo(other.hashCode());
    assertThat(FileName.of(one)).isNotEqualTo(FileName.of(other)).hasSize(150);
    assertThat(FileName.of(FileName.of(one))).isNotEqualTo(FileName.of(one));
  }
}
