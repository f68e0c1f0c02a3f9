package io.initload.simulator.dml;

import io.initload.simulator.model.Field;
import io.initload.simulator.store.ByteSink;
import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/**
 * Doubles, currencies and percents: a plain decimal without superfluous zeros, rounded half up to
 * the field's scale.
 */
final class DecimalRule extends FieldRule {
  private static final int EXPONENT_MAX = 400;

  private final int wholeDigitsMax;
  private final boolean reject;

  DecimalRule(Field field, Messages messages, int column, DmlRules.Decimals decimals) {
    super(field, messages, column);
    int precision = field.precision() > 0 ? field.precision() : 18;
    this.wholeDigitsMax = precision - field.scale();
    this.reject = decimals == DmlRules.Decimals.REJECT;
  }

  @Override
  @Nullable RowError apply(byte[] text, int at, int length, ByteSink out) {
    int end = at + length;
    int i = at;
    boolean negative = text[i] == '-';
    if (negative || text[i] == '+') {
      i++;
    }
    int wholeFrom = i;
    while (i < end && text[i] >= '0' && text[i] <= '9') {
      i++;
    }
    int wholeTo = i;
    int fractionFrom = i;
    if (i < end && text[i] == '.') {
      i++;
      fractionFrom = i;
      while (i < end && text[i] >= '0' && text[i] <= '9') {
        i++;
      }
    }
    int fractionTo = i;
    boolean digits = wholeTo > wholeFrom || fractionTo > fractionFrom;
    while (fractionTo > fractionFrom && text[fractionTo - 1] == '0') {
      fractionTo--;
    }
    while (wholeFrom < wholeTo && text[wholeFrom] == '0') {
      wholeFrom++;
    }
    if (!digits || i < end || fractionTo - fractionFrom > field.scale()) {
      return slowly(text, at, length, out);
    }
    if (wholeTo - wholeFrom > wholeDigitsMax) {
      return outOfRange(text, at, length);
    }
    boolean zero = wholeFrom == wholeTo && fractionFrom == fractionTo;
    if (negative && !zero) {
      out.put('-');
    }
    if (wholeFrom == wholeTo) {
      out.put('0');
    } else {
      out.put(text, wholeFrom, wholeTo - wholeFrom);
    }
    if (fractionTo > fractionFrom) {
      out.put('.');
      out.put(text, fractionFrom, fractionTo - fractionFrom);
    }
    return null;
  }

  private @Nullable RowError slowly(byte[] text, int at, int length, ByteSink out) {
    String value = string(text, at, length);
    BigDecimal number;
    try {
      if (length > 100) {
        throw new NumberFormatException("too many digits");
      }
      number = new BigDecimal(value);
    } catch (NumberFormatException e) {
      return notDeserialized(text, at, length);
    }
    if (Math.abs((long) number.scale()) > EXPONENT_MAX) {
      return outOfRange(text, at, length);
    }
    BigDecimal scaled = number.setScale(field.scale(), RoundingMode.HALF_UP);
    boolean changed = scaled.compareTo(number) != 0;
    if ((changed && reject) || scaled.precision() - scaled.scale() > wholeDigitsMax) {
      return outOfRange(text, at, length);
    }
    BigDecimal plain = scaled.signum() == 0 ? BigDecimal.ZERO : scaled.stripTrailingZeros();
    out.putAscii(plain.toPlainString());
    return null;
  }

  private RowError outOfRange(byte[] text, int at, int length) {
    return error(
        "NUMBER_OUTSIDE_VALID_RANGE", messages.outOfRange(field.label(), string(text, at, length)));
  }
}
