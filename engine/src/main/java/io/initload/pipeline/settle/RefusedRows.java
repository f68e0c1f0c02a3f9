package io.initload.pipeline.settle;

import io.initload.ledger.entry.Job;
import io.initload.ledger.entry.Part;
import io.initload.pipeline.prepare.org.RecordsThere;
import io.initload.salesforce.errors.RowError;
import io.initload.staging.Spool;
import io.initload.staging.StagingArea;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The rows of a part that its job refused, and why. A job may refuse every row, each with a message
 * of its own: the texts are on the disk, and memory holds 8 bytes a row. Close it when the part is
 * booked. Not thread-safe.
 */
final class RefusedRows implements AutoCloseable {
  private static final long NONE = -1;
  private static final int CODE = 0;
  private static final int MESSAGE = 1;
  private static final int TEXTS = 2;

  private final Spool spool;
  private long[] places = new long[0];
  private int count;
  private long locks;
  private long unwritable;
  private Optional<RowError> stopping = Optional.empty();

  RefusedRows(StagingArea staging, Part part, Job job) {
    this.spool = staging.spool(part.name() + "-refused" + job.id());
  }

  /**
   * Why a row was refused.
   *
   * @param texts what was kept with it
   */
  record Entry(String code, String message, List<String> texts) {
    RowError error() {
      return new RowError(code, message, List.of());
    }
  }

  /**
   * Keeps a refused row.
   *
   * @param number by which it is found again; each is given once
   * @param texts what else to keep
   */
  void put(int number, RowError error, List<String> texts) {
    if (number >= places.length) {
      int length = places.length;
      places = Arrays.copyOf(places, Math.max(1024, number + number / 2 + 1));
      Arrays.fill(places, length, places.length, NONE);
    }
    List<String> entry = new ArrayList<>(List.of(error.code(), error.message()));
    entry.addAll(texts);
    places[number] = spool.add(entry);
    count++;
    if (error.known().isLock()) {
      locks++;
    }
    if (error.code().equals(RecordsThere.CODE)) {
      unwritable++;
    }
    if (stopping.isEmpty() && error.known().stopsRun()) {
      stopping = Optional.of(error);
    }
  }

  /** The row of that number, when it was refused. */
  Optional<Entry> find(int number) {
    if (number >= places.length || places[number] == NONE) {
      return Optional.empty();
    }
    List<String> entry = spool.at(places[number]);
    return Optional.of(
        new Entry(entry.get(CODE), entry.get(MESSAGE), entry.subList(TEXTS, entry.size())));
  }

  /** Takes a row out that was not refused after all. */
  void remove(int number) {
    places[number] = NONE;
    count--;
  }

  int count() {
    return count;
  }

  /** How many could not be written because another job held a record. */
  long locks() {
    return locks;
  }

  /** How many bring a field that their record does not let be written. */
  long unwritable() {
    return unwritable;
  }

  /** The first error after which no row can be loaded. */
  Optional<RowError> stopping() {
    return stopping;
  }

  /** Forgets all rows: the results are read again from the start. */
  void reset() {
    spool.clear();
    Arrays.fill(places, NONE);
    count = 0;
    locks = 0;
    unwritable = 0;
    stopping = Optional.empty();
  }

  @Override
  public void close() {
    spool.close();
  }
}
