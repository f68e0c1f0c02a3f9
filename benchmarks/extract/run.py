"""Extraction, side by side with what users would take instead: whole processes, interleaved rounds.

    python3 benchmarks/extract/run.py [--rows 5000000] [--rounds 5] [--only NAME[:ROUNDS],...]

Starts a PostgreSQL of its own on the loopback interface, fills a table of 16 mixed columns and runs
each candidate once per round. Names ending in -1s read with one session, in -64m with that heap, in
-1x and -4x a tenth and four tenths of the rows, in -warm for the second time in one process, whose second
time counts. Needs postgresql, isal, python3-psycopg2 (Debian packages) and, for
the line of Spark, pyspark. Prints medians, spreads and the ratios paired round by round.
"""
import argparse
import glob
import importlib.util
import os
import pathlib
import resource
import secrets
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent


def main():
    # A terminated run stops its server as well.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    options = arguments()
    work = pathlib.Path(tempfile.mkdtemp(prefix="initload-bench-"))
    work.chmod(0o755)
    try:
        with Server(work) as server:
            fill(server, options.rows)
            measure(options, server, work)
    finally:
        shutil.rmtree(work, ignore_errors=True)


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, default=5_000_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--only", default="", help="names of candidates, each with :ROUNDS or not")
    parser.add_argument("--heap", default="256m", help="-Xmx of ours")
    parser.add_argument("--classpath", default=os.environ.get("INITLOAD_CLASSPATH", ""))
    return parser.parse_args()


