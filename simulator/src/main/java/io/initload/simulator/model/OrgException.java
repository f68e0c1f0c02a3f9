package io.initload.simulator.model;

import java.util.List;

/** A refusal the org gives to a client, with the code and text that clients match on. */
public final class OrgException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What sort of refusal it is; HTTP gives each its status. */
  public enum Kind {
    BAD_REQUEST,
    UNAUTHORIZED,
    FORBIDDEN,
    NOT_FOUND,
    NOT_ALLOWED,
    CONFLICT,
    GONE,
    SEVERAL,
    TOO_LARGE,
    URI_TOO_LONG,
    UNSUPPORTED_MEDIA,
    PRECONDITION,
    SERVER
  }

  private final Kind kind;
  private final String code;
  private final transient List<String> fields;

  /** A refusal that names fields of a record. */
  public OrgException(Kind kind, String code, String message, List<String> fields) {
    super(message, null, false, false);
    this.kind = kind;
    this.code = code;
    this.fields = List.copyOf(fields);
  }

  /** A refusal without fields. */
  public OrgException(Kind kind, String code, String message) {
    this(kind, code, message, List.of());
  }

  /** 400 with the given code. */
  public static OrgException bad(String code, String message) {
    return new OrgException(Kind.BAD_REQUEST, code, message);
  }

  /** 404 with the one text that Salesforce has for it. */
  public static OrgException notFound() {
    return new OrgException(Kind.NOT_FOUND, "NOT_FOUND", "The requested resource does not exist");
  }

  public Kind kind() {
    return kind;
  }

  public String code() {
    return code;
  }

  public List<String> fields() {
    return fields;
  }

  /** The text, which is never absent here. */
  public String text() {
    String message = getMessage();
    return message == null ? "" : message;
  }
}
