"""The master DAG of a migration: phases in order, tables side by side (docs/reference/airflow.md, "Master DAG")."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from airflow.providers.standard.operators.trigger_dagrun import TriggerDagRunOperator
from airflow.sdk import DAG, Param, TaskGroup, get_current_context, task
from airflow.sdk.exceptions import AirflowException, AirflowFailException, AirflowSkipException

from initload_airflow.config.tables_config import Migration, Table
from initload_airflow.engine import Action
from initload_airflow.operators import EngineOperator, done, only_in, partial, run_step, summary
from initload_airflow.settings import SOURCE_POOL, TABLES_POOL, Settings
from initload_airflow.table_dag import common_params, default_args, explain, judged

if TYPE_CHECKING:
    from airflow.sdk import Context


class RunTable(TriggerDagRunOperator):
    """Runs the DAG of a table to its end, without a worker; the same run again when it is cleared.

    :param table: the table's name
    :param phase: its phase
    """

    def __init__(self, *, table: str, phase: str, **kwargs: Any):
        super().__init__(**kwargs)
        self.table, self.phase = table, phase

    def execute(self, context: Context) -> None:
        only_in(context, ("load", "verify"))  # what is only to be checked, the master has checked itself
        if not asked_for(context["params"], self.table, self.phase):
            raise AirflowSkipException("not asked for in this run")
        super().execute(context)

    def execute_complete(self, context: Context, event: tuple[str, dict[str, Any]]) -> None:
        """A table that failed has had its retries; to run it again is for a person."""
        try:
            super().execute_complete(context, event)
        except AirflowException as e:
            raise AirflowFailException(str(e)) from None


def asked_for(params: Any, table: str, phase: str) -> bool:
    """Whether a run includes a table: none named means all."""
    tables, phases = params.get("tables") or [], params.get("phases") or []
    return (not tables or table in tables) and (not phases or phase in phases)


def master_dag(migration: Migration, settings: Settings) -> DAG:
    """The whole migration."""
    with DAG(
        dag_id=migration.dag_id,
        dag_display_name=f"{migration.name}: migration" + (f", wave {migration.wave}" if migration.wave > 1 else ""),
        description=f"All tables of {migration.file.name}, phase by phase",
        schedule=None,
        catchup=False,
        max_active_runs=1,
        max_active_tasks=256,
        is_paused_upon_creation=False,
        tags=["initload", "master", f"migration:{migration.name}"],
        default_args=default_args(settings),
        params=_params(migration),
        doc_md=_sheet(migration),
    ) as dag:
        if migration.problem:
            explain(migration.problem)
        else:
            _steps(migration, settings)
    return dag


def _params(migration: Migration) -> dict[str, Param]:
    names = [t.name for t in migration.tables]
    return common_params(migration) | {
        "tables": Param([], **_several(names), title="Tables", description="Only these tables; none: all."),
        "phases": Param(
            [],
            **_several(list(migration.phases)),
            title="Phases",
            description="Only these phases; none: all.",
        ),
    }


def _several(known: list[str]) -> dict[str, Any]:
    return {"type": "array", "items": {"type": "string", "enum": known or [""]}, "examples": known}


def _steps(migration: Migration, settings: Settings) -> None:
    config = str(migration.file)

    @task(pool=SOURCE_POOL, retries=2)
    def preflight() -> bool:
        """All that was asked for, against both sides, before anything moves; when some tables are loaded, each by
        itself.
        """
        context = get_current_context()
        if not partial(context["params"]):
            done(run_step(context, "preflight", config))
        elif context["params"]["mode"] == "preflight":
            _check(config, [t for t in migration.tables if asked_for(context["params"], t.name, t.phase)])
        return True

    checked: Any = preflight()
    before = checked
    gates: list[Any] = []
    for phase in migration.phases:
        tables = migration.in_phase(phase)
        with TaskGroup(f"phase_{_word(phase)}", tooltip=f"The tables of the phase {phase}; none waits for another."):
            runs = [_run(migration, table, settings) for table in tables]
            after = _gate(config, phase, [t.name for t in tables])
            before >> runs >> after if runs else before >> after
            for queue in settings.hosts or (settings.queue,):
                after >> _cleanup(config, queue).as_teardown(on_failure_fail_dagrun=False)
        gates.append(after)
        before = after

    certificate = EngineOperator(
        task_id="certificate",
        step="reconcile",
        config=config,
        modes=("load", "verify"),
        reports=True,
        whole=True,
        doc_md="Compares source and org once more, all tables; the link leads to the certificate.",
    )
    report = EngineOperator(
        task_id="report",
        step="summarise",
        config=config,
        modes=("load", "verify"),
        reports=True,
        trigger_rule="one_failed",
        doc_md="What became of the rows so far, when there is no certificate.",
    )

    @task(trigger_rule="all_done", retries=2)
    def verdict(
        sound: bool | None, phases: list[dict[str, Any] | None], proof: dict[str, Any] | None
    ) -> dict[str, Any]:
        """Red unless the books of all that was asked for close."""
        context = get_current_context()
        if partial(context["params"]):
            proof = {"closed": all(phase and phase["closed"] for phase in phases)}
        return judged(context, migration.name, sound, proof, proof)

    before >> certificate >> report >> verdict(checked, gates, certificate.output)


def _check(config: str, tables: list[Table]) -> None:
    """Checks tables one by one, and says of all of them what is wrong.

    :raises AirflowFailException: when repeating it changes nothing
    :raises AirflowException: when it should be tried again
    """
    problems, again = [], False
    for table in tables:
        if table.problem:
            problems.append(table.problem)
            continue
        outcome = run_step(get_current_context(), "preflight", config, table.name)
        if outcome.action is not Action.DONE:
            problems.append(f"{table.name}: {outcome.message}")
            again = again or outcome.action is not Action.FAIL
    if problems:
        raise (AirflowException if again else AirflowFailException)("\n".join(problems))


def _run(migration: Migration, table: Table, settings: Settings) -> RunTable:
    return RunTable(
        task_id=_word(table.dag_id.removeprefix("initload_table__").removeprefix(f"{migration.name}__")),
        task_display_name=table.name,
        table=table.name,
        phase=table.phase,
        trigger_dag_id=table.dag_id,
        trigger_run_id="{{ dag_run.run_id }}",
        conf={
            "migration": "{{ params.migration }}",
            "trial": "{{ params.trial }}",
            "mode": "{{ params.mode }}",
            "checked": "{{ '' if params.tables or params.phases else 'yes' }}",
            "level": "{{ params.level }}",
        },
        logical_date=None,
        reset_dag_run=True,
        wait_for_completion=True,
        deferrable=True,
        fail_when_dag_is_paused=True,
        poke_interval=max(1, int(settings.every.total_seconds())),
        pool=TABLES_POOL,
        priority_weight=10 if table.size == "large" else 1,
        retries=2,
        doc_md=f"The DAG `{table.dag_id}`. Clear this task (with downstream) to run the rest of the table.",
    )


def _gate(config: str, phase: str, tables: list[str]) -> Any:
    @task(task_id="gate", trigger_rule="all_done", retries=2)
    def gate() -> dict[str, Any]:
        """Lets the next phase begin when the ledger says that the books of these tables close."""
        context = get_current_context()
        only_in(context, ("load", "verify"))
        asked = [t for t in tables if asked_for(context["params"], t, phase)]
        if not asked:
            return {"closed": True, "books": []}
        outcome = run_step(context, "summarise", config)
        books = summary(outcome)["books"]
        if not books:
            done(outcome)
        still_open = sorted(set(asked) - {b["table"] for b in books if b["closed"]})
        if still_open:
            raise AirflowFailException(
                f"The books of {len(still_open)} of {len(asked)} tables of the phase {phase} are open: "
                f"{', '.join(still_open)}. Clear their tasks (with downstream) when the cause is mended."
            )
        if context["params"]["mode"] == "load" and not partial(context["params"]):
            # lookups between tables wait for the last of them, which is for none of their DAGs
            books = summary(done(run_step(context, "finish", config, phase=phase)))["books"]
        return {"closed": True, "books": [b for b in books if b["table"] in asked]}

    return gate()


def _cleanup(config: str, queue: str) -> EngineOperator:
    """Deletes the staged files of settled chunks on the host behind a queue; no run is red because of it."""
    return EngineOperator(
        task_id=f"cleanup_{_word(queue)}",
        step="cleanup",
        config=config,
        queue=queue,
        retries=1,
    )


def _word(text: str) -> str:
    return "".join(c if c.isascii() and (c.isalnum() or c in "_.-") else "-" for c in text)


def _sheet(migration: Migration) -> str:
    if migration.problem:
        return f"### {migration.file.name} cannot be used\n\n```\n{migration.problem}\n```\n"
    lines = []
    for phase in migration.phases:
        lines += [f"| {phase} | `{t.name}` | {t.object} | {t.size} |" for t in migration.in_phase(phase)]
    return "\n".join(
        [
            f"### Migration {migration.name}",
            "",
            "| phase | table | object | size |",
            "|---|---|---|---|",
            *lines,
            "",
            "A table that fails lets its siblings finish and blocks the next phase. **To go on:** mend the cause and",
            "clear the table's task here with *downstream*; what is settled is not done again. The certificate is",
            "behind the link *Report* of the task `certificate`.",
        ]
    )
