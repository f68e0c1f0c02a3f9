package io.initload.pipeline.settle;

import io.initload.ledger.entry.Part;
import io.initload.ledger.entry.Worker;
import io.initload.pipeline.settle.RefusedRows.Entry;
import io.initload.pipeline.work.KeySet;
import io.initload.pipeline.work.StagedFiles;
import io.initload.salesforce.ResultReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The rows of a part whose staged file is on another host, gone or damaged, numbered as the results
 * tell them. The results name the rows that were written, and have all fields of those refused;
 * what they do not tell is read again.
 */
final class RemoteRows implements PartRows {
  private static final Logger LOG = LoggerFactory.getLogger(RemoteRows.class);

  private final EndedJob ended;
  private final Part part;
  private final BookedKeys names;
  private final Worker worker;
  private KeySet seen = new KeySet();

  RemoteRows(EndedJob ended, BookedKeys names, Worker worker) {
    this.worker = worker;
    this.ended = ended;
    this.part = ended.part();
    this.names = names;
  }

  @Override
  public int take(String externalId, boolean attempted) {
    int row = seen.add(ended.table().keyForm().canonical(names.name(externalId)));
    if (row == KeySet.NONE) {
      throw WrongResults.twice(externalId, part);
    }
    if (seen.size() > part.rows()) {
      throw WrongResults.tooMany(part);
    }
    return row;
  }

  /** The name of the row and all its fields. */
  @Override
  public List<String> keep(String externalId, ResultReader from) {
    List<String> texts = new ArrayList<>(List.of(names.name(externalId)));
    texts.addAll(from.fields(ended.table().pass().header()));
    return texts;
  }

  @Override
  public <X extends Exception> void each(RefusedRows refused, Taker<X> to) throws X {
    for (int i = 0; i < seen.size(); i++) {
      Optional<Entry> entry = refused.find(i);
      if (entry.isPresent()) {
        List<String> texts = entry.get().texts();
        to.take(i, texts.get(0), texts.subList(1, texts.size()), entry.get().error());
      }
    }
  }

  @Override
  public <X extends Exception> void eachUntold(UntoldTaker<X> to) {
    throw ended.inDoubt(
        "its file, which names them, lies on %s, or is damaged".formatted(part.host()));
  }

  @Override
  public void isThere(int number) {
    throw new IllegalStateException("a row of " + part.name() + " that nobody can name");
  }

  @Override
  public boolean repeatable() {
    return false;
  }

  @Override
  public Onward onward(long count) {
    if (count > 0) {
      LOG.warn(
          "{}: {} rows were not attempted and their file on {} is out of reach or damaged; they are"
              + " taken up again",
          part.name(),
          count,
          part.host());
    }
    return new Onward(Optional.empty(), count);
  }

  /** What stands in the place of its file, where that is on this host, is of no use. */
  @Override
  public void booked() {
    if (part.host().equals(worker.host())) {
      StagedFiles.of(part).delete();
    }
  }

  @Override
  public void reset() {
    seen = new KeySet();
  }
}
