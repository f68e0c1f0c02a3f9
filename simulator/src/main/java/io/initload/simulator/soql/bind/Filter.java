package io.initload.simulator.soql.bind;

import io.initload.simulator.soql.RecordView;

/**
 * A compiled condition. Two-valued: a comparison with an empty field is false, except {@code !=}
 * and {@code NOT IN}.
 */
public interface Filter {
  /** Lets every row through. */
  Filter ALL = (row, lookup) -> true;

  boolean test(RecordView row, Lookup lookup);
}
