package io.initload.ledger.resets;

import java.util.List;

/**
 * What speaks for and against putting a table's books aside.
 *
 * @param passes names of the passes over it that are planned; none where there is nothing to put
 *     aside
 * @param others how many other processes are entered in the ledger, on any host
 * @param underWay parts that a job has, or had without being booked
 * @param sent rows that jobs were given
 * @param byHand rows that were loaded, or are to be, otherwise than the source had them
 * @param files the files by which these were corrected; "the source" where they were read again
 */
public record Standing(
    List<String> passes, int others, long underWay, long sent, long byHand, List<String> files) {
  public Standing {
    passes = List.copyOf(passes);
    files = List.copyOf(files);
  }
}
