"""Kills the real process, again and again, and looks whether anybody can tell afterwards.

    python3 benchmarks/kills/run.py [--kills 100] [--seed 1] [--rows 6000] [--per-migration 20]

A migration of a database file into a simulator process, over real files and sockets. The process that
runs it is killed (SIGKILL) at random moments of its work, and the same command is given again, up to
--per-migration times; then it may end. Every other kill waits for one of the states that a part goes
through, drawn as well, since some of them last for milliseconds only. What is left is compared with a run that nobody disturbed: every
record of the org, field by field; the books of the certificate; the rows that the org was sent. The
simulator is a process of its own and is not killed. Needs `make build`. Prints one line of figures, and
exits with 1 when a migration ended otherwise than the undisturbed one.
"""
import argparse
import collections
import contextlib
import hashlib
import json
import pathlib
import random
import re
import shlex
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
from simulated_org import Simulator  # noqa: E402

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
COUNTRIES = 20
IN_FLIGHT = ("RESERVED", "CREATED", "UPLOADED", "SUBMITTED")
ENDED = ("COMPLETE", "FAILED", "ABORTED")
BOOKS = ("snapshotRows", "readRows", "quarantined", "stagedRows", "created", "updated", "deadLettered", "targetRows")
CONFIG = """
name: killed
source: {{url: "jdbc:h2:file:{work}/source;MODE=Oracle", user: SA, password: kills, sessions: 2}}
target:
  loginUrl: {login}
  instance: {instance}
  auth: {{flow: client-credentials, clientId: "{id}", clientSecret: "{secret}"}}
  maxConcurrentJobs: 3
  poll: {{first: 50ms, max: 200ms}}
staging: {{directory: "{work}/staging", partRows: 10000}}
ledger: {{url: "jdbc:sqlite:{work}/ledger.db"}}
phases: [reference, customers]
tables:
  - {{source: COUNTRIES, object: Country__c, phase: reference, externalId: External_ID__c,
     columns: {{ID: External_ID__c, NAME: Name}}}}
  - {{source: CUSTOMERS, object: Account, phase: customers, externalId: External_ID__c,
     columns: {{ID: External_ID__c, NAME: Name, COUNTRY: Country__r.External_ID__c}},
     chunking: {{rows: {chunk}}}}}
"""


def main():
    options = arguments()
    chance = random.Random(options.seed)
    work = pathlib.Path(tempfile.mkdtemp(prefix="initload-kills-"))
    tally = collections.Counter()
    wrong = []
    began = time.monotonic()
    try:
        fill(work / "source.mv.db", options)
        undisturbed, span = alone(work, options)
        while tally["kills"] < options.kills and len(wrong) < 3 and time.monotonic() - began < 60 * options.minutes:
            tally["migrations"] += 1
            found = killed(work, options, chance, span, tally)
            if found != undisturbed:
                wrong.append(difference(found, undisturbed))
    finally:
        shutil.rmtree(work, ignore_errors=True)
    print(
        f"seed {options.seed}: {tally['kills']} kills in {tally['migrations']} migrations of {options.rows:,} rows"
        f" ({tally['in flight']} with jobs on the org, {tally['unsettled']} with results not booked,"
        f" {tally['reading']} while reading, {tally['elsewhere']} elsewhere),"
        f" {len(wrong)} ended otherwise than undisturbed; {time.monotonic() - began:.0f} s"
    )
    for one in wrong:
        print(one, file=sys.stderr)
    return 1 if wrong else 0


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--minutes", type=int, default=600, help="begin no migration after so many")
    parser.add_argument("--rows", type=int, default=6_000)
    parser.add_argument("--per-migration", type=int, default=20)
    parser.add_argument("--command", default=f"{ROOT}/bin/initload")
    parser.add_argument("--h2", default="", help="jar of H2; default: the distribution's")
    return parser.parse_args()


def fill(file, options):
    jar = options.h2 or next((ROOT / "cli/target/initload/lib").glob("h2-*.jar"))
    sql = (
        f"CREATE TABLE COUNTRIES (ID NUMBER(10) PRIMARY KEY, NAME VARCHAR2(40)) AS SELECT X, 'Country ' || X FROM SYSTEM_RANGE(1, {COUNTRIES});"
        " CREATE TABLE CUSTOMERS (ID NUMBER(10) PRIMARY KEY, NAME VARCHAR2(60), COUNTRY NUMBER(10))"
        f" AS SELECT X, 'Müller \"' || X || '\"', 1 + MOD(X, {COUNTRIES}) FROM SYSTEM_RANGE(1, {options.rows})"
    )
    url = f"jdbc:h2:file:{file.parent}/source;MODE=Oracle"
    shell = ["java", "-cp", str(jar), "org.h2.tools.Shell", "-url", url, "-user", "SA", "-password", "kills"]
    subprocess.run([*shell, "-sql", sql], check=True, stdout=subprocess.DEVNULL)


def content(org):
    """Every record of both objects, as one number."""
    lines = [f"{r['External_ID__c']} {r['Name']}" for r in org.records("SELECT External_ID__c, Name FROM Country__c")]
    soql = "SELECT External_ID__c, Name, Country__r.External_ID__c FROM Account"
    for r in org.records(soql):
        lines.append(f"{r['External_ID__c']} {r['Name']} {r['Country__r']['External_ID__c']}")
    return len(lines), hashlib.sha256("\n".join(sorted(lines)).encode()).hexdigest()


