package io.initload.ledger.entry;

import java.util.List;

/** What reading a chunk gave. */
public record Staged(
    long rowsRead,
    Quarantine quarantined,
    List<NewPart> parts,
    List<Sampled> samples,
    List<Altered> altered) {
  public Staged {
    altered = List.copyOf(altered);
    parts = List.copyOf(parts);
    samples = List.copyOf(samples);
  }
}
