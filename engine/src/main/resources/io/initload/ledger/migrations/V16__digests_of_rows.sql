-- What is digested with each row, drawn at random; null until the first row is.
ALTER TABLE migration ADD COLUMN digest_salt VARCHAR(64);
-- The rows of a chunk as they were staged: how many in each bucket of keys, and the sum modulo 2^128
-- of their digests, in base64 of eight and sixteen bytes, bucket after bucket.
CREATE TABLE chunk_digest (
  migration  TEXT   NOT NULL,
  table_name TEXT   NOT NULL,
  chunk_no   BIGINT NOT NULL,
  row_count  BIGINT NOT NULL,
  sums       TEXT   NOT NULL,
  exempt     TEXT   NOT NULL,  -- fields that are in no digest, because they were not to be compared
  PRIMARY KEY (migration, table_name, chunk_no)
);
-- A row as it was staged, where data is otherwise since: empty where it was not staged then.
ALTER TABLE exception_row ADD COLUMN staged TEXT;
-- The org's records as far as they are read to be compared: a range of ids each, the bulk query that
-- reads it, and its sums as above when it has ended. Forgotten when all are read.
CREATE TABLE read_range (
  migration TEXT   NOT NULL,
  reading   TEXT   NOT NULL,  -- digest of what is read
  bounds    TEXT   NOT NULL,  -- a condition on the id; empty for all
  job       TEXT   NOT NULL,  -- empty until there is one
  begun_at  BIGINT NOT NULL,  -- of the whole reading
  sums      TEXT,
  PRIMARY KEY (migration, reading, bounds)
);
