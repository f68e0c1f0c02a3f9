-- Which record each loaded row is, as export-keys listed it. While a list is written the one before
-- it stays; whoever reads asks record_key, which shows whole lists only.
CREATE TABLE key_list (
  migration  TEXT   NOT NULL,
  no         BIGINT NOT NULL,
  table_name TEXT   NOT NULL,  -- of the configuration
  object     TEXT   NOT NULL,
  begun_at   BIGINT NOT NULL,
  ended_at   BIGINT,           -- null while it is written, and for ever where that was cut off
  records    BIGINT NOT NULL DEFAULT 0,
  loaded     BIGINT NOT NULL DEFAULT 0,  -- rows that the books had as loaded then
  PRIMARY KEY (migration, no)
);
CREATE TABLE listed_key (
  migration   TEXT        NOT NULL,
  list_no     BIGINT      NOT NULL,
  external_id TEXT        NOT NULL,
  record_id   VARCHAR(18) NOT NULL
);
CREATE INDEX listed_key_by_id ON listed_key (migration, list_no, external_id);
CREATE VIEW record_key AS
SELECT l.migration, l.table_name, l.object, k.external_id, k.record_id
FROM key_list l
JOIN listed_key k ON k.migration = l.migration AND k.list_no = l.no
WHERE l.ended_at IS NOT NULL
  AND NOT EXISTS (
    SELECT 1 FROM key_list n
    WHERE n.migration = l.migration AND n.table_name = l.table_name
      AND n.ended_at IS NOT NULL AND n.no > l.no);
