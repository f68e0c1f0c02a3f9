-- What of its table a pass loads, and the table's name in the configuration where the pass has another.
ALTER TABLE table_run ADD COLUMN pass TEXT NOT NULL DEFAULT 'ROWS';
ALTER TABLE table_run ADD COLUMN of_table TEXT;
