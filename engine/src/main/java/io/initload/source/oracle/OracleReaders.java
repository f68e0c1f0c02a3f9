package io.initload.source.oracle;

import io.initload.mapping.FieldSink;
import io.initload.mapping.Rendering;
import io.initload.mapping.SourceColumn;
import io.initload.source.TableShape;
import io.initload.source.read.AsciiText;
import io.initload.source.read.ColumnReader;
import io.initload.source.read.CursorRequest;
import io.initload.source.read.Readers;
import io.initload.source.read.Times;
import java.sql.Blob;
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
      SourceColumn column = request.columns().get(i);
      Rendering rendering = request.renderings().get(i);
      ColumnReader reader =
          asTheyLie(request.shape(), column, rendering)
              ? raw(utf8(column, rendering))
              : of(column, rendering, request.zones().get(i));
      boolean made = column.computed() || request.shape().kind() == TableShape.Kind.VIEW;
      ColumnReader whole = made ? freed(column, reader) : reader;
      readers.add(request.shape().ascii() && AsciiText.holds(column) ? ascii(whole) : whole);
    }
    return readers;
  }

  /**
   * Whether a text is taken as the bytes that the driver received, which saves making a string of
   * them and bytes of that again. Those of {@code NVARCHAR2} are of another character set.
   */
  private static boolean asTheyLie(TableShape shape, SourceColumn column, Rendering rendering) {
    String declared = column.declared();
    return shape.characters() == TableShape.Characters.UTF8
        && column.type() == SourceColumn.Type.TEXT
        && (declared.startsWith("VARCHAR2") || declared.startsWith("CHAR"))
        && rendering != Rendering.BOOLEAN;
  }

  private static Raw utf8(SourceColumn column, Rendering rendering) {
    boolean padded = column.declared().startsWith("CHAR") && rendering != Rendering.PADDED;
    return (bytes, sink) -> {
      int end = bytes.length;
      while (padded && end > 0 && bytes[end - 1] == ' ') {
        end--;
      }
      sink.utf8(bytes, 0, end);
      return true;
    };
  }

  private static ColumnReader ascii(ColumnReader reader) {
    return (rows, index, sink) -> reader.write(rows, index, new AsciiText(sink));
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

  /** A reader of what the statement may have made. */
  private static ColumnReader freed(SourceColumn column, ColumnReader reader) {
    if (column.type() == SourceColumn.Type.LONG_TEXT && !column.readOnce()) {
      return OracleReaders::madeByTheStatement;
    }
    boolean blob = column.type() == SourceColumn.Type.BINARY && column.length() == 0;
    return blob && !column.readOnce() ? freed(reader) : reader;
  }

  private static ColumnReader freed(ColumnReader reader) {
    return (rows, index, sink) -> {
      Blob bytes = rows.getBlob(index);
      if (bytes == null) {
        return false;
      }
      try {
        return reader.write(rows, index, sink);
      } finally {
        bytes.free();
      }
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
}
