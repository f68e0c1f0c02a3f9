package io.initload.cli.shell;

import io.initload.Failure;

/** What the machine could not go on with, as a failure that says what to do. */
public final class Fatal {
  private Fatal() {}

  /** The failure for an error that reached the end of a command. */
  public static Failure failure(Error error) {
    if (error instanceof OutOfMemoryError) {
      return new Failure(
          Failure.Kind.PLATFORM,
          "OUT_OF_MEMORY",
          "The memory of the process is used up (%s); what is loaded is booked."
              .formatted(error.getMessage()),
          "Give it more by INITLOAD_HEAP, for example INITLOAD_HEAP=512m, and run the same command"
              + " again; report it with the log, as 256m are enough for any table.",
          error);
    }
    if (error instanceof StackOverflowError) {
      return new Failure(
          Failure.Kind.FAILED,
          "TOO_DEEP",
          "Something that was read is nested too deeply; what is loaded is booked.",
          "Look for deep nesting in the configuration and in answers of the org, and report it.",
          error);
    }
    return new Failure(
        Failure.Kind.FAILED,
        "BUG",
        "A fault of initload itself, %s; what is loaded is booked.".formatted(error),
        "Please report it with the log.",
        error);
  }
}
