package io.initload.pipeline.extract;

import io.initload.ledger.entry.Altered;
import io.initload.staging.Alteration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Values of a chunk that were staged other than they were read: all are counted. */
final class AlteredValues {
  /** Of each kind so many are listed. */
  private static final int LISTED = 1_000;

  private final Map<Alteration, Tally> tallies = new LinkedHashMap<>();

  private static final class Tally {
    private final List<String> externalIds = new ArrayList<>();
    private long rows;
  }

  void add(Alteration alteration, String externalId) {
    Tally tally = tallies.computeIfAbsent(alteration, a -> new Tally());
    if (++tally.rows <= LISTED) {
      tally.externalIds.add(externalId);
    }
  }

  /**
   * For the books.
   *
   * @param header names of the fields
   */
  List<Altered> list(List<String> header) {
    return tallies.entrySet().stream()
        .map(e -> altered(header.get(e.getKey().field()), e.getKey(), e.getValue()))
        .toList();
  }

  private static Altered altered(String field, Alteration alteration, Tally tally) {
    return new Altered(field, alteration.code(), tally.rows, tally.externalIds);
  }
}
