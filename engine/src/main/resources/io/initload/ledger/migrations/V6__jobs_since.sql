-- When somebody said that jobs of the org which the ledger does not know are no reason to stop:
-- older ones are none from then on.
ALTER TABLE migration ADD COLUMN jobs_since BIGINT;
