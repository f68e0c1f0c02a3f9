package io.initload.simulator.dml;

import io.initload.simulator.model.Field;
import io.initload.simulator.store.ByteSink;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Text of every sort: length, picklists, e-mail addresses. Broken UTF-8 becomes U+FFFD; blanks at
 * both ends are not stored, nothing but blanks is nothing (docs/reference/salesforce.md, "CSV and
 * values").
 */
final class TextRule extends FieldRule {
  private final int lengthMax;
  private final Set<String> allowed;

  TextRule(Field field, Messages messages, int column) {
    super(field, messages, column);
    this.lengthMax = field.length() > 0 ? field.length() : 131_072;
    this.allowed = new HashSet<>();
    if (field.restrictedPicklist()) {
      field.picklistValues().forEach(v -> allowed.add(v.toLowerCase(Locale.ROOT)));
    }
  }

  @Override
  @Nullable RowError apply(byte[] text, int at, int length, ByteSink out) {
    int from = at;
    int to = at + length;
    while (from < to && isBlank(text[from])) {
      from++;
    }
    while (to > from && isBlank(text[to - 1])) {
      to--;
    }
    return from == to ? null : trimmed(text, from, to - from, out);
  }

  /** Bytes of letters beyond ASCII are negative. */
  private static boolean isBlank(byte b) {
    return b >= 0 && b <= ' ';
  }

  private @Nullable RowError trimmed(byte[] text, int at, int length, ByteSink out) {
    boolean ascii = true;
    for (int i = at; i < at + length; i++) {
      if (text[i] <= 0) {
        ascii = false;
        break;
      }
    }
    int start = out.size();
    int characters;
    if (ascii) {
      out.put(text, at, length);
      characters = length;
    } else {
      String decoded = string(text, at, length).replace("\0", "");
      out.put(decoded.getBytes(StandardCharsets.UTF_8));
      characters = decoded.length();
    }
    if (characters > lengthMax) {
      return error(
          "STRING_TOO_LONG", messages.tooLong(field.label(), string(text, at, length), lengthMax));
    }
    return switch (field.type()) {
      case PICKLIST -> picklist(text, at, length);
      case MULTIPICKLIST -> multipicklist(text, at, length);
      case EMAIL -> email(out.array(), start, out.size());
      default -> null;
    };
  }

  private @Nullable RowError picklist(byte[] text, int at, int length) {
    if (allowed.isEmpty()) {
      return null;
    }
    String value = string(text, at, length);
    return allowed.contains(value.toLowerCase(Locale.ROOT)) ? null : notAllowed(value);
  }

  private @Nullable RowError multipicklist(byte[] text, int at, int length) {
    if (allowed.isEmpty()) {
      return null;
    }
    for (String value : string(text, at, length).split(";", -1)) {
      if (!allowed.contains(value.strip().toLowerCase(Locale.ROOT))) {
        return notAllowed(value);
      }
    }
    return null;
  }

  private RowError notAllowed(String value) {
    return error(
        "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST", messages.badPicklist(field.label(), value));
  }

  private @Nullable RowError email(byte[] text, int from, int to) {
    int ats = 0;
    int atSign = -1;
    boolean good = true;
    for (int i = from; i < to; i++) {
      byte b = text[i];
      if (b == '@') {
        ats++;
        atSign = i;
      } else if (b == ' ' || b == ',' || b == ';' || b == '<' || b == '>' || b == '"') {
        good = false;
      }
    }
    boolean dot = false;
    for (int i = atSign + 2; i < to - 1; i++) {
      dot |= text[i] == '.';
    }
    if (good && ats == 1 && atSign > from && dot) {
      return null;
    }
    return error(
        "INVALID_EMAIL_ADDRESS", messages.badEmail(field.label(), string(text, from, to - from)));
  }
}
