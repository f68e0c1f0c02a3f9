"""What an Airflow site makes of an outage of its broker or its api-server while chunks are at work.

    python3 benchmarks/outages/run.py [--chunks 40] [--away redis=30 redis=300 api-server=30 api-server=300]

A whole site with two workers, PostgreSQL, Redis and the simulated org; one migration of its own for each outage.
When its chunks are at work, the server is killed and stays away for those seconds; Redis comes back with an empty
memory. A run that has not ended `--patience` seconds after the return, or is red, is cleared once, as the runbook
says. Prints one line for each outage: whether somebody had to clear it, tries of the chunk that needed most, chunks
and jobs, rows and rows loaded by the org's own count of its jobs. Needs `make build servers`; the environment of
Airflow is made by airflow/with-airflow, in which this script starts itself.
"""

import argparse
import os
import pathlib
import sys
import tempfile
import time

AIRFLOW = pathlib.Path(__file__).resolve().parent.parent.parent / "airflow"
CHUNK_ROWS = 500
STALL_SECONDS = 20
TABLE = "OUTAGE{}"


def main() -> int:
    options = arguments()
    if not os.environ.get("INITLOAD_OUTAGES"):
        os.environ["INITLOAD_OUTAGES"] = "inside"
        os.execv(AIRFLOW / "with-airflow", ["with-airflow", "python", *sys.argv])
    sys.path.insert(0, str(AIRFLOW))
    print("| away | run | cleared | most tries | chunks | jobs | rows | loaded |")
    print("|---|---|---|---|---|---|---|---|", flush=True)
    site = started(options)
    good = False
    try:
        good = all([outage(site, options, number) for number in range(len(options.away))])
    finally:
        site.stop()
        if good:
            site.discard()
        else:
            print(f"logs are left in {site.directory}", file=sys.stderr)
    return 0 if good else 1


def arguments():
    parser = argparse.ArgumentParser()
    parser.add_argument("--chunks", type=int, default=40)
    parser.add_argument(
        "--away",
        nargs="+",
        type=away,
        metavar="SERVER=SECONDS",
        default=[away(a) for a in ("redis=30", "redis=300", "api-server=30", "api-server=300")],
    )
    parser.add_argument("--patience", type=int, default=900)
    parser.add_argument("--retry-seconds", default="30", help="INITLOAD_RETRY_SECONDS of the site")
    return parser.parse_args()


def away(text):
    server, seconds = text.split("=")
    if server not in ("redis", "api-server"):
        raise argparse.ArgumentTypeError("redis or api-server")
    return server, int(seconds)


def started(options):
    from stack.history import describe, entry, migration, synthetic
    from stack.site import Site

    names = [TABLE.format(number) for number in range(len(options.away))]

    def files(site):
        return {
            f"{name}.yaml": migration(
                site, name, "phases: [all]\ntables:" + entry(name, f"{name}__c", "all", CHUNK_ROWS)
            )
            for name in names
        }

    describes = pathlib.Path(tempfile.mkdtemp(prefix="initload-outages-"))
    try:
        for number, name in enumerate(names):
            describe(describes, f"{name}__c", f"d{number:02d}")
        sql = "".join(synthetic(name, options.chunks * CHUNK_ROWS) for name in names)
        site = Site(sql, files, "--describe", str(describes), INITLOAD_RETRY_SECONDS=options.retry_seconds)
    finally:
        for file in describes.iterdir():
            file.unlink()
        describes.rmdir()
    stalled = {"name": "slow", "when": {}, "then": {"stallJob": {"for": f"{STALL_SECONDS}s"}}}
    site.org.admin("POST", "faults", {"seed": 1, "faults": [stalled]})
    return site


def outage(site, options, number):
    from stack.processes import until

    server, seconds = options.away[number]
    name = TABLE.format(number)
    master, table, run = f"initload_master__{name}", f"initload_table__{name}__{name}", "outage"

    def moves():
        return [t for t in site.airflow.tasks(table, run) if t["task_id"] == "move"]

    def at_work():
        states = [t["state"] for t in moves()] if site.airflow.states(master, run).get(f"phase_all.{name}") else []
        return "deferred" in states and "running" in states

    def ended():
        return site.airflow.state(master, run) in ("success", "failed")

    site.airflow.trigger(master, run)
    until("chunks at work", lambda: reached(at_work), options.patience)
    interrupted(site, server, seconds)
    cleared = False
    try:
        until("the end", lambda: reached(ended), options.patience, every=2)
    except TimeoutError:
        cleared = True
    if cleared or site.airflow.state(master, run) == "failed":
        cleared = True
        site.airflow.clear(master, run, f"phase_all.{name}", downstream=True)
        until("the end after clearing", lambda: reached(ended), options.patience, every=2)
    jobs = [j for j in site.org.jobs() if j["object"] == f"{name}__c"]
    done = [j["id"] for j in jobs if j["state"] == "JobComplete"]
    loaded = sum(site.org.get(f"jobs/ingest/{i}")["numberRecordsProcessed"] for i in done)
    state, rows = site.airflow.state(master, run), options.chunks * CHUNK_ROWS
    tries = max(t["try_number"] for t in moves())
    print(
        f"| {server} {seconds} s | {state} | {'yes' if cleared else 'no'} | {tries} | {options.chunks} | {len(jobs)}"
        f" | {rows} | {loaded} |",
        flush=True,
    )
    return state == "success" and loaded == rows


def reached(ask):
    """The answer, or no while the api-server does not give one."""
    import httpx

    try:
        return ask()
    except (httpx.HTTPError, RuntimeError):
        return False


def interrupted(site, server, seconds):
    from stack.processes import Child, until
    from stack.servers import accepts

    old = site.children[server]
    old.crash()
    time.sleep(seconds)
    if server == "redis":
        site.children[server] = Child(server, old.process.args, site.logs)
        until("Redis", lambda: accepts(site.redis.port), 60, site.children[server])
    else:
        site.component(server)
        until("the api-server", site.airflow.answers, 300, site.children[server])


if __name__ == "__main__":
    sys.exit(main())
