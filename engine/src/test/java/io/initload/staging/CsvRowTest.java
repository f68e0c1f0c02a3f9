package io.initload.staging;

import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CsvRowTest {
  private final CsvRow row = new CsvRow();

  @Test
  void quotesOnlyWhatNeedsIt() {
    assertThat(line("a b", "c,d", "e\"f", "g\nh", "", " i\t"))
        .isEqualTo("a b,\"c,d\",\"e\"\"f\",\"g\nh\",, i\t\n");
  }

  @Test
  void normalisesLineEndsEvenAcrossPieces() {
    row.beginField();
    row.text("a\r");
    row.text("\nb\r");
    row.utf8("\nc\r".getBytes(StandardCharsets.UTF_8), 0, 3);
    row.text("d\r\ne");
    row.endField();
    assertThat(row.field(0)).isEqualTo("a\nb\nc\nd\ne");
  }

  @Test
  void dropsAndCountsControls() {
    assertThat(line("a\u0000b\u001fc\td")).isEqualTo("abc\td\n");
    assertThat(row.alterations()).containsExactly(new Alteration(0, "CONTROLS_REMOVED"));
    assertThat(row.problem()).isEmpty();
  }

  @Test
  void keepsAndCountsWhatStandsForMalformedBytes() {
    assertThat(line("key-7", "x\ufffdy\ufffd")).isEqualTo("key-7,x\ufffdy\ufffd\n");
    assertThat(row.problem()).isEmpty();
    assertThat(row.alterations()).containsExactly(new Alteration(1, "MALFORMED_TEXT"));
    row.clear();
    line("key-8", "xy\ufffc");
    assertThat(row.alterations()).isEmpty();
  }

  @Test
  void refusesAnUnpairedSurrogateAndStillTellsTheTexts() {
    line("key-7", "x\ud800y");
    assertThat(row.problem()).hasValueSatisfying(p -> assertThat(p).contains("field 2", "U+D800"));
    assertThat(row.texts()).containsExactly("key-7", "x\ufffdy");
    row.clear();
    assertThat(row.problem()).isEmpty();
  }

  @Test
  void refusesARecordNobodyTakesAndKeepsItsMemorySmall() {
    String wide = "\"".repeat(1_000_000);
    row.beginField();
    row.text("k");
    row.endField();
    row.beginField();
    for (int i = 0; i < 50; i++) {
      row.text(wide);
    }
    row.endField();
    row.beginField();
    row.text("after");
    row.endField();
    assertThat(row.problem()).hasValueSatisfying(p -> assertThat(p).contains("4,000,000 bytes"));
    assertThat(row.field(0)).isEqualTo("k");
    assertThat(row.bytes().length).isLessThan(26_000_000);
    row.clear();
    assertThat(line("fine")).isEqualTo("fine\n");
  }

  @ParameterizedTest
  @CsvSource({"a, 199998", "\u00e4, 199998", "\u20ac, 199998", "\uD83D\uDE00, 99999"})
  void aRowOfMoreCharactersThanSalesforceTakesIsRefused(String character, int half) {
    for (String more : List.of("", "x")) {
      row.clear();
      for (String text : List.of("k", character.repeat(half), character.repeat(half) + more, "")) {
        row.beginField();
        row.text(text);
        row.endField();
      }
      assertThat(row.problemCode()).isEqualTo(more.isEmpty() ? "" : "ROW_TOO_LONG");
    }
  }

  @Test
  void aLoneEmptyFieldIsStillARecord() {
    assertThat(line("")).isEqualTo("\"\"\n");
    assertThat(row.field(0)).isEmpty();
  }

  @Test
  void numbersArePlain() {
    assertThat(field(r -> r.number(0, 5))).isEqualTo("0");
    assertThat(field(r -> r.number(1100, 3))).isEqualTo("1.1");
    assertThat(field(r -> r.number(-5, 3))).isEqualTo("-0.005");
    assertThat(field(r -> r.number(12, -3))).isEqualTo("12000");
    assertThat(field(r -> r.number(Long.MIN_VALUE, 0))).isEqualTo("-9223372036854775808");
    assertThat(field(r -> r.number(Long.MIN_VALUE, 18))).isEqualTo("-9.223372036854775808");
    assertThat(field(r -> r.number(Long.MIN_VALUE, 19))).isEqualTo("-0.9223372036854775808");
    assertThat(field(r -> r.number(new BigDecimal("1E-40"))))
        .isEqualTo("0." + "0".repeat(39) + "1");
    assertThat(field(r -> r.number(new BigDecimal("1.5E+125")))).isEqualTo("15" + "0".repeat(124));
  }

  @Test
  void anAbsurdNumberMakesTheRowUnstageableNotTheHeapFull() {
    field(r -> r.number(new BigDecimal("1E+1000000000")));
    assertThat(row.problem()).isPresent();
  }

  @Test
  void randomNumbersAgreeWithBigDecimal() {
    long seed = System.nanoTime();
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < 200_000; i++) {
      BigDecimal value =
          random.nextBoolean()
              ? BigDecimal.valueOf(random.nextLong() >> random.nextInt(64), random.nextInt(-20, 40))
              : new BigDecimal(
                  new BigInteger(random.nextInt(1, 130), new java.util.Random(random.nextLong())),
                  random.nextInt(-90, 130));
      BigDecimal stripped = value.stripTrailingZeros();
      String expected = (stripped.signum() == 0 ? BigDecimal.ZERO : stripped).toPlainString();
      assertThat(field(r -> r.number(value))).as("seed %d: %s", seed, value).isEqualTo(expected);
    }
  }

  @Test
  void datesAndTimesCutNanoseconds() {
    assertThat(field(r -> r.date(7, 3, 1))).isEqualTo("0007-03-01");
    assertThat(field(r -> r.date(-4711, 3, 1))).isEqualTo("-4711-03-01");
    assertThat(field(r -> r.date(10000, 12, 31))).isEqualTo("10000-12-31");
    assertThat(field(r -> r.time(23, 59, 59, 999_999_999))).isEqualTo("23:59:59.999Z");
    DateTimeFormatter expected =
        DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT);
    long seed = System.nanoTime();
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < 20_000; i++) {
      LocalDateTime t =
          LocalDateTime.ofEpochSecond(
              random.nextLong(-62_000_000_000L, 250_000_000_000L),
              random.nextInt(1_000_000_000),
              ZoneOffset.UTC);
      assertThat(
              field(
                  r ->
                      r.dateTime(
                          t.getYear(),
                          t.getMonthValue(),
                          t.getDayOfMonth(),
                          t.getHour(),
                          t.getMinute(),
                          t.getSecond(),
                          t.getNano())))
          .as("seed %d", seed)
          .isEqualTo(expected.format(t));
    }
  }

  @Test
  void anyTextsComeBackThroughAnIndependentReader() {
    long seed = System.nanoTime();
    SplittableRandom random = new SplittableRandom(seed);
    RandomTexts texts = new RandomTexts(random);
    for (int i = 0; i < 20_000; i++) {
      List<String> values = new ArrayList<>();
      for (int n = random.nextInt(1, 6); n > 0; n--) {
        values.add(texts.next(12));
      }
      String csv = line(values.toArray(String[]::new));
      List<String> expected = values.stream().map(RandomTexts::staged).toList();
      assertThat(row.texts()).as("seed %d", seed).isEqualTo(expected);
      List<CsvRecord> records =
          CsvReader.builder().skipEmptyLines(false).ofCsvRecord(csv).stream().toList();
      assertThat(records).as("seed %d: %s", seed, csv).hasSize(1);
      assertThat(records.get(0).getFields()).as("seed %d", seed).isEqualTo(expected);
    }
  }

  @Test
  void bytesAndCharactersEncodeAlike() {
    long seed = System.nanoTime();
    RandomTexts texts = new RandomTexts(new SplittableRandom(seed));
    for (int i = 0; i < 20_000; i++) {
      String text = texts.next(20);
      byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
      assertThat(field(r -> r.utf8(utf8, 0, utf8.length)))
          .as("seed %d", seed)
          .isEqualTo(field(r -> r.text(text)));
    }
  }

  @Test
  void bytesThatAreNotUtf8AreRefusedAsAStrictDecoderDoes() {
    long seed = System.nanoTime();
    SplittableRandom random = new SplittableRandom(seed);
    byte[] bytes = HexFormat.of().parseHex("614122808f909fa0bfc0c1c2dfe0e1edeff0f1f4f5ff");
    int refused = 0;
    for (int i = 0; i < 20_000; i++) {
      byte[] some = new byte[random.nextInt(7)];
      for (int at = 0; at < some.length; at++) {
        some[at] = bytes[random.nextInt(bytes.length)];
      }
      String text = field(r -> r.utf8(some, 0, some.length));
      assertThat(text)
          .as("seed %d, %s", seed, HexFormat.of().formatHex(some))
          .isEqualTo(new String(some, StandardCharsets.UTF_8));
      assertThat(row.problemCode())
          .as("seed %d, %s", seed, HexFormat.of().formatHex(some))
          .isEqualTo(strict(some) ? "" : "TEXT_INVALID");
      refused += strict(some) ? 0 : 1;
    }
    assertThat(refused).isBetween(1_000, 19_000);
  }

  private static boolean strict(byte[] bytes) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  @Test
  void theFirstByteThatIsNotUtf8IsNamed() {
    byte[] latin = "J\u00fcrgen".getBytes(StandardCharsets.ISO_8859_1);
    field(r -> r.utf8(latin, 0, latin.length));
    assertThat(row.problem()).hasValue("field 1 holds the byte 0xFC, which is not UTF-8");
    assertThat(row.texts()).containsExactly("J\ufffdrgen");
  }

  private String field(Consumer<CsvRow> piece) {
    row.clear();
    row.beginField();
    piece.accept(row);
    row.endField();
    return row.field(0);
  }

  private String line(String... values) {
    row.clear();
    for (String value : values) {
      row.beginField();
      row.text(value);
      row.endField();
    }
    int length = row.end();
    return new String(row.bytes(), 0, length, StandardCharsets.UTF_8);
  }
}
