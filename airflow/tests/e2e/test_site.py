"""The whole site: real Airflow with Celery, PostgreSQL, Redis, two workers with disks of their own, the engine, and
the simulated org. The cases share one site and go from the plain one to the worst; each leaves the site whole."""

from __future__ import annotations

import contextlib
import json
import signal
import time
from pathlib import Path

import psutil

from scenarios import CHUNKS, HISTORY, TABLES
from stack.processes import until
from stack.servers import overlap

PATIENCE = 1200
SLOTS = 15
ENDED = {"success", "failed"}


def master(name):
    return f"initload_master__{name}"


def table(name, of):
    return f"initload_table__{name}__{of}"


def ended(site, dag, run="r1"):
    """Waits for the end of a run and answers its state."""
    until(f"the end of {dag}", lambda: site.airflow.state(dag, run) in ENDED, PATIENCE, every=2)
    return site.airflow.state(dag, run)


@contextlib.contextmanager
def exhausted(site):
    """The org has no batch left today; afterwards it has."""
    today = site.org.get("limits")["DailyBulkApiBatches"]
    site.org.admin("POST", "limits", {"DailyBulkApiBatches": today["Max"] - today["Remaining"]})
    try:
        yield
    finally:
        site.org.admin("POST", "limits", {"DailyBulkApiBatches": today["Max"]})


def waits_at_the_gate(site, dag):
    with contextlib.suppress(RuntimeError, StopIteration):  # the run is not there yet
        return site.airflow.task(dag, "r1", "quota_gate")["state"] == "up_for_reschedule"


def jobs_of(site, name):
    return [j for j in site.org.jobs() if j["object"] == f"{name}__c"]


def loaded(site, name):
    """Rows that went into the org by jobs that completed: each row once, or more than its rows."""
    ids = [j["id"] for j in jobs_of(site, name) if j["state"] == "JobComplete"]
    return sum(site.org.get(f"jobs/ingest/{i}")["numberRecordsProcessed"] for i in ids)


def engines(*steps):
    """Engine processes by chunk number."""
    found = {}
    for process in psutil.process_iter(["cmdline"]):
        words = process.info["cmdline"] or []
        if "task" in words and "--request" in words and words[words.index("task") + 1] in steps:
            with contextlib.suppress(OSError, ValueError, KeyError):
                request = json.loads(Path(words[words.index("--request") + 1]).read_text())
                if request["table"] == "MANY":
                    found[request["chunk"]] = process
    return found


def test_the_sales_history_goes_over_both_workers_and_its_books_close(site):
    site.airflow.trigger(master("history"), "r1")

    assert ended(site, master("history")) == "success", site.airflow.states(master("history"), "r1")
    proof = site.airflow.xcom(master("history"), "r1", "certificate")
    assert "The books close" in proof["text"]
    if HISTORY.rows:
        assert {b["table"]: b["created"] for b in proof["books"]} == HISTORY.rows
    # Both hosts have staged parts of it on their own disks.
    assert site.postgres.query("ledger", "SELECT DISTINCT host FROM part ORDER BY 1") == [("w1",), ("w2",)]


def test_the_certificate_is_a_link_for_people_who_may_see_it(site):
    link = site.airflow.links(master("history"), "r1", "certificate")["Report"]

    page = site.airflow.page(link)
    assert page.status_code == 200
    assert "The books close" in page.text
    assert site.airflow.page(link.replace("history-certificate", "..%2F..%2Fetc")).status_code == 404


def test_no_secret_is_in_a_log_a_request_or_the_ledger(site):
    secrets = [site.source.password, site.org.facts["clientSecret"], site.postgres.password]
    logs = [p for p in Path(site.environment["AIRFLOW_HOME"], "logs").rglob("*.log")] + list(
        site.logs.glob("worker*.log")
    )

    assert logs
    for file in logs:
        text = file.read_text(errors="replace")
        assert not [s for s in secrets if s in text], file
    for process in psutil.process_iter(["cmdline"]):
        assert not [s for s in secrets if s in " ".join(process.info["cmdline"] or [])]


