package io.initload.ledger.digests;

import io.initload.mapping.canonical.BucketSums;
import java.util.List;
import java.util.Set;

/** What the ledger has of the rows of a pass as they were staged. Immutable but for the sums. */
public sealed interface StagedSums {
  /**
   * The sums of all rows that were read.
   *
   * @param sums belong to who asked for them
   * @param exempt columns that are in no digest, for each way in which chunks were digested
   */
  record Summed(BucketSums sums, Set<List<String>> exempt) implements StagedSums {
    public Summed {
      exempt = Set.copyOf(exempt);
    }
  }

  /**
   * An older version made no digests, or made them otherwise, so that they say nothing beside those
   * of now.
   *
   * @param chunks how many it read
   */
  record Older(long chunks) implements StagedSums {}

  /**
   * What stands in the place of sums was not written by this program.
   *
   * @param chunks numbers of those that it is said to be of
   */
  record Broken(List<Long> chunks) implements StagedSums {
    public Broken {
      chunks = List.copyOf(chunks);
    }
  }
}
