package io.initload.pipeline.settle;

import io.initload.ledger.entry.Booking;
import io.initload.ledger.entry.KeptReceipt;
import io.initload.ledger.entry.Refusals;
import io.initload.ledger.entry.Refused;
import io.initload.pipeline.work.StagedFiles;
import io.initload.pipeline.work.Workbench;
import io.initload.salesforce.ResultKind;
import io.initload.salesforce.ResultReader;
import io.initload.salesforce.RowResult;
import io.initload.salesforce.errors.RowError;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * What became of each row of one part, by its external id; about 50 bytes a row. Close it when the
 * part is booked. Not thread-safe.
 */
final class Fates implements AutoCloseable {
  /** Ends what the org said of a row; known in the table of its errors. */
  private static final String UNKNOWN =
      " Whether its record is there is not known: the org takes too long to find it.";

  private final EndedJob ended;
  private final BookedKeys keys;
  private final PartRows rows;
  private final RefusedRows refused;
  private final Receipt receipt;
  private final Set<String> createdKeys = new HashSet<>();
  private final Set<String> updatedKeys = new HashSet<>();
  private final Map<List<Integer>, BitSet> leftOut = new HashMap<>();
  private final BitSet unknown = new BitSet();
  private long created;
  private long updated;

  Fates(Workbench bench, EndedJob ended) {
    this.ended = ended;
    this.keys = BookedKeys.of(bench, ended.part(), ended.table());
    this.rows =
        StagedFiles.here(ended.part(), bench.worker())
            ? StagedRows.read(bench, ended)
            : new RemoteRows(ended, keys, bench.worker());
    this.refused = new RefusedRows(bench.staging(), ended.part(), ended.job());
    this.receipt =
        new Receipt(bench.staging(), KeptReceipt.name(ended.part().name(), ended.job().id()));
  }

  /**
   * Takes the result of a row.
   *
   * @param from the results, where they stand at that row
   * @throws io.initload.Failure {@code RESULT_FOREIGN} when the part has no such row, {@code
   *     RESULT_TWICE} when the row has a result already
   */
  void take(ResultKind kind, RowResult row, ResultReader from) {
    Fate fate = Fate.of(kind, row, ended.table().deletes());
    int number = rows.take(row.key(), fate != Fate.UNPROCESSED);
    switch (fate) {
      case CREATED -> {
        created++;
        receipt.add(row.id());
        name(row, createdKeys);
      }
      case UPDATED -> {
        updated++;
        name(row, updatedKeys);
      }
      case FAILED -> refused.put(number, row.error(), rows.keep(row.key(), from));
      case UNPROCESSED -> {}
    }
  }

  private void name(RowResult row, Set<String> written) {
    if (keys.named()) {
      written.add(keys.name(row.key()));
    }
  }

  /** Shows the refused rows one after another; see {@link PartRows#each}. */
  <X extends Exception> void eachRefused(PartRows.Taker<X> to) throws X {
    rows.each(refused, to);
  }

  /** A refused row is in the org all the same, as it was sent. */
  void isThere(int number, String key) {
    refused.remove(number);
    updated++;
    if (keys.named()) {
      updatedKeys.add(keys.name(key));
    }
  }

  /** Shows the rows that no result tells to have been tried; see {@link PartRows#eachUntold}. */
  <X extends Exception> void eachUntold(PartRows.UntoldTaker<X> to) throws X {
    rows.eachUntold(to);
  }

  /** A row that no result speaks of was inserted as this record. */
  void isInserted(int number, String key, String id) {
    rows.isThere(number);
    created++;
    receipt.add(id);
    if (keys.named()) {
      createdKeys.add(keys.name(key));
    }
  }

  /** A refused row is to be loaded again without some of its fields. */
  void leaveOut(int number, List<Integer> fields) {
    leftOut.computeIfAbsent(fields, f -> new BitSet()).set(number);
  }

  /** Of a refused row nobody knows whether it is in the org. */
  void unknown(int number) {
    unknown.set(number);
  }

  private RowError error(int number, RowError told) {
    return unknown.get(number)
        ? new RowError(told.code(), told.message() + UNKNOWN, told.fields())
        : told;
  }

  private List<Integer> leftOut(int number) {
    return leftOut.entrySet().stream()
        .filter(fields -> fields.getValue().get(number))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse(List.of());
  }

  RefusedRows refused() {
    return refused;
  }

  /** Rows that became a record, or were one. */
  long written() {
    return created + updated;
  }

  /** Rows never attempted, as far as the results tell. */
  long left() {
    return ended.part().rows() - written() - refused.count();
  }

  /** Whether no row was attempted and the part can be loaded again as it is. */
  boolean untouched() {
    return rows.repeatable() && left() == ended.part().rows();
  }

  /**
   * The booking of the whole part; makes what it speaks of durable.
   *
   * @param verdict says how a refused row is booked
   */
  Booking booking(RowVerdict verdict) {
    PartRows.Onward onward = rows.onward(left());
    return new Booking(
        created,
        updated,
        createdKeys,
        updatedKeys,
        refusals(verdict),
        onward.rest(),
        onward.lost(),
        receipt.seal());
  }

  private Refusals refusals(RowVerdict verdict) {
    return new Refusals() {
      @Override
      public long count() {
        return refused.count();
      }

      @Override
      public void each(Consumer<Refused> to) {
        if (refused.count() > 0) {
          rows.each(
              refused,
              (number, key, row, error) ->
                  to.accept(verdict.of(key, row, error(number, error), leftOut(number))));
        }
      }
    };
  }

  /** The part is in the books. */
  void booked() {
    rows.booked();
  }

  /** Forgets all results, so that they can be read again from the start. */
  void reset() {
    rows.reset();
    refused.reset();
    receipt.reset();
    createdKeys.clear();
    updatedKeys.clear();
    leftOut.clear();
    unknown.clear();
    created = 0;
    updated = 0;
  }

  @Override
  public void close() {
    receipt.close();
    refused.close();
  }
}
