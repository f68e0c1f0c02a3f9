"""Extraction, side by side with what users would take instead: whole processes, interleaved rounds.

    python3 benchmarks/extract/run.py [--rows 5000000] [--rounds 5] [--only NAME[:ROUNDS],...]

Starts a PostgreSQL of its own on the loopback interface, fills a table of 16 mixed columns and runs
each candidate once per round. Names ending in -1s read with one session, in -64m with that heap, in
-1x and -4x a tenth and four tenths of the rows (so the others are the ten times), in -cds with an archive of loaded classes, in -warm for the second
time in one process, whose second time counts, in -text by an external id of text, which has to be grouped
and watched, in -undigested without the digests of rows that `reconcile --level full` compares. Every output is checked by gzip -t. Needs postgresql, isal, python3-psycopg2 (Debian packages) and, for
the line of Spark, pyspark. Prints medians, spreads, the ratios paired round by round, and the goals P1 to P10
of docs/reference/performance.md, "Goals", that the candidates tell of (P7: benchmarks/encode, P11: benchmarks/upload, P12:
gzip -t here, the rest by tests).
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

    def java(codec, sessions=2, heap=options.heap, table="orders", key="id", archive=()):
        # As the launcher does it.
        command = ["java", f"-Xmx{heap}", "-XX:+UseParallelGC", *archive, "-cp", f"{classes}:{options.classpath}"]
        return [*command, "io.initload.pipeline.Extract", url, out, codec, str(sessions), table, key]

    archive = out.with_name("classes.jsa")
    if not archive.exists():
        emptied(out)
        timed([str(p) for p in java("igzip", table="orders_1x", archive=[f"-XX:ArchiveClassesAtExit={archive}"])])

    python = [sys.executable, HERE / "copy_csv.py", out / "out.csv.gz"]
    all_of_them = {
        "initload-igzip": java("igzip"),
        "copy-igzip": ["sh", "-c", f"{copy} | igzip -1 > {out}/out.csv.gz"],
        "initload-zlib": java("zlib"),
        "copy-gzip": ["sh", "-c", f"{copy} | gzip -1 > {out}/out.csv.gz"],
        "initload-igzip-cds": java("igzip", archive=[f"-XX:SharedArchiveFile={archive}"]),
        "initload-igzip-1s": java("igzip", 1),
        "initload-zlib-1s": java("zlib", 1),
        "initload-igzip-64m": java("igzip", heap="64m"),
        "initload-igzip-1x": java("igzip", table="orders_1x"),
        "initload-igzip-4x": java("igzip", table="orders_4x"),
        "initload-igzip-text": java("igzip", key="ext_id"),
        "initload-igzip-undigested": [*java("igzip"), "undigested"],
        "initload-zlib-undigested": [*java("zlib"), "undigested"],
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
    # An archive of classes is made of jars alone.
    classes = shutil.make_archive(classes, "zip", classes)
    out = work / "out"
    results = {}
    for round_number in range(options.rounds):
        for name, (command, times) in candidates(options, server, out, classes).items():
            if round_number >= times:
                continue
            emptied(out)
            result = timed([str(part) for part in command])
            check(out)
            results.setdefault(name, []).append(result)
            print(
                f"round {round_number + 1} {name}: {result['wall']:.2f} s, {result['cpu']:.2f} cpu-s,"
                f" {result['rss'] / 1000:.0f} MB, load {os.getloadavg()[0]:.1f}",
                file=sys.stderr,
            )
    report(results, options.rows)


def emptied(directory):
    shutil.rmtree(directory, ignore_errors=True)
    directory.mkdir()


def check(out):
    """P12: whatever was written is whole gzip."""
    files = [str(f) for f in out.rglob("*.gz")]
    if files:
        subprocess.run(["gzip", "-t", *files], check=True)


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


def pairs(results, other, ours, what="wall"):
    """Wall of the other by ours, or what else, round by round."""
    return [a[what] / b[what] for a, b in zip(results.get(other, []), results.get(ours, []))]


def ratio(values):
    return f"{statistics.median(values):.2f} ({min(values):.2f}-{max(values):.2f})" if values else "-"


def cpu_per_mrow(results, name, rows):
    return statistics.median(r["cpu"] for r in results[name]) / rows_of(name, rows) * 1e6


def peak(results, name):
    return max(r["rss"] for r in results[name]) / 1000


def report(results, rows):
    print("| candidate | rounds | wall s, median (min-max) | krow/s | client cpu-s per Mrow | peak MB |")
    print("|---|---|---|---|---|---|")
    for name, runs in results.items():
        walls = [r["wall"] for r in runs]
        spent = "of both times" if name.endswith("-warm") else f"{cpu_per_mrow(results, name, rows):.2f}"
        wall = statistics.median(walls)
        print(
            f"| {name} | {len(runs)} | {wall:.2f} ({min(walls):.2f}-{max(walls):.2f})"
            f" | {rows_of(name, rows) / wall / 1000:.0f} | {spent} | {peak(results, name):.0f} |"
        )
    print()
    print("| other / ours, paired by round | zlib | igzip |")
    print("|---|---|---|")
    for name in results:
        warm = "-warm" if name.endswith("-warm") else ""
        ours = [f"initload-zlib{warm}", f"initload-igzip{warm}"]
        if name not in ours and rows_of(name, rows) == rows:
            print(f"| {name} | " + " | ".join(ratio(pairs(results, name, one)) for one in ours) + " |")
    print()
    goals(results, rows)


def goals(results, rows):
    """Those that what was run tells of."""
    print("| goal | asked | seen |")
    print("|---|---|---|")
    for goal, asked, other, ours in [
        ("P1 Spark, cold, zlib", "4", "spark", "initload-zlib"),
        ("beyond P1, igzip", "6", "spark", "initload-igzip"),
        ("P2 Spark, warm, zlib", "2", "spark-warm", "initload-zlib-warm"),
        ("P2 Spark, warm, igzip", "3.5", "spark-warm", "initload-igzip-warm"),
        ("P3 COPY, gzip -1, zlib", "0.9", "copy-gzip", "initload-zlib"),
        ("P4 COPY, igzip -1, igzip", "0.75, 0.9 beyond", "copy-igzip", "initload-igzip"),
        ("P5 psycopg2, gzip 1, zlib", "3", "psycopg2-1", "initload-zlib"),
        ("P5 psycopg2, gzip 9, zlib", "5", "psycopg2-9", "initload-zlib"),
        ("P8 two sessions, zlib", "1.8", "initload-zlib-1s", "initload-zlib"),
        ("P8 two sessions, igzip", "2", "initload-igzip-1s", "initload-igzip"),
    ]:
        print(f"| {goal} | {asked} | {ratio(pairs(results, other, ours))} |")
    for codec, asked in [("igzip", 2.5), ("zlib", 4.8)]:
        name = f"initload-{codec}"
        if name in results:
            print(f"| P6 cpu-s per Mrow, {codec} | {asked} at most | {cpu_per_mrow(results, name, rows):.2f} |")
    for codec in ("igzip", "zlib"):
        names = (f"initload-{codec}", f"initload-{codec}-undigested")
        print(f"| with / without digests of rows, by the clock, {codec} | 1.05 at most | {ratio(pairs(results, *names))} |")
        print(f"| with / without digests of rows, processor time, {codec} | | {ratio(pairs(results, *names, 'cpu'))} |")
    sizes = [n for n in ("initload-igzip-1x", "initload-igzip-4x", "initload-igzip") if n in results]
    if sizes:
        print("| P9 peak MB at 1x, 4x, 10x | 320, flat | " + ", ".join(f"{peak(results, n):.0f}" for n in sizes) + " |")
        cpu = ", ".join(f"{cpu_per_mrow(results, n, rows):.2f}" for n in sizes)
        print(f"| P10 cpu-s per Mrow at 1x, 4x, 10x | 1.1 times at most | {cpu} |")
    if "initload-igzip-64m" in results:
        print(f"| P9 at -Xmx64m | passes | passed, {peak(results, 'initload-igzip-64m'):.0f} MB |")
    print("| P12 gzip -t of every output | clean | clean |")


if __name__ == "__main__":
    main()
