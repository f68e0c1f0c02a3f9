-- Values that were staged other than they were read: how many of each field in each chunk.
CREATE TABLE altered_value (
  migration  TEXT   NOT NULL,
  table_name TEXT   NOT NULL,
  chunk_no   BIGINT NOT NULL,
  field      TEXT   NOT NULL,
  code       TEXT   NOT NULL,
  row_count  BIGINT NOT NULL,
  keys       TEXT   NOT NULL,  -- external ids, as many as are listed
  PRIMARY KEY (migration, table_name, chunk_no, field, code)
);
