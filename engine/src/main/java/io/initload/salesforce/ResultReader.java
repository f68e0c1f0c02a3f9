package io.initload.salesforce;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import io.initload.Failure;
import io.initload.SfId;
import io.initload.salesforce.errors.OrgException;
import io.initload.salesforce.errors.RowError;
import io.initload.salesforce.wire.Bounds;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.List;

/**
 * The rows of one result file, in no promised order. The file was downloaded completely before the
 * first row is seen; columns are found by name. For one thread; close it to remove the copy.
 */
public final class ResultReader implements Iterator<RowResult>, AutoCloseable {
  private static final int ABSENT = -1;
  private static final int HEADER_SHOWN = 200;

  private final ResultKind kind;
  private final Download copy;
  private final String name;
  private final CsvReader<CsvRecord> csv;
  private final Iterator<CsvRecord> records;
  private final List<String> columns;
  private final int key;
  private final int id;
  private final int created;
  private final int error;
  private List<String> current = List.of();
  private long rows;

  /** Takes over the copy, unless this constructor throws. */
  ResultReader(Download copy, ResultKind kind, String keyColumn, String name) {
    this.kind = kind;
    this.copy = copy;
    this.name = name;
    this.csv = open(copy);
    boolean ready = false;
    try {
      this.records = csv.iterator();
      this.columns = hasNext() ? records.next().getFields() : List.of();
      // The results of a job that ended before it was looked into need not repeat its columns.
      boolean told = hasNext();
      this.key = told ? column(keyColumn) : find(keyColumn);
      boolean written = told && kind == ResultKind.SUCCESSFUL;
      this.id = written ? column("sf__Id") : find("sf__Id");
      this.created = written ? column("sf__Created") : find("sf__Created");
      this.error = !told || kind != ResultKind.FAILED ? find("sf__Error") : column("sf__Error");
      ready = true;
    } finally {
      if (!ready) {
        closeCsv();
      }
    }
  }

  /**
   * What a result file of a job may take.
   *
   * @param rows of the job's data
   * @param bytes of the job's data, uncompressed
   */
  public static long bytesMax(long rows, long bytes) {
    // Quotes may double the data, and the header is sent back too.
    return (rows + 1) * Bounds.RESULT_ROW_BYTES_MAX + 2 * bytes + Bounds.SMALL_ANSWER_BYTES_MAX;
  }

  private static CsvReader<CsvRecord> open(Download copy) {
    try {
      return CsvReader.builder()
          .detectBomHeader(true)
          .skipEmptyLines(true)
          .allowUnclosedQuote(false)
          .maxBufferSize(Bounds.RESULT_ROW_CHARS_MAX)
          .missingFieldStrategy(FieldMismatchStrategy.STRICT)
          .extraFieldStrategy(FieldMismatchStrategy.STRICT)
          .ofCsvRecord(copy.file());
    } catch (IOException e) {
      throw Download.disk(copy.file(), e);
    }
  }

  /** The columns as the org names them. */
  public List<String> columns() {
    return columns;
  }

  /** Rows read so far. */
  public long rows() {
    return rows;
  }

  /**
   * Whether there is another row.
   *
   * @throws OrgException.Unavailable when the file ends in the middle of a row: fetch it again
   */
  @Override
  public boolean hasNext() {
    return guarded(records::hasNext);
  }

  @Override
  public RowResult next() {
    CsvRecord row = guarded(records::next);
    rows++;
    current = row.getFields();
    return new RowResult(
        row.getField(key),
        kind == ResultKind.SUCCESSFUL ? recordId(text(row, id)) : text(row, id),
        kind == ResultKind.SUCCESSFUL && made(text(row, created)),
        error == ABSENT ? RowError.NONE : RowError.parse(row.getField(error)));
  }

  /** Fields of the row seen last, as they were uploaded under these column names. */
  public List<String> fields(List<String> header) {
    return header.stream().map(name -> current.get(column(name))).toList();
  }

  /** A row that was written is a record: what does not name it is no result. */
  private String recordId(String text) {
    if (!SfId.valid(text)) {
      throw wrong("a row that was written, but no id of a record in sf__Id: " + printable(text));
    }
    return text;
  }

  private boolean made(String text) {
    if (!text.equalsIgnoreCase("true") && !text.equalsIgnoreCase("false")) {
      throw wrong("neither true nor false in sf__Created: " + printable(text));
    }
    return text.equalsIgnoreCase("true");
  }

  private Failure wrong(String what) {
    return new Failure(
        Failure.Kind.FAILED,
        "ORG_RESULT",
        "%s has %s.".formatted(name, what),
        "Nothing of the job was booked, and the org keeps its results for 7 days: look for what"
            + " stands between this machine and the org, then run the same command again.");
  }

  private static String text(CsvRecord row, int column) {
    return column == ABSENT ? "" : row.getField(column);
  }

  private <T> T guarded(java.util.function.Supplier<T> read) {
    try {
      return read.get();
    } catch (CsvParseException e) {
      throw OrgException.Unavailable.garbled(
          name, "the result file is cut off or no CSV: " + e.getMessage(), e);
    } catch (UncheckedIOException e) {
      throw Download.disk(copy.file(), e);
    }
  }

  private int find(String column) {
    for (int i = 0; i < columns.size(); i++) {
      if (columns.get(i).equalsIgnoreCase(column)) {
        return i;
      }
    }
    return ABSENT;
  }

  private int column(String column) {
    int found = find(column);
    if (found == ABSENT) {
      throw new Failure(
          Failure.Kind.FAILED,
          "ORG_RESULT",
          "%s has no column %s, only %s.".formatted(name, column, printable(columns)),
          "The rows cannot be told apart: check that the field exists and is visible to the"
              + " loading user, then run the same command again.");
    }
    return found;
  }

  /** A header may be anything, such as packed data that the org took for one. */
  private static String printable(Object value) {
    String text = value.toString().replaceAll("[^\\p{Graph} ]", "?");
    return text.length() <= HEADER_SHOWN ? text : text.substring(0, HEADER_SHOWN) + "...";
  }

  private void closeCsv() {
    try {
      csv.close();
    } catch (IOException e) {
      throw Download.disk(copy.file(), e);
    }
  }

  @Override
  public void close() {
    try {
      closeCsv();
    } finally {
      copy.close();
    }
  }
}
