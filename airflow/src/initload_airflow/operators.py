"""The steps of the engine as operators. Rows, books and limits are the engine's; here is only who waits."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from airflow.providers.standard.triggers.temporal import DateTimeTrigger
from airflow.sdk import BaseOperator
from airflow.sdk.exceptions import AirflowException, AirflowFailException, AirflowSkipException

from initload_airflow.config.tables_config import read
from initload_airflow.connections import engine_environment
from initload_airflow.engine import Action, Engine, Outcome
from initload_airflow.links import ConsoleLink, JobLink, ReportLink, report_url
from initload_airflow.settings import Settings
from initload_airflow.triggers import JobsTrigger

if TYPE_CHECKING:
    from airflow.sdk import Context

_POLL_FIRST_SECONDS, _POLL_LONGEST_SECONDS = 1.0, 30.0


class EngineOperator(BaseOperator):
    """One step of the engine. Waits for quota and slots without a worker.

    :param step: as in ``initload task STEP``
    :param config: the migration file
    :param table: the table, for a step over one
    :param modes: the modes of a run in which the step has something to do; skipped in others
    :param reports: whether it writes a report
    :param whole: whether it makes sense only in a run of all tables; skipped in others
    """

    operator_extra_links = (ReportLink(), ConsoleLink())
    ui_color = "#e8f1fa"

    def __init__(
        self,
        *,
        step: str,
        config: str,
        table: str = "",
        modes: tuple[str, ...] = ("load",),
        reports: bool = False,
        whole: bool = False,
        **kwargs: Any,
    ):
        super().__init__(**kwargs)
        self.step, self.config, self.table = step, config, table
        self.modes, self.reports, self.whole = tuple(modes), reports, whole
        self.report_url = ""
        self._engine: Engine | None = None

    def execute(self, context: Context) -> Any:
        return self.resume(context)

    def resume(self, context: Context, event: Any = None) -> Any:
        """The step, also after a wait."""
        only_in(context, self.modes)
        if self.whole and partial(context["params"]):
            raise AirflowSkipException("only a part of the migration was asked for")
        return self.done(self.settled(self.call(context, self.step), "resume"))

    def call(self, context: Context, step: str, **more: Any) -> Outcome:
        """Runs the engine once."""
        migration = read(Path(self.config), os.environ)
        self._engine = Engine(Settings.of().command, engine_environment(migration))
        outcome = self._engine.call(step, request(context, self.config, self.table, self.reports) | more)
        if report := outcome.result.get("report"):
            self.report_url = report_url(context["ti"].dag_id, context["ti"].run_id, Path(report).name)
            self.log.info("report: %s", self.report_url)
        return outcome

    def settled(self, outcome: Outcome, method: str) -> Outcome:
        """The outcome when the step is done; else defers to ``method``, or raises what Airflow then does."""
        if outcome.action is Action.WAIT and outcome.retry_at is not None:
            self.log.info("%s; goes on at %s", outcome.message, outcome.retry_at)
            self.defer(trigger=DateTimeTrigger(moment=outcome.retry_at), method_name=method)
        return done(outcome)

    def done(self, outcome: Outcome) -> Mapping[str, Any]:
        links = {"url": self.report_url} if self.report_url else {}
        return summary(outcome) | links | ({} if self.table else {"text": outcome.result.get("text", "")})

    def on_kill(self) -> None:
        if self._engine is not None:
            self._engine.stop()


class SummaryOperator(EngineOperator):
    """The books of a table. Where its steps did not come to their end, they are asked for, with a report.

    :param finished: the books as the last of those steps had them; nothing when it failed
    """

    template_fields = ("finished",)

    def __init__(self, *, finished: Any, **kwargs: Any):
        super().__init__(step="summarise", modes=("load", "verify"), trigger_rule="all_done", **kwargs)
        self.finished = finished

    def resume(self, context: Context, event: Any = None) -> Any:
        only_in(context, self.modes)
        if self.finished:
            return self.finished
        self.reports = context["params"].get("mode") == "load"  # else reconcile has it
        outcome = self.call(context, self.step)
        if outcome.action in (Action.RETRY, Action.WAIT):
            self.settled(outcome, "resume")
        return self.done(outcome)


class ChunkOperator(EngineOperator):
    """Moves one chunk: extract, stage, upload and submit in one process; wait for Salesforce; collect.

    Fused, since staged files lie on the disk of one host and Airflow cannot send the next task there. Its pool
    slot is held from the first byte to the last result. All steps return at once when their work is done, so
    that every retry, on any host, simply begins again.

    :param chunk: ``{"chunk": ordinal, "name": ..., "rows": ...}`` as planned
    """

    operator_extra_links = (JobLink(), ConsoleLink())

    def __init__(self, *, chunk: Mapping[str, Any], config: str, table: str, **kwargs: Any):
        super().__init__(step="move", config=config, table=table, **kwargs)
        self.chunk = chunk
        self.job_url = ""

    def resume(self, context: Context, event: Any = None) -> Any:
        moved = self._step(context, "move", "resume")
        return self._wait_for_jobs(moved) if moved.jobs else self.collect(context)

    def collect(self, context: Context, event: Any = None, job_url: str = "") -> Any:
        """What the jobs did; resumed when they have ended."""
        self.job_url = job_url
        if event and event.get("refused"):
            self.log.warning("the triggerer could not look at the jobs: %s", event["refused"])
        collected = self._step(context, "collect", "collect")
        if not collected.waiting:
            return self.done(collected)
        if collected.jobs and event is None:
            return self._wait_for_jobs(collected)
        # The jobs have ended, but the engine is not done: another process holds the chunk, or it must move again.
        if collected.retry_at is None:
            raise AirflowException(f"chunk {self.chunk['chunk']} of {self.table} waits: {collected.message}")
        self.defer(trigger=DateTimeTrigger(moment=collected.retry_at), method_name="resume")

    def _step(self, context: Context, step: str, method: str) -> Outcome:
        context["chunk_name"] = self.chunk.get("name") or self.chunk["chunk"]  # for map_index_template
        return self.settled(self.call(context, step, chunk=self.chunk["chunk"]), method)

    def _wait_for_jobs(self, outcome: Outcome) -> None:
        self.log.info("Salesforce works on %s", ", ".join(outcome.jobs))
        # No timeout: Salesforce's work has no deadline of ours. Nothing on self survives a wait.
        self.defer(
            trigger=JobsTrigger(self.config, outcome.jobs, _POLL_FIRST_SECONDS, _POLL_LONGEST_SECONDS),
            method_name="collect",
            kwargs={"job_url": outcome.result["jobs"][-1].get("url", "")},
        )


def request(context: Context, config: str, table: str = "", reports: bool = False) -> dict[str, Any]:
    """What every request of a run has in common."""
    params, ti = context["params"], context["ti"]
    asked = {
        "config": config,
        "migration": params.get("migration"),
        "trial": params.get("trial"),
        "table": table,
        "level": params.get("level"),
    }
    if reports:
        place = Settings.of().reports.absolute() / ti.dag_id / ti.run_id
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
        asked["report"] = str(place)
    return asked


def run_step(context: Context, step: str, config: str, table: str = "", reports: bool = False, **more: str) -> Outcome:
    """A short step, for ``@task``; may end in any way."""
    engine = Engine(Settings.of().command, engine_environment(read(Path(config), os.environ)))
    return engine.call(step, request(context, config, table, reports) | more)


def done(outcome: Outcome) -> Outcome:
    """The outcome of a step that is done.

    :raises AirflowFailException: when repeating it changes nothing
    :raises AirflowException: when it should be tried again
    """
    if outcome.action is Action.FAIL:
        raise AirflowFailException(outcome.message)
    if outcome.action is not Action.DONE:
        raise AirflowException(outcome.message)
    return outcome


def summary(outcome: Outcome) -> dict[str, Any]:
    """What of a result goes into XCom: ids and counts, never rows."""
    books = outcome.result.get("books") or []
    closed = outcome.result.get("closed", bool(books) and all(b["closed"] for b in books))
    return {"closed": outcome.action is Action.DONE and closed, "books": books}


def partial(params: Any) -> bool:
    """Whether a run is for some tables or phases only."""
    return bool(params.get("tables") or params.get("phases"))


def only_in(context: Context, modes: tuple[str, ...]) -> None:
    """Skips a step in the other modes of a run."""
    mode = context["params"].get("mode", "load")
    if mode not in modes:
        raise AirflowSkipException(f"nothing to do in the mode {mode}")
