package io.initload.masking;

import static org.assertj.core.api.Assertions.assertThat;

import io.initload.config.Mask;
import io.initload.config.Mask.Kind;
import io.initload.config.Mask.Masking;
import io.initload.config.Secret;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PseudonymsTest {
  private static final Masking KEY = new Masking(new Secret("a key of some length"), false);
  private static final Masking OTHER = new Masking(new Secret("another key, as long"), false);

  private static Pseudonyms of(Kind kind, int characters) {
    return new Pseudonyms(new Mask(kind, KEY), characters, 0, Pseudonyms.ANY);
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void aValueHasOnePseudonymForOneKey(Kind kind) {
    String value = "Anna 0660 1234567";
    String pseudonym = of(kind, 80).of(value);
    assertThat(pseudonym).isEqualTo(of(kind, 80).of(value)).isNotEqualTo(value);
    assertThat(new Pseudonyms(new Mask(kind, OTHER), 80, 0, Pseudonyms.ANY).of(value))
        .isNotEqualTo(pseudonym);
    assertThat(of(kind, 80).of("Anna 0660 1234568")).isNotEqualTo(pseudonym);
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void nothingFitsTooLittle(Kind kind) {
    for (int characters : new int[] {Pseudonyms.shortest(kind), 20, 25, 40, 255}) {
      if (characters >= Pseudonyms.shortest(kind)) {
        String pseudonym = of(kind, characters).of("1234 Müller-Lüdenscheidt von und zu");
        assertThat(pseudonym).as("%d", characters).isNotBlank().isEqualTo(pseudonym.strip());
        assertThat(pseudonym.length()).isLessThanOrEqualTo(characters);
      }
    }
  }

  @Test
  void namesHaveAsManyWords() {
    assertThat(of(Kind.NAME, 80).of("Anna Maria Huber"))
        .matches("[A-Z][a-z]{3} [A-Z][a-z]{4} [A-Z][a-z]{4}")
        .isEqualTo(of(Kind.NAME, 80).of(" ANNA  maria Huber "));
  }

  @Test
  void mailsAreOfADomainThatNobodyHas() {
    assertThat(of(Kind.MAIL, 80).of("Anna@Acme.com"))
        .matches("m[a-z2-7]{15}@example\\.com")
        .isEqualTo(of(Kind.MAIL, 80).of("anna@acme.com"));
    assertThat(of(Kind.MAIL, 20).of("anna@acme.com")).matches("m[a-z2-7]{7}@example\\.com");
    Set<String> different = new HashSet<>();
    IntStream.range(0, 20_000).forEach(i -> different.add(of(Kind.MAIL, 80).of(i + "@acme.com")));
    assertThat(different).hasSize(20_000);
  }

  @Test
  void phonesAreThoseKeptForFilms() {
    for (int i = 0; i < 2_000; i++) {
      assertThat(of(Kind.PHONE, 40).of("+43 1 " + i))
          .matches("\\+1 [2-8][02-8][0-9] 555 01[0-9]{2}|\\+1 9[02-8][0-9] 555 01[0-9]{2}");
    }
    assertThat(of(Kind.PHONE, 40).of("+43 (1) 58800")).isEqualTo(of(Kind.PHONE, 40).of("43158800"));
    assertThat(of(Kind.PHONE, 12).of("58800")).matches("\\+1[2-9][0-9]{2}55501[0-9]{2}");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 8, 100, 1_000, 50_000})
  void textsAreAboutAsLong(int length) {
    String text = of(Kind.TEXT, 0).of("x".repeat(length));
    assertThat(Integer.highestOneBit(text.length())).isEqualTo(Integer.highestOneBit(length));
    assertThat(text).matches("[A-Za-z ]+");
    assertThat(text).isEqualTo(text.strip());
  }

  @ParameterizedTest
  @CsvSource({"7", "-7", "1234.50", "-0.005", "99999999999999999999", "1200"})
  void numbersKeepSizeAndSign(String text) {
    BigDecimal value = new BigDecimal(text);
    BigDecimal drawn = of(Kind.NUMBER, 0).of(value);
    BigDecimal plain = value.stripTrailingZeros();
    assertThat(drawn.signum()).isEqualTo(value.signum());
    assertThat(drawn.scale()).isEqualTo(Math.max(0, plain.scale()));
    assertThat(drawn.abs().toBigInteger().toString())
        .hasSize(value.abs().toBigInteger().toString().length());
    assertThat(drawn).isEqualTo(of(Kind.NUMBER, 0).of(plain));
  }

  /** An org may round what has more. */
  @ParameterizedTest
  @CsvSource({"701.75, 0, 3", "-1234.567, 1, 5", "0.004, 0, 1", "0.25, 1, 1", "12.5, 2, 3"})
  void digitsThatAFieldDoesNotShowAreNotDrawn(String text, int decimals, int digits) {
    BigDecimal value = new BigDecimal(text);
    BigDecimal drawn = new Pseudonyms(new Mask(Kind.NUMBER, KEY), 0, 0, decimals).of(value);
    assertThat(drawn.scale()).isLessThanOrEqualTo(decimals);
    assertThat(drawn.precision()).isEqualTo(digits);
    assertThat(drawn.signum()).isEqualTo(value.signum());
  }

  @Test
  void nothingAndZeroStay() {
    assertThat(of(Kind.NUMBER, 0).of(BigDecimal.ZERO)).isEqualTo(BigDecimal.ZERO);
    assertThat(of(Kind.TEXT, 10).of("  ")).isEqualTo("  ");
  }

  @Test
  void theLargestNumbersThatAFieldTakesAreNotPassed() {
    Pseudonyms bounded = new Pseudonyms(new Mask(Kind.NUMBER, KEY), 0, 10, 0);
    for (int i = 0; i < 500; i++) {
      assertThat(bounded.of(BigDecimal.valueOf(2_147_000_000L + i)))
          .isLessThanOrEqualTo(BigDecimal.valueOf(Integer.MAX_VALUE))
          .isGreaterThanOrEqualTo(BigDecimal.valueOf(1_000_000_000L));
    }
  }

  @Test
  void digitsOfATextAreOthersAndTheRestStays() {
    assertThat(of(Kind.NUMBER, 40).of("AT-1020/7"))
        .matches("AT-[1-9][0-9]{3}/[0-9]")
        .isNotEqualTo("AT-1020/7");
    assertThat(of(Kind.NUMBER, 40).of("none")).isNotEqualTo("none");
  }

  /** The key itself is in no text that a ledger or a log may get. */
  @Test
  void aMaskTellsItsKeyApartAndNotWhatItIs() {
    Mask mask = new Mask(Kind.MAIL, KEY);
    assertThat(mask.toString())
        .matches("mail by [0-9a-f]{16}")
        .isNotEqualTo(new Mask(Kind.MAIL, OTHER).toString());
    assertThat(KEY.toString()).doesNotContain("a key of");
  }
}
