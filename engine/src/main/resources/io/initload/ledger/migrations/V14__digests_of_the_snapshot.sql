-- A digest of a row as it was read at the snapshot, from its first correction on. Rows that were
-- corrected before this was noted keep the default: nobody knows.
ALTER TABLE exception_row ADD COLUMN digest_snapshot VARCHAR(64) NOT NULL DEFAULT '';
