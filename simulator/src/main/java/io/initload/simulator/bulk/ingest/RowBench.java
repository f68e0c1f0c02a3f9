package io.initload.simulator.bulk.ingest;

import io.initload.simulator.bulk.csv.CsvRows;
import io.initload.simulator.bulk.results.ResultRows;
import io.initload.simulator.dml.ColumnPlan;
import io.initload.simulator.dml.RowTransaction;
import io.initload.simulator.store.StoreBatch;

/** What the thread that processes rows needs; used by one batch after the other. */
final class RowBench {
  final RowTransaction transaction;
  final CsvRows csv;
  final ResultRows results;
  final StoreBatch progress = new StoreBatch();
  byte[] buffer = new byte[0];

  RowBench(IngestSetup setup, JobSpec spec, String userId, ColumnPlan plan) {
    long user = setup.store().records().ids().read(userId);
    this.transaction = new RowTransaction(setup.store().records(), plan, setup.dml(), user);
    this.csv = new CsvRows(spec.columnDelimiter());
    boolean asDouble = setup.rules().decimals() == IngestRules.ResultDecimals.AS_DOUBLE;
    this.results = new ResultRows(plan, spec.columnDelimiter(), asDouble);
  }

  /** The buffer, with room for some bytes. */
  byte[] buffer(int length) {
    if (buffer.length < length) {
      buffer = new byte[length];
    }
    return buffer;
  }
}
