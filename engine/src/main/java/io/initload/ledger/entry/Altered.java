package io.initload.ledger.entry;

import java.util.List;

/**
 * Values of a field that were staged other than they were read.
 *
 * @param rows how many
 * @param externalIds of the first of them
 */
public record Altered(String field, String code, long rows, List<String> externalIds) {
  public Altered {
    externalIds = List.copyOf(externalIds);
  }
}
