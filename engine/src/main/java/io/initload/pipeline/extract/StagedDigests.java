package io.initload.pipeline.extract;

import io.initload.ledger.entry.Staged.Digested;
import io.initload.mapping.canonical.BucketSums;
import io.initload.mapping.canonical.ByteText;
import io.initload.mapping.canonical.CanonicalForm;
import io.initload.mapping.canonical.RowDigest;
import io.initload.mapping.canonical.SampleOrder;
import io.initload.mapping.canonical.StagedLook;
import io.initload.mapping.compile.SentFields;
import io.initload.plan.PassKind;
import io.initload.staging.CsvRow;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Adds up the digests of a pass's rows, as the org is to hold them. Not thread-safe. */
public final class StagedDigests {
  private final RowDigest digest;
  private final List<CanonicalForm> forms;
  private final StagedLook[] looks;

  /** The fields that are digested, in the order in which they must be given. */
  private final int[] fields;

  private final List<String> exempt;
  private final PassKind kind;
  private final BucketSums sums;
  private final ByteText bytes = new ByteText();

  /**
   * @param key of the migration's digests
   * @param sums are added to
   */
  public StagedDigests(byte[] key, SentFields fields, PassKind kind, BucketSums sums) {
    this.digest = new RowDigest(key, fields.columns());
    this.forms = fields.forms();
    this.looks = forms.stream().map(CanonicalForm::look).toArray(StagedLook[]::new);
    this.fields =
        IntStream.of(digest.order()).filter(field -> field != fields.keyField()).toArray();
    this.exempt = fields.exempt();
    this.kind = kind;
    this.sums = sums;
  }

  /**
   * Adds a row as it is staged.
   *
   * @param canonical its external id in canonical form
   * @param place in the order of the sample
   */
  void add(String canonical, long place, CsvRow row) {
    digest.begin(canonical);
    for (int field : fields) {
      give(field, row);
    }
    if (counts(digest.end())) {
      sums.add(place, digest);
    }
  }

  /** Without making a text of it, where its bytes are canonical already, as most are. */
  private void give(int field, CsvRow row) {
    row.show(field, bytes);
    int count = looks[field].count(bytes);
    if (count >= 0) {
      digest.value(field, bytes, count);
    } else {
      digest.value(field, forms.get(field).sent(bytes.toString()));
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
    digest.begin(canonical);
    for (int field : fields) {
      digest.value(field, forms.get(field).sent(texts.apply(field)));
    }
    return digest.end();
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
