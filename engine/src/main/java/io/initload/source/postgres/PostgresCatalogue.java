package io.initload.source.postgres;

/** What PostgreSQL's catalogue is asked for of schemas and of what hangs together. */
final class PostgresCatalogue {
  static final String SCHEMAS =
      """
      SELECT n.nspname, COUNT(*) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace \
      WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND n.nspname !~ '^pg_' \
      AND n.nspname <> 'information_schema' AND has_schema_privilege(n.oid, 'USAGE') \
      GROUP BY n.nspname ORDER BY n.nspname IS DISTINCT FROM current_schema(), n.nspname\
      """;

  static final String FOREIGN_KEYS =
      """
      SELECT c.conname, a.attname, pn.nspname, p.relname, pa.attname FROM pg_constraint c \
      JOIN pg_class t ON t.oid = c.conrelid JOIN pg_namespace n ON n.oid = t.relnamespace \
      JOIN pg_class p ON p.oid = c.confrelid JOIN pg_namespace pn ON pn.oid = p.relnamespace \
      CROSS JOIN generate_series(1, cardinality(c.conkey)) i \
      JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[i] \
      JOIN pg_attribute pa ON pa.attrelid = c.confrelid AND pa.attnum = c.confkey[i] \
      WHERE c.contype = 'f' AND c.conparentid = 0 AND n.nspname = ? AND t.relname = ? \
      ORDER BY c.conname, c.oid, i\
      """;

  private PostgresCatalogue() {}
}
