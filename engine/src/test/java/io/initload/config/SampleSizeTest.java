package io.initload.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How many rows are drawn, and what is said of those that were not. */
class SampleSizeTest {
  /** Whole numbers of ways, so that nothing is rounded. */
  @ParameterizedTest
  @CsvSource({"1,99%,10%", "10,99%,10%", "57,95%,3%", "300,99%,0.5%", "1000,90%,5%", "2000,99%,1%"})
  void asFewAsMakeTheChanceOfMissingAllWrongRowsSmallEnough(int rows, String sure, String error) {
    SampleSize size = SampleSize.parse(sure + "/" + error);
    double missed = 1 - size.confidence().doubleValue() / 100;
    int wrong = (int) Math.floor(rows * SampleSize.percent(error).doubleValue() / 100 + 1e-9) + 1;
    int drawn = (int) size.of(rows);
    assertThat(chance(rows, wrong, drawn)).isLessThanOrEqualTo(missed);
    assertThat(chance(rows, wrong, drawn - 1)).isGreaterThan(missed);
    int most = (int) size.wrongAtMost(rows, drawn);
    assertThat(most).isLessThan(wrong);
    assertThat(chance(rows, most + 1, drawn)).isLessThanOrEqualTo(missed);
    assertThat(most == 0 || chance(rows, most, drawn) > missed).isTrue();
  }

  /**
   * Of a table without end it is ln(0.01) / ln(0.999), as tables of acceptance sampling have it.
   */
  @Test
  void ofManyRowsItIsTheNumberThatTablesHave() {
    assertThat(SampleSize.parse("99%/0.1%").of(1_000_000_000L)).isEqualTo(4_603);
    assertThat(SampleSize.parse("95%/1%").of(1_000_000_000L)).isEqualTo(299);
  }

  @Test
  void aTableThatIsSmallerIsComparedAsAWhole() {
    assertThat(SampleSize.parse("99%/0.1%").of(100)).isEqualTo(99);
    assertThat(SampleSize.parse("5000").of(100)).isEqualTo(100);
    assertThat(SampleSize.parse("5000").of(0)).isZero();
    assertThat(SampleSize.parse("99%/0.000001%").of(1L << 40)).isEqualTo(SampleSize.ROWS_MAX);
  }

  @Test
  void theStatementSaysNoMoreThanWasSeen() {
    SampleSize size = SampleSize.parse("1000");
    assertThat(size.statement(50_000, 1_000, 0))
        .isEqualTo(
            "1,000 of 50,000 loaded rows were compared, none differs: with 99% confidence at most"
                + " %d of all (%s%%) do.".formatted(size.wrongAtMost(50_000, 1_000), "0.454"));
    assertThat(size.statement(50_000, 1_000, 2)).contains("2 of them differ: nothing follows");
    assertThat(size.statement(700, 700, 0))
        .isEqualTo("All 700 loaded rows were compared, none differs.");
    assertThat(size.statement(700, 0, 0)).contains("nothing follows");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0", "1000001", "99%", "99%/", "100%/1%", "99%/0%", "99/1", "x%/1%"})
  void whatIsNoSizeIsRefused(String text) {
    assertThatThrownBy(() -> SampleSize.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  /** That no wrong row is among the drawn ones: C(rows - wrong, drawn) of C(rows, drawn). */
  private static double chance(int rows, int wrong, int drawn) {
    BigInteger digits = BigInteger.TEN.pow(30);
    return ways(rows - wrong, drawn).multiply(digits).divide(ways(rows, drawn)).doubleValue()
        / digits.doubleValue();
  }

  private static BigInteger ways(int of, int drawn) {
    BigInteger ways = BigInteger.ONE;
    for (int i = 0; i < drawn; i++) {
      ways =
          ways.multiply(BigInteger.valueOf(Math.max(0, of - i))).divide(BigInteger.valueOf(i + 1L));
    }
    return ways;
  }
}
