package io.initload.config.rows;

/**
 * A column that is not stored: the database computes it of each row.
 *
 * @param name what it is called wherever columns are named, beside those that are stored
 * @param sql an expression over the columns of the row, in the source's own SQL
 */
public record Computed(String name, String sql) {
  /** The place in the configuration is its name. */
  private static final String PREFIX = "sql.";

  /** That which feeds a field. */
  public static Computed of(String field, String sql) {
    return new Computed(nameOf(field), sql);
  }

  /** What that is called which feeds a field. */
  public static String nameOf(String field) {
    return PREFIX + field;
  }
}
