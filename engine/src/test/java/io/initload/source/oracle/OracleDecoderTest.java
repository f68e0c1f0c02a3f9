package io.initload.source.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import io.initload.config.ValuePolicy;
import io.initload.mapping.FieldRule;
import io.initload.mapping.Rendering;
import io.initload.mapping.SourceColumn;
import io.initload.source.TextSink;
import io.initload.source.read.Times;
import io.initload.source.sql.KeyText;
import io.initload.staging.CsvRow;
import java.io.ByteArrayInputStream;
import java.lang.reflect.Proxy;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import oracle.sql.BINARY_DOUBLE;
import oracle.sql.BINARY_FLOAT;
import oracle.sql.DATE;
import oracle.sql.Datum;
import oracle.sql.INTERVALDS;
import oracle.sql.INTERVALYM;
import oracle.sql.NUMBER;
import oracle.sql.RAW;
import oracle.sql.TIMESTAMP;
import oracle.sql.TIMESTAMPTZ;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Our decoders against the driver's own classes. */
class OracleDecoderTest {
  /** Oracle begins in 4712 BC, which ISO 8601 counts as the year -4711. */
  private static final long FOUR_THOUSAND_BC =
      LocalDateTime.of(-4711, 1, 1, 0, 0).toEpochSecond(ZoneOffset.UTC);

  private static final DateTimeFormatter ISO = DateTimeFormatter.ISO_LOCAL_DATE_TIME;

