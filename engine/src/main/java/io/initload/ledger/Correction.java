package io.initload.ledger;

import java.util.List;

/**
 * What is to be loaded in a row's stead.
 *
 * @param id of the row that is held back
 * @param externalId in the row as it is corrected
 * @param data all fields, in the order of the staged columns
 */
public record Correction(long id, String externalId, List<String> data, Origin origin) {
  public Correction {
    data = List.copyOf(data);
  }

  /** Where a correction comes from. */
  public sealed interface Origin {
    /**
     * The source shows the row so.
     *
     * @param moment at which it was read there
     */
    record Source(String moment) implements Origin {}

    /**
     * A person wrote it.
     *
     * @param by the person's name with the operating system
     * @param file in which it was written
     */
    record Hand(String by, String file) implements Origin {}
  }
}
