"""Whether the database is up."""

from __future__ import annotations

import threading
from collections.abc import Callable

from ..wire.errors import OracleError


class Instance:
    """Safe for several threads. By counts and not by time, so that a test is the same each time."""

    def __init__(self, end_all: Callable[[], None]) -> None:
        self._end_all = end_all
        self._lock = threading.Lock()
        self._away = self._starting = 0

    def restart(self, away: int, starting: int) -> None:
        """Ends all sessions; so many that connect are told that there is no such service, and so many more that it starts."""
        with self._lock:
            self._away, self._starting = away, starting
        self._end_all()

    def registered(self) -> bool:
        """Whether the listener knows of it, when somebody connects."""
        with self._lock:
            self._away -= 1
            return self._away < 0

    def demand_open(self) -> None:
        """Refuses who logs in while it starts."""
        with self._lock:
            self._starting -= 1
            if self._starting >= 0:
                raise OracleError(1033, "ORACLE initialization or shutdown in progress")
