package io.initload.simulator.dml;

import io.initload.simulator.model.Field;
import io.initload.simulator.store.ByteSink;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Booleans and whole numbers. */
final class ScalarRule extends FieldRule {
  private static final byte[] TRUE = {'t', 'r', 'u', 'e'};
  private static final byte[] FALSE = {'f', 'a', 'l', 's', 'e'};

  private final boolean lenient;

  ScalarRule(Field field, Messages messages, int column, DmlRules.Booleans booleans) {
    super(field, messages, column);
    this.lenient = booleans == DmlRules.Booleans.LENIENT;
  }

  @Override
  @Nullable RowError apply(byte[] text, int at, int length, ByteSink out) {
    return switch (field.type()) {
      case BOOLEAN -> truth(text, at, length, out);
      default -> whole(text, at, length, out);
    };
  }

  private @Nullable RowError truth(byte[] text, int at, int length, ByteSink out) {
    String value = length > 5 ? "" : string(text, at, length).toLowerCase(Locale.ROOT);
    boolean yes = value.equals("true") || (lenient && (value.equals("1") || value.equals("yes")));
    boolean no = value.equals("false") || (lenient && (value.equals("0") || value.equals("no")));
    if (!yes && !no) {
      return notDeserialized(text, at, length);
    }
    out.put(yes ? TRUE : FALSE);
    return null;
  }

  private @Nullable RowError whole(byte[] text, int at, int length, ByteSink out) {
    int i = at;
    boolean negative = text[i] == '-';
    if (negative || text[i] == '+') {
      i++;
    }
    int end = at + length;
    int first = i;
    while (i < end && text[i] >= '0' && text[i] <= '9') {
      i++;
    }
    if (i < end || first == end) {
      return error(
          "INVALID_TYPE_ON_FIELD_IN_RECORD",
          messages.notOfType(field.label(), string(text, at, length)));
    }
    while (first < end - 1 && text[first] == '0') {
      first++;
    }
    int digitsMax = field.digits() > 0 ? field.digits() : 18;
    if (end - first > digitsMax) {
      return error(
          "NUMBER_OUTSIDE_VALID_RANGE",
          messages.outOfRange(field.label(), string(text, at, length)));
    }
    if (negative && text[first] != '0') {
      out.put('-');
    }
    out.put(text, first, end - first);
    return null;
  }
}