def slow_org(options):
    """An org slow enough to be met at work."""
    return Simulator(options.command, "cost.rowsPerSecond=4000", "cost.batchOverhead=200ms")


def start(options, work, home):
    log = open(work / "run.log", "a", encoding="utf-8")
    return subprocess.Popen(
        [*shlex.split(options.command), "run", "-c", str(home / "migration.yaml")], stdout=log, stderr=log, cwd=home
    )


def site(work, simulator, options):
    home = work / "site"
    shutil.rmtree(home, ignore_errors=True)
    home.mkdir()
    shutil.copy(work / "source.mv.db", home / "source.mv.db")
    text = CONFIG.format(
        work=home,
        login=simulator.org["loginUrl"],
        instance=simulator.authority("instanceUrl"),
        id=simulator.org["clientId"],
        secret=simulator.org["clientSecret"],
        chunk=options.rows // 10,
    )
    (home / "migration.yaml").write_text(text, encoding="utf-8")
    return home


def end(work, options, home, simulator):
    """Lets the migration end, and says what is there."""
    code = start(options, work, home).wait()
    if code != 0:
        raise SystemExit(f"the run ended with {code}:\n" + (work / "run.log").read_text(encoding="utf-8")[-4000:])
    command = [*shlex.split(options.command), "reconcile", "-c", str(home / "migration.yaml"), "--json"]
    certificate = json.loads(subprocess.run(command, check=True, capture_output=True, cwd=home).stdout)
    books = {t["source"]: {name: t[name] for name in BOOKS} for t in certificate["tables"]}
    return {
        "closed": certificate["booksClosed"],
        "findings": certificate["findings"],
        "books": books,
        "org": content(simulator),
        "rows taken by the org": sum(job.get("numberRecordsProcessed", 0) for job in simulator.upserts()),
        # the number of the job that wrote a receipt is part of its name
        "files left": sorted(re.sub(r"-job\d+", "", f.name) for f in (home / "staging").rglob("*.gz")),
    }


def alone(work, options):
    """An undisturbed run: how it ends, and how long it works."""
    with slow_org(options) as simulator:
        home = site(work, simulator, options)
        process = start(options, work, home)
        at_work(process, home)
        began = time.monotonic()
        process.wait()
        span = time.monotonic() - began
        return end(work, options, home, simulator), span


def at_work(process, home):
    """Waits until the process writes to its ledger, which it does from its first act to its last."""
    began = time.time()
    while process.poll() is None:
        if any(f.stat().st_mtime > began for f in home.glob("ledger.db*") if f.exists()):
            return
        time.sleep(0.01)


def killed(work, options, chance, span, tally):
    with slow_org(options) as simulator:
        home = site(work, simulator, options)
        for _ in range(options.per_migration):
            if tally["kills"] >= options.kills:
                break
            process = start(options, work, home)
            aim = chance.choice((*IN_FLIGHT, "COMPLETE")) if chance.random() < 0.5 else None
            # short: the next process has its share to do
            delay = span / 3 * chance.random()
            try:
                if aim:
                    in_state(process, home / "ledger.db", aim)
                    delay = 0.02 * chance.random()
                elif chance.random() < 0.9:
                    at_work(process, home)
                process.wait(delay)
                break  # it was faster
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
                tally["kills"] += 1
                tally.update(met(home / "ledger.db"))
        return end(work, options, home, simulator)


def in_state(process, ledger, state):
    """Waits until the living process has a part in a state, or ends."""
    while process.poll() is None:
        try:
            with contextlib.closing(sqlite3.connect(f"file:{ledger}?mode=ro", uri=True)) as db:
                while process.poll() is None:
                    if db.execute("SELECT 1 FROM part WHERE state = ? AND owner IS NOT NULL LIMIT 1", (state,)).fetchone():
                        return
                    time.sleep(0.001)
        except sqlite3.Error:
            time.sleep(0.01)  # it has not made its ledger yet


def met(ledger):
    """What the process was at, by its ledger."""
    if not ledger.exists():
        return ["elsewhere"]
    # the next process shall recover the file, not this look at it
    with tempfile.TemporaryDirectory() as copy:
        for file in ledger.parent.glob("ledger.db*"):
            shutil.copy(file, copy)
        try:
            with contextlib.closing(sqlite3.connect(pathlib.Path(copy) / "ledger.db")) as db:
                states = dict(db.execute("SELECT state, COUNT(*) FROM part GROUP BY state"))
                reading = db.execute("SELECT COUNT(*) FROM chunk WHERE state = 'EXTRACTING'").fetchone()[0]
        except sqlite3.Error:
            return ["elsewhere"]
    found = [
        *(["in flight"] if any(states.get(s) for s in IN_FLIGHT) else []),
        *(["unsettled"] if any(states.get(s) for s in ENDED) else []),
        *(["reading"] if reading else []),
    ]
    return found or ["elsewhere"]


def difference(found, undisturbed):
    return "; ".join(f"{k}: {found[k]} instead of {undisturbed[k]}" for k in found if found[k] != undisturbed[k])


if __name__ == "__main__":
    sys.exit(main())
