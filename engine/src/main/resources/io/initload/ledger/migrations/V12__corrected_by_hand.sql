-- Who wrote a row otherwise than it was read, when, in which file, and digests of the row before and
-- after. Rows that were corrected before this was noted keep the defaults: nobody knows.
ALTER TABLE exception_row ADD COLUMN corrected_by VARCHAR(400) NOT NULL DEFAULT '';
ALTER TABLE exception_row ADD COLUMN corrected_at BIGINT NOT NULL DEFAULT 0;
ALTER TABLE exception_row ADD COLUMN corrected_file TEXT NOT NULL DEFAULT '';
ALTER TABLE exception_row ADD COLUMN digest_read VARCHAR(64) NOT NULL DEFAULT '';
ALTER TABLE exception_row ADD COLUMN digest_sent VARCHAR(64) NOT NULL DEFAULT '';
