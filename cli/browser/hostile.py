"""Writes into the ledger of a demo what hostile data look like, and with --many what a large migration leaves."""

import json
import pathlib
import sqlite3
import sys

HOSTILE = "<img src=x onerror=\"window.hacked=1\">'&\u202e</script><script>window.hacked=1</script>"
ROW = """
    INSERT INTO exception_row (migration, table_name, chunk_no, job, external_id, state, attempts, due_at, code,
      message, data, updated_at)
"""


def main(directory: pathlib.Path, many: bool) -> None:
    ledger = sqlite3.connect(directory / "ledger.db")
    migration, table, header = ledger.execute(
        "SELECT migration, name, header FROM table_run ORDER BY load_order DESC, name LIMIT 1"
    ).fetchone()
    names = json.loads(header)
    data = json.dumps([HOSTILE for _ in names])
    if not many:
        ledger.execute(
            f"{ROW} VALUES (?, ?, 1, '750x', ?, 'DEAD', 1, 0, ?, ?, ?, 0)",
            (migration, table, HOSTILE, "HOSTILE<b>", HOSTILE, data),
        )
    else:
        numbers = "WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < ?)"
        ledger.execute(
            f"{ROW} {numbers} SELECT ?, ?, 1, '750x', 'many-' || n, 'DEAD', 1, 0, 'CODE_' || (n % 10),"
            " 'Refused for a reason that takes some words to say: ' || n, ?, 0 FROM numbers",
            (1_000_000, migration, table, data),
        )
        ledger.execute(
            "INSERT INTO chunk (migration, table_name, no, bounds, expected_rows, exact, state, updated_at)"
            f" {numbers} SELECT c.migration, c.table_name, 1000 + n, c.bounds, 100000, 1, 'PLANNED', c.updated_at"
            " FROM numbers JOIN chunk c ON c.migration = ? AND c.table_name = ? AND c.no = 1",
            (10_000, migration, table),
        )
    ledger.commit()
    ledger.close()


main(pathlib.Path(sys.argv[1]), "--many" in sys.argv)
