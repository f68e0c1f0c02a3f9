"""Ingest by the simulator: whole processes, over HTTP, cost model off.

    python3 benchmarks/simulator-ingest/run.py [--rows 1000000] [--rounds 5] [--only NAME,...]
    python3 benchmarks/simulator-ingest/run.py --hold 20000000 --data DIR

Starts the simulator of the built distribution (`make build`) with a heap of 256 MB for each round, uploads jobs of
250,000 rows, two at a time, and stops the watch when the last one is complete. The upload files are
made before. Prints records per second by the clock and by the processor time of the simulator (user
and system, all threads), so that a busy machine can be told from a slow simulator. `--hold` loads
that many records once, with data kept on disk, then counts them, restarts and counts again.
"""
import argparse
import http.client
import json
import os
import pathlib
import queue
import shlex
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
JOB_ROWS = 250_000
PARENTS = 10_000
UPLOADS = 2


def main():
    options = arguments()
    with tempfile.TemporaryDirectory(prefix="simulator-ingest-") as work:
        work = pathlib.Path(work)
        if options.hold:
            hold(options, work)
        else:
            measure(options, work)


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--only", default="", help="names of loads, comma separated")
    parser.add_argument("--hold", type=int, default=0, help="records to load once and keep")
    parser.add_argument("--data", help="directory for --hold; empty or absent at the start")
    parser.add_argument("--command", default=f"{ROOT}/bin/initload simulator")
    return parser.parse_args()


