package io.initload.staging;

/** A file that a person gave is not CSV, or not UTF-8; the message says where. */
public final class MalformedSheet extends RuntimeException {
  private static final long serialVersionUID = 1;

  MalformedSheet(Exception cause) {
    super(cause.getMessage(), cause);
  }

  MalformedSheet(String message) {
    super(message);
  }
}
