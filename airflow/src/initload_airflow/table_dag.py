"""The DAG of one table (docs/reference/airflow.md, "Table DAG")."""

from __future__ import annotations

import logging
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from airflow.sdk import DAG, Asset, Param, PokeReturnValue, get_current_context, task
from airflow.sdk.exceptions import AirflowFailException, AirflowSkipException

from initload_airflow.config.tables_config import Migration, Table, levels, target_settings
from initload_airflow.operators import ChunkOperator, EngineOperator, SummaryOperator, done, run_step
from initload_airflow.settings import JOBS_POOL, SOURCE_POOL, Settings

if TYPE_CHECKING:
    from airflow.sdk import Context

_LOG = logging.getLogger(__name__)

MODES = ("load", "verify", "preflight")
_DAY = timedelta(hours=26)  # the rolling day, and some
_LONGEST_RETRY = timedelta(minutes=15)


def table_dag(migration: Migration, table: Table, settings: Settings) -> DAG:
    """One table, from preflight to verdict."""
    with DAG(
        dag_id=table.dag_id,
        dag_display_name=f"{migration.name}: {table.name}",
        description=f"{table.source} into {table.object}" if not table.problem else "cannot be run",
        schedule=None,
        catchup=False,
        max_active_runs=1,
        max_active_tasks=64,
        is_paused_upon_creation=False,
        tags=[
            "initload",
            "table",
            f"migration:{migration.name}",
            f"phase:{table.phase}",
            f"size:{table.size}",
        ],
        default_args=default_args(settings),
        params=common_params(migration),
        doc_md=table_sheet(migration, table),
    ) as dag:
        if table.problem:
            explain(table.problem)
        else:
            _steps(migration, table, settings)
    return dag


def explain(problem: str) -> None:
    """The only task of a DAG whose configuration is wrong: it fails and says why."""

    @task(task_id="configuration", retries=0)
    def configuration() -> None:
        raise AirflowFailException(problem)

    configuration()


def default_args(settings: Settings) -> dict[str, Any]:
    return {
        "owner": "initload",
        "queue": settings.queue,
        "retries": 3,
        "retry_delay": settings.retry,
        "retry_exponential_backoff": 2,
        "max_retry_delay": _LONGEST_RETRY,
        "weight_rule": "absolute",
    }


def common_params(migration: Migration) -> dict[str, Param]:
    return {
        "migration": Param(
            "",
            type="string",
            pattern="^([A-Za-z0-9][A-Za-z0-9._-]{0,63})?$",
            title="Migration",
            description="Name in the ledger; empty: the name in the file. A new name starts a new migration.",
        ),
        "trial": Param(
            "",
            type="string",
            pattern="^([0-9]{1,2}(\\.[0-9]{1,4})?%|[1-9][0-9]{0,6})?$",
            title="Trial",
            description="So much of the migration, under a name of its own: 1%, or 500 rows as 500; empty: all of it.",
        ),
        "level": Param(
            migration.level,
            enum=levels(),
            title="Level of reconciliation",
            description="count: the equations of the books; sample: and a sample, field by field.",
        ),
        "mode": Param(
            "load",
            enum=list(MODES),
            title="Mode",
            description="load: everything that is left; verify: reconcile only; preflight: check only.",
        ),
    }


