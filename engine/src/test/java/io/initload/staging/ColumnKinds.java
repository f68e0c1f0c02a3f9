package io.initload.staging;

import io.initload.mapping.FieldRule;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Types of columns, each with values drawn for it and with what a staged row must say of them, told
 * by the driver's own getters.
 */
final class ColumnKinds {
  private static final DateTimeFormatter INSTANT =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'");

  private final SplittableRandom random;
  private final RandomTexts texts;

  ColumnKinds(SplittableRandom random) {
    this.random = random;
    this.texts = new RandomTexts(random);
  }

  /** How a value is told, by a getter of the driver. */
  @FunctionalInterface
  interface Told {
    @Nullable String by(ResultSet rows, int index) throws SQLException;
  }

  /** A value to insert, as a text that the database casts, or as bytes. */
  @FunctionalInterface
  interface Made {
    Object value();
  }

  /**
   * A type of column.
   *
   * @param field the type of the field it feeds
   */
  record Kind(String declared, String field, Made made, Told told) {}

  List<Kind> ofPostgres() {
    return List.of(
        new Kind("varchar(255)", "string", this::text, ColumnKinds::text),
        new Kind("text", "textarea", this::text, ColumnKinds::text),
        new Kind("char(40)", "string", this::text, ColumnKinds::padded),
        new Kind("uuid", "string", this::uuid, ResultSet::getString),
        new Kind("jsonb", "textarea", () -> "[" + random.nextInt() + "]", ResultSet::getString),
        new Kind("smallint", "double", () -> whole(16), ColumnKinds::number),
        new Kind("integer", "double", () -> whole(32), ColumnKinds::number),
        new Kind("bigint", "string", () -> whole(64), ColumnKinds::number),
        new Kind("numeric", "string", this::decimal, ColumnKinds::number),
        new Kind("numeric(30,9)", "double", this::decimal, ColumnKinds::number),
        new Kind("real", "string", this::floating, ColumnKinds::real),
        new Kind("double precision", "string", this::floating, ColumnKinds::binary),
        new Kind("boolean", "boolean", this::bool, ColumnKinds::bool),
        new Kind("date", "date", this::date, ColumnKinds::date),
        new Kind("timestamp", "datetime", this::dateTime, ColumnKinds::dateTime),
        new Kind("timestamptz", "datetime", this::instant, ColumnKinds::instant),
        new Kind("bytea", "string", this::bytes, ColumnKinds::hex));
  }

  List<Kind> ofH2() {
    return List.of(
        new Kind("VARCHAR2(255)", "string", this::text, ColumnKinds::text),
        new Kind("CLOB", "textarea", this::text, ColumnKinds::text),
        new Kind("CHAR(40)", "string", this::text, ColumnKinds::padded),
        new Kind("INTEGER", "double", () -> whole(32), ColumnKinds::number),
        new Kind("BIGINT", "string", () -> whole(64), ColumnKinds::number),
        new Kind("NUMBER(30,9)", "double", this::decimal, ColumnKinds::number),
        new Kind("REAL", "string", this::floating, ColumnKinds::real),
        new Kind("DOUBLE PRECISION", "string", this::floating, ColumnKinds::binary),
        new Kind("BOOLEAN", "boolean", this::bool, ColumnKinds::bool),
        new Kind("DATE", "datetime", this::dateTime, ColumnKinds::dateTime),
        new Kind("TIMESTAMP(9)", "datetime", this::dateTime, ColumnKinds::dateTime),
        new Kind("TIMESTAMP(6) WITH TIME ZONE", "datetime", this::instant, ColumnKinds::instant),
        new Kind("VARBINARY(40)", "string", this::bytes, ColumnKinds::hex));
  }

  private String text() {
    String text = texts.next(10).replace("\0", "");
    return RandomTexts.staged(text).strip().equals(FieldRule.NULL) ? "" : text;
  }

  private String uuid() {
    return new UUID(random.nextLong(), random.nextLong()).toString();
  }

  private String whole(int bits) {
    return Long.toString(random.nextLong() >> (64 - bits + random.nextInt(bits)));
  }

  private String decimal() {
    BigDecimal value = BigDecimal.valueOf(random.nextLong(), random.nextInt(10));
    return random.nextInt(8) == 0 ? "0" : value.toPlainString();
  }

  private String floating() {
    double value = random.nextDouble(-1, 1) * Math.pow(10, random.nextInt(-20, 20));
    return Float.toString((float) value);
  }

  private String bool() {
    return Boolean.toString(random.nextBoolean());
  }

  private String date() {
    return LocalDate.ofEpochDay(random.nextLong(-98_000, 740_000)).toString();
  }

  private String dateTime() {
    return LocalDateTime.ofEpochSecond(
            random.nextLong(-8_000_000_000L, 60_000_000_000L),
            random.nextInt(1_000_000) * 1000,
            ZoneOffset.UTC)
        .toString()
        .replace('T', ' ');
  }

  private String instant() {
    return dateTime() + "+0%d:30".formatted(random.nextInt(6));
  }

  private byte[] bytes() {
    byte[] bytes = new byte[random.nextInt(1, 40)];
    random.nextBytes(bytes);
    return bytes;
  }

  private static @Nullable String text(ResultSet rows, int index) throws SQLException {
    String text = rows.getString(index);
    return text == null ? null : RandomTexts.staged(text);
  }

  private static @Nullable String padded(ResultSet rows, int index) throws SQLException {
    String text = rows.getString(index);
    return text == null ? null : RandomTexts.staged(text.replaceAll(" +\\z", ""));
  }

  private static @Nullable String number(ResultSet rows, int index) throws SQLException {
    BigDecimal value = rows.getBigDecimal(index);
    return value == null ? null : plain(value);
  }

  private static String plain(BigDecimal value) {
    return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
  }

  private static @Nullable String real(ResultSet rows, int index) throws SQLException {
    return plain(new BigDecimal(Float.toString(rows.getFloat(index))));
  }

  private static @Nullable String binary(ResultSet rows, int index) throws SQLException {
    return plain(new BigDecimal(Double.toString(rows.getDouble(index))));
  }

  private static @Nullable String bool(ResultSet rows, int index) throws SQLException {
    return Boolean.toString(rows.getBoolean(index));
  }

  private static @Nullable String date(ResultSet rows, int index) throws SQLException {
    LocalDate value = rows.getObject(index, LocalDate.class);
    return value == null ? null : value.toString();
  }

  private static @Nullable String dateTime(ResultSet rows, int index) throws SQLException {
    LocalDateTime value = rows.getObject(index, LocalDateTime.class);
    return value == null ? null : INSTANT.format(value);
  }

  private static @Nullable String instant(ResultSet rows, int index) throws SQLException {
    OffsetDateTime value = rows.getObject(index, OffsetDateTime.class);
    return value == null ? null : INSTANT.format(value.withOffsetSameInstant(ZoneOffset.UTC));
  }

  private static @Nullable String hex(ResultSet rows, int index) throws SQLException {
    byte[] value = rows.getBytes(index);
    return value == null ? null : HexFormat.of().formatHex(value);
  }
}
