package io.initload.simulator.dml.demand;

import io.initload.simulator.model.Field;

/** A record as a row would make it: what the row brings, and what it leaves as it was. */
public interface Candidate {
  /** Whether the record is new. */
  boolean isNew();

  /** The record's number, not above zero if it is new. */
  long number();

  /** Whether the row says something of a field, be it that it is empty. */
  boolean brings(Field field);

  /** The canonical text a field would have, empty if none. */
  String value(Field field);

  /** The canonical text a field had, empty if none or if the record is new. */
  String before(Field field);
}
