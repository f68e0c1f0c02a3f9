package io.initload.pipeline.settle;

import io.initload.pipeline.prepare.org.RecordsThere;
import io.initload.pipeline.work.Workbench;
import java.util.List;
import java.util.Optional;

/**
 * Rows that were refused because their record is there already and one of their fields can be set
 * when it is created only. One whose record has what was sent is loaded, by a job whose results
 * were lost; the record of another was there before, and the row is loaded again without those
 * fields. A row of whose record nobody knows is tried again like one that met a lock.
 */
final class CreateOnlyRows {
  private CreateOnlyRows() {}

  /** Lets rows of a part that were refused for such a field be booked as what they are. */
  static void settle(Workbench bench, EndedJob ended, Fates fates) throws InterruptedException {
    if (fates.refused().unwritable() == 0) {
      return;
    }
    Optional<RecordsThere> there = RecordsThere.of(bench, ended.table(), new Booked(fates));
    if (there.isPresent()) {
      fates.eachRefused(there.get()::add);
      there.get().ask();
    }
  }

  private record Booked(Fates fates) implements RecordsThere.Found {
    @Override
    public void take(RecordsThere.Row row, boolean whole, List<Integer> createOnly) {
      if (whole) {
        fates.isThere(row.number(), row.key());
      } else {
        fates.leaveOut(row.number(), createOnly);
      }
    }

    @Override
    public void unknown(RecordsThere.Row row) {
      fates.unknown(row.number());
    }
  }
}