class Server:
    """A PostgreSQL of our own; refuses root, so root starts it as postgres."""

    def __init__(self, work):
        self.directory = work / "server"
        self.directory.mkdir()
        self.port = free_port()
        self.password = secrets.token_hex(8)
        self.bin = sorted(pathlib.Path("/usr/lib/postgresql").glob("*/bin"))[-1]
        self.user = (
            ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"]
            if os.geteuid() == 0
            else []
        )

    def __enter__(self):
        secret = self.directory / "password"
        secret.write_text(self.password)
        if self.user:
            shutil.chown(self.directory, "postgres")
            shutil.chown(secret, "postgres")
        subprocess.run(
            self.user
            + [self.bin / "initdb", "-D", self.directory / "data", "-U", "loader"]
            + [f"--pwfile={secret}", "--auth=scram-sha-256", "--encoding=UTF8"]
            + ["--locale=C.UTF-8", "--no-sync"],
            check=True,
            stdout=subprocess.DEVNULL,
            cwd=self.directory,
        )
        secret.unlink()
        self.process = subprocess.Popen(
            self.user
            + [self.bin / "postgres", "-D", self.directory / "data", "-p", str(self.port)]
            + ["-c", "listen_addresses=127.0.0.1", "-c", f"unix_socket_directories={self.directory}"]
            + ["-c", "fsync=off", "-c", "shared_buffers=2GB", "-c", "max_wal_size=4GB"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd=self.directory,
        )
        os.environ.update(
            PGHOST="127.0.0.1", PGPORT=str(self.port), PGUSER="loader", PGPASSWORD=self.password
        )
        for _ in range(200):
            if subprocess.run([self.bin / "pg_isready", "-q"]).returncode == 0:
                return self
            time.sleep(0.1)
        raise SystemExit("the server did not start")

    def __exit__(self, *_):
        self.process.send_signal(signal.SIGINT)
        self.process.wait()


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def fill(server, rows):
    subprocess.run(
        ["psql", "-q", "-X", "-d", "postgres", "-v", f"rows={rows}", "-f", HERE / "table.sql"],
        check=True,
    )


def candidates(options, server, out, classes):
    url = f"jdbc:postgresql://127.0.0.1:{server.port}/postgres"
    copy = 'psql -q -X -d postgres -c "COPY orders TO STDOUT (FORMAT csv, HEADER)"'

    def java(codec, sessions=2, heap=options.heap, table="orders"):
        path = f"{classes}:{options.classpath}"
        return ["java", f"-Xmx{heap}", "-cp", path, "io.initload.pipeline.Extract", url, out, codec, str(sessions), table]

    python = [sys.executable, HERE / "copy_csv.py", out / "out.csv.gz"]
    all_of_them = {
        "initload-igzip": java("igzip"),
        "copy-igzip": ["sh", "-c", f"{copy} | igzip -1 > {out}/out.csv.gz"],
        "initload-zlib": java("zlib"),
        "copy-gzip": ["sh", "-c", f"{copy} | gzip -1 > {out}/out.csv.gz"],
        "initload-igzip-1s": java("igzip", 1),
        "initload-zlib-1s": java("zlib", 1),
        "initload-igzip-64m": java("igzip", heap="64m"),
        "initload-igzip-1x": java("igzip", table="orders_1x"),
        "initload-igzip-4x": java("igzip", table="orders_4x"),
        "initload-igzip-warm": [*java("igzip"), "twice"],
        "initload-zlib-warm": [*java("zlib"), "twice"],
        "psycopg2-1": python + ["1"],
        "psycopg2-9": python + ["9"],
    }
    if importlib.util.find_spec("pyspark"):
        jars = [str(j) for p in options.classpath.split(":") for j in (glob.glob(p + ".jar") if p.endswith("*") else [p])]
        jar = next(j for j in jars if "/postgresql-" in j)
        all_of_them["spark"] = [
            sys.executable, HERE / "spark_csv.py", jar, url, out / "spark", str(options.rows),
        ]
        all_of_them["spark-warm"] = [*all_of_them["spark"], "twice"]
    chosen = [n for n in options.only.split(",") if n] or list(all_of_them)
    rounds = {n.partition(":")[0]: int(n.partition(":")[2] or options.rounds) for n in chosen}
    return {name: (all_of_them[name], times) for name, times in rounds.items()}


def measure(options, server, work):
    if not options.classpath:
        raise SystemExit("set INITLOAD_CLASSPATH (or --classpath) to the engine's jar and its libraries")
    classes = work / "classes"
    subprocess.run(
        ["javac", "-nowarn", "-d", classes, "-cp", options.classpath, HERE / "Extract.java"],
        check=True,
    )
    out = work / "out"
    results = {}
    for round_number in range(options.rounds):
        for name, (command, times) in candidates(options, server, out, classes).items():
            if round_number >= times:
                continue
            shutil.rmtree(out, ignore_errors=True)
            out.mkdir()
            result = timed([str(part) for part in command])
            results.setdefault(name, []).append(result)
            print(
                f"round {round_number + 1} {name}: {result['wall']:.2f} s, {result['cpu']:.2f} cpu-s,"
                f" {result['rss'] / 1000:.0f} MB, load {os.getloadavg()[0]:.1f}",
                file=sys.stderr,
            )
    report(results, options.rows)


def timed(command):
    """Wall seconds, from the start or the word that it begins again; processor seconds of the command and all
    it waited for, largest process in KB."""
    start = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    for line in process.stdout:
        if line.strip() == "again":
            start = time.monotonic()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{command[0]} ended with {process.returncode}")
    wall = time.monotonic() - start
    return {"wall": wall, "cpu": usage.ru_utime + usage.ru_stime, "rss": usage.ru_maxrss}


def rows_of(name, rows):
    return rows // 10 if name.endswith("-1x") else rows * 4 // 10 if name.endswith("-4x") else rows


def report(results, rows):
    print("| candidate | rounds | wall s, median (min-max) | krow/s | client cpu-s per Mrow | peak MB |")
    print("|---|---|---|---|---|---|")
    for name, runs in results.items():
        walls = [r["wall"] for r in runs]
        count = rows_of(name, rows)
        cpu = statistics.median(r["cpu"] for r in runs) / count * 1e6
        spent = "of both times" if name.endswith("-warm") else f"{cpu:.2f}"
        rss = max(r["rss"] for r in runs) / 1000
        wall = statistics.median(walls)
        print(
            f"| {name} | {len(runs)} | {wall:.2f} ({min(walls):.2f}-{max(walls):.2f})"
            f" | {count / wall / 1000:.0f} | {spent} | {rss:.0f} |"
        )
    print()
    print("| other / ours, paired by round | zlib | igzip |")
    print("|---|---|---|")
    for name, runs in results.items():
        warm = "-warm" if name.endswith("-warm") else ""
        peers = [f"initload-zlib{warm}", f"initload-igzip{warm}"]
        if name in peers or rows_of(name, rows) != rows:
            continue
        cells = []
        for ours in peers:
            pairs = [a["wall"] / b["wall"] for a, b in zip(runs, results.get(ours, []))]
            cells.append(
                f"{statistics.median(pairs):.2f} ({min(pairs):.2f}-{max(pairs):.2f})" if pairs else "-"
            )
        print(f"| {name} | {cells[0]} | {cells[1]} |")


if __name__ == "__main__":
    main()
