"""What a command costs before it says a word, beside an empty Java program, in one interleaved run.

    python3 benchmarks/start/run.py [--rounds 11] [--chunks 10000]

Processor time of whole process trees, the launcher's shell included, as the kernel counts it for children that ended.
`status` reads a ledger in SQLite that was grown from a small demo's to so many chunks, with two parts and two jobs each,
all settled. With the archive of loaded classes that the first start makes (docs/task.md), and without.
Needs `make build`.
"""

import argparse
import os
import pathlib
import resource
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
INITLOAD = ROOT / "bin" / "initload"
EMPTY = "public class Empty { public static void main(String[] arguments) {} }"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=11)
    parser.add_argument("--chunks", type=int, default=10_000)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="initload-start-") as directory:
        measure(pathlib.Path(directory), options)


def measure(work, options):
    (work / "Empty.java").write_text(EMPTY)
    subprocess.run(["javac", "-d", work, work / "Empty.java"], check=True)
    config = demo(work)
    grow(work / "demo" / "ledger.db", options.chunks)
    await_archive(work)
    status = ["status", "-c", str(config)]
    archive, none = {"INITLOAD_CACHE": str(work / "cache")}, {"INITLOAD_CACHE": "none"}
    candidates = {
        "`java`, an empty `main`": (["java", "-cp", str(work), "Empty"], none),
        "`initload --help`": ([str(INITLOAD), "--help"], archive),
        "`initload --help`, no archive": ([str(INITLOAD), "--help"], none),
        f"`initload status`, {options.chunks:,} chunks": ([str(INITLOAD), *status], archive),
        f"`initload status`, {options.chunks:,} chunks, no archive": ([str(INITLOAD), *status], none),
    }
    seen = {name: [] for name in candidates}
    for _ in range(options.rounds):
        for name, (command, environment) in candidates.items():
            seen[name].append(timed(command, environment))
    report(seen, options.rounds)


def demo(work):
    directory = work / "demo"
    command = [INITLOAD, "demo", "--sales", "1000", "--directory", directory]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=os.environ | {"INITLOAD_CACHE": "none"})
    return directory / "demo.yaml"


def grow(ledger, chunks):
    """Copies of the chunk, the parts and the jobs of the sales table, under numbers of their own."""
    with sqlite3.connect(ledger) as db:
        largest = "SELECT table_name, MAX(no) FROM chunk GROUP BY 1 ORDER BY MAX(rows_read) DESC"
        table, no = db.execute(largest).fetchone()
        for i in range(no + 1, no + chunks + 1):
            copy(db, "chunk", table, {"no": i})
            for p in range(2):
                copy(db, "part", table, {"id": None, "chunk_no": i, "name": f"p{i}-{p}"})
                (part,) = db.execute("SELECT MAX(id) FROM part").fetchone()
                copy(db, "job", table, {"id": None, "part_id": part})


def copy(db, name, table, other):
    """The first row of the table, with these columns otherwise."""
    same = ", ".join(c[1] for c in db.execute(f"PRAGMA table_info({name})") if c[1] not in other)
    values = ", ".join("?" for _ in other)
    first = f"SELECT {values}, {same} FROM {name} WHERE table_name = ? LIMIT 1"
    db.execute(f"INSERT INTO {name} ({', '.join(other)}, {same}) {first}", (*other.values(), table))


def await_archive(work):
    environment = os.environ | {"INITLOAD_CACHE": str(work / "cache")}
    subprocess.run([INITLOAD, "--version"], check=True, stdout=subprocess.DEVNULL, env=environment)
    deadline = time.monotonic() + 300
    while not list((work / "cache").glob("[0-9]*.jsa")):
        if time.monotonic() > deadline:
            sys.exit("no archive was made within five minutes")
        time.sleep(0.2)
    time.sleep(1)


def timed(command, environment):
    """Processor seconds and wall seconds."""
    before, begin = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    nowhere = subprocess.DEVNULL
    subprocess.run(command, check=True, stdout=nowhere, stderr=nowhere, env=os.environ | environment)
    after, end = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime, end - begin


def report(seen, rounds):
    empty = statistics.median(cpu for cpu, _ in next(iter(seen.values())))
    print(f"| command | processor s, median of {rounds} (lowest-highest) | times an empty `main` | wall s, median |")
    print("|---|---|---|---|")
    for name, runs in seen.items():
        cpu, wall = [c for c, _ in runs], statistics.median(w for _, w in runs)
        middle = statistics.median(cpu)
        print(f"| {name} | {middle:.3f} ({min(cpu):.3f}-{max(cpu):.3f}) | {middle / empty:.1f} | {wall:.2f} |")


if __name__ == "__main__":
    main()
