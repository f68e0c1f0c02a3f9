"""A plan of faults: rules of when and what, and a seed that decides whatever is drawn.

{"seed": 8817, "faults": [
  {"name": "undo", "when": {"call": "fetch", "user": "U1", "numbers": "2,4-6", "times": 1}, "then": {"error": 1555, "afterRows": 10}},
  {"when": {"call": "connect", "service": "RAC"}, "then": {"redirect": ""}},
  {"when": {"probability": 0.02}, "then": {"cut": {"below": 100000}}}]}

docs/oracle-stand-in.md has all words.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from fnmatch import fnmatchcase
from random import Random

CONNECT, LOGIN, EXECUTE, FETCH = "connect", "login", "execute", "fetch"
CALLS = (CONNECT, LOGIN, EXECUTE, FETCH, "describe", "lob", "commit", "rollback", "ping", "version", "logoff")
PLACES = ("call", "user", "service", "statement")
LISTENER = ("refuse", "redirect")
LINE = ("cut", "reset", "stall")
KINDS = (*LISTENER, *LINE, "error", "kill", "restart", "delay", "trickle")
WITH = {"cut": ("of",), "reset": ("of",), "stall": ("of",), "error": ("text", "afterRows", "ends")}
LOST = (28, 60, 600, 1089, 3113, 4031, 4068, 12801)


class Wrong(ValueError):
    """A plan that cannot be meant."""


@dataclass(frozen=True)
class Moment:
    """A call that may be struck.

    user: who logged in, or ""; service: of the connect descriptor; statement: of the cursor, or ""
    """

    call: str
    user: str = ""
    service: str = ""
    statement: str = ""


@dataclass(frozen=True)
class Fault:
    """What happens: its kind, its value, and what else belongs to the kind."""

    kind: str
    value: object
    more: dict

    def bytes(self, random: Random) -> int:
        """After how many a line breaks."""
        return random.randrange(self.value["below"]) if isinstance(self.value, dict) else int(self.value)


@dataclass(frozen=True)
class Rule:
    name: str
    when: dict
    fault: Callable[[Random], Fault]

    def matches(self, moment: Moment) -> bool:
        """Whether it is such a call; numbers, times and chance are not looked at."""
        return all(fnmatchcase(getattr(moment, key), self.when[key]) for key in PLACES if key in self.when)

    def strikes(self, number: int, struck: int, random: Random) -> bool:
        """Whether the call of that number among those that match is struck."""
        if "numbers" in self.when and not _within(number, self.when["numbers"]):
            return False
        return struck < self.when.get("times", number) and random.random() < self.when.get("probability", 1)


@dataclass(frozen=True)
class Plan:
    seed: int
    rules: tuple[Rule, ...]


def read(text: str) -> Plan:
    """Raises ``Wrong``."""
    given = json.loads(text)
    _known(given, "seed", "faults", "drawn")
    rules = [_rule(number, rule) for number, rule in enumerate(given.get("faults", []), start=1)]
    if "drawn" in given:
        when = {"probability": given["drawn"], "call": "*"} | {k: v for k, v in given.items() if k in ("user",)}
        rules.append(Rule("drawn", when, _drawn))
    return Plan(given.get("seed", 0), tuple(rules))


def _rule(number: int, given: dict) -> Rule:
    _known(given, "name", "when", "then")
    when, then = given.get("when", {}), given.get("then", {})
    _known(when, *PLACES, "numbers", "times", "probability")
    kinds = [kind for kind in KINDS if kind in then]
    if len(kinds) != 1:
        raise Wrong(f"rule {number}: one of {', '.join(KINDS)} under then, not {then}")
    kind = kinds[0]
    _known(then, kind, *WITH.get(kind, ()))
    call = when.get("call", "*")
    if call != "*" and call not in CALLS:
        raise Wrong(f"rule {number}: call is one of {', '.join(CALLS)}, not {call}")
    if (kind in LISTENER) != (call == CONNECT) and (kind in LISTENER or kind in ("error", "kill")):
        raise Wrong(f"rule {number}: {kind} cannot strike the call {call}")
    fault = Fault(kind, then[kind], {k: v for k, v in then.items() if k != kind})
    return Rule(given.get("name", f"{number}: {kind}"), when, lambda _: fault)


def _drawn(random: Random) -> Fault:
    """Of what passes when it is tried again."""
    kind = random.choice(("cut", "reset", "error", "error", "kill"))
    if kind == "error":
        return Fault(kind, random.choice(LOST), {"afterRows": random.randrange(200)})
    return Fault(kind, {"below": 30_000}, {})


def _within(number: int, numbers: str) -> bool:
    """As in 3 or 3,7 or 10-20 or 5-."""
    for part in numbers.split(","):
        first, dash, last = part.partition("-")
        if int(first) <= number and (number <= int(last) if last else dash or number == int(first)):
            return True
    return False


def _known(given: dict, *names: str) -> None:
    if wrong := set(given) - set(names):
        raise Wrong(f"{', '.join(sorted(wrong))}: not one of {', '.join(names)}")