class Simulator:
    """A simulator process and a client of its HTTP API."""

    def __init__(self, command):
        began = time.monotonic()
        self.process = subprocess.Popen(shlex.split(command), stdout=subprocess.PIPE, text=True)
        line = self.process.stdout.readline()
        if not line:
            raise SystemExit(f"the simulator did not start: {command}")
        self.started_after = time.monotonic() - began
        org = json.loads(line)
        self.address = urllib.parse.urlparse(org["instanceUrl"]).netloc
        form = urllib.parse.urlencode(
            {
                "grant_type": "client_credentials",
                "client_id": org["clientId"],
                "client_secret": org["clientSecret"],
            }
        )
        login = http.client.HTTPConnection(urllib.parse.urlparse(org["loginUrl"]).netloc)
        login.request(
            "POST",
            "/services/oauth2/token",
            form,
            {"Content-Type": "application/x-www-form-urlencoded"},
        )
        self.token = json.load(login.getresponse())["access_token"]

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait()

    def call(self, method, path, body=None, kind="application/json"):
        connection = http.client.HTTPConnection(self.address, timeout=3600)
        headers = {"Authorization": "Bearer " + self.token, "Content-Type": kind}
        connection.request(method, "/services/data/v60.0/" + path, body, headers)
        answer = connection.getresponse()
        text = answer.read()
        connection.close()
        if answer.status >= 300:
            raise SystemExit(f"{method} {path}: {answer.status} {text[:500]}")
        return json.loads(text) if text else None

    def load(self, request, file):
        """Runs one job to its end; returns how many rows failed."""
        job = self.call("POST", "jobs/ingest", json.dumps(request))["id"]
        with open(file, "rb") as rows:
            self.call("PUT", f"jobs/ingest/{job}/batches", rows, "text/csv")
        self.call("PATCH", f"jobs/ingest/{job}", '{"state":"UploadComplete"}')
        while True:
            info = self.call("GET", f"jobs/ingest/{job}")
            if info["state"] in ("JobComplete", "Failed", "Aborted"):
                break
            time.sleep(0.05)
        if info["state"] != "JobComplete":
            raise SystemExit(f"job {job}: {info}")
        self.call("DELETE", f"jobs/ingest/{job}")
        return info["numberRecordsFailed"]

    def load_all(self, request, files):
        """Runs one job per file, some at a time; returns how many rows failed."""
        waiting = queue.Queue()
        for file in files:
            waiting.put(file)
        failed = []

        def work():
            while True:
                try:
                    file = waiting.get_nowait()
                except queue.Empty:
                    return
                failed.append(self.load(request, file))

        threads = [threading.Thread(target=work) for _ in range(UPLOADS)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        if len(failed) != len(files):
            raise SystemExit("a job did not end")
        return sum(failed)

    def count(self, obj):
        return self.call("GET", f"query?q=SELECT+COUNT()+FROM+{obj}")["totalSize"]

    def processor_seconds(self):
        fields = pathlib.Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def peak_megabytes(self):
        status = pathlib.Path(f"/proc/{self.process.pid}/status").read_text()
        return next(int(line.split()[1]) // 1024 for line in status.splitlines() if line.startswith("VmHWM"))


def account_rows(first, count):
    for i in range(first, first + count):
        yield f"acc-{i:010d},Customer {i},{i % 5000},{i % 100_000}.0,Main Street {i % 999},Springfield\n"


def contact_rows(first, count):
    for i in range(first, first + count):
        parent = i * PARENTS // 20_000_000 if first >= 20_000_000 else i // 100 % PARENTS
        yield f"con-{i:010d},Last {i},First,p{i}@example.com,acc-{parent:010d}\n"


ACCOUNTS = "External_ID__c,Name,NumberOfEmployees,AnnualRevenue,BillingStreet,BillingCity\n"
CONTACTS = "External_ID__c,LastName,FirstName,Email,Account.External_ID__c\n"


def write(work, name, header, rows, first, count):
    files = []
    for at in range(first, first + count, JOB_ROWS):
        file = work / f"{name}-{at}.csv"
        with open(file, "w", encoding="utf-8") as out:
            out.write(header)
            out.writelines(rows(at, min(JOB_ROWS, first + count - at)))
        files.append(file)
    return files


def upsert(obj):
    return {"object": obj, "operation": "upsert", "externalIdFieldName": "External_ID__c"}


def measure(options, work):
    accounts = write(work, "accounts", ACCOUNTS, account_rows, 0, options.rows)
    contacts = write(work, "contacts", CONTACTS, contact_rows, 0, options.rows)
    parents = write(work, "parents", ACCOUNTS, account_rows, 0, PARENTS)
    loads = {
        "insert": ("Account", {"object": "Account", "operation": "insert"}, accounts, None),
        "upsert, all new": ("Account", upsert("Account"), accounts, None),
        "upsert, all there": ("Account", upsert("Account"), accounts, (upsert("Account"), accounts)),
        "upsert with parent": ("Contact", upsert("Contact"), contacts, (upsert("Account"), parents)),
    }
    wanted = [name for name in options.only.split(",") if name] or list(loads)
    print(f"{options.rows:,} rows a round, {options.rounds} rounds, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    seen = {name: [] for name in wanted}
    for number in range(options.rounds):
        for name in wanted:
            obj, request, files, before = loads[name]
            with Simulator(options.command) as org:
                if before:
                    org.load_all(*before)
                processor = org.processor_seconds()
                began = time.monotonic()
                failed = org.load_all(request, files)
                seconds = time.monotonic() - began
                processor = org.processor_seconds() - processor
                if failed or org.count(obj) != options.rows:
                    raise SystemExit(f"{name}: {failed} failed, {org.count(obj)} records")
                seen[name].append((options.rows / seconds, options.rows / processor, org.peak_megabytes()))
                print(f"  round {number + 1} {name}: {options.rows / seconds:,.0f}/s, {processor:.1f} s of processor", flush=True)
    print("\n| load | records/s, median | lowest to highest | records per second of processor time | peak resident MB |")
    print("|---|---|---|---|---|")
    for name, rounds in seen.items():
        rates = [rate for rate, _, _ in rounds]
        print(
            f"| {name} | {statistics.median(rates):,.0f} | {min(rates):,.0f} to {max(rates):,.0f} "
            f"| {statistics.median(p for _, p, _ in rounds):,.0f} | {max(m for _, _, m in rounds)} |"
        )


def hold(options, work):
    if not options.data:
        raise SystemExit("--hold needs --data DIR")
    command = f"{options.command} --data {shlex.quote(options.data)}"
    with Simulator(command) as org:
        began = time.monotonic()
        loaded = 0
        while loaded < options.hold:
            step = min(8 * JOB_ROWS, options.hold - loaded)
            files = write(work, "accounts", ACCOUNTS, account_rows, loaded, step)
            pause = time.monotonic()
            failed = org.load_all(upsert("Account"), files)
            if failed:
                raise SystemExit(f"{failed} rows failed")
            loaded += step
            took = time.monotonic() - pause
            print(f"  {loaded:,} records, last {step:,} at {step / took:,.0f}/s, peak {org.peak_megabytes()} MB resident", flush=True)
            for file in files:
                file.unlink()
        print(f"{loaded:,} records in {time.monotonic() - began:,.0f} s with the making of the files; {org.processor_seconds():,.0f} s of processor")
        ask(org, options.hold)
        print(f"peak {org.peak_megabytes()} MB resident")
    size = sum(f.stat().st_size for f in pathlib.Path(options.data).rglob("*") if f.is_file())
    print(f"{size / 1e9:.2f} GB on disk")
    with Simulator(command) as org:
        print(f"restarted in {org.started_after:.2f} s")
        ask(org, options.hold)


def ask(org, expected):
    for soql in (
        "SELECT COUNT() FROM Account",
        "SELECT COUNT() FROM Account WHERE External_ID__c >= 'acc-0000100000' AND External_ID__c < 'acc-0000200000'",
        f"SELECT Id, Name FROM Account WHERE External_ID__c = 'acc-{expected - 1:010d}'",
        "SELECT COUNT() FROM Account WHERE NumberOfEmployees = 17",
    ):
        began = time.monotonic()
        total = org.call("GET", "query?q=" + urllib.parse.quote(soql))["totalSize"]
        print(f"  {total:,} in {time.monotonic() - began:.2f} s: {soql}", flush=True)
    if org.count("Account") != expected:
        raise SystemExit("records are missing")


main()
