"""One site for all cases: starting it is most of what a case costs. What does not disturb each other goes on at the
same time."""

import os
import signal
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

import scenarios
from engines import engines
from initload_airflow.settings import JOBS_POOL
from stack.demo import migrated
from watching import MANY, QUOTA, come, daily_batches, ended, jobs_of, master, state_of, table

# How long an allowance that is used up stays so: longer than from a plan to the first part.
COMES_BACK_SECONDS = 60
BROKEN = {"message": "InvalidBatch : Field name not found : Nope__c", "afterRows": 0}
AWAY = {"path": "/services/data/*/sobjects/ONCE__c/describe", "times": 2}  # as often as the engine tries
FAULTS = {
    "seed": 1,
    "faults": [
        {"name": "broken", "when": {"object": "FAILS__c", "times": 1}, "then": {"failJob": BROKEN}},
        {"name": "away", "when": AWAY, "then": {"answer": "unavailable"}},
        {"name": "slow", "when": {"object": "MANY__c"}, "then": {"stallJob": {"for": f"{scenarios.STALL_SECONDS}s"}}},
    ],
}


@pytest.fixture(scope="session")
def site(tmp_path_factory, request):
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # nothing stays behind when the tests are told to end
    running = scenarios.site(tmp_path_factory.mktemp("org"))
    print(
        f"\nsite ready: {running.started}, {sum(c.memory() for c in running.children.values()) >> 20} MiB",
        file=sys.stderr,
    )
    print("sales history:", "Oracle's" if scenarios.HISTORY.rows else "generated", file=sys.stderr)
    yield running
    running.stop()
    left = running.processes()
    if request.session.testsfailed or os.environ.get("KEEP") == "1":
        print(f"\nlogs are left in {running.directory}", file=sys.stderr)
    else:
        running.discard()
    assert not left, left


@pytest.fixture(scope="session")
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


@pytest.fixture(scope="session")
def many(site):
    """Forty chunks at work."""
    site.org.admin("POST", "faults", FAULTS | {"faults": FAULTS["faults"][2:]})
    site.airflow.trigger(master("many"), "r1")
    come("an engine at work", lambda: engines(site, "move"), every=0.1)
    return MANY


@pytest.fixture(scope="session")
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
    # A chunk that asked before it is settled when the allowance comes back would wait for a day.
    site.airflow.slots(JOBS_POOL, 0)
    site.airflow.trigger(master("faults"), "part", tables=["GOOD"], phases=["first"], level="count", migration="part")
    come("its plan", lambda: state_of(site, table("faults", "GOOD"), "part", "plan") == "success")
    soon = int((time.time() + COMES_BACK_SECONDS) * 1000)
    site.postgres.execute("ledger", f"UPDATE job SET quota_until = {soon} WHERE ended_at IS NOT NULL")
    site.airflow.slots(JOBS_POOL, 15)
    return {"jobs before": jobs}
