package io.initload.cli.shell;

/** What the command's exit code says (docs/architecture.md, "Exit codes"). */
public enum ExitCode {
  DONE(0),
  USAGE(1),
  PLATFORM(2),
  FAILED(3),
  DEAD_LETTERS(4),
  INTERRUPTED(5),
  MISMATCH(6);

  private final int code;

  ExitCode(int code) {
    this.code = code;
  }

  public int code() {
    return code;
  }
}
