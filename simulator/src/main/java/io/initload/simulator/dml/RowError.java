package io.initload.simulator.dml;

import java.util.List;

/**
 * Why one row was refused.
 *
 * @param code status code, the same in every language
 * @param message text in the language of the user
 * @param fields API names of the fields concerned, may be empty
 */
public record RowError(String code, String message, List<String> fields) {
  public RowError {
    fields = List.copyOf(fields);
  }

  static RowError of(String code, String message, String... fields) {
    return new RowError(code, message, List.of(fields));
  }

  /**
   * As in the column {@code sf__Error}: {@code CODE:message:fields --}
   * (docs/reference/salesforce.md, "Row errors").
   */
  public String text() {
    String names = fields.isEmpty() ? "" : String.join(" ", fields) + " ";
    return code + ":" + message + ":" + names + "--";
  }
}
