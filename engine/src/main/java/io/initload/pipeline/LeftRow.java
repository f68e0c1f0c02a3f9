package io.initload.pipeline;

import java.util.Map;
import java.util.stream.Collectors;

/** Why a row that was to be tried again stays as it is. */
public enum LeftRow {
  /** It has no external id, or shares it: no id says which row of the source it is. */
  NO_KEY("have no external id of their own: give them one in a file of `dead-letters export`"),
  NOT_ONCE("have an external id that the source does not have, or has several times"),
  UNSTAGEABLE("still cannot be staged"),
  TAKEN("have an external id that another row of the table has"),
  NOT_LOADED("link a row that is not loaded yet"),
  NOT_SOUGHT(
      "were not looked for: of ids that are written otherwise in the source, %,d are at once"
          .formatted(RowsReadAgain.SOUGHT_MAX));

  private final String words;

  LeftRow(String words) {
    this.words = words;
  }

  /** How many rows stay for which reason, one sentence without its point. */
  public static String sentence(Map<LeftRow, Long> left) {
    return "%,d rows stay as they are: "
            .formatted(left.values().stream().mapToLong(Long::longValue).sum())
        + left.entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .map(one -> "%,d %s".formatted(one.getValue(), one.getKey().words))
            .collect(Collectors.joining("; "));
  }
}
