"""The whole site: real Airflow with Celery, PostgreSQL, Redis, two workers with disks of their own, the engine, and
the simulated org. The cases share one site; what does not disturb each other goes on at the same time."""

from __future__ import annotations

import contextlib
import json
import re
import signal
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psutil
import pytest

from scenarios import CHUNK_ROWS, CHUNKS, HISTORY, STALL_SECONDS, TABLES
from stack.demo import migrated
from stack.processes import kill, until
from stack.servers import overlap

PATIENCE = 600
SLOTS = 15
# How long an allowance that is used up stays so: longer than from a plan to the first part.
COMES_BACK_SECONDS = 30
ENDED = {"success", "failed"}


def master(name):
    return f"initload_master__{name}"


def table(name, of):
    return f"initload_table__{name}__{of}"


MANY = table("many", "MANY")
QUOTA = table("quota", "QUOTA")

BROKEN = {"message": "InvalidBatch : Field name not found : Nope__c", "afterRows": 0}
AWAY = {"path": "/services/data/*/sobjects/ONCE__c/describe", "times": 2}  # as often as the engine tries
FAULTS = {
    "seed": 1,
    "faults": [
        {"name": "broken", "when": {"object": "FAILS__c", "times": 1}, "then": {"failJob": BROKEN}},
        {"name": "away", "when": AWAY, "then": {"answer": "unavailable"}},
        {"name": "slow", "when": {"object": "MANY__c"}, "then": {"stallJob": {"for": f"{STALL_SECONDS}s"}}},
    ],
}


@pytest.fixture(scope="module")
def begun(site):
    """All migrations but the large one; two are held at the gate while the org has no batch left."""
    today = site.org.get("limits")["DailyBulkApiBatches"]
    site.org.admin("POST", "limits", {"DailyBulkApiBatches": today["Max"] - today["Remaining"]})
    for name in ("quota", "faults"):
        site.airflow.trigger(master(name), "r1")
    site.airflow.trigger(master("quota"), "r2")
    for dag in (QUOTA, *(table("faults", name) for name in ("GOOD", "FAILS", "ONCE"))):
        come(f"{dag} at the gate", lambda dag=dag: state_of(site, dag, "r1", "quota_gate") == "up_for_reschedule")
    jobs = site.org.jobs()
    site.org.admin("POST", "faults", FAULTS)
    site.org.admin("POST", "limits", {"DailyBulkApiBatches": today["Max"]})
    said: list[str] = []
    with ThreadPoolExecutor(1) as aside:
        demo = aside.submit(migrated, site, master("history"), "r1", said.append)
        yield {"jobs at the gate": jobs, "demo": demo, "said": said}


@pytest.fixture(scope="module")
def many(site):
    """Forty chunks at work."""
    site.org.admin("POST", "faults", FAULTS | {"faults": FAULTS["faults"][2:]})
    site.airflow.trigger(master("many"), "r1")
    come("an engine at work", lambda: engines("move"), every=0.1)
    return MANY


@pytest.fixture(scope="module")
def later(site, begun):
    """When all of that is done: runs of other kinds, one of them with an allowance that comes back while it waits."""
    for name in ("quota", "faults"):
        ended(site, master(name), "r2" if name == "quota" else "r1")
    ended(site, master("history"))
    jobs = len(jobs_of(site, "QUOTA"))
    site.airflow.trigger(master("quota"), "verify", mode="verify")
    site.airflow.trigger(master("quota"), "preflight", mode="preflight", migration="never-begun")
    site.airflow.trigger(master("faults"), "check", mode="preflight", phases=["second"], migration="never-begun")
    site.airflow.trigger(master("absent"), "check", mode="preflight", tables=["ABSENT"])
    daily_batches(site, "faults", 1)
    site.airflow.trigger(master("faults"), "part", tables=["GOOD"], phases=["first"], level="count", migration="part")
    come("its plan", lambda: state_of(site, table("faults", "GOOD"), "part", "plan") == "success")
    soon = int((time.time() + COMES_BACK_SECONDS) * 1000)
    site.postgres.execute("ledger", f"UPDATE job SET quota_until = {soon} WHERE ended_at IS NOT NULL")
    return {"jobs before": jobs}


def come(what, so, every=1.0):
    """Waits for what the API says; its server shares the cores with everything else."""
    return until(what, so, PATIENCE, every=every)


def state_of(site, dag, run, task):
    """The state of a task, of a run that is perhaps not there yet."""
    with contextlib.suppress(RuntimeError, StopIteration):
        return site.airflow.task(dag, run, task)["state"]


def daily_batches(site, name, batches):
    """Gives a migration another share of the org's allowance."""
    file = Path(site.environment["INITLOAD_CONFIG"], f"{name}.yaml")
    file.write_text(re.sub(r"dailyBatches: \d+", f"dailyBatches: {batches}", file.read_text()))


