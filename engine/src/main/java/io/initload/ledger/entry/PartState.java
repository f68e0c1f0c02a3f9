package io.initload.ledger.entry;

/**
 * The life of a part; each arrow is one ledger transaction (docs/architecture.md, "The life of a
 * part").
 */
public enum PartState {
  /** On disk, with size and checksum known. */
  SEALED,
  /** A slot and its share of the quota are reserved, a job is about to be created. */
  RESERVED,
  /** The job's id is known; it is empty. */
  CREATED,
  /** The org has all of the part's bytes. */
  UPLOADED,
  /** The org was told to process it. */
  SUBMITTED,
  COMPLETE,
  FAILED,
  ABORTED,
  /** Every row is booked. */
  SETTLED,
  /** The staged file is gone and the chunk is read again. */
  LOST;
}
