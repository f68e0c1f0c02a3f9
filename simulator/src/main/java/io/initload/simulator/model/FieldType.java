package io.initload.simulator.model;

import java.util.Locale;
import java.util.Optional;

/** The types a describe document gives its fields (docs/reference/salesforce.md, "Describe"). */
public enum FieldType {
  ID("tns:ID"),
  REFERENCE("tns:ID"),
  STRING("xsd:string"),
  TEXTAREA("xsd:string"),
  PICKLIST("xsd:string"),
  MULTIPICKLIST("xsd:string"),
  COMBOBOX("xsd:string"),
  PHONE("xsd:string"),
  EMAIL("xsd:string"),
  URL("xsd:string"),
  ENCRYPTEDSTRING("xsd:string"),
  BASE64("xsd:base64Binary"),
  ANYTYPE("xsd:anyType"),
  BOOLEAN("xsd:boolean"),
  INT("xsd:int"),
  LONG("xsd:long"),
  DOUBLE("xsd:double"),
  CURRENCY("xsd:double"),
  PERCENT("xsd:double"),
  DATE("xsd:date"),
  DATETIME("xsd:dateTime"),
  TIME("xsd:time"),
  ADDRESS("urn:address"),
  LOCATION("urn:location");

  private final String soapType;

  FieldType(String soapType) {
    this.soapType = soapType;
  }

  /** The name in describe documents. */
  public String describeName() {
    return this == ANYTYPE ? "anyType" : name().toLowerCase(Locale.ROOT);
  }

  /** The soap type a describe document gives by default. */
  public String soapType() {
    return soapType;
  }

  /** Whether values are text limited by the field's length. */
  public boolean isText() {
    return compareTo(STRING) >= 0 && compareTo(ENCRYPTEDSTRING) <= 0;
  }

  /** Whether values are numbers with precision and scale. */
  public boolean isDecimal() {
    return this == DOUBLE || this == CURRENCY || this == PERCENT;
  }

  /** Whether a value is made of the values of other fields and cannot be selected in bulk. */
  public boolean isCompound() {
    return this == ADDRESS || this == LOCATION;
  }

  static Optional<FieldType> of(String describeName) {
    for (FieldType type : values()) {
      if (type.describeName().equalsIgnoreCase(describeName)) {
        return Optional.of(type);
      }
    }
    return Optional.empty();
  }
}
