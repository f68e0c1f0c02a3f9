-- Times are milliseconds since 1970 in UTC. Texts that hold lists are JSON.

CREATE TABLE migration (
  id            TEXT   NOT NULL PRIMARY KEY,
  org_id        TEXT   NOT NULL,
  instance      TEXT   NOT NULL,
  snapshot_kind TEXT   NOT NULL,
  snapshot_id   TEXT   NOT NULL,
  created_at    BIGINT NOT NULL,
  undone_at     BIGINT            -- when it was first asked to be undone
);

CREATE TABLE table_run (
  migration     TEXT   NOT NULL REFERENCES migration (id),
  name          TEXT   NOT NULL,
  object        TEXT   NOT NULL,
  external_id   TEXT   NOT NULL,
  phase         TEXT   NOT NULL,
  load_order    BIGINT NOT NULL,
  digest        TEXT   NOT NULL,  -- of the mapping; it may not change once rows were loaded
  header        TEXT   NOT NULL,
  strategy      TEXT   NOT NULL,
  reason        TEXT   NOT NULL,
  snapshot_kind TEXT   NOT NULL,
  snapshot_id   TEXT   NOT NULL,
  snapshot_rows BIGINT NOT NULL,  -- counted at the snapshot
  target_before BIGINT NOT NULL,  -- records of the object before the first row was loaded
  stopped       TEXT,             -- why the table was stopped; null while it may go on
  PRIMARY KEY (migration, name)
);

CREATE TABLE chunk (
  migration     TEXT   NOT NULL,
  table_name    TEXT   NOT NULL,
  no            BIGINT NOT NULL,
  bounds        TEXT   NOT NULL,
  expected_rows BIGINT NOT NULL,
  exact         BIGINT NOT NULL,
  state         TEXT   NOT NULL,  -- planned, extracting, staged, settled
  owner         TEXT,
  rows_read     BIGINT NOT NULL DEFAULT 0,
  quarantined   BIGINT NOT NULL DEFAULT 0,
  rows_staged   BIGINT NOT NULL DEFAULT 0,
  updated_at    BIGINT NOT NULL,
  PRIMARY KEY (migration, table_name, no),
  FOREIGN KEY (migration, table_name) REFERENCES table_run (migration, name)
);

CREATE TABLE part (
  id         ${identity},
  migration  TEXT   NOT NULL,
  table_name TEXT   NOT NULL,
  chunk_no   BIGINT,             -- null for parts gathered from rows of several chunks
  kind       TEXT   NOT NULL,    -- data, rest, retry
  name       TEXT   NOT NULL,
  host       TEXT   NOT NULL,
  path       TEXT   NOT NULL,
  row_count  BIGINT NOT NULL,
  csv_bytes  BIGINT NOT NULL,
  gzip_bytes BIGINT NOT NULL,
  sha256     TEXT   NOT NULL,
  attempt    BIGINT NOT NULL DEFAULT 0,
  serial     BIGINT NOT NULL DEFAULT 0,  -- loaded with no other job of its table beside it
  state      TEXT   NOT NULL,    -- sealed, reserved, created, uploaded, submitted, complete, failed, aborted, settled, lost
  owner      TEXT,
  created    BIGINT NOT NULL DEFAULT 0,
  updated    BIGINT NOT NULL DEFAULT 0,
  excepted   BIGINT NOT NULL DEFAULT 0,  -- rows that went to exception_row
  moved      BIGINT NOT NULL DEFAULT 0,  -- rows that went to a rest part
  receipt    TEXT,               -- name of the list of the records it created; null when none
  receipt_host TEXT,             -- where that list lies
  updated_at BIGINT NOT NULL
);
CREATE INDEX part_by_state ON part (migration, table_name, state);

CREATE TABLE job (
  id            ${identity},
  org_id        TEXT   NOT NULL,
  migration     TEXT   NOT NULL,
  table_name    TEXT   NOT NULL,
  object        TEXT   NOT NULL,
  part_id       BIGINT REFERENCES part (id),  -- null for the probe of an org's compression
  owner         TEXT   NOT NULL,
  sf_id         TEXT,
  state         TEXT   NOT NULL,  -- probe, intent, doubt, open, uploaded, submitted, complete, failed, aborted
  intent_at     BIGINT NOT NULL,
  submitted_at  BIGINT,
  ended_at      BIGINT,
  records       BIGINT NOT NULL,  -- reserved of the daily allowance
  batches       BIGINT NOT NULL,
  quota_until   BIGINT,           -- when the reservation leaves the rolling window; null while open
  processed     BIGINT NOT NULL DEFAULT 0,
  failed        BIGINT NOT NULL DEFAULT 0,
  error_message TEXT   NOT NULL DEFAULT ''
);
CREATE INDEX job_by_state ON job (org_id, state);
CREATE INDEX job_by_part ON job (part_id);
CREATE INDEX job_by_quota ON job (org_id, quota_until);

-- Rows that did not simply become a record: quarantined, waiting for another try, or dead.
CREATE TABLE exception_row (
  id          ${identity},
  migration   TEXT   NOT NULL,
  table_name  TEXT   NOT NULL,
  chunk_no    BIGINT NOT NULL,
  job         TEXT   NOT NULL,    -- Salesforce job that last refused it; empty for quarantined rows
  part_id     BIGINT,             -- the part that carries it now; null when none does
  external_id TEXT   NOT NULL,
  state       TEXT   NOT NULL,    -- quarantined, pending, retrying, created, updated, dead
  attempts    BIGINT NOT NULL,
  due_at      BIGINT NOT NULL,
  code        TEXT   NOT NULL,
  message     TEXT   NOT NULL,
  data        TEXT   NOT NULL,    -- the CSV fields in header order
  corrected   BIGINT NOT NULL DEFAULT 0,  -- 1 when a person changed data since it was read
  updated_at  BIGINT NOT NULL
);
CREATE INDEX exception_by_state ON exception_row (migration, table_name, state);
CREATE INDEX exception_by_key ON exception_row (migration, table_name, external_id);
CREATE INDEX exception_by_part ON exception_row (part_id);

-- Rows chosen for the field by field comparison, found again in the source by their key columns.
CREATE TABLE sample (
  migration   TEXT   NOT NULL,
  table_name  TEXT   NOT NULL,
  chunk_no    BIGINT NOT NULL,
  external_id TEXT   NOT NULL,
  key_values  TEXT   NOT NULL
);
CREATE INDEX sample_by_table ON sample (migration, table_name, chunk_no);

CREATE TABLE worker (
  id          TEXT   NOT NULL PRIMARY KEY,
  host        TEXT   NOT NULL,
  pid         BIGINT NOT NULL,
  pid_started BIGINT NOT NULL,
  beat_at     BIGINT NOT NULL
);

-- What was learnt of an org once and for all, for example which compression it takes.
CREATE TABLE org_fact (
  org_id TEXT NOT NULL,
  name   TEXT NOT NULL,
  value  TEXT NOT NULL,
  PRIMARY KEY (org_id, name)
);
