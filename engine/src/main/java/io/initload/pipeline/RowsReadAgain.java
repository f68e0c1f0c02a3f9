package io.initload.pipeline;

import io.initload.ledger.CorrectionBook.Correction;
import io.initload.ledger.CorrectionBook.Origin;
import io.initload.ledger.DeadLetterBook;
import io.initload.ledger.entry.DeadLetterFilter;
import io.initload.ledger.entry.ExceptionRow;
import io.initload.mapping.ColumnRead;
import io.initload.mapping.RowMapping;
import io.initload.pipeline.prepare.Prepared;
import io.initload.pipeline.work.KeyTexts;
import io.initload.pipeline.work.Workbench;
import io.initload.plan.ChunkBounds;
import io.initload.plan.Snapshot;
import io.initload.source.RowCursor;
import io.initload.staging.CsvRow;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Rows of one table that need a person, read again from the source by their external ids, at a
 * moment of now, since they were corrected there. A row is entered where the source has exactly one
 * of its key and that one can be staged; all others stay as they are.
 */
final class RowsReadAgain {
  /** Rows looked at together: their values are held in memory. */
  private static final int PAGE = 200;

  /**
   * Rows that no key finds, such as texts that were staged otherwise, and are looked for in all.
   */
  private static final int SOUGHT_MAX = 1_000;

  private final Workbench bench;
  private final Prepared table;
  private final Snapshot at;
  private final String moment;
  private final RowMapping mapping;
  private final KeyTexts texts;
  private final List<String> keyColumns;
  private final List<ExceptionRow> sought = new ArrayList<>();
  private long entered;
  private long left;

  RowsReadAgain(Workbench bench, Prepared table, Snapshot at) {
    this.bench = bench;
    this.table = table;
    this.at = at;
    this.moment = bench.clock().instant().truncatedTo(ChronoUnit.SECONDS) + ", " + at.kind();
    this.mapping = table.mapping();
    RowMapping key = mapping.keyAlone();
    this.texts = new KeyTexts(key);
    this.keyColumns = key.reads().stream().map(ColumnRead::column).toList();
  }

  /** Enters what it can of the rows with these codes; empty for all codes. */
  void enter(Set<String> codes) {
    DeadLetterBook book = bench.ledger().deadLetters();
    DeadLetterFilter filter = new DeadLetterFilter(Set.of(table.name()), codes);
    long after = 0;
    for (List<ExceptionRow> page = book.page(filter, after, PAGE);
        !page.isEmpty();
        page = book.page(filter, after, PAGE)) {
      byKeys(page);
      after = page.get(page.size() - 1).id();
    }
    for (int from = 0; from < sought.size(); from += PAGE) {
      List<ExceptionRow> some = sought.subList(from, Math.min(from + PAGE, sought.size()));
      left += some.size() - enter(some, found(some, all()));
    }
  }

  /** Rows that are tried again as the source has them now. */
  long entered() {
    return entered;
  }

  /** Rows that stay as they are: the source has none of their key, or several, or a bad one. */
  long left() {
    return left;
  }

  private void byKeys(List<ExceptionRow> page) {
    List<ExceptionRow> keyed = new ArrayList<>();
    List<List<String>> keys = new ArrayList<>();
    for (ExceptionRow row : page) {
      Optional<List<String>> key = texts.of(row.externalId());
      if (key.isPresent()) {
        keyed.add(row);
        keys.add(key.get());
      } else {
        seek(row);
      }
    }
    if (keyed.isEmpty()) {
      return;
    }
    Map<String, Found> found = found(keyed, some(keys));
    List<ExceptionRow> there =
        keyed.stream().filter(row -> found.containsKey(canonical(row))).toList();
    keyed.stream().filter(row -> !found.containsKey(canonical(row))).forEach(this::seek);
    left += there.size() - enter(there, found);
  }

  private void seek(ExceptionRow row) {
    if (row.externalId().isEmpty() || sought.size() == SOUGHT_MAX) {
      left++;
    } else {
      sought.add(row);
    }
  }

  private RowCursor some(List<List<String>> keys) {
    return bench
        .source()
        .readByKeys(
            table.config().source(),
            at,
            mapping.reads(),
            keyColumns,
            keys.stream().distinct().toList(),
            table.config().sourceZone());
  }

  private RowCursor all() {
    return bench
        .source()
        .read(
            table.config().source(),
            new ChunkBounds.Whole(),
            at,
            mapping.reads(),
            table.config().sourceZone(),
            table.name() + " corrected");
  }

  /** Rows of the source that have one key, and the last of them where it can be staged. */
  private record Found(int rows, Optional<List<String>> data) {}

  private Map<String, Found> found(List<ExceptionRow> rows, RowCursor from) {
    Set<String> wanted = rows.stream().map(this::canonical).collect(Collectors.toSet());
    Map<String, Found> found = new HashMap<>();
    CsvRow row = new CsvRow();
    row.rules(mapping.rules());
    try (RowCursor cursor = from) {
      while (cursor.next()) {
        row.clear();
        mapping.render(cursor, row);
        String key = table.keyForm().canonical(row.field(mapping.keyField()));
        if (wanted.contains(key)) {
          int before = found.containsKey(key) ? found.get(key).rows() : 0;
          boolean stageable = row.problem().isEmpty();
          found.put(
              key,
              new Found(
                  before + 1,
                  stageable ? Optional.of(List.copyOf(row.texts())) : Optional.empty()));
        }
      }
    }
    return found;
  }

  private int enter(List<ExceptionRow> rows, Map<String, Found> found) {
    Map<String, Correction> corrections = new HashMap<>();
    for (ExceptionRow row : rows) {
      Found now = found.get(canonical(row));
      if (now != null && now.rows() == 1 && now.data().isPresent()) {
        List<String> data = now.data().get();
        corrections.putIfAbsent(
            canonical(row),
            new Correction(
                row.id(), data.get(mapping.keyField()), data, new Origin.Source(moment)));
      }
    }
    entered += bench.ledger().corrections().correct(to -> corrections.values().forEach(to));
    return corrections.size();
  }

  private String canonical(ExceptionRow row) {
    return table.keyForm().canonical(row.externalId());
  }
}
