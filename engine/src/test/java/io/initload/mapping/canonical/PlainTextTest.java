package io.initload.mapping.canonical;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What is taken for canonical without being read is what reading it gives. */
class PlainTextTest {
  private static final int CASES = 100_000;
  private static final int DIGITS = 15;

  @Test
  void numbersThatArePlainAreAsTheyAreWritten() {
    Random random = new Random(4711);
    int plain = 0;
    for (int i = 0; i < CASES; i++) {
      String text = drawn(random, "-0123456789.", 1 + random.nextInt(18));
      if (PlainText.isNumber(text, DIGITS)) {
        plain++;
        BigDecimal number = new BigDecimal(text);
        assertThat(number.precision()).isLessThanOrEqualTo(DIGITS);
        assertThat(number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString())
            .isEqualTo(text);
      }
    }
    assertThat(plain).isGreaterThan(1_000);
    assertThat(List.of("0", "7", "-7", "0.5", "-0.05", "123456789012345", "1200"))
        .allMatch(text -> PlainText.isNumber(text, DIGITS));
    assertThat(
            List.of(
                "",
                "-",
                "-0",
                "0.0",
                "00",
                "01",
                "1.",
                ".5",
                "1.50",
                "1e5",
                "+1",
                "1.2.3",
                "1234567890123456"))
        .noneMatch(text -> PlainText.isNumber(text, DIGITS));
  }

  @Test
  void daysThatArePlainAreDays() {
    Random random = new Random(4712);
    int plain = 0;
    for (int i = 0; i < CASES; i++) {
      String text = "%s-%s-%s".formatted(digits(random, 4), digits(random, 2), digits(random, 2));
      if (PlainText.isDate(text)) {
        plain++;
        assertThat(LocalDate.parse(text).toString()).isEqualTo(text);
      }
    }
    assertThat(plain).isGreaterThan(1_000);
    assertThat(List.of("", "2020-02-30", "2020-2-01", "2020/02/01", "12020-02-01"))
        .noneMatch(PlainText::isDate);
  }

  @Test
  void momentsThatArePlainAreCutToTheSecond() {
    Random random = new Random(4713);
    int plain = 0;
    for (int i = 0; i < CASES; i++) {
      String text =
          "2020-%s-%sT%s:%s:%s.%sZ"
              .formatted(
                  digits(random, 2),
                  digits(random, 2),
                  digits(random, 2),
                  digits(random, 2),
                  digits(random, 2),
                  digits(random, 3));
      if (PlainText.isMoment(text)) {
        plain++;
        assertThat(text.substring(0, PlainText.SECOND)).isEqualTo(slowly(text));
      } else {
        assertThat(CanonicalText.DATETIME.stored(text)).isEqualTo(slowly(text));
      }
    }
    assertThat(plain).isGreaterThan(100);
  }

  private static String slowly(String text) {
    try {
      return Instant.parse(text).truncatedTo(ChronoUnit.SECONDS).toString().replaceFirst("Z$", "");
    } catch (DateTimeException e) {
      return text;
    }
  }

  private static String digits(Random random, int count) {
    return drawn(random, "0123", count);
  }

  private static String drawn(Random random, String of, int count) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < count; i++) {
      text.append(of.charAt(random.nextInt(of.length())));
    }
    return text.toString();
  }
}
