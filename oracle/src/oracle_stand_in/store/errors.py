"""What PostgreSQL says no with, as Oracle says it."""

from __future__ import annotations

import psycopg

from ..wire.errors import OracleError

CODES = {
    "23505": 1, "23502": 1400, "23503": 2291, "42P01": 942, "42703": 904, "22P02": 1722, "22003": 1426, "22012": 1476, "22008": 1841,
    "22007": 1843, "57014": 1013, "57P01": 28, "40P01": 60, "55P03": 54, "53100": 1652, "22001": 12899, "54000": 1489, "42P07": 955,
}  # fmt: skip


def oracle(e: psycopg.Error) -> OracleError:
    """The code of our own functions stands in the state: O and four digits."""
    state = e.sqlstate or ""
    message = e.diag.message_primary or str(e)
    if state.startswith("O") and state[1:].isdigit():
        return OracleError(int(state[1:]), message)
    if state in CODES:
        return OracleError(CODES[state], message)
    if isinstance(e, psycopg.OperationalError) and not state:
        return OracleError(3113, "end-of-file on communication channel")
    return OracleError(3001, f"unimplemented feature ({state}): {message}")
