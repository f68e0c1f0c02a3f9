package io.initload.pipeline;

import io.initload.config.ReconcileConfig.Level;

/**
 * What a saboteur writes into the source after it was read, and the level at which it must be
 * found; {@code %1$s} is the key of a row. Nulls are not among it: where they are ignored, one says
 * nothing of the org's value.
 */
enum SourceSabotage {
  LOST(Level.COUNT, "DELETE FROM t WHERE \"id\" = '%1$s'"),
  ADDED(Level.COUNT, "INSERT INTO t (\"id\", \"name\") VALUES ('new-%1$s', 'Late')"),
  KEY_EDITED(Level.SAMPLE, "UPDATE t SET \"id\" = 'new-%1$s' WHERE \"id\" = '%1$s'"),
  EDITED(Level.SAMPLE, "UPDATE t SET \"name\" = 'x' || \"name\" WHERE \"id\" = '%1$s'"),
  RE_CASED(Level.SAMPLE, "UPDATE t SET \"name\" = UPPER(\"name\") WHERE \"id\" = '%1$s'"),
  TRUNCATED(
      Level.SAMPLE,
      "UPDATE t SET \"mail\" = SUBSTR(\"mail\", 1, LENGTH(\"mail\") - 1) WHERE \"id\" = '%1$s'"),
  ROUNDED(Level.SAMPLE, "UPDATE t SET \"limit\" = \"limit\" + 0.01 WHERE \"id\" = '%1$s'"),
  RE_ZONED(Level.SAMPLE, "UPDATE t SET \"day\" = \"day\" - 1 WHERE \"id\" = '%1$s'");

  /** The lowest at which it must be found. */
  final Level level;

  private final String sql;

  SourceSabotage(Level level, String sql) {
    this.level = level;
    this.sql = sql;
  }

  void strike(SabotagedSite site, int row) {
    site.tables().run(sql.formatted(SabotagedSite.key(row)));
  }

  void repair(SabotagedSite site, int row) {
    String key = SabotagedSite.key(row);
    site.tables().run("DELETE FROM t WHERE \"id\" IN ('%1$s', 'new-%1$s')".formatted(key));
    site.tables().run(SabotagedSite.insert(row));
  }
}