def ended(site, dag, run="r1"):
    """Waits for the end of a run and answers its state."""
    come(f"the end of {dag}", lambda: site.airflow.state(dag, run) in ENDED)
    return site.airflow.state(dag, run)


def jobs_of(site, name):
    return [j for j in site.org.jobs() if j["object"] == f"{name}__c"]


def loaded(site, name):
    """Rows that went into the org by jobs that completed: each row once, or more than its rows."""
    ids = [j["id"] for j in jobs_of(site, name) if j["state"] == "JobComplete"]
    return sum(site.org.get(f"jobs/ingest/{i}")["numberRecordsProcessed"] for i in ids)


def engines(*steps):
    """Engine processes that work on MANY, by chunk number. Not the launcher's: it has subshells, which look like it
    and whose end it survives.
    """
    found = {}
    for process in psutil.process_iter(["cmdline"]):
        words = process.info["cmdline"] or []
        if "io.initload.cli.Main" in words and "--request" in words and words[words.index("task") + 1] in steps:
            with contextlib.suppress(OSError, ValueError, KeyError):
                request = json.loads(Path(words[words.index("--request") + 1]).read_text())
                if request["table"] == "MANY":
                    found[request["chunk"]] = process
    return found


def on_worker(name, *steps):
    found = {}
    for chunk, process in engines(*steps).items():
        with contextlib.suppress(psutil.Error):
            if process.environ().get("INITLOAD_HOST") == name:
                found[chunk] = process
    return found


def youngest():
    """The engine that moves a chunk and has most of its work before it."""

    def found():
        alive = [(c, p) for c, p in engines("move").items() if p.is_running()]
        return max(alive, key=lambda one: one[1].create_time(), default=None)

    return come("an engine at work", found, every=0.1)


def stopped(engine):
    """Stops an engine in the midst of its work; false when it had done it all."""
    with contextlib.suppress(psutil.Error):
        engine.suspend()
        while (state := engine.status()) not in (psutil.STATUS_STOPPED, psutil.STATUS_ZOMBIE):
            time.sleep(0.01)
        return state == psutil.STATUS_STOPPED
    return False


def chunk_task(site, chunk):
    """The task instance of a chunk, by its number."""
    planned = site.airflow.xcom(MANY, "r1", "plan")
    return site.airflow.task(MANY, "r1", "move", next(i for i, c in enumerate(planned) if c["chunk"] == chunk))


def moves(site, dag=MANY, run="r1"):
    return [t for t in site.airflow.tasks(dag, run) if t["task_id"] == "move"]


def test_the_sales_history_goes_over_both_workers_and_its_books_close(site, begun):
    said = begun["said"]
    assert begun["demo"].result(PATIENCE) == 0, "\n".join(said)
    assert "  verdict: success" in said
    assert "books close" in "\n".join(said)
    proof = site.airflow.xcom(master("history"), "r1", "certificate")
    assert "The books close" in proof["text"]
    for book in proof["books"]:
        assert book["snapshotRows"] == sum(book[n] for n in ("created", "updated", "deadLettered", "quarantined"))
    if HISTORY.rows:
        assert {b["table"]: b["created"] for b in proof["books"]} == HISTORY.rows
    # Both hosts have staged parts of it on their own disks, and cleaned them: the chunks that can be moved at one time
    # are more than the slots of one worker.
    hosts = "SELECT DISTINCT host FROM part WHERE migration = 'history' ORDER BY 1"
    assert site.postgres.query("ledger", hosts) == [("w1",), ("w2",)]
    staged = [
        Path(path) for (path,) in site.postgres.query("ledger", "SELECT path FROM part WHERE migration = 'history'")
    ]
    assert not [path for path in staged if path.exists()]


def test_the_certificate_is_a_link_for_people_who_may_see_it(site, begun):
    ended(site, master("history"))
    link = site.airflow.links(master("history"), "r1", "certificate")["Report"]

    page = site.airflow.page(link)
    assert page.status_code == 200
    assert "The books close" in page.text
    assert site.airflow.page(link.replace("history-certificate", "..%2F..%2Fetc")).status_code == 404


def test_an_org_without_batches_is_waited_for_at_the_gate_without_a_worker(begun):
    assert begun["jobs at the gate"] == []


