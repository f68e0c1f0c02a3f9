package io.initload.source;

import io.initload.mapping.FieldSink;
import io.initload.mapping.Rendering;
import io.initload.mapping.SourceColumn;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/** Column readers for the thin driver: raw bytes where their form is known, getters elsewhere. */
final class OracleReaders {
  /** A multiple of three, so that pieces of base64 join without padding. */
  private static final int LOB_BYTES = 3 * 4096;

  private OracleReaders() {}

  static List<ColumnReader> of(Dialect.CursorRequest request) {
    List<ColumnReader> readers = new ArrayList<>();
    for (int i = 0; i < request.columns().size(); i++) {
      readers.add(
          of(request.columns().get(i), request.renderings().get(i), request.zones().get(i)));
    }
    return readers;
  }

  private static ColumnReader of(SourceColumn column, Rendering rendering, ZoneId zone) {
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
      case BINARY ->
          declared.equals("BLOB") || declared.equals("LONG RAW")
              ? OracleReaders::base64
              : Readers.of(column, rendering, zone);
      case TEXT, BOOLEAN, DATE, TIME, INTERVAL, LONG_TEXT, JSON, XML, UNSUPPORTED ->
          Readers.of(column, rendering, zone);
    };
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

  private static boolean base64(ResultSet rows, int index, FieldSink sink) throws SQLException {
    try (InputStream in = rows.getBinaryStream(index)) {
      if (in == null) {
        return false;
      }
      byte[] buffer = new byte[LOB_BYTES];
      for (int n = in.readNBytes(buffer, 0, LOB_BYTES);
          n > 0;
          n = in.readNBytes(buffer, 0, LOB_BYTES)) {
        byte[] piece = n == LOB_BYTES ? buffer : Arrays.copyOf(buffer, n);
        sink.text(new String(Base64.getEncoder().encode(piece), StandardCharsets.ISO_8859_1));
      }
      return true;
    } catch (IOException e) {
      throw e.getCause() instanceof SQLException sql ? sql : new SQLException(e);
    }
  }
}
