package io.initload.pipeline;

/** What a saboteur writes into the ledger after all was loaded; each must be found by counts. */
enum LedgerSabotage {
  A_RECORD_LESS("UPDATE part SET created = created - 1"),
  A_RECORD_MORE("UPDATE part SET created = created + 1"),
  MADE_TO_CHANGED("UPDATE part SET created = created - 1, updated = updated + 1"),
  A_ROW_LESS_READ("UPDATE chunk SET rows_read = rows_read - 1"),
  A_ROW_LESS_STAGED("UPDATE chunk SET rows_staged = rows_staged - 1"),
  A_ROW_HELD_BACK("UPDATE chunk SET quarantined = quarantined + 1"),
  /** Books that close, of a row that was never there. */
  A_ROW_LESS_EVERYWHERE(
      "UPDATE chunk SET rows_read = rows_read - 1, rows_staged = rows_staged - 1, expected_rows ="
          + " expected_rows - 1",
      "UPDATE part SET row_count = row_count - 1, created = created - 1",
      "UPDATE table_run SET snapshot_rows = snapshot_rows - 1"),
  /** Books that close: a row that was loaded is said to have been refused. */
  A_LOADED_ROW_CALLED_DEAD(
      "UPDATE part SET created = created - 1, excepted = excepted + 1",
      "INSERT INTO exception_row (migration, table_name, chunk_no, job, external_id, state,"
          + " attempts, due_at, code, message, data, updated_at) SELECT migration, table_name,"
          + " chunk_no, 'job', 'k7', 'DEAD', 1, 0, 'INVALID_FIELD', 'no', '[]', 0 FROM part"),
  NO_PARTS("UPDATE part SET created = 0, updated = 0"),
  NOT_SETTLED("UPDATE part SET state = 'SUBMITTED'"),
  ANOTHER_START("UPDATE table_run SET target_before = target_before + 1");

  /** Statements, one after the other. */
  final String sql;

  LedgerSabotage(String... statements) {
    this.sql = String.join(";", statements);
  }
}
