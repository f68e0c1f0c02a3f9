package io.initload.simulator.bulk.ingest;

/** A job cannot go on; the message is its {@code errorMessage}. */
final class JobFailure extends Exception {
  private static final long serialVersionUID = 1L;

  JobFailure(String errorMessage) {
    super(errorMessage, null, false, false);
  }

  String errorMessage() {
    String message = getMessage();
    return message == null ? "" : message;
  }
}
