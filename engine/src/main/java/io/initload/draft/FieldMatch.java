package io.initload.draft;

import java.util.List;

/**
 * Columns that feed a field.
 *
 * @param columns one; several are joined
 * @param field as the configuration names it: of the object, or of a parent
 */
public record FieldMatch(List<String> columns, String field, Reason reason) {
  public FieldMatch {
    columns = List.copyOf(columns);
  }

  /** As sure as the match of the table that it belongs to. */
  FieldMatch under(Reason table) {
    Confidence most =
        table.confidence() == Confidence.CERTAIN ? Confidence.CERTAIN : Confidence.LIKELY;
    return new FieldMatch(
        columns, field, new Reason(reason.confidence().atMost(most), reason.text()));
  }

  /** As the configuration is read by people: the columns. */
  public String from() {
    return String.join(" + ", columns);
  }
}
