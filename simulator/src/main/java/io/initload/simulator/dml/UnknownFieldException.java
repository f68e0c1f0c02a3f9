package io.initload.simulator.dml;

/** A column names no field that can be written. */
public final class UnknownFieldException extends Exception {
  private static final long serialVersionUID = 1L;
  private final String column;

  UnknownFieldException(String column) {
    super("Field name not found : " + column, null, false, false);
    this.column = column;
  }

  /** The column as the client wrote it. */
  public String column() {
    return column;
  }
}
