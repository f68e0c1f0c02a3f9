"""What befalls one connection."""

from __future__ import annotations

import time
from random import Random

from ..wire.errors import Ended, InRows, OracleError
from .active import Faults
from .instance import Instance
from .line import Line
from .plan import CONNECT, FETCH, LINE, LISTENER, LOGIN, Fault, Moment

AWAY = 12514
KILLED = 28


class Trouble:
    """Asked at each call; strikes by itself, or by an error that is raised."""

    def __init__(self, faults: Faults, instance: Instance, line: Line) -> None:
        self._faults = faults
        self._instance = instance
        self._line = line
        self._service = self.user = ""

    def listening(self, service: str) -> int | str | None:
        """What the listener says in place of the database: a code, an address, or None where it lets in."""
        self._service = service
        fault = self._strike(CONNECT, "")
        if fault is not None and fault.kind in LISTENER:
            return fault.value
        return None if self._instance.registered() else AWAY

    def login(self, user: str) -> None:
        self.user = user
        self._instance.demand_open()
        self.at(LOGIN)

    def at(self, call: str, statement: str = "") -> None:
        """Raises the planted error: ``InRows`` where rows come before it, ``Ended`` where nothing comes after it."""
        fault = self._strike(call, statement)
        if fault is None or fault.kind not in ("error", "kill"):
            return
        if fault.kind == "kill":
            raise Ended(KILLED, "your session has been killed")
        code = int(fault.value)
        error = (Ended if fault.more.get("ends") else OracleError)(code, fault.more.get("text", "planted"))
        rows = fault.more.get("afterRows", 0)
        raise InRows(error, rows) if rows and call == FETCH else error

    def _strike(self, call: str, statement: str) -> Fault | None:
        struck = self._faults.strike(Moment(call, self.user, self._service, statement))
        if struck is None:
            return None
        fault, random = struck
        self._on_line(fault, random)
        if fault.kind == "restart":
            self._instance.restart(fault.value.get("away", 0), fault.value.get("starting", 0))
        return fault

    def _on_line(self, fault: Fault, random: Random) -> None:
        if fault.kind in LINE:
            self._line.breaks(fault.kind, fault.bytes(random), fault.more.get("of", "answers"))
        elif fault.kind == "delay":
            time.sleep(fault.value)
        elif fault.kind == "trickle":
            self._line.trickles(int(fault.value))
