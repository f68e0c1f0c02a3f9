package io.initload;

/** What this program calls itself. */
public final class Tool {
  public static final String NAME = "initload";

  /** That of the release; {@code pom.xml} has the same. */
  public static final String VERSION = "0.1.0";

  private Tool() {}
}
