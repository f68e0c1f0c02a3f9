-- External ids that several rows of a table share at its snapshot: asked of the source once.
CREATE TABLE shared_keys (
  migration   TEXT NOT NULL,
  table_name  TEXT NOT NULL,
  snapshot_id TEXT NOT NULL,
  keys        TEXT NOT NULL,
  PRIMARY KEY (migration, table_name)
);
