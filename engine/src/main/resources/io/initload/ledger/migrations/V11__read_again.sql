-- The moment a row was read again at, after it was corrected in the source; empty for all others.
ALTER TABLE exception_row ADD COLUMN read_at VARCHAR(200) NOT NULL DEFAULT '';
