package io.initload.expression;

import dev.cel.common.types.CelType;
import dev.cel.common.types.NullableType;
import dev.cel.common.types.OpaqueType;
import dev.cel.common.types.SimpleType;
import java.util.Optional;

/** The types of the language. Every value may be null. */
public enum ValueType {
  /** {@link String}. */
  TEXT(NullableType.create(SimpleType.STRING), "text"),
  /** {@link java.math.BigDecimal}: exact. */
  NUMBER(OpaqueType.create("number"), "number"),
  /** {@link Boolean}. */
  BOOLEAN(NullableType.create(SimpleType.BOOL), "bool"),
  /** {@link java.time.LocalDate}. */
  DATE(OpaqueType.create("date"), "date"),
  /** {@link java.time.Instant}. */
  DATETIME(OpaqueType.create("datetime"), "datetime");

  private final CelType type;
  private final String words;

  ValueType(CelType type, String words) {
    this.type = type;
    this.words = words;
  }

  CelType type() {
    return type;
  }

  /** For people. */
  public String words() {
    return words;
  }

  /** What an expression of a type yields; empty where it is of no use to a field. */
  static Optional<ValueType> of(CelType type) {
    return switch (type.kind()) {
      case STRING -> Optional.of(TEXT);
      case INT, DOUBLE -> Optional.of(NUMBER);
      case BOOL -> Optional.of(BOOLEAN);
      case OPAQUE -> named(type.name());
      default -> wrapped(type.name());
    };
  }

  private static Optional<ValueType> wrapped(String name) {
    return switch (name) {
      case "google.protobuf.StringValue", "wrapper(string)" -> Optional.of(TEXT);
      case "google.protobuf.BoolValue", "wrapper(bool)" -> Optional.of(BOOLEAN);
      default -> Optional.empty();
    };
  }

  private static Optional<ValueType> named(String name) {
    return switch (name) {
      case "number" -> Optional.of(NUMBER);
      case "date" -> Optional.of(DATE);
      case "datetime" -> Optional.of(DATETIME);
      default -> Optional.empty();
    };
  }
}
