"""The shape of every generated DAG."""

import copy
import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

TABLES = ["SH.COUNTRIES", "SH.CHANNELS", "SH.SALES"]
MASTER = "initload_master__crm-history"
AIRFLOW = Path(__file__).parents[2]


def table(bag, name):
    return bag.dags[f"initload_table__crm-history__{name}"]


def test_every_table_and_every_file_has_its_dag_and_nothing_breaks(bag):
    assert bag.import_errors == {}
    assert set(bag.dags) == {
        MASTER,
        "initload_master__torn",
        *(f"initload_table__crm-history__{t}" for t in [*TABLES, "SH.WRONG"]),
    }


@pytest.mark.parametrize("name", TABLES)
def test_a_table_goes_from_preflight_to_verdict(bag, name):
    dag = table(bag, name)

    downstream = {t.task_id: t.downstream_task_ids for t in dag.tasks}
    assert downstream == {
        "preflight": {"plan", "verdict"},
        "plan": {"quota_gate", "move"},
        "quota_gate": {"move"},
        "move": {"finish"},
        "finish": {"summarise", "reconcile"},
        "summarise": {"verdict"},
        "reconcile": {"verdict"},
        "verdict": set(),
    }


@pytest.mark.parametrize("name", TABLES)
def test_pools_queues_and_retries_are_as_meant(bag, name):
    tasks = {t.task_id: t for t in table(bag, name).tasks}
    known = json.loads((AIRFLOW / "pools.json").read_text())

    assert {i: t.pool for i, t in tasks.items() if t.pool != "default_pool"} == {
        "preflight": "initload_source",
        "plan": "initload_source",
        "move": "initload_jobs",
        "reconcile": "initload_source",
    }
    assert {t.pool for t in tasks.values()} - {"default_pool"} <= set(known)
    assert {t.queue for t in tasks.values()} == {"initload"}
    assert {i: t.retries for i, t in tasks.items()} == {
        "preflight": 2,
        "plan": 3,
        "quota_gate": 2,
        "move": 5,
        "finish": 3,
        "summarise": 2,
        "reconcile": 3,
        "verdict": 2,
    }
    assert all(t.owner == "initload" and t.weight_rule == "absolute" for t in tasks.values())
    # Both would count the time Salesforce takes.
    assert all(t.execution_timeout is None for t in tasks.values())


def test_the_jobs_pool_holds_its_slots_while_salesforce_works():
    pool = json.loads((AIRFLOW / "pools.json").read_text())["initload_jobs"]

    assert (pool["slots"], pool["include_deferred"]) == (15, True)


@pytest.mark.parametrize(
    ("name", "phase", "size"), [("SH.COUNTRIES", "reference", "small"), ("SH.SALES", "sales", "large")]
)
def test_a_table_is_tagged_and_explained(bag, name, phase, size):
    dag = table(bag, name)

    assert {f"phase:{phase}", f"size:{size}", "migration:crm-history"} <= set(dag.tags)
    assert name in dag.doc_md
    assert (dag.schedule, dag.catchup, dag.max_active_runs, dag.is_paused_upon_creation) == (
        None,
        False,
        1,
        False,
    )
    assert set(dag.params) == {"migration", "trial", "level", "mode"}


def test_a_bad_table_is_a_dag_that_fails_with_the_message(bag):
    from airflow.sdk.exceptions import AirflowFailException

    (only,) = table(bag, "SH.WRONG").tasks

    with pytest.raises(AirflowFailException, match="objct"):
        only.python_callable()
    (torn,) = bag.dags["initload_master__torn"].tasks
    with pytest.raises(AirflowFailException, match=r"torn\.yaml: line 1"):
        torn.python_callable()


