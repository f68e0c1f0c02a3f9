package io.initload.config;

/**
 * Whether rows of one parent are kept together, so that no two jobs at a time touch it
 * (docs/reference/salesforce.md, "Large loads").
 *
 * @param column the source column that names the parent; empty when there is none, or none known
 *     yet
 */
public record Affinity(Mode mode, String column) {
  /** When. */
  public enum Mode {
    /** Where the database can do it cheaply. */
    AUTO,
    OFF,
    /** Always, by the column that was named. */
    COLUMN
  }

  public static final Affinity AUTO = new Affinity(Mode.AUTO, "");
  public static final Affinity OFF = new Affinity(Mode.OFF, "");
}
