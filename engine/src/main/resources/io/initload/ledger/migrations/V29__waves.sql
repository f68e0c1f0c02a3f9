-- Each wave that a process worked on: the tables that its file named when it was used last.
CREATE TABLE wave (
  migration TEXT   NOT NULL,
  no        BIGINT NOT NULL,
  tables    TEXT   NOT NULL,
  used_at   BIGINT NOT NULL,
  PRIMARY KEY (migration, no)
);
-- Tables that somebody took out of a migration that had begun them.
CREATE TABLE left_table (
  migration  TEXT   NOT NULL,
  table_name TEXT   NOT NULL,
  reason     TEXT   NOT NULL,
  made_at    BIGINT NOT NULL,
  made_by    TEXT   NOT NULL,
  PRIMARY KEY (migration, table_name)
);
