package io.initload.source.read;

import io.initload.mapping.Rendering;
import io.initload.mapping.SourceColumn;
import io.initload.source.TableShape;
import io.initload.source.session.DatabaseSession;
import io.initload.source.session.ErrorTranslator;
import io.initload.source.sql.BoundSql;
import java.time.ZoneId;
import java.util.Iterator;
import java.util.List;

/**
 * What a cursor is opened for.
 *
 * @param session stands at the snapshot; the cursor gives it back
 * @param queries statements whose rows it yields one after the other
 * @param columns what each statement selects, in order
 * @param renderings of the columns
 * @param zones of zoneless dates and times, by column
 * @param fetchBytes bytes to fetch in one round trip
 * @param errors makes failures of what the driver throws
 * @param doing what to call it in messages
 */
public record CursorRequest(
    DatabaseSession session,
    TableShape shape,
    Iterator<BoundSql> queries,
    List<SourceColumn> columns,
    List<Rendering> renderings,
    List<ZoneId> zones,
    long fetchBytes,
    ErrorTranslator errors,
    String doing) {
  /**
   * Bytes to fetch in one round trip: as configured, but no more than all sessions together have
   * room for in a quarter of the heap, since the driver may hold twice of what it fetches.
   */
  public static long fetchBytes(long configured, int sessions, long heap) {
    return Math.min(configured, heap / 8 / sessions);
  }
}