def test_a_failed_table_lets_its_siblings_finish_and_blocks_the_next_phase_until_it_is_cleared(site):
    broken = {"message": "InvalidBatch : Field name not found : Nope__c", "afterRows": 0}
    away = {"path": "/services/data/*/sobjects/ONCE__c/describe", "times": 2}  # as often as the engine tries
    plan = {
        "seed": 1,
        "faults": [
            {"when": {"object": "FAILS__c", "times": 1}, "then": {"failJob": broken}},
            {"when": away, "then": {"answer": "unavailable"}},
        ],
    }
    with exhausted(site):
        site.airflow.trigger(master("faults"), "r1")
        until("ONCE at the gate", lambda: waits_at_the_gate(site, table("faults", "ONCE")), PATIENCE)
        site.org.admin("POST", "faults", plan)

    assert ended(site, master("faults")) == "failed"
    states = site.airflow.states(master("faults"), "r1")
    assert {n: states[f"phase_first.{n}"] for n in ("GOOD", "FAILS", "ONCE")} == {
        "GOOD": "success",
        "FAILS": "failed",
        "ONCE": "success",
    }
    assert (states["phase_first.gate"], states["phase_second.LAST"]) == ("failed", "upstream_failed")
    assert site.org.count("LAST__c") == 0
    # The chunk that failed once was tried again by itself.
    assert site.airflow.task(table("faults", "ONCE"), "r1", "move", 0)["try_number"] == 2

    site.org.admin("DELETE", "faults")
    before = len(jobs_of(site, "GOOD")) + len(jobs_of(site, "ONCE"))
    site.airflow.clear(master("faults"), "r1", "phase_first.FAILS", downstream=True)

    assert ended(site, master("faults")) == "success", site.airflow.states(master("faults"), "r1")
    assert site.org.count("FAILS__c") == TABLES["FAILS"]
    assert site.org.count("LAST__c") == TABLES["LAST"]
    assert len(jobs_of(site, "GOOD")) + len(jobs_of(site, "ONCE")) == before


def test_an_exhausted_quota_waits_without_a_worker_and_the_same_migration_does_no_work_twice(site):
    with exhausted(site):
        site.airflow.trigger(master("quota"), "r1")
        site.airflow.trigger(master("quota"), "r2")
        until("the gate to close", lambda: waits_at_the_gate(site, table("quota", "QUOTA")), PATIENCE)
        assert jobs_of(site, "QUOTA") == []

    assert (ended(site, master("quota"), "r1"), ended(site, master("quota"), "r2")) == ("success", "success")
    assert len(jobs_of(site, "QUOTA")) == 2
    assert loaded(site, "QUOTA") == site.org.count("QUOTA__c") == TABLES["QUOTA"]


def test_forty_chunks_survive_every_death_with_never_more_than_15_jobs(site):
    dag = table("many", "MANY")
    site.airflow.trigger(master("many"), "r1")

    # kill -9 of the engine: the chunk is tried again.
    until("an engine at work", lambda: engines("move"), PATIENCE, every=0.1)
    chunk, engine = next(iter(engines("move").items()))
    killed = _index(site, dag, chunk)
    engine.kill()

    # A task is cleared while it runs: its engine is gone soon, and the chunk goes on.
    def another():
        return [
            c
            for c, p in engines("move").items()
            if _state(site, dag, _index(site, dag, c)) == "running" and p.is_running()
        ]

    chunk = until("another engine at work", another, PATIENCE, every=0.1)[0]
    engine = engines("move").get(chunk)
    site.airflow.clear(dag, "r1", ("move", _index(site, dag, chunk)))
    if engine is not None:
        until("the end of the cleared task's engine", lambda: not engine.is_running(), 60)

    # The triggerer is restarted while tasks are deferred.
    until("deferred tasks", lambda: "deferred" in site.airflow.states(dag, "r1").values(), PATIENCE)
    site.children["triggerer"].stop()
    site.component("triggerer")

    # A worker gets SIGTERM: it ends by itself when its tasks have.
    worker = site.children["worker-w1"]
    worker.send(signal.SIGTERM)
    worker.process.wait(300)
    site.worker("w1")

    # A worker dies with everything on it, while it works.
    worker = site.children["worker-w2"]
    until("work on the worker", lambda: _runs_engine(worker), PATIENCE, every=0.1)
    worker.crash()
    time.sleep(1)
    site.worker("w2")

    assert ended(site, master("many")) == "success", site.airflow.states(dag, "r1")
    assert site.airflow.task(dag, "r1", "move", killed)["try_number"] >= 2
    assert len([t for t in site.airflow.tasks(dag, "r1") if t["task_id"] == "move"]) == CHUNKS
    assert site.org.count("MANY__c") == loaded(site, "MANY") == TABLES["MANY"]
    assert overlap(site.org.jobs()) <= SLOTS
    assert engines("move", "collect") == {}


def _index(site, dag, chunk):
    """The map index of a chunk, by its number."""
    planned = site.airflow.xcom(dag, "r1", "plan")
    return next(i for i, c in enumerate(planned) if c["chunk"] == chunk)


def _state(site, dag, index):
    return site.airflow.task(dag, "r1", "move", index)["state"]


def _runs_engine(worker):
    for process in worker.tree():
        with contextlib.suppress(psutil.Error):
            if "task" in process.cmdline() and "move" in process.cmdline():
                return True
    return False
