package io.initload.source.postgres;

import io.initload.mapping.FieldSink;
import io.initload.source.RowCursor;
import io.initload.source.read.CursorRequest;
import io.initload.source.session.DatabaseSession;
import io.initload.source.session.ErrorTranslator;
import io.initload.source.sql.BoundSql;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;

/**
 * Streams rows by {@code COPY ... TO STDOUT} in binary form: no round trip per fetch, one array per
 * row, values decoded where they stand.
 */
final class PostgresCursor implements RowCursor {
  /** Signature, flags and the length of an empty extension, before the first row. */
  private static final int HEADER_BYTES = 19;

  private final DatabaseSession session;
  private final Iterator<BoundSql> queries;
  private final PostgresDecoder[] decoders;
  private final ErrorTranslator errors;
  private final String doing;
  private final int[] offsets;
  private final int[] lengths;
  private @Nullable CopyOut copy;
  private byte[] row = new byte[0];
  private boolean first;

  PostgresCursor(CursorRequest request) throws SQLException {
    this.session = request.session();
    this.queries = request.queries();
    this.errors = request.errors();
    this.doing = request.doing();
    List<PostgresDecoder> all = new ArrayList<>();
    for (int i = 0; i < request.columns().size(); i++) {
      all.add(
          PostgresDecoder.of(
              request.columns().get(i), request.renderings().get(i), request.zones().get(i)));
    }
    this.decoders = all.toArray(PostgresDecoder[]::new);
    this.offsets = new int[decoders.length];
    this.lengths = new int[decoders.length];
    try (Statement statement = session.connection().createStatement()) {
      // Workers would hand rows over in any order.
      statement.execute("SET LOCAL max_parallel_workers_per_gather = 0");
    }
  }

  @Override
  public boolean next() {
    try {
      while (true) {
        if (copy == null) {
          if (!queries.hasNext()) {
            return false;
          }
          start(queries.next());
        } else {
          byte[] message = copy.readFromCopy();
          if (message == null) {
            copy = null;
          } else if (split(message)) {
            return true;
          }
        }
      }
    } catch (SQLException e) {
      session.broken();
      throw errors.of(doing, e);
    }
  }

  private void start(BoundSql query) throws SQLException {
    PGConnection connection = session.connection().unwrap(PGConnection.class);
    copy = connection.getCopyAPI().copyOut("COPY (" + query.sql() + ") TO STDOUT (FORMAT binary)");
    first = true;
  }

  /** Finds the fields of a message; false when it holds no row. */
  private boolean split(byte[] message) throws SQLException {
    int at = first ? HEADER_BYTES : 0;
    first = false;
    if (at >= message.length) {
      return false;
    }
    int fields = (short) (((message[at] & 0xff) << 8) | (message[at + 1] & 0xff));
    if (fields == -1) {
      return false;
    }
    if (fields != decoders.length) {
      throw new SQLException(
          "a row of %d fields instead of %d".formatted(fields, decoders.length), "08P01");
    }
    at += 2;
    for (int i = 0; i < fields; i++) {
      int length = PostgresDecoder.int4(message, at);
      at += 4;
      offsets[i] = at;
      lengths[i] = length;
      at += Math.max(0, length);
    }
    row = message;
    return true;
  }

  @Override
  public boolean write(int column, FieldSink sink) {
    int length = lengths[column];
    return length >= 0 && decoders[column].write(row, offsets[column], length, sink);
  }

  @Override
  public void close() {
    if (copy != null && copy.isActive()) {
      try {
        copy.cancelCopy();
      } catch (SQLException e) {
        session.broken();
      }
    }
    session.close();
  }
}
