package io.initload.simulator.query;

import io.initload.simulator.model.IdSpace;
import io.initload.simulator.model.OrgException;
import io.initload.simulator.soql.Dialect;
import io.initload.simulator.soql.QueryBounds;
import io.initload.simulator.soql.RecordSource.Visibility;
import io.initload.simulator.soql.SoqlException;
import io.initload.simulator.soql.run.PreparedQuery;
import io.initload.simulator.soql.run.QueryRows;
import io.initload.simulator.soql.run.SoqlEngine;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code /query}, {@code /queryAll} and {@code /query/{locator}}. An answer of one page is made in
 * memory; a longer one is printed to disk once and read page by page. Safe for several threads.
 * Refusals are {@link OrgException}s.
 */
public final class RestQueries implements AutoCloseable {
  /**
   * Rows in a page unless the client asks for less (docs/reference/salesforce.md, "REST query and
   * counts").
   */
  public static final int PAGE_ROWS_MAX = 2_000;

  private static final int PAGE_ROWS_MIN = 200;
  private static final int CURSORS_MAX = 200;
  private static final String LOCATOR_PREFIX = "01g";

  private final SoqlEngine engine;
  private final QueriedRecords records;
  private final Path folder;
  private final IdSpace ids;
  private final InstantSource clock;
  private final QueryRules rules;
  private final Map<String, Cursor> cursors = new LinkedHashMap<>();
  private long lastCursor;

  private record Cursor(PageFile file, long rows, int pageRows, Instant opened) {}

  /** {@code folder} is for rows on disk; files in it belong to this object. */
  public RestQueries(
      QueriedRecords records, Path folder, IdSpace ids, InstantSource clock, QueryRules rules) {
    this.engine = new SoqlEngine(records, records, folder);
    this.records = records;
    this.folder = folder;
    this.ids = ids;
    this.clock = clock;
    this.rules = rules;
  }

  /** What a query would answer, without running it. */
  public PreparedQuery prepare(String soql) {
    try {
      return engine.prepare(soql, Dialect.REST, clock.instant(), ZoneOffset.UTC);
    } catch (SoqlException e) {
      throw OrgException.bad(e.error().name(), String.valueOf(e.getMessage()));
    }
  }

  /**
   * Answers a query with its first page.
   *
   * @param dataPath {@code /services/data/v60.0}, as asked
   * @param resource {@code query} or {@code queryAll}, as asked
   * @param pageRows as {@code Sforce-Query-Options} says; brought into what is allowed
   */
  public QueryPage query(
      String soql, Visibility visibility, int pageRows, String dataPath, String resource) {
    try {
      PreparedQuery query = engine.prepare(soql, Dialect.REST, clock.instant(), ZoneOffset.UTC);
      QueryBounds bounds =
          new QueryBounds(rules.scannedRowsMax(), () -> Thread.currentThread().isInterrupted());
      if (query.isCount()) {
        return new QueryPage(engine.count(query, visibility, bounds), "", out -> {});
      }
      int size = Math.min(PAGE_ROWS_MAX, Math.max(PAGE_ROWS_MIN, pageRows));
      try (QueryRows rows = engine.run(query, visibility, bounds)) {
        return firstPage(query, rows, size, dataPath, resource);
      }
    } catch (SoqlException e) {
      throw OrgException.bad(e.error().name(), String.valueOf(e.getMessage()));
    } catch (IOException e) {
      throw new UncheckedIOException("The answer of a query cannot be kept in " + folder, e);
    }
  }

  private QueryPage firstPage(
      PreparedQuery query, QueryRows rows, int size, String dataPath, String resource)
      throws IOException {
    JsonRows printer = new JsonRows(query, records, dataPath);
    Bytes row = new Bytes();
    List<byte[]> first = new ArrayList<>();
    while (first.size() < size && rows.next()) {
      row.reset();
      printer.print(rows, row);
      first.add(row.toByteArray());
    }
    if (first.size() < size || !rows.next()) {
      return new QueryPage(first.size(), "", out -> write(first, out));
    }
    String id = newCursor();
    PageFile file = new PageFile(folder.resolve(id + ".rows"));
    long count;
    try (PageFile.Writer writer = file.write()) {
      for (byte[] printed : first) {
        writer.add(printed, printed.length);
      }
      do {
        row.reset();
        printer.print(rows, row);
        writer.add(row.array(), row.size());
      } while (rows.next());
      count = writer.count();
    } catch (IOException | RuntimeException e) {
      file.delete();
      throw e;
    }
    keep(id, new Cursor(file, count, size, clock.instant()));
    return new QueryPage(
        count, "%s/%s/%s-%d".formatted(dataPath, resource, id, size), out -> write(first, out));
  }

  private static void write(List<byte[]> rows, OutputStream out) throws IOException {
    for (int i = 0; i < rows.size(); i++) {
      if (i > 0) {
        out.write(',');
      }
      out.write(rows.get(i));
    }
  }

  /**
   * Answers with a further page.
   *
   * @param locator the last part of {@code nextRecordsUrl}
   * @param pageRows as {@code Sforce-Query-Options} says, 0 to keep the size of the first page
   */
  public QueryPage more(String locator, int pageRows, String dataPath, String resource) {
    int dash = locator.lastIndexOf('-');
    String id = dash < 0 ? "" : locator.substring(0, dash);
    Cursor cursor = find(id);
    long from = offset(locator.substring(dash + 1));
    if (cursor == null || from < 0 || from >= cursor.rows()) {
      throw OrgException.bad("INVALID_QUERY_LOCATOR", "invalid query locator");
    }
    int size =
        pageRows == 0
            ? cursor.pageRows()
            : Math.min(PAGE_ROWS_MAX, Math.max(PAGE_ROWS_MIN, pageRows));
    long next = from + size;
    String url = next >= cursor.rows() ? "" : "%s/%s/%s-%d".formatted(dataPath, resource, id, next);
    return new QueryPage(cursor.rows(), url, out -> write(cursor.file(), from, size, out));
  }

  private static void write(PageFile file, long from, int size, OutputStream out)
      throws IOException {
    boolean[] later = new boolean[1];
    file.read(
        from,
        size,
        (bytes, length) -> {
          if (later[0]) {
            out.write(',');
          }
          later[0] = true;
          out.write(bytes, 0, length);
        });
  }

  private static long offset(String digits) {
    try {
      return Long.parseLong(digits);
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  private synchronized @Nullable Cursor find(String id) {
    Cursor cursor = cursors.get(id);
    boolean expired =
        cursor != null && cursor.opened().plus(rules.locatorLife()).isBefore(clock.instant());
    return expired ? null : cursor;
  }

  private synchronized String newCursor() {
    return ids.id(LOCATOR_PREFIX, ++lastCursor);
  }

  /** The oldest cursors make room. */
  private synchronized void keep(String id, Cursor cursor) {
    cursors.put(id, cursor);
    Instant oldest = clock.instant().minus(rules.locatorLife());
    cursors.entrySet().removeIf(entry -> dropped(entry, oldest));
  }

  private boolean dropped(Map.Entry<String, Cursor> entry, Instant oldest) {
    boolean drop = cursors.size() > CURSORS_MAX || entry.getValue().opened().isBefore(oldest);
    if (drop) {
      entry.getValue().file().delete();
    }
    return drop;
  }

  /** Forgets all cursors and deletes their rows. */
  @Override
  public synchronized void close() {
    cursors.values().forEach(cursor -> cursor.file().delete());
    cursors.clear();
  }
}
