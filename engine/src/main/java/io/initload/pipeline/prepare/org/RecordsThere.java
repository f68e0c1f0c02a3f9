package io.initload.pipeline.prepare.org;

import io.initload.mapping.compile.SentFields;
import io.initload.mapping.org.TargetObject;
import io.initload.pipeline.work.OrgRecords;
import io.initload.pipeline.work.PassWork;
import io.initload.pipeline.work.Workbench;
import io.initload.salesforce.errors.RowError;
import io.initload.salesforce.records.RecordQuery;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The records of rows that were refused because their record is there already and one of their
 * fields can be set when it is created only (docs/reference/salesforce.md, "CSV and values"). The
 * org is asked for them by key, many together. For one thread.
 */
public final class RecordsThere {
  /** What the org says of such a row. */
  public static final String CODE = "INVALID_FIELD_FOR_INSERT_UPDATE";

  /** Rows asked for together; keeps a query's answer to one page. */
  private static final int ROWS = 200;

  /** Characters of the rows that are asked for together, above which none is added. */
  private static final long CHARACTERS_MAX = 2_000_000;

  /** A refused row, with the number by which whoever asks knows it. */
  public record Row(int number, String key, List<String> sent) {}

  /** Hears of the rows whose records are there. */
  @FunctionalInterface
  public interface Found {
    /**
     * Takes a row whose record is there.
     *
     * @param whole whether the record has all that was sent
     * @param createOnly fields of the row that only a new record takes, by place in the header
     */
    void take(Row row, boolean whole, List<Integer> createOnly);

    /** Takes a row of which nobody knows: the org takes too long to find its record. */
    default void unknown(Row row) {
      // It counts as refused.
    }
  }

  private final SentFields fields;
  private final OrgRecords records;
  private final Found found;
  private final List<Row> rows = new ArrayList<>();
  private long characters;

  private RecordsThere(SentFields fields, OrgRecords records, Found found) {
    this.fields = fields;
    this.records = records;
    this.found = found;
  }

  /** Empty when the table has no such field, so that no row can have been refused for one. */
  public static Optional<RecordsThere> of(Workbench bench, PassWork table, Found found)
      throws InterruptedException {
    if (table.deletes()) {
      return Optional.empty();
    }
    DescribedObjects objects = new DescribedObjects(bench.org());
    TargetObject object = objects.require(table.config().object());
    return SentFields.of(table.pass().header(), table.mapping().keyField(), object, objects::find)
        .filter(fields -> !fields.createOnly().isEmpty())
        .map(fields -> new RecordsThere(fields, records(bench, table, fields), found));
  }

  private static OrgRecords records(Workbench bench, PassWork table, SentFields fields) {
    String key = table.keyColumn();
    return new OrgRecords(
        new RecordQuery(bench.org(), table.config().object(), key, fields.columns()),
        key,
        table.keyForm());
  }

  /** Takes a refused row, whatever it was refused for. */
  public void add(int number, String key, List<String> sent, RowError error)
      throws InterruptedException {
    if (error.code().equals(CODE) && !set(sent).isEmpty()) {
      rows.add(new Row(number, key, sent));
      characters += sent.stream().mapToLong(String::length).sum();
    }
    if (rows.size() == ROWS || characters > CHARACTERS_MAX) {
      ask();
    }
  }

  /** Asks for the records of all rows that were added and not asked for yet. */
  public void ask() throws InterruptedException {
    OrgRecords.Found there = records.of(rows.stream().map(Row::key).toList());
    for (Row row : rows) {
      // A row whose record is not there was refused for something else.
      there
          .record(row.key())
          .ifPresent(record -> found.take(row, fields.holds(row.sent(), record), set(row.sent())));
      if (there.unknown(row.key())) {
        found.unknown(row);
      }
    }
    rows.clear();
    characters = 0;
  }

  /** The fields that the row brings for a new record alone. */
  private List<Integer> set(List<String> sent) {
    return fields.createOnly().stream().filter(field -> !sent.get(field).isEmpty()).toList();
  }
}