def test_the_master_runs_phases_in_order_and_tables_side_by_side(bag):
    downstream = {t.task_id: t.downstream_task_ids for t in bag.dags[MASTER].tasks}

    reference = {f"phase_reference.{t}" for t in ("SH.COUNTRIES", "SH.CHANNELS", "SH.WRONG")}
    assert downstream == {
        "preflight": reference | {"verdict"},
        **{key: {"phase_reference.gate"} for key in reference},
        "phase_reference.gate": {"phase_sales.SH.SALES", "verdict", *cleanups("reference")},
        "phase_sales.SH.SALES": {"phase_sales.gate"},
        "phase_sales.gate": {"certificate", "verdict", *cleanups("sales")},
        "certificate": {"report", "verdict"},
        "report": {"verdict"},
        "verdict": set(),
        **{c: set() for phase in ("reference", "sales") for c in cleanups(phase)},
    }


def test_every_host_cleans_its_own_disk(bag):
    queues = {t.task_id: t.queue for t in bag.dags[MASTER].tasks if "cleanup" in t.task_id}

    assert queues == {f"phase_{p}.cleanup_{h}": h for p in ("reference", "sales") for h in ("host_w1", "host_w2")}


def test_a_host_that_is_gone_turns_no_run_red(bag):
    cleaning = [t for t in bag.dags[MASTER].tasks if "cleanup" in t.task_id]

    assert {(t.is_teardown, t.on_failure_fail_dagrun, t.trigger_rule.value) for t in cleaning} == {
        (True, False, "all_done_setup_success")
    }


def cleanups(phase):
    return {f"phase_{phase}.cleanup_host_w1", f"phase_{phase}.cleanup_host_w2"}


def test_a_trigger_is_the_one_button_for_the_rest_of_a_table(bag):
    for name in TABLES:
        phase = "sales" if name == "SH.SALES" else "reference"
        trigger = bag.dags[MASTER].get_task(f"phase_{phase}.{name}")
        assert trigger.trigger_dag_id in bag.dags
        assert (trigger.trigger_run_id, trigger.reset_dag_run, trigger.retries) == (
            "{{ dag_run.run_id }}",
            True,
            2,
        )
        assert trigger.deferrable and trigger.wait_for_completion and trigger.fail_when_dag_is_paused
        assert trigger.pool == "initload_tables"


def test_gates_judge_by_the_ledger_whatever_became_of_the_tasks(bag):
    dag = bag.dags[MASTER]

    assert {t.task_id for t in dag.tasks if t.trigger_rule == "all_done"} == {
        "phase_reference.gate",
        "phase_sales.gate",
        "verdict",
    }


@pytest.mark.parametrize(
    ("params", "asked"),
    [
        ({}, TABLES),
        ({"tables": ["SH.SALES"]}, ["SH.SALES"]),
        ({"phases": ["reference"]}, ["SH.COUNTRIES", "SH.CHANNELS"]),
        ({"tables": ["SH.SALES"], "phases": ["reference"]}, []),
    ],
)
def test_a_run_has_the_tables_that_were_asked_for(bag, params, asked):
    from initload_airflow.master_dag import asked_for

    triggers = [t for t in bag.dags[MASTER].tasks if t.task_type == "RunTable" and t.table in TABLES]
    assert {t.table for t in triggers if asked_for(params, t.table, t.phase)} == set(asked)


def test_a_phase_without_a_table_that_was_asked_for_lets_the_next_begin(bag, monkeypatch):
    """Of a migration that is new the engine would only say that nothing has begun."""
    from initload_airflow import master_dag

    params = {"tables": ["SH.SALES"], "phases": [], "mode": "load"}
    monkeypatch.setattr(master_dag, "get_current_context", lambda: {"params": params})
    monkeypatch.setattr(master_dag, "run_step", None)

    gate = bag.dags[MASTER].get_task("phase_reference.gate")
    assert gate.python_callable() == {"closed": True, "books": []}


