package io.initload.simulator.dml;

import io.initload.simulator.model.Field;
import io.initload.simulator.store.ByteSink;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Checks a value for one field and writes its canonical form. For one thread. */
abstract class FieldRule {
  final Field field;
  final Messages messages;
  private final int column;

  /**
   * Starts a rule for values of a column.
   *
   * @param column number of the column as messages give it
   */
  FieldRule(Field field, Messages messages, int column) {
    this.field = field;
    this.messages = messages;
    this.column = column;
  }

  /**
   * Appends the canonical form of a value that is not empty.
   *
   * @return null if the value is good; else what is wrong, and what was appended is void
   */
  abstract @Nullable RowError apply(byte[] text, int at, int length, ByteSink out);

  final RowError notDeserialized(byte[] text, int at, int length) {
    return RowError.of(
        "INVALID_FIELD",
        messages.notDeserialized(column, string(text, at, length), field.soapType()),
        field.name());
  }

  final RowError error(String code, String message) {
    return RowError.of(code, message, field.name());
  }

  static String string(byte[] text, int at, int length) {
    return new String(text, at, length, StandardCharsets.UTF_8);
  }
}
