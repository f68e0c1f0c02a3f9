"""Forty chunks at work while engines, workers and the triggerer die; what is left behind, and what is said."""

from __future__ import annotations

import contextlib
import signal
from pathlib import Path

import psutil

from engines import engines, on_worker, stopped, youngest
from scenarios import CHUNKS, TABLES
from stack.processes import kill, until
from stack.servers import overlap
from watching import MANY, chunk_task, come, ended, loaded, master, moves

SLOTS = 15


def test_an_engine_that_is_killed_is_tried_again(site, many):
    while True:
        chunk, engine = youngest(site)
        if stopped(engine):
            break
    before = chunk_task(site, chunk)
    engine.kill()

    come("another try", lambda: chunk_task(site, chunk)["try_number"] > before["try_number"])
    log = site.airflow.log(MANY, "r1", "move", before["try_number"], before["map_index"])
    assert "was killed by signal 9" in log


def test_a_task_that_is_cleared_while_it_runs_leaves_no_engine_behind(site, many):
    while True:
        chunk, engine = youngest(site)
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
    at_work = come("work on w1", lambda: on_worker(site, "w1", "move", "collect"), every=0.1)
    tries = {c: chunk_task(site, c)["try_number"] for c in at_work}
    worker = site.children["worker-w1"]
    worker.send(signal.SIGTERM)
    worker.process.wait(120)

    assert on_worker(site, "w1", "move", "collect") == {}
    after = {c: chunk_task(site, c) for c in at_work}
    assert {c: task["try_number"] for c, task in after.items()} == tries
    assert not {task["state"] for task in after.values()} & {"failed", "up_for_retry"}
    site.worker("w1")


def test_what_a_worker_had_that_never_returns_is_done_by_another(site, many):
    def caught():
        return {c: p for c, p in on_worker(site, "w2", "move").items() if stopped(p)}

    at_work = come("work on w2", caught, every=0.1)
    tries = {c: chunk_task(site, c)["try_number"] for c in at_work}
    [(held, killed), *others] = at_work.items()
    # As the kernel does it when memory runs out: the main process, and one engine, which gives nothing back.
    tree = site.children["worker-w2"].tree()
    site.children["worker-w2"].process.kill()
    killed.kill()
    for _, engine in others:
        engine.resume()
    until("the end of the engines on w2", lambda: not on_worker(site, "w2", "move", "collect"), 60)
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
    assert engines(site, "move", "collect") == {}
    peak = overlap(site.org.jobs())
    print(f"\npeak of concurrent jobs: {peak}; tries: {sorted(t['try_number'] for t in moves(site))[-8:]}")
    assert 8 < peak <= SLOTS


def test_no_secret_is_in_a_log_or_an_argument(site):
    secrets = site.secrets()
    tasks = list(Path(site.environment["AIRFLOW_HOME"], "logs").rglob("*.log"))

    assert tasks
    assert len(site.processes()) >= len(site.children)
    announcing = ("simulator.log", "source.log")  # say how to log in
    own = [log for log in site.logs.glob("*.log") if log.name not in announcing]
    for file in [*tasks, *own]:
        text = file.read_text(errors="replace")
        assert not [s for s in secrets if s in text], file
    for process in site.processes():
        with contextlib.suppress(psutil.NoSuchProcess):
            assert not [s for s in secrets if s in " ".join(process.cmdline())], process
