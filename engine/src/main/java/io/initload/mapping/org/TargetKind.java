package io.initload.mapping.org;

/**
 * What a describe type means for loading (docs/reference/salesforce.md, "CSV and values" and
 * "Describe").
 */
public enum TargetKind {
  TEXT,
  DECIMAL,
  INTEGER,
  BOOLEAN,
  DATE,
  DATETIME,
  TIME,
  /** An id of the org: 15 or 18 characters. */
  ID,
  /** Compound, binary or unknown: cannot be loaded. */
  NONE;

  /** What a field takes. */
  public static TargetKind of(TargetField field) {
    return switch (field.type()) {
      case "string",
          "textarea",
          "picklist",
          "multipicklist",
          "combobox",
          "phone",
          "email",
          "url",
          "encryptedstring" ->
          TEXT;
      case "double", "currency", "percent" -> DECIMAL;
      case "int", "long" -> INTEGER;
      case "boolean" -> BOOLEAN;
      case "date" -> DATE;
      case "datetime" -> DATETIME;
      case "time" -> TIME;
      case "id", "reference" -> ID;
      default -> NONE;
    };
  }
}
