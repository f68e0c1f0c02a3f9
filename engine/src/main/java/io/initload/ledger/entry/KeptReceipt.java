package io.initload.ledger.entry;

import java.util.Optional;

/**
 * The kept list of the records that a settled part created.
 *
 * @param host where the list lies
 * @param sha256 of its file; empty for a list kept by a version that noted none
 */
public record KeptReceipt(String name, String host, long records, Optional<String> sha256) {
  /** What the list of a job is called. */
  public static String name(String part, long job) {
    return part + "-job" + job;
  }
}
