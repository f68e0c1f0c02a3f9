"""Calls ``initload task``: one process per step, a request file in, a result file out.

The process is a child in the task's own process group, so that whatever ends the task reaches it too, and
it watches its parent besides. What it prints are JSON lines, which become lines of the task's log. What an
exit code means for the orchestrator is decided here and nowhere else. Nothing here knows Airflow.
"""

from __future__ import annotations

import json
import logging
import os
import subprocess
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timezone
from enum import Enum
from pathlib import Path
from typing import Any

_LOG = logging.getLogger(__name__)
_LEVELS = {"TRACE": 10, "DEBUG": 10, "INFO": 20, "WARN": 30, "WARNING": 30, "ERROR": 40}

# The task's log has its own time; the rest says which task it is.
_KNOWN_FIELDS = frozenset({"time", "logger", "thread", "migration", "table", "chunk", "step"})

# Each try counts towards a lock of the account.
_NOT_TO_BE_REPEATED = frozenset({"SOURCE_LOGIN", "ORG_LOGIN"})


class Action(Enum):
    """What an orchestrator does next."""

    DONE = "done"
    WAIT = "wait"
    RETRY = "retry"
    FAIL = "fail"


@dataclass(frozen=True)
class Outcome:
    """How a step ended.

    :param code: exit code; negative for a signal, as ``subprocess`` has it
    :param result: the result file; empty when there is none
    """

    step: str
    code: int
    result: Mapping[str, Any] = field(default_factory=dict)

    @property
    def action(self) -> Action:
        """The one place where exit codes are read (docs/architecture.md, "Exit codes")."""
        match self.code:
            case 0 | 4:
                return Action.DONE
            case 3 if self.failure_code == "BUG":
                return Action.RETRY
            case 1 | 3 | 6:
                return Action.FAIL
            case 2:
                return Action.FAIL if self.failure_code in _NOT_TO_BE_REPEATED else Action.RETRY
            case 75 | 76:
                return Action.WAIT if self.retry_at else Action.RETRY
            case _:  # 5 and killed: interrupted; anything else: a bug. Retries are bounded.
                return Action.RETRY

    @property
    def waiting(self) -> bool:
        """Whether the step ended well but Salesforce has not."""
        return self.code == 0 and self.result.get("status") == "waiting"

    @property
    def jobs(self) -> list[str]:
        return [job["id"] for job in self.result.get("jobs") or []]

    @property
    def retry_at(self) -> datetime | None:
        text = self.result.get("retryAt")
        if not text:
            return None
        moment = datetime.fromisoformat(text.replace("Z", "+00:00"))
        return moment if moment.tzinfo else moment.replace(tzinfo=timezone.utc)

    @property
    def failure_code(self) -> str:
        return (self.result.get("failure") or {}).get("code", "")

    @property
    def message(self) -> str:
        """Why, in the engine's own words."""
        failure = self.result.get("failure") or {}
        if not failure:
            ended = f"was killed by signal {-self.code}" if self.code < 0 else f"ended with exit code {self.code}"
            return f"initload task {self.step} {ended}"
        words = [f"{failure.get('code')}: {failure.get('message')}"]
        if failure.get("remedy"):
            words.append(f"next: {failure['remedy']}")
        return " ".join(words)


class Engine:
    """One call of the engine, which another thread or a signal handler may end."""

    def __init__(self, command: Sequence[str], environment: Mapping[str, str]):
        self._command = tuple(command)
        self._environment = dict(environment)
        self._child: subprocess.Popen | None = None

    def call(self, step: str, request: Mapping[str, Any]) -> Outcome:
        """Runs a step to its end.

        :raises FileNotFoundError: when the command is not there
        """
        with tempfile.TemporaryDirectory(prefix="initload-") as directory:
            asked, answered = Path(directory, "request.json"), Path(directory, "result.json")
            asked.write_text(json.dumps({k: v for k, v in request.items() if v not in (None, "")}))
            words = [*self._command, "task", step, "--request", str(asked), "--result", str(answered)]
            # No new session: the child must belong to the group that a kill of the task reaches. The pipe is
            # read here: an inherited output would keep the supervisor's socket open when the child survives.
            self._child = subprocess.Popen(
                words,
                env=self._environment,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
                encoding="utf-8",
                errors="replace",
            )
            try:
                _log_lines(self._child.stdout or ())
                code = self._child.wait()
            finally:
                self.stop()
            return Outcome(step, code, _read(answered))

    def stop(self) -> None:
        """Asks the child to end: it gives back what it holds, within three seconds."""
        child = self._child
        if child is not None and child.poll() is None:
            child.terminate()


def child_environment(own: Mapping[str, str] = os.environ, **more: str) -> dict[str, str]:
    """The worker's environment without Airflow's own settings and secrets, and with these values."""
    return {k: v for k, v in own.items() if not k.startswith(("AIRFLOW", "_AIRFLOW"))} | more


def _read(file: Path) -> dict[str, Any]:
    try:
        result = json.loads(file.read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return {}
    return result if isinstance(result, dict) else {}


def _log_lines(lines: Iterable[str]) -> None:
    for line in lines:
        level, text = log_line(line)
        if text:
            _LOG.log(level, "%s", text)


def log_line(line: str) -> tuple[int, str]:
    """A line of the engine as level and text of the task's log; what is no JSON is kept as it is."""
    line = line.strip()
    try:
        event = json.loads(line)
        level, text = _LEVELS.get(str(event.pop("level", "INFO")).upper(), 20), event.pop("msg")
    except (ValueError, AttributeError, KeyError, TypeError):
        return logging.WARNING if line else logging.DEBUG, line
    fields = " ".join(f"{k}={v}" for k, v in event.items() if k not in _KNOWN_FIELDS)
    return level, f"{text} {fields}".strip()
