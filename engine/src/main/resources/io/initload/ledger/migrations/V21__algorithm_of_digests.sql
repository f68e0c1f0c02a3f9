-- How digests were made, since those of different ways are not compared: those from before it was
-- noted by SHA-256.
ALTER TABLE chunk_digest ADD COLUMN algorithm VARCHAR(16) NOT NULL DEFAULT 'sha256';