def test_a_used_up_allowance_costs_no_retry_and_goes_on_when_there_is_more(site, begun):
    def held():
        return [
            t["map_index"]
            for t in moves(site, QUOTA)
            if t["state"] == "deferred"
            and "QUOTA_EXHAUSTED" in site.airflow.log(QUOTA, "r1", "move", t["try_number"], t["map_index"])
        ]

    waiting = come("a chunk without allowance", held)
    assert len(jobs_of(site, "QUOTA")) <= 1
    assert {t["try_number"] for t in moves(site, QUOTA) if t["map_index"] in waiting} == {1}

    daily_batches(site, "quota", 1000)
    come("one that is done, or both held", lambda: len(held()) + len(jobs_of(site, "QUOTA")) == 2)
    site.airflow.clear(QUOTA, "r1", *(("move", i) for i in held()))

    assert ended(site, master("quota")) == "success", site.airflow.states(QUOTA, "r1")
    assert site.org.count("QUOTA__c") == TABLES["QUOTA"]


def test_the_same_migration_twice_does_no_work_twice(site, begun):
    assert (ended(site, master("quota"), "r1"), ended(site, master("quota"), "r2")) == ("success", "success")

    assert site.airflow.states(QUOTA, "r2")["move[1]"] == "success"
    assert len(jobs_of(site, "QUOTA")) == 2
    assert loaded(site, "QUOTA") == site.org.count("QUOTA__c") == TABLES["QUOTA"]


def test_two_runs_by_hand_on_two_hosts_share_the_ledger(site, begun):
    config = Path(site.environment["INITLOAD_CONFIG"], "hands.yaml")
    runs = [site.engine(host, "run", "-c", str(config)) for host in ("w1", "w2")]
    try:
        codes = [run.process.wait(PATIENCE) for run in runs]
    finally:
        for run in runs:
            run.crash()

    assert codes == [0, 0], "\n".join(run.tail() for run in runs)
    assert site.org.count("HANDS__c") == loaded(site, "HANDS") == TABLES["HANDS"]
    assert len(jobs_of(site, "HANDS")) == TABLES["HANDS"] // CHUNK_ROWS


def test_a_failed_table_lets_its_siblings_finish_and_blocks_the_next_phase_until_it_is_cleared(site, begun):
    assert ended(site, master("faults")) == "failed"
    states = site.airflow.states(master("faults"), "r1")
    assert {n: states[f"phase_first.{n}"] for n in ("GOOD", "FAILS", "ONCE")} == {
        "GOOD": "success",
        "FAILS": "failed",
        "ONCE": "success",
    }
    assert (states["phase_first.gate"], states["phase_second.LAST"]) == ("failed", "upstream_failed")
    assert site.org.count("LAST__c") == 0
    failed = site.airflow.links(table("faults", "FAILS"), "r1", "summarise")["Report"]
    assert "FAILS" in site.airflow.page(failed).text
    assert site.airflow.page(site.airflow.links(master("faults"), "r1", "report")["Report"]).status_code == 200
    # The chunk that failed once was tried again by itself.
    assert [t["try_number"] for t in moves(site, table("faults", "ONCE"))] == [2]

    before = len(jobs_of(site, "GOOD")) + len(jobs_of(site, "ONCE"))
    site.airflow.clear(master("faults"), "r1", "phase_first.FAILS", downstream=True)

    assert ended(site, master("faults")) == "success", site.airflow.states(master("faults"), "r1")
    assert site.org.count("FAILS__c") == TABLES["FAILS"]
    assert site.org.count("LAST__c") == TABLES["LAST"]
    assert len(jobs_of(site, "GOOD")) + len(jobs_of(site, "ONCE")) == before


def test_a_run_for_some_tables_in_another_mode_does_that_and_no_more(site, later):
    assert ended(site, master("quota"), "verify") == ended(site, master("quota"), "preflight") == "success"
    assert "The books close" in site.airflow.xcom(master("quota"), "verify", "certificate")["text"]
    assert len(jobs_of(site, "QUOTA")) == later["jobs before"]
    assert ended(site, master("faults"), "check") == "success"
    assert ended(site, master("absent"), "check") == "failed"
    assert "SOURCE_TABLE" in site.airflow.log(master("absent"), "check", "preflight", 1)
    for name, run, triggered in (("quota", "preflight", "phase_all.QUOTA"), ("faults", "check", "phase_second.LAST")):
        states = site.airflow.states(master(name), run)
        assert (states["preflight"], states[triggered], states["verdict"]) == ("success", "skipped", "skipped")
    assert ended(site, master("faults"), "part") == "success"
    states = site.airflow.states(master("faults"), "part")
    tables = ("phase_first.GOOD", "phase_first.FAILS", "phase_first.ONCE", "phase_second.LAST", "certificate")
    assert [states[t] for t in tables] == ["success", "skipped", "skipped", "skipped", "skipped"]
    assert (
        "<dd>count</dd>"
        in site.airflow.page(site.airflow.links(table("faults", "GOOD"), "part", "reconcile")["Report"]).text
    )
    planned = "SELECT migration, name FROM table_run WHERE migration IN ('never-begun', 'part')"
    assert site.postgres.query("ledger", planned) == [("part", "GOOD")]


