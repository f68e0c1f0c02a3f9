-- What people wish of all processes that work on a migration: to begin nothing new, or to end. Kept
-- when it is lifted: who did it and when is on the certificate.
CREATE TABLE wish (
  migration  TEXT   NOT NULL,
  no         BIGINT NOT NULL,
  kind       TEXT   NOT NULL,  -- PAUSE, ABORT
  table_name TEXT   NOT NULL,  -- of the configuration; empty for the whole migration
  made_at    BIGINT NOT NULL,
  made_by    TEXT   NOT NULL,
  lifted_at  BIGINT,           -- null while it is to be heeded
  lifted_by  TEXT,
  PRIMARY KEY (migration, no)
);
