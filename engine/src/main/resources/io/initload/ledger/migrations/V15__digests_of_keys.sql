-- A digest of the external id in the form in which equal keys are equal texts; null until it is asked for.
ALTER TABLE exception_row ADD COLUMN key_digest VARCHAR(64);
CREATE INDEX exception_by_digest ON exception_row (migration, table_name, key_digest);