def test_an_allowance_that_comes_back_wakes_what_waits_for_it(site, later):
    assert ended(site, master("faults"), "part") == "success"
    [chunk] = moves(site, table("faults", "GOOD"), "part")
    assert chunk["try_number"] == 1
    assert "QUOTA_EXHAUSTED" in site.airflow.log(table("faults", "GOOD"), "part", "move", 1, chunk["map_index"])


def test_an_engine_that_is_killed_is_tried_again(site, many):
    while True:
        chunk, engine = youngest()
        if stopped(engine):
            break
    before = chunk_task(site, chunk)
    engine.kill()

    come("another try", lambda: chunk_task(site, chunk)["try_number"] > before["try_number"])
    log = site.airflow.log(MANY, "r1", "move", before["try_number"], before["map_index"])
    assert "was killed by signal 9" in log


def test_a_task_that_is_cleared_while_it_runs_leaves_no_engine_behind(site, many):
    while True:
        chunk, engine = youngest()
        task = chunk_task(site, chunk)
        if task["state"] == "running":
            site.airflow.clear(MANY, "r1", ("move", task["map_index"]))
            until("the end of the cleared task's engine", lambda engine=engine: not engine.is_running(), 30)
            log = site.airflow.log(MANY, "r1", "move", task["try_number"], task["map_index"])
            if "ended with exit code 0" not in log:  # else it was done before the clearing came
                return


def test_tasks_that_wait_outlive_their_triggerer(site, many):
    waiting = come("deferred tasks", lambda: [t["map_index"] for t in moves(site) if t["state"] == "deferred"])
    site.children["triggerer"].stop()
    site.component("triggerer")

    def gone_on():
        return any(t["state"] == "success" for t in moves(site) if t["map_index"] in waiting)

    come("one that waited to be done", gone_on)


def test_a_worker_told_to_end_finishes_its_tasks_first(site, many):
    at_work = come("work on w1", lambda: on_worker("w1", "move", "collect"), every=0.1)
    tries = {c: chunk_task(site, c)["try_number"] for c in at_work}
    worker = site.children["worker-w1"]
    worker.send(signal.SIGTERM)
    worker.process.wait(120)

    assert on_worker("w1", "move", "collect") == {}
    after = {c: chunk_task(site, c) for c in at_work}
    assert {c: task["try_number"] for c, task in after.items()} == tries
    assert not {task["state"] for task in after.values()} & {"failed", "up_for_retry"}
    site.worker("w1")


def test_what_a_worker_had_that_never_returns_is_done_by_another(site, many):
    def caught():
        return {c: p for c, p in on_worker("w2", "move").items() if stopped(p)}

    at_work = come("work on w2", caught, every=0.1)
    tries = {c: chunk_task(site, c)["try_number"] for c in at_work}
    [(held, killed), *others] = at_work.items()
    # As the kernel does it when memory runs out: the main process, and one engine, which gives nothing back.
    tree = site.children["worker-w2"].tree()
    site.children["worker-w2"].process.kill()
    killed.kill()
    for _, engine in others:
        engine.resume()
    until("the end of the engines on w2", lambda: not on_worker("w2", "move", "collect"), 60)
    # The ledger gives them to others when they have given no sign for two minutes: these are over now.
    gone = "UPDATE worker SET beat_at = 0 WHERE host = 'w2'"
    site.postgres.execute("ledger", gone)

    def taken_over():
        task = chunk_task(site, held)
        return task["try_number"] > tries[held] and task["state"] == "success"

    come("the chunk that it held, done by w1", taken_over)
    kill(tree)
    site.worker("w2")


def test_forty_chunks_are_loaded_once_with_never_more_than_15_jobs(site, many):
    assert ended(site, master("many")) == "success", site.airflow.states(MANY, "r1")

    assert len(moves(site)) == CHUNKS
    assert site.org.count("MANY__c") == loaded(site, "MANY") == TABLES["MANY"]
    assert engines("move", "collect") == {}
    peak = overlap(site.org.jobs())
    print(f"\npeak of concurrent jobs: {peak}; tries: {sorted(t['try_number'] for t in moves(site))[-8:]}")
    assert 8 < peak <= SLOTS


def test_no_secret_is_in_a_log_or_an_argument(site):
    secrets = site.secrets()
    tasks = list(Path(site.environment["AIRFLOW_HOME"], "logs").rglob("*.log"))

    assert tasks
    own = [log for log in site.logs.glob("*.log") if log.name != "simulator.log"]  # which announces how to log in
    for file in [*tasks, *own]:
        text = file.read_text(errors="replace")
        assert not [s for s in secrets if s in text], file
    for process in psutil.process_iter(["cmdline"]):
        assert not [s for s in secrets if s in " ".join(process.info["cmdline"] or [])]
