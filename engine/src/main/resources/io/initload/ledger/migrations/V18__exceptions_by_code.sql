-- Rows that need a person are counted and paged by table, state and code, however many there are.
-- What the older index finds this one finds too.
CREATE INDEX exception_by_code ON exception_row (migration, table_name, state, code, id);
DROP INDEX exception_by_state;
