package io.initload.simulator.soql;

/**
 * A walk over records: {@code while (records.next()) { use(records.record()); }}. Whoever asked for
 * it closes it.
 */
public interface RecordStream extends AutoCloseable {
  /** Steps to the next record; false at the end. */
  boolean next();

  /** The record stepped to; valid until the next step unless its source says more. */
  RecordView record();

  @Override
  void close();
}
