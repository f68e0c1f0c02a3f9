package io.initload.salesforce.errors;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Why the org rejected a row (docs/reference/salesforce.md, "Row errors"). The message is in the
 * language of the user and may hold data of the row: decide on the code, and log {@link #forLog()}.
 *
 * @param code such as {@code STRING_TOO_LONG}; empty in {@link #NONE}
 * @param fields API names of the fields at fault; often none
 */
public record RowError(String code, String message, List<String> fields) {
  /** No error. */
  public static final RowError NONE = new RowError("", "", List.of());

  private static final Pattern CODE = Pattern.compile("[A-Za-z_]+");
  private static final Pattern FIELDS =
      Pattern.compile("[A-Za-z][A-Za-z0-9_.]*([ ,]+[A-Za-z][A-Za-z0-9_.]*)*");

  public RowError {
    fields = List.copyOf(fields);
  }

  /** Reads {@code CODE:message:fields --}; a text of another shape becomes the message. */
  public static RowError parse(String text) {
    String rest = Words.of(text.strip());
    if (rest.isEmpty()) {
      return NONE;
    }
    boolean whole = rest.endsWith("--");
    if (whole) {
      rest = rest.substring(0, rest.length() - 2).strip();
    }
    int first = rest.indexOf(':');
    if (first < 0) {
      return CODE.matcher(rest).matches()
          ? new RowError(rest, "", List.of())
          : new RowError("UNKNOWN", rest, List.of());
    }
    String code = rest.substring(0, first).strip();
    String message = rest.substring(first + 1);
    int last = message.lastIndexOf(':');
    String tail = last < 0 ? "" : message.substring(last + 1).strip();
    if (whole && last >= 0 && (tail.isEmpty() || FIELDS.matcher(tail).matches())) {
      message = message.substring(0, last);
    } else {
      tail = "";
    }
    List<String> fields = tail.isEmpty() ? List.of() : List.of(tail.split("[ ,]+", -1));
    return new RowError(code, message.strip(), fields);
  }

  /** Whether the record was deleted before: what a delete wants. */
  public boolean deletedAlready() {
    return code.equals("ENTITY_IS_DELETED");
  }

  /** What the code means and what to do. */
  public ErrorCode known() {
    return ErrorCodes.row(code, message);
  }

  /** Code, fields and as much of the message as cannot hold data. */
  public String forLog() {
    return code
        + (fields.isEmpty() ? "" : " " + fields)
        + (message.isEmpty() ? "" : ": " + known().withoutData(message));
  }
}
