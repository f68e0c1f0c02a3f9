-- SHA-256 of the list of created records that receipt names; null for lists kept by versions before.
ALTER TABLE part ADD COLUMN receipt_sha256 TEXT;
