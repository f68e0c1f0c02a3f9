package io.initload.simulator.soql;

/**
 * A compiled condition. Two-valued: a comparison with an empty field is false, except {@code !=}
 * and {@code NOT IN}.
 */
interface Filter {
  boolean test(StoredRecord row, Lookup lookup);
}
