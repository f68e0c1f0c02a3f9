package io.initload.simulator.soql;

/** How values of a field behave in a query. Each constant names the Java class its values have. */
public enum FieldKind {
  /** The record's own id; {@code String} of 18 characters. */
  ID,
  /** The id of another record; {@code String} of 18 characters. */
  REFERENCE,
  /** Text of any sort that can be compared; {@code String}. */
  TEXT,
  /** Values joined with {@code ;}; {@code String}. */
  MULTI_PICKLIST,
  /** {@code Boolean}. */
  BOOLEAN,
  /** Whole numbers; {@code Long}. */
  INTEGER,
  /** Double, currency and percent; {@code Double}. */
  DECIMAL,
  /** {@code java.time.LocalDate}. */
  DATE,
  /** {@code java.time.Instant}, to the millisecond. */
  DATETIME,
  /** {@code java.time.LocalTime}. */
  TIME,
  /** Address, name or geolocation made of other fields; Bulk query refuses to select it. */
  COMPOUND,
  /** Binary content; Bulk query refuses to select it. */
  BLOB;

  public boolean isId() {
    return this == ID || this == REFERENCE;
  }

  public boolean isNumber() {
    return this == INTEGER || this == DECIMAL;
  }

  /** The name filter messages use for the type. */
  public String wireName() {
    return switch (this) {
      case ID, REFERENCE -> "reference";
      case TEXT -> "string";
      case MULTI_PICKLIST -> "multipicklist";
      case BOOLEAN -> "boolean";
      case INTEGER -> "int";
      case DECIMAL -> "double";
      case DATE -> "date";
      case DATETIME -> "dateTime";
      case TIME -> "time";
      case COMPOUND -> "address";
      case BLOB -> "base64";
    };
  }
}