def _steps(migration: Migration, table: Table, settings: Settings) -> None:
    config = str(migration.file)
    weight = 10 if table.size == "large" else 1

    @task(pool=SOURCE_POOL, retries=2)
    def preflight() -> bool:
        """Mapping, privileges and fields of this table, against both sides; the master has done it for all."""
        context = get_current_context()
        if not (context["dag_run"].conf or {}).get("checked"):
            done(run_step(context, "preflight", config, table.name))
        return True

    @task(pool=SOURCE_POOL)
    def plan() -> list[dict[str, Any]]:
        """Takes or finds the snapshot, cuts the table into chunks, returns their ordinals."""
        context = get_current_context()
        if context["params"]["mode"] != "load":
            return []
        planned = done(run_step(context, "plan", config, table.name))
        return [{k: c.get(k) for k in ("chunk", "name", "rows")} for c in planned.result.get("chunks", [])]

    @task.sensor(
        mode="reschedule",
        poke_interval=settings.every.total_seconds(),
        timeout=_DAY.total_seconds(),
        retries=2,
    )
    def quota_gate() -> PokeReturnValue:
        """Waits, without a worker, until the org has batches left today."""
        context = get_current_context()
        if context["params"]["mode"] != "load":
            return PokeReturnValue(is_done=True)
        return PokeReturnValue(is_done=_batches_left(migration) > 0)

    @task(trigger_rule="all_done", retries=2, outlets=[Asset(f"initload://{migration.name}/{table.name}")])
    def verdict(sound: bool | None, books: dict[str, Any] | None, proof: dict[str, Any] | None) -> dict[str, Any]:
        """Turns the table red unless its books close and the comparison says so too."""
        return judged(get_current_context(), table.name, sound, books, proof)

    checked, chunks, gate = preflight(), plan(), quota_gate()
    move = ChunkOperator.partial(
        task_id="move",
        config=config,
        table=table.name,
        pool=JOBS_POOL,
        priority_weight=weight,
        retries=5,
        map_index_template="{{ chunk_name }}",
        doc_md="Extract, stage, upload, submit; wait without a worker; collect.",
    ).expand(chunk=chunks)
    finish = EngineOperator(
        task_id="finish",
        step="finish",
        config=config,
        table=table.name,
        trigger_rule="none_failed",
        doc_md="What chunks leave behind: rows to be loaded again, jobs of workers that died.",
    )
    books = SummaryOperator(
        task_id="summarise",
        config=config,
        table=table.name,
        finished=finish.output,
        retries=2,
        doc_md="The books of the table, also when chunks failed: the link then leads to the report.",
    )
    reconcile = EngineOperator(
        task_id="reconcile",
        step="reconcile",
        config=config,
        table=table.name,
        modes=("load", "verify"),
        reports=True,
        pool=SOURCE_POOL,
        trigger_rule="none_failed",
        doc_md="Compares source and org; the link leads to the certificate of this table.",
    )
    checked >> chunks >> gate >> move >> finish >> [books, reconcile]
    verdict(checked, books.output, reconcile.output)


def judged(
    context: Context, what: str, sound: bool | None, books: dict[str, Any] | None, proof: dict[str, Any] | None
) -> dict[str, Any]:
    """The facts when books and proof close.

    :param sound: what ``preflight`` answered; nothing when it failed
    :raises AirflowSkipException: when the run was to check only, and found nothing wrong
    :raises AirflowFailException: when something was found, or they do not close, or are not there
    """
    if context["params"]["mode"] == "preflight":
        if not sound:
            raise AirflowFailException(f"{what} cannot be migrated as it is: the log of preflight says why.")
        raise AirflowSkipException("only checked: nothing was loaded")
    if not books or not books.get("closed"):
        raise AirflowFailException(f"The books of {what} DO NOT close; see the tasks before this one.")
    if not proof or not proof.get("closed"):
        raise AirflowFailException(f"The books of {what} are not proven: the reconciliation did not close.")
    return {"closed": True, "books": books.get("books"), "report": proof.get("url")}


def _batches_left(migration: Migration) -> int:
    import asyncio

    from initload_airflow.connections import engine_environment
    from initload_airflow.salesforce import Login, LoginRefused, Org, OrgUnavailable

    login = Login.of(target_settings(migration, engine_environment(migration)))

    async def ask() -> int:
        async with Org(login) as org:
            return await org.batches_left()

    try:
        return asyncio.run(ask())
    except (LoginRefused, ValueError) as e:
        raise AirflowFailException(str(e)) from None
    except OrgUnavailable as e:
        _LOG.warning("the org does not say what is left of its batches: %s", e)
        return 0


def table_sheet(migration: Migration, table: Table) -> str:
    if table.problem:
        return f"### {table.name}\n\nThis table cannot be run:\n\n```\n{table.problem}\n```\n"
    keys = ", ".join(f"`{k}`" for k in table.key_columns) or "a composite"
    return f"""### {table.source} into {table.object}

| | |
|---|---|
| migration | `{migration.name}`, `{migration.file.name}` |
| phase | {table.phase} |
| size | {table.size} |
| upsert key | `{table.external_id}` from {keys} |
| chunks | about {table.chunk_rows:,} rows each, cut by `{table.strategy}` |

**Run the rest of this table:** clear the failed tasks here, or the table's task in the master DAG. What is
settled is not done again. **A red `verdict`** means that the books do not close: the
reports behind `summarise` and `reconcile` say where. The runbook is `docs/airflow.md`; codes are explained in
`docs/runbook.md`.
"""
