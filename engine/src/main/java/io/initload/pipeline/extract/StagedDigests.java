package io.initload.pipeline.extract;

import io.initload.ledger.entry.Staged.Digested;
import io.initload.mapping.canonical.BucketSums;
import io.initload.mapping.canonical.ByteText;
import io.initload.mapping.canonical.CanonicalForm;
import io.initload.mapping.canonical.RowDigest;
import io.initload.mapping.compile.SentFields;
import io.initload.pipeline.work.SampleOrder;
import io.initload.plan.PassKind;
import io.initload.staging.CsvRow;
import java.util.List;
import java.util.function.IntFunction;

/** Adds up the digests of a pass's rows, as the org is to hold them. Not thread-safe. */
public final class StagedDigests {
  private final RowDigest digest;
  private final List<CanonicalForm> forms;
  private final int keyField;
  private final List<String> exempt;
  private final PassKind kind;
  private final BucketSums sums;
  private final ByteText bytes = new ByteText();

  /**
   * @param sums are added to
   */
  public StagedDigests(byte[] salt, SentFields fields, PassKind kind, BucketSums sums) {
    this.digest = new RowDigest(salt, fields.columns());
    this.forms = fields.forms();
    this.keyField = fields.keyField();
    this.exempt = fields.exempt();
    this.kind = kind;
    this.sums = sums;
  }

  /**
   * Adds a row as it is staged.
   *
   * @param canonical its external id in canonical form
   */
  void add(String canonical, CsvRow row) {
    if (counts(digest.row(canonical, (field, to) -> give(field, row, to)))) {
      sums.add(SampleOrder.place(canonical), digest);
    }
  }

  /** Without making a text of it, where its bytes are canonical already, as most are. */
  private void give(int field, CsvRow row, RowDigest to) {
    if (field == keyField) {
      return;
    }
    row.show(field, bytes);
    int count = forms.get(field).staged(bytes);
    if (count >= 0) {
      to.value(field, bytes, count);
    } else {
      to.value(field, forms.get(field).sent(bytes.toString()));
    }
  }

  /**
   * Adds a row.
   *
   * @param canonical its external id in canonical form
   * @param texts of its fields, by their place
   */
  public void add(String canonical, IntFunction<String> texts) {
    if (counts(digested(canonical, texts))) {
      sums.add(SampleOrder.place(canonical), digest);
    }
  }

  /** Takes a row away that was added. */
  public void subtract(String canonical, IntFunction<String> texts) {
    if (counts(digested(canonical, texts))) {
      sums.subtract(SampleOrder.place(canonical), digest);
    }
  }

  private int digested(String canonical, IntFunction<String> texts) {
    return digest.row(
        canonical,
        (field, to) ->
            to.value(field, field == keyField ? "" : forms.get(field).sent(texts.apply(field))));
  }

  /** A row that links a record to nothing leaves no trace in it. */
  private boolean counts(int held) {
    return kind.makesRecords() || held > 0;
  }

  /** What was added so far. */
  Digested digested() {
    return new Digested(sums, exempt);
  }
}
