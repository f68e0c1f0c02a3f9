"""What a database says no with."""

from __future__ import annotations


class OracleError(Exception):
    """An error with Oracle's code.

    code: without the leading ORA-
    position: in the statement, from 0 on
    """

    def __init__(self, code: int, text: str, position: int = 0) -> None:
        super().__init__(f"ORA-{code:05d}: {text}")
        self.code = code
        self.position = position


class Ended(OracleError):
    """An error after which the session is no more."""


class InRows(Exception):
    """An error in the midst of what is fetched: so many rows come before it."""

    def __init__(self, error: OracleError, rows: int) -> None:
        super().__init__(str(error))
        self.error = error
        self.rows = rows
