package io.initload.simulator.soql.bind;

import io.initload.simulator.soql.StoredRecord;

/**
 * A compiled condition. Two-valued: a comparison with an empty field is false, except {@code !=}
 * and {@code NOT IN}.
 */
public interface Filter {
  boolean test(StoredRecord row, Lookup lookup);
}
