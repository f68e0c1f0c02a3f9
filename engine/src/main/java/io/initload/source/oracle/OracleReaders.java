package io.initload.source.oracle;

import io.initload.mapping.FieldSink;
import io.initload.mapping.Rendering;
import io.initload.mapping.SourceColumn;
import io.initload.source.read.ColumnReader;
import io.initload.source.read.CursorRequest;
import io.initload.source.read.Readers;
import io.initload.source.read.Times;
import java.sql.Clob;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/** Column readers for the thin driver: raw bytes where their form is known, getters elsewhere. */
final class OracleReaders {
  private OracleReaders() {}

  static List<ColumnReader> of(CursorRequest request) {
    List<ColumnReader> readers = new ArrayList<>();
    for (int i = 0; i < request.columns().size(); i++) {
      readers.add(
          of(request.columns().get(i), request.renderings().get(i), request.zones().get(i)));
    }
    return readers;
  }

  static ColumnReader of(SourceColumn column, Rendering rendering, ZoneId zone) {
    Times times = new Times(column.name(), rendering, zone);
    String declared = column.declared();
    return switch (column.type()) {
      case NUMBER ->
          rendering == Rendering.BOOLEAN
              ? raw(OracleReaders::numberAsBoolean)
              : raw(OracleDecoder::number);
      case FLOAT ->
          declared.equals("BINARY_FLOAT")
              ? raw(OracleDecoder::binaryFloat)
              : raw(OracleDecoder::binaryDouble);
      case DATETIME -> raw((bytes, sink) -> OracleDecoder.dateTime(bytes, times, sink));
      case INSTANT ->
          declared.contains("LOCAL")
              ? raw((bytes, sink) -> OracleDecoder.extractedUtc(bytes, times, sink))
              : raw((bytes, sink) -> OracleDecoder.instant(bytes, times, sink));
      case JSON, XML -> OracleReaders::madeByTheStatement;
      case TEXT, BINARY, BOOLEAN, DATE, TIME, INTERVAL, LONG_TEXT, UNSUPPORTED ->
          Readers.of(column, rendering, zone);
    };
  }

  /**
   * A LOB of an expression takes temporary space until it is freed (docs/reference/oracle.md,
   * "Fetching").
   */
  private static boolean madeByTheStatement(ResultSet rows, int index, FieldSink sink)
      throws SQLException {
    Clob text = rows.getClob(index);
    if (text == null) {
      return false;
    }
    try {
      return Readers.characters(text.getCharacterStream(), sink);
    } finally {
      text.free();
    }
  }

  @FunctionalInterface
  private interface Raw {
    boolean write(byte[] bytes, FieldSink sink);
  }

  private static ColumnReader raw(Raw decoder) {
    return (rows, index, sink) -> {
      byte[] bytes = rows.getBytes(index);
      return bytes != null && bytes.length > 0 && decoder.write(bytes, sink);
    };
  }

  private static boolean numberAsBoolean(byte[] bytes, FieldSink sink) {
    int bit = OracleDecoder.bit(bytes);
    if (bit < 0) {
      return OracleDecoder.number(bytes, sink);
    }
    sink.bool(bit == 1);
    return true;
  }
}
