"""Plans of faults: when they strike, and what is no plan."""

from __future__ import annotations

import json
import socket
from random import Random

import pytest

from oracle_stand_in.faults import plan
from oracle_stand_in.faults.active import Faults
from oracle_stand_in.faults.line import Line
from oracle_stand_in.faults.plan import Moment, Wrong


def active(*rules: dict, **more: object) -> Faults:
    faults = Faults()
    faults.follow(plan.read(json.dumps({"faults": list(rules)} | more)))
    return faults


def struck(faults: Faults, calls: int, moment: Moment) -> list[int]:
    return [n for n in range(1, calls + 1) if faults.strike(moment)]


@pytest.mark.parametrize(
    ("when", "numbers"),
    [
        ({"numbers": "3"}, [3]),
        ({"numbers": "2,5-6"}, [2, 5, 6]),
        ({"numbers": "8-"}, [8, 9, 10]),
        ({"times": 2}, [1, 2]),
        ({"numbers": "4-", "times": 1}, [4]),
        ({"call": "execute"}, []),
        ({"user": "U1", "statement": "*FROM T*"}, list(range(1, 11))),
        ({"user": "U2"}, []),
    ],
)
def test_a_rule_strikes_the_calls_that_it_names(when, numbers):
    faults = active({"when": when, "then": {"error": 1555}})
    assert struck(faults, 10, Moment("fetch", "U1", "S", "SELECT * FROM T")) == numbers
    assert len(faults.strikes()) == len(numbers)


def test_the_same_seed_draws_the_same():
    rule = {"when": {"probability": 0.3}, "then": {"cut": {"below": 1000}}}

    def drawn(seed: int) -> list:
        faults = active(rule, seed=seed)
        strikes = [faults.strike(Moment("fetch")) for _ in range(200)]
        return [s and s[0].bytes(s[1]) for s in strikes]

    assert drawn(7) == drawn(7)
    assert drawn(7) != drawn(8)
    assert 30 < sum(d is not None for d in drawn(7)) < 90
    assert all(d is None or 0 <= d < 1000 for d in drawn(7))


def test_drawn_faults_are_of_several_kinds():
    faults = active(seed=3, drawn=0.5)
    kinds = {s[0].kind for s in (faults.strike(Moment("fetch")) for _ in range(200)) if s}
    assert kinds == {"cut", "reset", "error", "kill"}


@pytest.mark.parametrize(
    "wrong",
    [
        '{"fault": []}',
        '{"faults": [{"then": {}}]}',
        '{"faults": [{"then": {"cut": 1, "reset": 1}}]}',
        '{"faults": [{"when": {"cal": "fetch"}, "then": {"cut": 1}}]}',
        '{"faults": [{"when": {"call": "fetched"}, "then": {"cut": 1}}]}',
        '{"faults": [{"when": {"call": "fetch"}, "then": {"refuse": 12514}}]}',
        '{"faults": [{"when": {"call": "connect"}, "then": {"error": 600}}]}',
        '{"faults": [{"then": {"cut": 1, "rows": 3}}]}',
        "strike",
    ],
)
def test_what_is_no_plan_is_refused(wrong):
    with pytest.raises(ValueError):
        plan.read(wrong)
    assert issubclass(Wrong, ValueError)


@pytest.mark.parametrize("after", [0, 1, 99, 100, 150])
def test_a_line_breaks_after_so_many_bytes(after):
    ours, theirs = socket.socketpair()
    with ours, theirs:
        line = Line(ours)
        line.breaks("cut", after, "answers")
        line.sendall(b"x" * 100) if after >= 100 else None
        with pytest.raises(OSError):
            line.sendall(b"y" * 100)
        ours.close()
        assert len(theirs.recv(1000)) == after


def test_a_request_breaks_too():
    ours, theirs = socket.socketpair()
    with ours, theirs:
        line = Line(ours)
        line.breaks("cut", 3, "requests")
        theirs.sendall(b"12345")
        assert line.recv(10) == b"123"
        with pytest.raises(OSError):
            line.recv(10)


def test_numbers_are_drawn_apart_from_each_other():
    fault = plan.Fault("cut", {"below": 10}, {})
    assert {fault.bytes(Random(n)) for n in range(100)} == set(range(10))
