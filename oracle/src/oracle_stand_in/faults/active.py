"""The plan that holds now, and what it struck."""

from __future__ import annotations

import threading
from random import Random

from .plan import Fault, Moment, Plan


class Faults:
    """Safe for several threads. The same seed, rule and number draw the same."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.follow(Plan(0, ()))

    def follow(self, plan: Plan) -> None:
        """From now on, instead of the one before; counts begin again."""
        with self._lock:
            self._plan = plan
            self._matched = [0] * len(plan.rules)
            self._struck = [0] * len(plan.rules)
            self._strikes: list[str] = []

    def strikes(self) -> list[str]:
        """The rules that struck and what they struck, in their order."""
        with self._lock:
            return list(self._strikes)

    def strike(self, moment: Moment) -> tuple[Fault, Random] | None:
        """What befalls a call, by the first rule that strikes it; whatever is drawn further comes from what is returned."""
        with self._lock:
            for i, rule in enumerate(self._plan.rules):
                if not rule.matches(moment):
                    continue
                self._matched[i] += 1
                random = Random(f"{self._plan.seed}/{i}/{self._matched[i]}")
                if rule.strikes(self._matched[i], self._struck[i], random):
                    self._struck[i] += 1
                    fault = rule.fault(random)
                    self._strikes.append(f"{rule.name}: {fault.kind} at {moment.call} {self._matched[i]}")
                    return fault, random
        return None
