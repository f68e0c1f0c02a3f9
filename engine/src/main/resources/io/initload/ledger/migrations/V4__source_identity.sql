-- Which database the rows are read from; null until a run has looked, as in ledgers begun before.
ALTER TABLE migration ADD COLUMN source TEXT;
ALTER TABLE migration ADD COLUMN source_seen_at BIGINT;

-- The table that a name stood for when it was planned; null as above.
ALTER TABLE table_run ADD COLUMN origin TEXT;