def test_a_table_that_failed_is_not_run_again_by_itself(bag):
    from airflow.sdk.exceptions import AirflowFailException

    trigger = copy.copy(bag.dags[MASTER].get_task("phase_sales.SH.SALES"))
    ended = {"run_ids": ["r1"], "dag_id": trigger.trigger_dag_id, "r1": "failed", "states": ["failed"]}
    with pytest.raises(AirflowFailException):
        trigger.execute_complete({}, ("airflow.triggers.DagStateTrigger", ended))


def test_the_form_offers_what_there_is(bag):
    params = bag.dags[MASTER].params

    assert params.get_param("tables").schema["examples"] == [
        "SH.COUNTRIES",
        "SH.CHANNELS",
        "SH.WRONG",
        "SH.SALES",
    ]
    assert params.get_param("phases").schema["items"]["enum"] == ["reference", "sales"]
    assert params.get_param("mode").schema["enum"] == ["load", "verify", "preflight"]
    assert params.get_param("level").schema["enum"] == ["count", "sample", "full"]


def test_two_readings_give_the_same_dags(site, bag):
    from airflow.dag_processing.dagbag import DagBag
    from airflow.serialization.serialized_objects import DagSerialization

    again = DagBag(dag_folder=str(AIRFLOW / "dags"))

    for dag_id, dag in bag.dags.items():
        assert DagSerialization.to_dict(dag) == DagSerialization.to_dict(again.dags[dag_id]), dag_id


def test_other_processes_read_the_same_dags(site):
    """Whatever the order of their sets: two schedulers and all workers must agree."""
    code = """
import json, sys
from airflow.dag_processing.dagbag import DagBag
from airflow.serialization.serialized_objects import DagSerialization
bag = DagBag(dag_folder=sys.argv[1])
json.dump({i: DagSerialization.to_dict(d) for i, d in sorted(bag.dags.items())}, open(sys.argv[2], "w"))
"""
    read = []
    for seed in ("1", "2"):
        file = site / f"dags-{seed}.json"
        command = [sys.executable, "-c", code, str(AIRFLOW / "dags"), str(file)]
        environment = os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": str(AIRFLOW / "src")}
        subprocess.run(command, check=True, capture_output=True, env=environment)
        read.append(json.loads(file.read_text()))

    assert MASTER in read[0]
    assert read[0] == read[1]  # but for the order of keys, which Airflow does not look at either


def test_a_step_that_failed_is_tried_again_ever_more_slowly(bag):
    from datetime import timedelta

    for task in table(bag, "SH.SALES").tasks:
        waits = (task.retry_delay, task.retry_exponential_backoff, task.max_retry_delay)
        assert waits == (timedelta(seconds=30), 2, timedelta(minutes=15)), task.task_id


def test_hundred_tables_are_read_within_airflows_patience(site, tmp_path, monkeypatch):
    """Airflow gives a file 30 s; a third of that in CPU time is far from what it takes."""
    from airflow.dag_processing.dagbag import DagBag

    entry = "  - {{source: T{0}, object: X__c, externalId: Key__c, columns: {{ID: Key__c}}}}"
    head = (site / "migrations" / "crm.yaml").read_text().split("phases:")[0]
    (tmp_path / "big.yaml").write_text(head + "tables:\n" + "\n".join(entry.format(i) for i in range(100)))
    monkeypatch.setenv("INITLOAD_CONFIG", str(tmp_path))

    start = time.process_time()
    bag = DagBag(dag_folder=str(AIRFLOW / "dags" / "dag_factory.py"))

    assert len(bag.dags) == 100
    assert time.process_time() - start < 10


def test_a_worker_builds_only_the_dag_it_runs(site, monkeypatch):
    from airflow.dag_processing.dagbag import DagBag

    wanted = "initload_table__crm-history__SH.SALES"
    monkeypatch.setenv("_AIRFLOW_PARSING_CONTEXT_DAG_ID", wanted)

    assert set(DagBag(dag_folder=str(AIRFLOW / "dags")).dags) == {wanted}
