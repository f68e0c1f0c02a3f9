package io.initload.pipeline.settle;

import io.initload.ledger.entry.NewPart;
import io.initload.ledger.entry.Part;
import io.initload.ledger.entry.PartKind;
import io.initload.mapping.KeyForm;
import io.initload.pipeline.settle.RefusedRows.Entry;
import io.initload.pipeline.work.KeySet;
import io.initload.pipeline.work.StagedFiles;
import io.initload.pipeline.work.Workbench;
import io.initload.salesforce.ResultReader;
import io.initload.staging.SealedPart;
import io.initload.staging.StagedPart;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/** The rows of a part whose staged file is here, numbered as they stand in it. */
final class StagedRows implements PartRows {
  private final Workbench bench;
  private final EndedJob ended;
  private final Part part;
  private final int keyField;
  private final KeyForm form;
  private final KeySet keys = new KeySet();
  private final BitSet told = new BitSet();
  private final BitSet attempted = new BitSet();

  private StagedRows(Workbench bench, EndedJob ended) {
    this.bench = bench;
    this.ended = ended;
    this.part = ended.part();
    this.keyField = ended.table().mapping().keyField();
    this.form = ended.table().keyForm();
  }

  static StagedRows read(Workbench bench, EndedJob ended) {
    StagedRows rows = new StagedRows(bench, ended);
    rows.readKeys();
    return rows;
  }

  private void readKeys() {
    try (StagedPart.Rows rows = StagedFiles.of(part).rows()) {
      while (rows.hasNext()) {
        if (keys.add(form.canonical(rows.next().get(keyField))) == KeySet.NONE) {
          throw new IllegalStateException("a key stands twice in " + part.name());
        }
      }
    }
    if (keys.size() != part.rows()) {
      throw new IllegalStateException(
          "%s holds %d rows instead of %d".formatted(part.name(), keys.size(), part.rows()));
    }
  }

  @Override
  public int take(String externalId, boolean wasAttempted) {
    int row = keys.number(form.canonical(externalId));
    if (row == KeySet.NONE) {
      throw WrongResults.foreign(externalId, part);
    }
    if (told.get(row)) {
      throw WrongResults.twice(externalId, part);
    }
    told.set(row);
    attempted.set(row, wasAttempted);
    return row;
  }

  /** Nothing: the row is in the file. */
  @Override
  public List<String> keep(String externalId, ResultReader from) {
    return List.of();
  }

  @Override
  public <X extends Exception> void each(RefusedRows refused, Taker<X> to) throws X {
    try (StagedPart.Rows rows = StagedFiles.of(part).rows()) {
      for (int i = 0; rows.hasNext(); i++) {
        List<String> row = rows.next();
        Optional<Entry> entry = refused.find(i);
        if (entry.isPresent()) {
          to.take(i, row.get(keyField), row, entry.get().error());
        }
      }
    }
  }

  @Override
  public <X extends Exception> void eachUntold(UntoldTaker<X> to) throws X {
    try (StagedPart.Rows rows = StagedFiles.of(part).rows()) {
      for (int i = 0; rows.hasNext(); i++) {
        String key = rows.next().get(keyField);
        if (!attempted.get(i)) {
          to.take(i, key);
        }
      }
    }
  }

  @Override
  public void isThere(int number) {
    told.set(number);
    attempted.set(number);
  }

  @Override
  public boolean repeatable() {
    return true;
  }

  /**
   * They are not gathered over parts as refused rows are: those are few and in the ledger, these
   * may be most of a part and are not (ADR 19).
   */
  @Override
  public Onward onward(long count) {
    BitSet rows = new BitSet();
    rows.set(0, Math.toIntExact(part.rows()));
    rows.andNot(attempted);
    return rows.isEmpty() ? Onward.NONE : new Onward(Optional.of(rest(rows)), 0);
  }

  private NewPart rest(BitSet rows) {
    String name = part.name() + "-rest" + ended.job().id();
    SealedPart sealed = bench.staging().filter(StagedFiles.of(part), rows, name, 1);
    return new NewPart(
        part.chunk(),
        part.chunk().isPresent() ? PartKind.REST : PartKind.RETRY,
        name,
        bench.worker().host(),
        sealed.path(),
        sealed.rows(),
        sealed.csvBytes(),
        sealed.gzipBytes(),
        sealed.sha256(),
        part.attempt() + ended.failures(),
        part.serial());
  }

  @Override
  public void booked() {
    StagedFiles.of(part).delete();
    bench.checkpoint().reached("settle.freed");
  }

  @Override
  public void reset() {
    told.clear();
    attempted.clear();
  }
}
