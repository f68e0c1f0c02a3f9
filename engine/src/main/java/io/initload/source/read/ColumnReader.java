package io.initload.source.read;

import io.initload.mapping.FieldSink;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Writes one column's value of the current row; chosen once per column and cursor. */
@FunctionalInterface
public interface ColumnReader {
  /** False when the value is null; nothing was written then. */
  boolean write(ResultSet rows, int index, FieldSink sink) throws SQLException;
}
