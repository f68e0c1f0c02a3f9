"""The steps of the engine as operators. Rows, books and limits are the engine's; here is only who waits."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from airflow.providers.standard.triggers.temporal import DateTimeTrigger
from airflow.sdk import BaseOperator
from airflow.sdk.exceptions import AirflowException, AirflowFailException, AirflowSkipException

from initload_airflow.config.tables_config import read
from initload_airflow.connections import engine_environment
from initload_airflow.engine import Action, Engine, Outcome
from initload_airflow.links import JobLink, ReportLink, report_url
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
    """

    operator_extra_links = (ReportLink(),)
    ui_color = "#e8f1fa"

    def __init__(
        self,
        *,
        step: str,
        config: str,
        table: str = "",
        modes: tuple[str, ...] = ("load",),
        reports: bool = False,
        **kwargs: Any,
    ):
        super().__init__(**kwargs)
        self.step, self.config, self.table = step, config, table
        self.modes, self.reports = tuple(modes), reports
        self.report_url = ""
        self._engine: Engine | None = None

    def execute(self, context: Context) -> Any:
        return self.resume(context)

    def resume(self, context: Context, event: Any = None) -> Any:
        """The step, also after a wait."""
        only_in(context, self.modes)
        return self.done(self.settled(self.call(context, self.step), "resume"))

    def call(self, context: Context, step: str, **more: Any) -> Outcome:
        """Runs the engine once."""
        migration = read(Path(self.config), {})
        self._engine = Engine(Settings.of().command, engine_environment(migration))
        outcome = self._engine.call(step, request(context, self.config, self.table, self.reports) | more)
        if report := outcome.result.get("report"):
            self.report_url = report_url(context["ti"].dag_id, context["ti"].run_id, Path(report).name)
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


class ChunkOperator(EngineOperator):
    """Moves one chunk: extract, stage, upload and submit in one process; wait for Salesforce; collect.

    Fused, since staged files lie on the disk of one host and Airflow cannot send the next task there. Its pool
    slot is held from the first byte to the last result. All steps return at once when their work is done, so
    that every retry, on any host, simply begins again.

    :param chunk: ``{"chunk": ordinal, "name": ..., "rows": ...}`` as planned
    """

    operator_extra_links = (JobLink(),)

    def __init__(self, *, chunk: Mapping[str, Any], config: str, table: str, **kwargs: Any):
        super().__init__(step="move", config=config, table=table, **kwargs)
        self.chunk = chunk
        self.job_url = ""

    def resume(self, context: Context, event: Any = None) -> Any:
        context["chunk_name"] = self.chunk.get("name") or self.chunk["chunk"]  # for map_index_template
        moved = self.settled(self.call(context, "move", chunk=self.chunk["chunk"]), "resume")
        return self._wait_for_jobs(moved) if moved.jobs else self.collect(context)

    def collect(self, context: Context, event: Any = None) -> Any:
        """What the jobs did; resumed when they have ended."""
        context["chunk_name"] = self.chunk.get("name") or self.chunk["chunk"]
        collected = self.settled(self.call(context, "collect", chunk=self.chunk["chunk"]), "collect")
        self._name_job(collected)
        if not collected.waiting:
            return self.done(collected)
        if collected.jobs:
            return self._wait_for_jobs(collected)
        if collected.retry_at is not None:
            self.defer(trigger=DateTimeTrigger(moment=collected.retry_at), method_name="resume")
        self.log.info("%s", collected.message)
        raise AirflowException(f"chunk {self.chunk['chunk']} of {self.table} must be moved again: {collected.message}")

    def _wait_for_jobs(self, outcome: Outcome) -> None:
        self._name_job(outcome)
        self.log.info("Salesforce works on %s", ", ".join(outcome.jobs))
        # No timeout: Salesforce's work has no deadline of ours.
        self.defer(
            trigger=JobsTrigger(self.config, outcome.jobs, _POLL_FIRST_SECONDS, _POLL_LONGEST_SECONDS),
            method_name="collect",
        )

    def _name_job(self, outcome: Outcome) -> None:
        for job in outcome.result.get("jobs") or []:
            self.job_url = job.get("url") or self.job_url


def request(context: Context, config: str, table: str = "", reports: bool = False) -> dict[str, Any]:
    """What every request of a run has in common."""
    params, ti = context["params"], context["ti"]
    asked = {
        "config": config,
        "migration": params.get("migration"),
        "table": table,
        "level": params.get("level"),
    }
    if reports:
        place = Settings.of().reports.absolute() / ti.dag_id / ti.run_id
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
        asked["report"] = str(place)
    return asked


def run_step(context: Context, step: str, config: str, table: str = "", reports: bool = False) -> Outcome:
    """A short step, for ``@task``; may end in any way."""
    engine = Engine(Settings.of().command, engine_environment(read(Path(config), {})))
    return engine.call(step, request(context, config, table, reports))


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
    books = (outcome.result.get("books") or {}).get("tables", [])
    return {"closed": outcome.action is Action.DONE, "books": books}


def only_in(context: Context, modes: tuple[str, ...]) -> None:
    """Skips a step in the other modes of a run."""
    mode = context["params"].get("mode", "load")
    if mode not in modes:
        raise AirflowSkipException(f"nothing to do in the mode {mode}")
