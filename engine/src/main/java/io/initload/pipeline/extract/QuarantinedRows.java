package io.initload.pipeline.extract;

import io.initload.Failure;
import io.initload.ledger.entry.Chunk;
import io.initload.ledger.entry.Quarantine;
import io.initload.ledger.entry.Quarantined;
import io.initload.staging.Spool;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The rows of a chunk that cannot be staged, kept on the disk. Not thread-safe. */
final class QuarantinedRows implements Quarantine, AutoCloseable {
  /** More of them in one chunk mean a wrong mapping, not bad rows. */
  private static final int MAX = 100_000;

  private static final int TEXTS = 3;

  private final Chunk chunk;
  private final Spool spool;
  private long count;

  /**
   * @param spool is closed with this
   */
  QuarantinedRows(Chunk chunk, Spool spool) {
    this.chunk = chunk;
    this.spool = spool;
  }

  /**
   * Holds a row back.
   *
   * @throws Failure {@code QUARANTINE_FULL} when there are too many
   */
  void add(String externalId, Rejection why, List<String> row) {
    if (count == MAX) {
      throw new Failure(
          Failure.Kind.FAILED,
          "QUARANTINE_FULL",
          "More than %,d rows of chunk %s cannot be staged; the last one: %s"
              .formatted(MAX, chunk.label(), why.message()),
          "Look at the mapping of the external id of " + chunk.table() + ".");
    }
    List<String> entry = new ArrayList<>(List.of(externalId, why.code(), why.message()));
    entry.addAll(row);
    spool.add(entry);
    count++;
  }

  @Override
  public long count() {
    return count;
  }

  @Override
  public void each(Consumer<Quarantined> to) {
    spool.each(
        e -> to.accept(new Quarantined(e.get(0), e.get(1), e.get(2), e.subList(TEXTS, e.size()))));
  }

  @Override
  public void close() {
    spool.close();
  }
}
