-- A part that tries rows again is settled row by row: by its number alone, each would look at all.
DROP INDEX exception_by_part;
CREATE INDEX exception_by_part ON exception_row (part_id, external_id);
