package io.initload.simulator.soql.run;

import io.initload.simulator.soql.RecordStream;
import io.initload.simulator.soql.RecordView;
import io.initload.simulator.soql.bind.Bound;
import io.initload.simulator.soql.bind.Lookup;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Records become rows of values. Owns the records. */
final class Projection implements RowCursor {
  private final RecordStream records;
  private final Lookup lookup;
  private final Bound.Getter[] getters;

  Projection(RecordStream records, Lookup lookup, List<Bound.Getter> getters) {
    this.records = records;
    this.lookup = lookup;
    this.getters = getters.toArray(new Bound.Getter[0]);
  }

  @Override
  public @Nullable Object @Nullable [] next() {
    if (!records.next()) {
      return null;
    }
    RecordView record = records.record();
    @Nullable Object[] row = new @Nullable Object[getters.length];
    for (int i = 0; i < row.length; i++) {
      row[i] = getters[i].get(record, lookup);
    }
    return row;
  }

  @Override
  public void close() {
    records.close();
  }
}
