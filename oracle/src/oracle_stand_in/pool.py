"""Pooled servers (DRCP): a session that is given back waits, as it was left, for the next client of its user and class."""

from __future__ import annotations

import threading
from dataclasses import dataclass


@dataclass
class State:
    """What statements changed of a session.

    past: the SCN at which every table is read, or None
    """

    schema: str
    zone: str = "+00:00"
    archived: bool = False
    past: int | None = None


class Pool:
    """Safe for several threads. Of a process that PostgreSQL keeps for a session nothing is kept but the state."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._left: dict[tuple[str, str], list[State]] = {}

    def take(self, user: str, of: str) -> State | None:
        """What the last client of that class left, or None where no server waits."""
        with self._lock:
            left = self._left.get((user, of))
            return left.pop() if left else None

    def give(self, user: str, of: str, state: State) -> None:
        with self._lock:
            self._left.setdefault((user, of), []).append(state)
