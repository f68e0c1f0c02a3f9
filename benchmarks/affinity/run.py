"""What keeping rows of one parent together is worth to a whole migration.

    python3 benchmarks/affinity/run.py [--rounds 3] [--children 200000] [--parents 4000]

The same rows, migrated by the whole engine into a simulator process with its lock model: once in ranges of
the parent (`chunking.affinity`), once in ranges of a key that says nothing of the parent. New database, org
and ledger for each; the two take turns. Prints one line for each way: rows refused for a lock, jobs, and the
time from the first job of the children to the end of the last. Needs `make build`.
"""
import argparse
import datetime
import pathlib
import shlex
import shutil
import statistics
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
from simulated_org import Simulator  # noqa: E402

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
# Five batches at a time; a job of 5,000 rows takes 2 s of the org's time when it meets no lock.
ORG = ("cost.rowsPerSecond=2500", "cost.parallelBatches=5", "cost.queueDelay=300ms")
WAYS = {"by parent": "PARENT", "by a key without meaning": "off"}
CONFIG = """
name: affinity
source: {{url: "jdbc:h2:file:{work}/source;MODE=Oracle", user: SA, password: pace, sessions: 2}}
target:
  loginUrl: {login}
  instance: {instance}
  auth: {{flow: client-credentials, clientId: "{id}", clientSecret: "{secret}"}}
  poll: {{first: 200ms, max: 1s}}
staging: {{directory: "{work}/staging", partRows: 10000}}
ledger: {{url: "jdbc:sqlite:{work}/ledger.db"}}
phases: [parents, children]
tables:
  - {{source: PARENTS, object: Account, phase: parents, externalId: External_ID__c,
     columns: {{ID: External_ID__c, NAME: Name}}}}
  - {{source: CHILDREN, object: Sale__c, phase: children, externalId: External_ID__c,
     columns: {{ID: External_ID__c, PARENT: Account__r.External_ID__c}},
     chunking: {{strategy: key, rows: {chunk}, affinity: {affinity}}}}}
"""


def main():
    options = arguments()
    outcomes = {way: [] for way in WAYS}
    for _ in range(options.rounds):
        for way, affinity in WAYS.items():
            outcomes[way].append(migrated(options, affinity))
            print(way, *outcomes[way][-1], file=sys.stderr)
    print("| children read | rows refused for a lock | jobs | seconds, median (lowest-highest) |")
    print("|---|---|---|---|")
    for way, found in outcomes.items():
        refused, jobs, seconds = zip(*found)
        print(
            f"| {way} | {statistics.median(refused):,.0f} | {statistics.median(jobs):.0f}"
            f" | {statistics.median(seconds):.0f} ({min(seconds):.0f}-{max(seconds):.0f}) |"
        )


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--children", type=int, default=200_000)
    parser.add_argument("--parents", type=int, default=4_000)
    parser.add_argument("--jobs", type=int, default=40)
    parser.add_argument("--command", default=f"{ROOT}/bin/initload")
    return parser.parse_args()


def migrated(options, affinity):
    """Rows refused for a lock, jobs of the children, and how many seconds they took."""
    work = pathlib.Path(tempfile.mkdtemp(prefix="initload-affinity-"))
    try:
        fill(work, options)
        with Simulator(options.command, *ORG) as org:
            config = work / "migration.yaml"
            config.write_text(
                CONFIG.format(
                    work=work,
                    login=org.org["loginUrl"],
                    instance=org.authority("instanceUrl"),
                    id=org.org["clientId"],
                    secret=org.org["clientSecret"],
                    chunk=options.children // options.jobs,
                    affinity=affinity,
                )
            )
            # 0: every row of both tables is in the org, by the certificate that the run ends with
            run = [*shlex.split(options.command), "run", "-c", str(config)]
            with open(work / "run.log", "w+") as log:
                if subprocess.run(run, stdout=log, stderr=log).returncode:
                    log.seek(0)
                    raise SystemExit(log.read()[-4000:])
            jobs = [job for job in org.upserts() if job["object"] == "Sale__c"]
        begun = min(at(job["createdDate"]) for job in jobs)
        ended = max(at(job["systemModstamp"]) for job in jobs)
        return sum(job["numberRecordsFailed"] for job in jobs), len(jobs), (ended - begun).total_seconds()
    finally:
        shutil.rmtree(work, ignore_errors=True)


def fill(work, options):
    """Children whose neighbours by id are of any parent: a multiplicative hash of the id names it."""
    jar = next((ROOT / "cli/target/initload/lib").glob("h2-*.jar"))
    sql = (
        "CREATE TABLE PARENTS (ID NUMBER(10) PRIMARY KEY, NAME VARCHAR2(40)) AS"
        f" SELECT X, 'Account ' || X FROM SYSTEM_RANGE(1, {options.parents});"
        " CREATE TABLE CHILDREN (ID NUMBER(10) PRIMARY KEY, PARENT NUMBER(10) NOT NULL) AS"
        f" SELECT X, 1 + MOD(FLOOR(MOD(X * 2654435761, 4294967296) / 1048), {options.parents})"
        f" FROM SYSTEM_RANGE(1, {options.children});"
        " CREATE INDEX CHILDREN_PARENT ON CHILDREN (PARENT)"
    )
    url = f"jdbc:h2:file:{work}/source;MODE=Oracle"
    shell = ["java", "-cp", str(jar), "org.h2.tools.Shell", "-url", url, "-user", "SA", "-password", "pace"]
    subprocess.run([*shell, "-sql", sql], check=True, stdout=subprocess.DEVNULL)


def at(text):
    return datetime.datetime.strptime(text, "%Y-%m-%dT%H:%M:%S.%f%z")


if __name__ == "__main__":
    main()
