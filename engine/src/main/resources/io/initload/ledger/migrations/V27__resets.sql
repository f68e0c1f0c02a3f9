-- Tables whose books were put aside so that they are loaded anew. The books of then lie under a
-- migration of their own; the jobs that were sent stay with the migration that sent them.
CREATE TABLE table_reset (
  migration  TEXT   NOT NULL,
  no         BIGINT NOT NULL,
  table_name TEXT   NOT NULL,  -- of the configuration
  books      TEXT   NOT NULL,  -- the migration that the books of then lie under
  made_at    BIGINT NOT NULL,
  made_by    TEXT   NOT NULL,
  PRIMARY KEY (migration, no)
);
-- The configuration that a pass was planned by: what was changed since is told by it. Empty where
-- nobody noted it, or where it was no file.
ALTER TABLE table_run ADD COLUMN configuration VARCHAR(64) NOT NULL DEFAULT '';
