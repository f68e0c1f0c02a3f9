-- Fields that were emptied in data, because the row's record is there and does not let them be changed.
ALTER TABLE exception_row ADD COLUMN left_out TEXT NOT NULL DEFAULT '[]';
