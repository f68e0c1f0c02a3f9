package io.initload.cli.text;

import java.io.PrintStream;
import java.util.List;

/**
 * Lines on a terminal that are drawn again in place. The cursor is left where they begin: what is
 * printed next, such as a line of the log, erases them first and takes their place ({@code
 * initload.log.start}, set by the launcher).
 */
public final class LiveBlock implements AutoCloseable {
  /** Goes to the start of the line and erases all from there. */
  public static final String ERASE = "\r\u001b[J";

  /** A line that is cut at the terminal's edge: one that wraps could not be drawn again. */
  private static final String UNWRAPPED = "\u001b[?7l%s\u001b[?7h%n";

  private static final String UP = "\u001b[%dA";

  private final PrintStream out;

  public LiveBlock(PrintStream out) {
    this.out = out;
  }

  /** Whether the launcher found a terminal at the output. */
  public static boolean possible(Console console) {
    return Boolean.getBoolean("initload.terminal") && !console.json();
  }

  /** Draws the lines in place of those drawn before. */
  public void draw(List<String> lines) {
    StringBuilder block = new StringBuilder(ERASE);
    lines.forEach(line -> block.append(UNWRAPPED.formatted(Printable.line(line))));
    out.print(block.append(UP.formatted(lines.size())));
    out.flush();
  }

  /** Erases the lines. */
  @Override
  public void close() {
    out.print(ERASE);
    out.flush();
  }
}
