package io.initload.simulator.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A rule that refuses records.
 *
 * @param name API name
 * @param message what the user is told, in the words of who wrote the rule
 * @param field field that the message stands at; empty for the record as a whole
 * @param when conditions that a record is refused for if all of them hold
 */
public record ValidationRule(String name, String message, String field, List<RuleCondition> when) {
  public ValidationRule(
      @Nullable String name,
      @Nullable String message,
      @Nullable String field,
      @Nullable List<RuleCondition> when) {
    if (name == null || message == null) {
      throw new IllegalArgumentException("a validation rule needs a name and a message");
    }
    if (when == null || when.isEmpty()) {
      throw new IllegalArgumentException(
          "the validation rule %s needs conditions: when".formatted(name));
    }
    this.name = name;
    this.message = message;
    this.field = field == null ? "" : field;
    this.when = List.copyOf(when);
  }
}
