package io.initload.pipeline;

import io.initload.ledger.Correction;
import io.initload.ledger.Correction.Origin;
import io.initload.ledger.DeadLetterBook;
import io.initload.ledger.entry.DeadLetterFilter;
import io.initload.ledger.entry.ExceptionRow;
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
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Rows of one table that need a person, read again from the source by their external ids, at a
 * moment of now, since they were corrected there. A row is entered where it is the only one of its
 * external id in the ledger, the source has exactly one of it, and that one can be staged; all
 * others stay as they are.
 */
final class RowsReadAgain {
  /** Rows looked at together: their values are held in memory. */
  private static final int PAGE = 200;

  /**
   * Rows that no key finds, such as texts that were staged otherwise, and are looked for in all.
   */
  static final int SOUGHT_MAX = 100_000;

  private final Workbench bench;
  private final Prepared table;
  private final Snapshot at;
  private final Set<String> notLoaded;
  private final String moment;
  private final RowMapping mapping;
  private final RowMapping key;
  private final KeyTexts texts;
  private final CsvRow row;

  /** The external ids that are looked for in all, in canonical form, with their rows' numbers. */
  private final Map<String, Long> sought = new HashMap<>();

  private final Map<LeftRow, Long> left = new EnumMap<>(LeftRow.class);
  private long entered;

  /**
   * @param notLoaded external ids in canonical form of which this pass may make no record
   */
  RowsReadAgain(Workbench bench, Prepared table, Snapshot at, Set<String> notLoaded) {
    this.bench = bench;
    this.table = table;
    this.at = at;
    this.notLoaded = notLoaded;
    this.moment = bench.clock().instant().truncatedTo(ChronoUnit.SECONDS) + ", " + at.kind();
    this.mapping = table.mapping();
    this.key = mapping.keyAlone();
    this.texts = new KeyTexts(key);
    this.row = bench.staging().row(mapping.header());
  }

  /** Enters what it can of the rows with these codes; empty for all codes. */
  void enter(Set<String> codes) {
    DeadLetterBook book = bench.ledger().deadLetters();
    DeadLetterFilter filter = new DeadLetterFilter(Set.of(table.name()), codes);
    long after = 0;
    for (List<ExceptionRow> page = book.page(filter, after, PAGE);
        !page.isEmpty();
        page = book.page(filter, after, PAGE)) {
      byKeys(page.stream().filter(this::isFound).toList());
      after = page.get(page.size() - 1).id();
    }
    if (!sought.isEmpty()) {
      inAll();
    }
  }

  /** Rows that are tried again as the source has them now. */
  long entered() {
    return entered;
  }

  /** Rows that stay as they are, by why. */
  Map<LeftRow, Long> left() {
    return Map.copyOf(left);
  }

  private void leave(LeftRow why) {
    left.merge(why, 1L, Long::sum);
  }

  /** Whether its external id can tell the row. */
  private boolean isFound(ExceptionRow one) {
    if (one.externalId().isEmpty() || one.code().startsWith(HeldRows.WITHOUT_KEY)) {
      leave(LeftRow.NO_KEY);
      return false;
    }
    if (notLoaded.contains(canonical(one))) {
      leave(LeftRow.NOT_LOADED);
      return false;
    }
    return true;
  }

  private void byKeys(List<ExceptionRow> page) {
    Map<String, List<ExceptionRow>> keyed = new HashMap<>();
    List<List<String>> keys = new ArrayList<>();
    for (ExceptionRow one : page) {
      Optional<List<String>> columns = texts.of(one.externalId());
      if (columns.isPresent()) {
        keyed.computeIfAbsent(canonical(one), k -> new ArrayList<>()).add(one);
        keys.add(columns.get());
      } else {
        seek(one);
      }
    }
    if (keyed.isEmpty()) {
      return;
    }
    Map<String, Found> found = new HashMap<>();
    RowCursor some = table.byKeys(bench.source(), at, mapping, keys.stream().distinct().toList());
    each(some, mapping, k -> found.merge(k, found(), Found::and), keyed.keySet());
    List<Correction> corrections = new ArrayList<>();
    keyed.forEach(
        (canonical, rows) -> {
          Found now = found.get(canonical);
          if (now == null) {
            rows.forEach(this::seek);
          } else {
            rows.forEach(one -> correction(one.id(), now).ifPresent(corrections::add));
          }
        });
    enter(corrections);
  }

  private void seek(ExceptionRow one) {
    if (sought.size() == SOUGHT_MAX) {
      leave(LeftRow.NOT_SOUGHT);
    } else if (sought.putIfAbsent(canonical(one), one.id()) != null) {
      leave(LeftRow.TAKEN);
    }
  }

  /** Reads the table twice: which external ids it has once, and then their rows. */
  private void inAll() {
    Map<String, Integer> times = new HashMap<>();
    each(all(key), key, k -> times.merge(k, 1, Integer::sum), sought.keySet());
    sought.keySet().stream()
        .filter(k -> times.getOrDefault(k, 0) != 1)
        .toList()
        .forEach(
            k -> {
              sought.remove(k);
              leave(LeftRow.NOT_ONCE);
            });
    List<Correction> some = new ArrayList<>();
    each(
        all(mapping),
        mapping,
        k -> {
          correction(sought.getOrDefault(k, 0L), found()).ifPresent(some::add);
          if (some.size() == PAGE) {
            enter(some);
            some.clear();
          }
        },
        sought.keySet());
    enter(some);
  }

  private RowCursor all(RowMapping of) {
    return bench
        .source()
        .read(
            table.config().source(),
            new ChunkBounds.Whole(),
            at,
            of.reads(),
            table.config().sourceZone(),
            table.name() + " corrected");
  }

  /** Shows the external ids of rows that are wanted, each while its row is rendered. */
  private void each(RowCursor from, RowMapping by, Consumer<String> to, Set<String> wanted) {
    row.rules(by.rules());
    try (RowCursor cursor = from) {
      while (cursor.next()) {
        row.clear();
        by.render(cursor, row);
        String canonical = table.keyForm().canonical(row.field(by.keyField()));
        if (wanted.contains(canonical)) {
          to.accept(canonical);
        }
      }
    }
  }

  /** Rows of the source that have one key, and the last of them where it can be staged. */
  private record Found(int rows, Optional<List<String>> data) {
    Found and(Found other) {
      return new Found(rows + other.rows, other.data);
    }
  }

  private Found found() {
    return new Found(
        1, row.problem().isEmpty() ? Optional.of(List.copyOf(row.texts())) : Optional.empty());
  }

  private Optional<Correction> correction(long id, Found now) {
    if (now.rows() > 1) {
      leave(LeftRow.NOT_ONCE);
      return Optional.empty();
    }
    if (now.data().isEmpty()) {
      leave(LeftRow.UNSTAGEABLE);
    }
    return now.data()
        .map(
            data ->
                new Correction(id, data.get(mapping.keyField()), data, new Origin.Source(moment)));
  }

  private void enter(List<Correction> corrections) {
    entered +=
        bench
            .ledger()
            .corrections()
            .correct(
                corrections::forEach,
                name -> Optional.of(name).filter(table.name()::equals).map(own -> table.keyForm()),
                taken -> leave(LeftRow.TAKEN));
  }

  private String canonical(ExceptionRow one) {
    return table.keyForm().canonical(one.externalId());
  }
}
