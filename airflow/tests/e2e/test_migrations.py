"""Whole migrations: their books, their allowances, runs twice, by hand and of some tables."""

from __future__ import annotations

from pathlib import Path

from scenarios import CHUNK_ROWS, HISTORY, TABLES
from watching import PATIENCE, QUOTA, come, daily_batches, ended, jobs_of, loaded, master, moves, table


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
