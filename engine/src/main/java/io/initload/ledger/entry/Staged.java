package io.initload.ledger.entry;

import io.initload.mapping.canonical.BucketSums;
import java.util.List;
import java.util.Optional;

/**
 * What reading a chunk gave.
 *
 * @param digests of the rows in its parts; empty where they are no rows of a source
 */
public record Staged(
    long rowsRead,
    Quarantine quarantined,
    List<NewPart> parts,
    List<Sampled> samples,
    List<Altered> altered,
    Optional<Digested> digests) {
  /**
   * Digests of rows.
   *
   * @param exempt columns that are in none of them, sorted
   */
  public record Digested(BucketSums sums, List<String> exempt) {
    public Digested {
      exempt = List.copyOf(exempt);
    }
  }

  /** Of what is no row of a source. */
  public Staged(
      long rowsRead,
      Quarantine quarantined,
      List<NewPart> parts,
      List<Sampled> samples,
      List<Altered> altered) {
    this(rowsRead, quarantined, parts, samples, altered, Optional.empty());
  }

  public Staged {
    altered = List.copyOf(altered);
    parts = List.copyOf(parts);
    samples = List.copyOf(samples);
  }
}