  private static final DateTimeFormatter MILLIS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'");

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
    Times asText = new Times("C", Rendering.TEXT, ZoneOffset.UTC);
    Times asInstant = new Times("C", Rendering.DATETIME, ZoneOffset.UTC);
    for (int i = 0; i < 50_000; i++) {
      LocalDateTime value =
          LocalDateTime.ofEpochSecond(
              random.nextLong(FOUR_THOUSAND_BC, 253_402_300_799L),
              random.nextBoolean() ? 0 : random.nextInt(1_000_000_000),
              ZoneOffset.UTC);
      TIMESTAMP timestamp = TIMESTAMP.of(value);
      assertThat(OracleDecoder.dateTime(timestamp.shareBytes(), asText, sink)).isTrue();
      assertThat(sink.take()).as("seed %d", seed).isEqualTo(ISO.format(value));
      DATE date = DATE.of(value);
      OracleDecoder.dateTime(date.shareBytes(), asText, sink);
      assertThat(sink.take()).as("seed %d", seed).isEqualTo(ISO.format(value.withNano(0)));
      OracleDecoder.extractedUtc(timestamp.shareBytes(), asInstant, sink);
      assertThat(sink.take()).startsWith(ISO.format(value.withNano(0))).endsWith("Z");
    }
  }

  /** Zeros of a broken import, a leap day of the Julian calendar, garbage. */
  @ParameterizedTest
  @CsvSource({
    "64640000010101, 0000-00-00T00:00:00",
    "7364021d010101, 1500-02-29T00:00:00",
    "64640101010101, 0000-01-01T00:00:00",
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

  /** Year 0 and 1500 have a nearest date, 31 February 2020 has none that is meant. */
  @ParameterizedTest
  @CsvSource({
    "64640000010101, EMPTY, '', ''",
    "64640000010101, CLAMP, 1700-01-01, ''",
    "64640000010101, REJECT, '', DATE_OUT_OF_RANGE",
    "7364021d010101, EMPTY, '', ''",
    "7364021d010101, CLAMP, 1700-01-01, ''",
    "7878021f010101, EMPTY, '', ''",
    "7878021f010101, CLAMP, '', DATE_INVALID",
    "7878021f010101, SEND, '', DATE_INVALID",
  })
  void aPolicySettlesADateOfNoCalendar(
      String bytes, ValuePolicy.Dates dates, String text, String problem) {
    CsvRow row = new CsvRow();
    FieldRule none = FieldRule.NONE;
    row.rules(
        List.of(new FieldRule(0, none.controls(), none.tooLong(), dates, none.nullText(), "")));
    row.beginField();
    OracleDecoder.dateTime(hex(bytes), new Times("BORN", Rendering.DATE, ZoneOffset.UTC), row);
    row.endField();
    assertThat(row.problemCode()).isEqualTo(problem);
    assertThat(row.field(0)).isEqualTo(text);
    assertThat(row.alterations()).hasSize(problem.isEmpty() ? 1 : 0);
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

  @Test
  void zonedTimestampsAgreeWithTheDriver() throws SQLException {
    long seed = System.nanoTime();
    SplittableRandom random = new SplittableRandom(seed);
    List<ZoneId> zones =
        List.of(
            ZoneOffset.UTC,
            ZoneOffset.ofHoursMinutes(5, 30),
            ZoneOffset.ofHoursMinutes(-9, -30),
            ZoneOffset.ofHours(14),
            ZoneId.of("Europe/Paris"),
            ZoneId.of("America/New_York"),
            ZoneId.of("Asia/Kolkata"),
            ZoneId.of("Pacific/Auckland"));
    String type = "TIMESTAMP(9) WITH TIME ZONE";
    for (int i = 0; i < 20_000; i++) {
      TIMESTAMPTZ driver =
          TIMESTAMPTZ.of(anyTime(random).atZone(zones.get(random.nextInt(zones.size()))));
      LocalDateTime utc =
          driver.toZonedDateTime().withZoneSameInstant(ZoneOffset.UTC).toLocalDateTime();
      String as = "seed %d: %s".formatted(seed, driver.toZonedDateTime());
      assertThat(read(type, Rendering.TEXT, driver)).as(as).isEqualTo(ISO.format(utc) + "Z");
      assertThat(read(type, Rendering.DATETIME, driver)).as(as).isEqualTo(MILLIS.format(utc));
    }
  }

  /** The statement asks for its UTC, which comes as a TIMESTAMP of seven or eleven bytes. */
  @Test
  void localTimestampsAreTheInstantsTheyAre() throws SQLException {
    long seed = System.nanoTime();
    SplittableRandom random = new SplittableRandom(seed);
    String type = "TIMESTAMP(9) WITH LOCAL TIME ZONE";
    for (int i = 0; i < 20_000; i++) {
      LocalDateTime utc = anyTime(random);
      TIMESTAMP extracted = TIMESTAMP.of(utc);
      String as = "seed " + seed;
      assertThat(read(type, Rendering.TEXT, extracted)).as(as).isEqualTo(ISO.format(utc) + "Z");
      assertThat(read(type, Rendering.DATETIME, extracted)).as(as).isEqualTo(MILLIS.format(utc));
    }
  }

  /** By the bytes a server sends: excess 2^31 and 60. */
  @Test
  void intervalsAgreeWithTheDriver() throws SQLException {
    long seed = System.nanoTime();
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < 20_000; i++) {
      int sign = random.nextBoolean() ? 1 : -1;
      int large = random.nextInt(random.nextInt(1, 1_000_000_000));
      int month = random.nextInt(12);
      byte[] months = new byte[5];
      ByteBuffer.wrap(months)
          .putInt(sign * large + Integer.MIN_VALUE)
          .put((byte) (60 + sign * month));
      assertThat(read("INTERVAL YEAR(9) TO MONTH", Rendering.TEXT, new INTERVALYM(months)))
          .as("seed %d", seed)
          .isEqualTo(iso(sign, List.of(large + "Y", month + "M"), List.of()));

      int hour = random.nextInt(24);
      int minute = random.nextInt(60);
      int second = random.nextInt(60);
      int nanos = fraction(random);
      byte[] seconds = new byte[11];
      ByteBuffer.wrap(seconds)
          .putInt(sign * large + Integer.MIN_VALUE)
          .put((byte) (60 + sign * hour))
          .put((byte) (60 + sign * minute))
          .put((byte) (60 + sign * second))
          .putInt(sign * nanos + Integer.MIN_VALUE);
      String fraction = ("." + "%09d".formatted(nanos)).replaceAll("\\.?0+$", "");
      assertThat(read("INTERVAL DAY(9) TO SECOND(9)", Rendering.TEXT, new INTERVALDS(seconds)))
          .as("seed %d", seed)
          .isEqualTo(
              iso(
                  sign,
                  List.of(large + "D"),
                  List.of(hour + "H", minute + "M", second + fraction + "S")));
    }
  }

  private static String iso(int sign, List<String> date, List<String> time) {
    String days = signed(sign, date);
    String hours = signed(sign, time);
    return (days + hours).isEmpty() ? "PT0S" : "P" + days + (hours.isEmpty() ? "" : "T" + hours);
  }

  private static String signed(int sign, List<String> parts) {
    return parts.stream()
        .filter(part -> !part.matches("0[A-Z]"))
        .map(part -> (sign < 0 ? "-" : "") + part)
        .collect(Collectors.joining());
  }

  @Test
  void bytesAgreeWithTheDriver() throws SQLException {
    long seed = System.nanoTime();
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < 2_000; i++) {
      byte[] bytes = new byte[random.nextInt(1, 2_000)];
      random.nextBytes(bytes);
      RAW raw = new RAW(bytes);
      assertThat(read("RAW", Rendering.TEXT, raw))
          .as("seed %d", seed)
          .isEqualTo(raw.stringValue().toLowerCase(Locale.ROOT));
      assertThat(Base64.getDecoder().decode(read("RAW", Rendering.BASE64, raw)))
          .as("seed %d", seed)
          .isEqualTo(raw.getBytes());
    }
  }

  private static LocalDateTime anyTime(SplittableRandom random) {
    return LocalDateTime.ofEpochSecond(
        random.nextLong(-62_000_000_000L, 253_000_000_000L), fraction(random), ZoneOffset.UTC);
  }

  /** None, milliseconds, microseconds or nanoseconds. */
  private static int fraction(SplittableRandom random) {
    int[] units = {1_000_000_000, 1_000_000, 1_000, 1};
    int unit = units[random.nextInt(units.length)];
    return random.nextInt(1_000_000_000) / unit * unit;
  }

  /** A value through the reader of its column, in the forms in which the driver hands it out. */
  private String read(String type, Rendering rendering, Datum value) throws SQLException {
    SourceColumn column =
        OracleTypes.column("C", type, 2_000, 0, false, 0, SourceColumn.SCALE_ANY, true);
    ResultSet rows =
        (ResultSet)
            Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {ResultSet.class},
                (proxy, method, arguments) ->
                    switch (method.getName()) {
                      case "getBytes" -> value.getBytes();
                      case "getString" -> value.stringValue();
                      case "getBinaryStream" -> new ByteArrayInputStream(value.getBytes());
                      default -> throw new UnsupportedOperationException(method.getName());
                    });
    assertThat(OracleReaders.of(column, rendering, ZoneOffset.UTC).write(rows, 1, sink)).isTrue();
    return sink.take();
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
