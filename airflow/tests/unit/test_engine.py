"""Calling the engine, with a stand-in for its command: what goes in, what comes out, who is killed."""

import json
import logging
import os
import signal
import sys
import threading
import time

import pytest

from initload_airflow.engine import Action, Engine, Outcome, child_environment, log_line

STAND_IN = """
import json, os, signal, sys, time
step, request, result = sys.argv[2], json.load(open(sys.argv[4])), sys.argv[6]
print(json.dumps({"level": "WARN", "msg": "hello", "time": "now", "table": "T", "rows": 7}), flush=True)
print("not json", file=sys.stderr, flush=True)
if step == "hang":
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(5))
    open(request["config"], "w").write(str(os.getpgid(0)))
    time.sleep(60)
json.dump({"step": step, "argv": sys.argv, "secret": os.environ.get("SECRET")}, open(result, "w"))
sys.exit(request.get("exit", 0))
"""


@pytest.fixture
def engine(tmp_path):
    (tmp_path / "command.py").write_text(STAND_IN)
    return Engine([sys.executable, str(tmp_path / "command.py")], child_environment(SECRET="s3cret"))


def test_a_step_gets_its_request_and_gives_its_result(engine, caplog):
    with caplog.at_level(logging.INFO):
        outcome = engine.call("plan", {"config": "c", "table": "T", "level": None, "exit": 4})

    assert (outcome.code, outcome.result["step"]) == (4, "plan")
    assert ("WARNING", "hello rows=7") in [(r.levelname, r.message) for r in caplog.records]
    assert ("WARNING", "not json") in [(r.levelname, r.message) for r in caplog.records]


def test_secrets_travel_by_environment_only(engine):
    result = engine.call("plan", {"config": "c"}).result

    assert result["secret"] == "s3cret"
    assert "s3cret" not in json.dumps(result["argv"])


def test_airflows_own_secrets_are_not_passed_on():
    own = {"AIRFLOW__CORE__FERNET_KEY": "x", "AIRFLOW_CONN_A": "x", "_AIRFLOW__AS_LIBRARY": "1", "PATH": "p"}

    assert child_environment(own, A="1") == {"PATH": "p", "A": "1"}


def test_a_stopped_step_is_in_the_callers_group_and_ends_with_its_own_code(engine, tmp_path):
    mark, outcomes = tmp_path / "group", []
    thread = threading.Thread(target=lambda: outcomes.append(engine.call("hang", {"config": str(mark)})))
    thread.start()
    while not (mark.exists() and mark.read_text()):
        time.sleep(0.01)

    engine.stop()
    thread.join()

    assert int(mark.read_text()) == os.getpgid(0)
    assert (outcomes[0].code, outcomes[0].action) == (5, Action.RETRY)


@pytest.mark.parametrize(
    ("code", "result", "action"),
    [
        (0, {}, Action.DONE),
        (4, {}, Action.DONE),
        (1, {}, Action.FAIL),
        (2, {"failure": {"code": "SOURCE_UNREACHABLE"}}, Action.RETRY),
        (2, {"failure": {"code": "SOURCE_LOGIN"}}, Action.FAIL),
        (2, {"failure": {"code": "ORG_LOGIN"}}, Action.FAIL),
        (3, {}, Action.FAIL),
        (3, {"failure": {"code": "BUG"}}, Action.RETRY),
        (5, {}, Action.RETRY),
        (6, {}, Action.FAIL),
        (75, {}, Action.RETRY),
        (75, {"retryAt": "2026-11-28T03:17:00Z"}, Action.WAIT),
        (76, {"retryAt": "2026-11-28T03:17:00Z"}, Action.WAIT),
        (143, {}, Action.RETRY),
        (-signal.SIGKILL, {}, Action.RETRY),
        (99, {}, Action.RETRY),
    ],
)
def test_exit_codes_are_read_in_one_place(code, result, action):
    assert Outcome("move", code, result).action is action


def test_an_outcome_speaks_in_the_engines_words():
    failure = {"code": "SOURCE_LOGIN", "message": "The password is wrong.", "remedy": "Correct it."}

    assert Outcome("move", 2, {"failure": failure}).message == "SOURCE_LOGIN: The password is wrong. next: Correct it."
    assert "signal 9" in Outcome("move", -9).message
    assert "exit code 3" in Outcome("move", 3).message


def test_retry_time_has_a_zone():
    assert Outcome("move", 76, {"retryAt": "2026-11-28T03:17:00Z"}).retry_at.isoformat() == "2026-11-28T03:17:00+00:00"


def test_an_answer_that_is_no_json_is_no_answer(tmp_path):
    broken = tmp_path / "broken.py"
    broken.write_text("import sys; open(sys.argv[6], 'w').write('{')")

    assert Engine([sys.executable, str(broken)], child_environment()).call("plan", {}).result == {}


@pytest.mark.parametrize("line", ["", "[1]", "{}", '{"level": 3, "msg": "m"}', "\u0000"])
def test_no_line_of_the_engine_breaks_the_log(line):
    level, text = log_line(line)
    assert isinstance(level, int)
    assert isinstance(text, str)
