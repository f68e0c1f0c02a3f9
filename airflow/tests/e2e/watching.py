"""What the cases wait for and look at: Airflow through its API, the org, and the engines of the site."""

from __future__ import annotations

import contextlib
import re
from pathlib import Path

from stack.processes import until

PATIENCE = 600
ENDED = {"success", "failed"}


def master(name):
    return f"initload_master__{name}"


def table(name, of):
    return f"initload_table__{name}__{of}"


MANY = table("many", "MANY")
QUOTA = table("quota", "QUOTA")


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


def moves(site, dag=MANY, run="r1"):
    return [t for t in site.airflow.tasks(dag, run) if t["task_id"] == "move"]


def chunk_task(site, chunk):
    """The task instance of a chunk, by its number."""
    planned = site.airflow.xcom(MANY, "r1", "plan")
    return site.airflow.task(MANY, "r1", "move", next(i for i, c in enumerate(planned) if c["chunk"] == chunk))
