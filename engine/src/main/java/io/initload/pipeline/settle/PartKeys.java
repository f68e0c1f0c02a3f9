package io.initload.pipeline.settle;

import io.initload.Failure;
import io.initload.ledger.entry.Part;
import io.initload.mapping.KeyForm;
import io.initload.pipeline.work.KeySet;
import io.initload.pipeline.work.StagedFiles;
import io.initload.staging.StagedPart;
import java.util.Arrays;
import java.util.BitSet;

/**
 * What became of each row of one part, by its external id. Rows are numbered as they stand in the
 * file; about 50 bytes a row. Not thread-safe.
 */
final class PartKeys {
  /** What became of a row. */
  enum Fate {
    /** In none of the result files. */
    MISSING,
    CREATED,
    UPDATED,
    FAILED,
    /** Never attempted. */
    UNPROCESSED
  }

  private final Part part;
  private final KeyForm form;
  private final KeySet keys = new KeySet();
  private final Fate[] fates;

  private PartKeys(Part part, KeyForm form) {
    this.part = part;
    this.form = form;
    this.fates = new Fate[Math.toIntExact(part.rows())];
    reset();
  }

  static PartKeys read(Part part, int keyField, KeyForm form) {
    PartKeys keys = new PartKeys(part, form);
    try (StagedPart.Rows rows = StagedFiles.of(part).rows()) {
      while (rows.hasNext()) {
        if (keys.keys.add(form.canonical(rows.next().get(keyField))) == KeySet.NONE) {
          throw new IllegalStateException("a key stands twice in " + part.name());
        }
      }
    }
    if (keys.keys.size() != part.rows()) {
      throw new IllegalStateException(
          "%s holds %d rows instead of %d".formatted(part.name(), keys.keys.size(), part.rows()));
    }
    return keys;
  }

  /**
   * Books a result row.
   *
   * @return its number in the part
   * @throws Failure {@code RESULT_FOREIGN} when the part has no such key, {@code RESULT_TWICE} when
   *     the key has a result already
   */
  int book(String externalId, Fate fate) {
    int row = keys.number(form.canonical(externalId));
    if (row == KeySet.NONE) {
      throw failure(
          "RESULT_FOREIGN",
          "a result for the external id %s, which the part does not hold",
          externalId);
    }
    if (fates[row] != Fate.MISSING) {
      throw failure("RESULT_TWICE", "two results for the external id %s", externalId);
    }
    fates[row] = fate;
    return row;
  }

  private Failure failure(String code, String what, String externalId) {
    return WrongResults.failure(code, what.formatted(externalId), part);
  }

  Fate fate(int row) {
    return fates[row];
  }

  long count(Fate fate) {
    long n = 0;
    for (Fate f : fates) {
      if (f == fate) {
        n++;
      }
    }
    return n;
  }

  /** Numbers of the rows that were not attempted, as far as the results tell. */
  BitSet notAttempted() {
    BitSet rows = new BitSet(fates.length);
    for (int i = 0; i < fates.length; i++) {
      if (fates[i] == Fate.MISSING || fates[i] == Fate.UNPROCESSED) {
        rows.set(i);
      }
    }
    return rows;
  }

  /** Forgets all results, so that they can be read again from the start. */
  void reset() {
    Arrays.fill(fates, Fate.MISSING);
  }
}
