package io.initload.pipeline.prepare;

import io.initload.Failure;
import io.initload.config.TableConfig;
import io.initload.ledger.entry.Pass;
import io.initload.mapping.ColumnRead;
import io.initload.mapping.KeyForm;
import io.initload.mapping.RowMapping;
import io.initload.mapping.canonical.HashInput;
import io.initload.mapping.canonical.KeyedHash;
import io.initload.pipeline.work.Workbench;
import io.initload.plan.ChunkBounds;
import io.initload.source.RowCursor;
import io.initload.source.SourceFailure;
import io.initload.staging.CsvRow;
import io.initload.staging.DuplicateKeys;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the external ids that several rows of a table share. Rows with such a key are all held
 * back, so that it does not matter in which order rows come. Memory is bounded whatever the number
 * of rows: hashes of keys that repeat are a suspicion, and the texts of the suspects are looked at.
 * Not thread-safe.
 */
public final class SharedKeys {
  /** More shared keys than this are no bad rows but a wrong key. */
  private static final int MAX = 10_000;

  private static final Logger LOG = LoggerFactory.getLogger(SharedKeys.class);

  private final Workbench bench;
  private final TableConfig table;
  private final RowMapping key;
  private final KeyForm form;
  private final HashInput input = new HashInput(KeyedHash.ofNobody());

  /**
   * @param mapping of whole rows
   */
  public SharedKeys(Workbench bench, TableConfig table, RowMapping mapping, KeyForm form) {
    this.bench = bench;
    this.table = table;
    this.key = mapping.keyAlone();
    this.form = form;
  }

  /** What stands for a key in {@link DuplicateKeys}, here alone: equal keys have equal ones. */
  public long hash(String canonical) {
    return input.low(canonical);
  }

  /**
   * The shared keys of the whole table, in canonical form. The database groups the keys; where it
   * has no room for that, all keys are read.
   *
   * @throws Failure {@code EXTERNAL_ID_NOT_UNIQUE} when there are too many
   */
  Set<String> ofTable(Pass pass) {
    try {
      return few(
          bench
              .source()
              .duplicates(
                  table,
                  pass.snapshot(),
                  key.reads(),
                  form,
                  MAX + 1,
                  rows -> {
                    Set<String> keys = new HashSet<>();
                    each(rows, keys::add);
                    return keys;
                  }));
    } catch (SourceFailure e) {
      if (e.action() != SourceFailure.Action.NO_ROOM) {
        throw e;
      }
      LOG.warn("{} All external ids are read instead, to find those that repeat.", e.getMessage());
      return read(pass);
    }
  }

  /** As {@link #ofTable}, by reading all keys: for those the database cannot compare. */
  Set<String> read(Pass pass) {
    ChunkBounds all = new ChunkBounds.Whole();
    try (DuplicateKeys hashes = bench.staging().repeats(table.name() + "-keys")) {
      try (RowCursor rows = open(pass, all, table.name() + " duplicates")) {
        each(rows, canonical -> hashes.add(hash(canonical)));
      }
      return among(pass, all, hashes, table.name() + " duplicates");
    }
  }

  /**
   * The shared keys of a part of the table, in canonical form.
   *
   * @param hashes of all its keys, by {@link #hash} of this one
   * @throws Failure {@code EXTERNAL_ID_NOT_UNIQUE} when there are too many
   */
  public Set<String> among(Pass pass, ChunkBounds bounds, DuplicateKeys hashes, String action) {
    Set<Long> suspects = few(hashes.found(MAX + 1));
    Set<String> once = new HashSet<>();
    Set<String> shared = new HashSet<>();
    if (!suspects.isEmpty()) {
      try (RowCursor rows = open(pass, bounds, action)) {
        each(
            rows,
            canonical -> {
              if (suspects.contains(hash(canonical)) && !once.add(canonical)) {
                shared.add(canonical);
              }
            });
      }
    }
    return shared;
  }

  private RowCursor open(Pass pass, ChunkBounds bounds, String action) {
    return bench
        .source()
        .read(table.source(), bounds, pass.snapshot(), key.reads(), table.sourceZone(), action);
  }

  private void each(RowCursor rows, Consumer<String> to) {
    CsvRow row = new CsvRow();
    row.rules(key.rules());
    while (rows.next()) {
      row.clear();
      key.render(rows, row);
      String text = row.field(0);
      if (!text.isEmpty()) {
        to.accept(form.canonical(text));
      }
    }
  }

  private <T> Set<T> few(Set<T> keys) {
    if (keys.size() > MAX) {
      List<String> columns = key.reads().stream().map(ColumnRead::column).toList();
      throw new Failure(
          Failure.Kind.FAILED,
          "EXTERNAL_ID_NOT_UNIQUE",
          "More than %,d values of %s (%s of %s) occur more than once."
              .formatted(MAX, table.externalId(), String.join(", ", columns), table.name()),
          "Choose columns that identify a row as its external id; a composite may be needed.");
    }
    return keys;
  }
}
