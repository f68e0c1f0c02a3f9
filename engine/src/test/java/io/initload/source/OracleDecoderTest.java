package io.initload.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.initload.mapping.Rendering;
import io.initload.staging.CsvRow;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import oracle.sql.BINARY_DOUBLE;
import oracle.sql.BINARY_FLOAT;
import oracle.sql.DATE;
import oracle.sql.NUMBER;
import oracle.sql.TIMESTAMP;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Our decoders against the driver's own classes. */
class OracleDecoderTest {
  private final TextSink sink = new TextSink();

  @Test
  void numbersAgreeWithTheDriver() throws SQLException {
    long seed = System.nanoTime();
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < 100_000; i++) {
      BigInteger unscaled = new BigInteger(random.nextInt(1, 125), new Random(random.nextLong()));
      BigDecimal value =
          new BigDecimal(
              random.nextBoolean() ? unscaled.negate() : unscaled, random.nextInt(-60, 90));
      NUMBER number = new NUMBER(value);
      assertThat(number(number.shareBytes()))
          .as("seed %d: %s", seed, value)
          .isEqualTo(KeyText.plain(number.bigDecimalValue()));
    }
    for (long value : new long[] {0, 1, -1, 9, 10, 99, 100, -100, Long.MAX_VALUE, Long.MIN_VALUE}) {
      assertThat(number(new NUMBER(value).shareBytes())).isEqualTo(Long.toString(value));
    }
  }

  @Test
  void knownNumbersAndTheirForms() {
    assertThat(number("80")).isEqualTo("0");
    assertThat(number("c102")).isEqualTo("1");
    assertThat(number("c202182e")).isEqualTo("123.45");
    assertThat(number("c002")).isEqualTo("0.01");
    assertThat(number("3e6466")).isEqualTo("-1");
    assertThat(number("3f6466")).isEqualTo("-0.01");
    assertThat(number("ff65")).as("infinity").isEqualTo("-absent-");
    assertThat(number("00")).as("-infinity").isEqualTo("-absent-");
    assertThat(OracleDecoder.bit(hex("c102"))).isEqualTo(1);
    assertThat(OracleDecoder.bit(hex("80"))).isZero();
    assertThat(OracleDecoder.bit(hex("c103"))).isEqualTo(-1);
    assertThat(OracleDecoder.bit(hex("3e6466"))).isEqualTo(-1);
  }

  @Test
  void floatsAgreeWithTheDriver() throws SQLException {
    long seed = System.nanoTime();
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < 20_000; i++) {
      double value = Double.longBitsToDouble(random.nextLong());
      float small = Float.intBitsToFloat(random.nextInt());
      if (Double.isFinite(value)) {
        assertThat(OracleDecoder.binaryDouble(new BINARY_DOUBLE(value).shareBytes(), sink))
            .isTrue();
        assertThat(Double.parseDouble(sink.take())).as("seed %d", seed).isEqualTo(value);
      }
      if (Float.isFinite(small)) {
        assertThat(OracleDecoder.binaryFloat(new BINARY_FLOAT(small).shareBytes(), sink)).isTrue();
        String text = sink.take();
        assertThat(Float.parseFloat(text)).as("seed %d", seed).isEqualTo(small);
        assertThat(text).isEqualTo(KeyText.plain(new BigDecimal(Float.toString(small))));
      }
    }
    assertThat(OracleDecoder.binaryDouble(new BINARY_DOUBLE(Double.NaN).shareBytes(), sink))
        .isFalse();
    assertThat(
            OracleDecoder.binaryFloat(new BINARY_FLOAT(Float.NEGATIVE_INFINITY).shareBytes(), sink))
        .isFalse();
  }

  @Test
  void datesAndTimestampsAgreeWithTheDriver() throws SQLException {
    long seed = System.nanoTime();
    SplittableRandom random = new SplittableRandom(seed);
    DateTimeFormatter text = DateTimeFormatter.ISO_LOCAL_DATE_TIME;
    Times asText = new Times("C", Rendering.TEXT, ZoneOffset.UTC);
    Times asInstant = new Times("C", Rendering.DATETIME, ZoneOffset.UTC);
    for (int i = 0; i < 50_000; i++) {
      LocalDateTime value =
          LocalDateTime.ofEpochSecond(
              random.nextLong(-62_135_596_800L, 253_402_300_799L),
              random.nextBoolean() ? 0 : random.nextInt(1_000_000_000),
              ZoneOffset.UTC);
      TIMESTAMP timestamp = TIMESTAMP.of(value);
      assertThat(OracleDecoder.dateTime(timestamp.shareBytes(), asText, sink)).isTrue();
      assertThat(sink.take()).as("seed %d", seed).isEqualTo(text.format(value));
      DATE date = DATE.of(value);
      OracleDecoder.dateTime(date.shareBytes(), asText, sink);
      assertThat(sink.take()).as("seed %d", seed).isEqualTo(text.format(value.withNano(0)));
      OracleDecoder.extractedUtc(timestamp.shareBytes(), asInstant, sink);
      assertThat(sink.take()).startsWith(text.format(value.withNano(0))).endsWith("Z");
    }
  }

  /** Zeros of a broken import, a leap day of the Julian calendar, garbage. */
  @ParameterizedTest
  @CsvSource({
    "64640000010101, 0000-00-00T00:00:00",
    "7364021d010101, 1500-02-29T00:00:00",
    "7878021f010101, 2020-02-31T00:00:00",
    "78780d01010101, 2020-13-01T00:00:00",
    "78780101190101, 2020-01-01T24:00:00",
    "78780101000101, 2020-01-01T-1:00:00"
  })
  void aDateOfNoCalendarMakesItsRowUnstageable(String bytes, String shown) {
    for (ZoneId zone : List.of(ZoneOffset.UTC, ZoneId.of("Europe/Paris"))) {
      for (Rendering rendering : List.of(Rendering.TEXT, Rendering.DATE, Rendering.DATETIME)) {
        Times times = new Times("BORN", rendering, zone);
        CsvRow row = new CsvRow();
        row.beginField();
        assertThat(OracleDecoder.dateTime(hex(bytes), times, row)).isTrue();
        row.endField();
        assertThat(row.problemCode()).as("%s in %s", rendering, zone).isEqualTo("DATE_INVALID");
        assertThat(row.problem()).hasValueSatisfying(p -> assertThat(p).contains(shown, "BORN"));
        OracleDecoder.instant(hex(bytes + "00000000143c"), times, sink);
        assertThat(sink.take()).contains("no date", shown, "BORN");
      }
    }
  }

  @Test
  void whatTheDriversTextGetsWrongIsRight() throws SQLException {
    // The clocks of Paris skip 02:30 on that day: getTimestamp and getString say 03:30.
    byte[] skipped = DATE.of(LocalDateTime.of(2024, 3, 31, 2, 30)).shareBytes();
    OracleDecoder.dateTime(
        skipped, new Times("C", Rendering.TEXT, ZoneId.of("Europe/Paris")), sink);
    assertThat(sink.take()).isEqualTo("2024-03-31T02:30:00");
    // A year of the Julian calendar, five days off in getTimestamp().toInstant().
    byte[] old = DATE.of(LocalDateTime.of(1000, 1, 1, 0, 0)).shareBytes();
    OracleDecoder.dateTime(old, new Times("C", Rendering.DATE, ZoneOffset.UTC), sink);
    assertThat(sink.take()).isEqualTo("1000-01-01");
  }

  @Test
  void aZonedTimestampIsUtcWhateverItsZone() {
    // 2024-03-31T01:30:00.123456789+05:30, bytes as a server sends them.
    byte[] offset = hex("787c031e150101075bcd15195a");
    OracleDecoder.instant(offset, new Times("C", Rendering.DATETIME, ZoneOffset.UTC), sink);
    assertThat(sink.take()).isEqualTo("2024-03-30T20:00:00.123Z");
    OracleDecoder.instant(offset, new Times("C", Rendering.DATE, ZoneId.of("Asia/Kolkata")), sink);
    assertThat(sink.take()).isEqualTo("2024-03-31");
  }

  private String number(String hex) {
    return number(hex(hex));
  }

  private String number(byte[] bytes) {
    return OracleDecoder.number(bytes, sink) ? sink.take() : "-absent-";
  }

  private static byte[] hex(String hex) {
    return HexFormat.of().parseHex(hex);
  }
}
