"""A whole load into the simulated org, side by side with what users would take instead.

    python3 benchmarks/load/run.py [--rows 500000] [--rounds 3] [--only NAME,...]

Every candidate upserts the same rows into a new org of its own and fetches the result of every row:
simple-salesforce (bulk2) and jsforce (bulk2) from a CSV file, initload from a database that was
filled from that file, with its ledger and its books: once with the database (H2) as a server of its
own, whose cost is not the client's, and once inside its process, where none of its traffic is on the
interface that is counted. Whole processes, over TLS, cost model off.
Needs `make build`, and the clients that `simulator/clients/run` installs. Counts bytes on the
loopback interface of a network namespace of its own (Linux, unshare).
"""
import argparse
import fcntl
import os
import pathlib
import resource
import shlex
import shutil
import socket
import statistics
import struct
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
from simulated_org import Simulator  # noqa: E402

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
CLIENTS = ROOT / "simulator" / "clients" / "target"
ALONE = "INITLOAD_BENCHMARK_ALONE"
HEADER = "External_ID__c,Name,NumberOfEmployees,AnnualRevenue,BillingStreet,BillingCity\n"
PASSWORD = "benchmark"


def main():
    options = arguments()
    if ALONE not in os.environ:
        os.environ[ALONE] = "1"
        os.execvp("unshare", ["unshare", "-rn", sys.executable, *sys.argv])
    raise_loopback()
    work = pathlib.Path(tempfile.mkdtemp(prefix="initload-bench-"))
    try:
        write_rows(work / "accounts.csv", options.rows)
        fill_database(work, options)
        with DatabaseServer(options, work) as database:
            measure(options, work, database)
    finally:
        shutil.rmtree(work, ignore_errors=True)


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, default=500_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--only", default="", help="names of candidates, comma separated")
    parser.add_argument("--command", default=f"{ROOT}/bin/initload")
    parser.add_argument("--h2", default="", help="jar of H2; default: the distribution's")
    return parser.parse_args()


def raise_loopback():
    up_loopback_running = 0x1 | 0x8 | 0x40
    with socket.socket() as any_socket:
        fcntl.ioctl(any_socket, 0x8914, struct.pack("16sh14x", b"lo", up_loopback_running))


def loopback_bytes():
    line = next(l for l in open("/proc/net/dev", encoding="ascii") if l.strip().startswith("lo:"))
    return int(line.split(":")[1].split()[0])


def write_rows(file, rows):
    with open(file, "w", encoding="utf-8") as out:
        out.write(HEADER)
        for i in range(rows):
            out.write(f"acc-{i:010d},Customer {i},{i % 5000},{i % 100_000}.5,Main Street {i % 999},Springfield\n")


def h2_jar(options):
    return str(options.h2 or next((ROOT / "cli/target/initload/lib").glob("h2-*.jar")))


def fill_database(work, options):
    table = (
        "CREATE TABLE ACCOUNTS (ID NUMBER(12) PRIMARY KEY, EXT VARCHAR2(40) NOT NULL UNIQUE, NAME VARCHAR2(255),"
        " EMPLOYEES NUMBER(8), REVENUE NUMBER(18,2), STREET VARCHAR2(255), CITY VARCHAR2(40))"
        f" AS SELECT ROWNUM, * FROM CSVREAD('{work}/accounts.csv')"
    )
    subprocess.run(
        ["java", "-cp", h2_jar(options), "org.h2.tools.Shell", "-url", source_url(work)]
        + ["-user", "SA", "-password", PASSWORD, "-sql", table],
        check=True,
        stdout=subprocess.DEVNULL,
    )


def source_url(work):
    return f"jdbc:h2:file:{work}/source;MODE=Oracle"


class DatabaseServer:
    """The database as a process. Its file can be opened inside another one while nobody is connected."""

    def __init__(self, options, work):
        self.work = work
        self.process = subprocess.Popen(
            ["java", "-Xmx1g", "-cp", h2_jar(options), "org.h2.tools.Server", "-tcp", "-tcpPort", "0"],
            stdout=subprocess.PIPE,
            text=True,
        )
        self.authority = self.process.stdout.readline().partition("tcp://")[2].split()[0]

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait()

    def url(self):
        return f"jdbc:h2:tcp://{self.authority}/{self.work}/source;MODE=Oracle"


class MeasuredOrg(Simulator):
    """An org that speaks TLS."""

    def __init__(self, options, work):
        super().__init__(options.command, certificate=work / "org.pem")

    def count(self):
        return self.get("/services/data/v60.0/query?q=SELECT+COUNT()+FROM+Account")["totalSize"]

    def processor_seconds(self):
        fields = pathlib.Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def configuration(work, org, source):
    directory = work / "migration"
    shutil.rmtree(directory, ignore_errors=True)
    directory.mkdir()
    file = directory / "migration.yaml"
    file.write_text(
        f"""name: benchmark
source: {{url: "{source}", user: SA, password: {PASSWORD}, sessions: 2}}
target:
  loginUrl: {org.org["loginUrl"]}
  instance: {org.authority("instanceUrl")}
  auth: {{flow: client-credentials, clientId: "{org.org["clientId"]}", clientSecret: "{org.org["clientSecret"]}"}}
staging: {{directory: "{directory}/staging"}}
ledger: {{url: "jdbc:sqlite:{directory}/ledger.db"}}
tables:
  - source: ACCOUNTS
    object: Account
    externalId: External_ID__c
    columns: {{EXT: External_ID__c, NAME: Name, EMPLOYEES: NumberOfEmployees, REVENUE: AnnualRevenue,
      STREET: BillingStreet, CITY: BillingCity}}
""",
        encoding="utf-8",
    )
    return file


def trust_store(work, org):
    store = work / "trust.p12"
    store.unlink(missing_ok=True)
    subprocess.run(
        ["keytool", "-importcert", "-noprompt", "-alias", "org", "-file", str(org.certificate)]
        + ["-keystore", str(store), "-storetype", "PKCS12", "-storepass", PASSWORD],
        check=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    return f"-Djavax.net.ssl.trustStore={store} -Djavax.net.ssl.trustStorePassword={PASSWORD}"


def initload(options, work, org, database):
    return run(options, work, org, database.url())


def initload_inside(options, work, org, _):
    return run(options, work, org, source_url(work))


def run(options, work, org, source):
    environment = {"INITLOAD_JAVA_OPTS": trust_store(work, org)}
    return [*shlex.split(options.command), "run", "-c", str(configuration(work, org, source))], environment


def simple_salesforce(_, work, org, __):
    command = [str(CLIENTS / "venv/bin/python"), str(HERE / "simple_salesforce_load.py")]
    command += [org.org["instanceUrl"], str(work / "accounts.csv")]
    return command, {"REQUESTS_CA_BUNDLE": str(org.certificate), "SF_TOKEN": org.token}


def jsforce(_, work, org, __):
    # Modules are found from where the script lies.
    script = CLIENTS / "jsforce" / "load.mjs"
    shutil.copyfile(HERE / "jsforce_load.mjs", script)
    command = ["node", str(script), org.org["instanceUrl"], str(work / "accounts.csv")]
    return command, {"NODE_EXTRA_CA_CERTS": str(org.certificate), "SF_TOKEN": org.token}


CANDIDATES = {
    "initload": initload,
    "initload (database inside)": initload_inside,
    "simple-salesforce": simple_salesforce,
    "jsforce": jsforce,
}


def measure(options, work, database):
    wanted = [name for name in options.only.split(",") if name] or list(CANDIDATES)
    results = {}
    for number in range(options.rounds):
        for name in wanted:
            with MeasuredOrg(options, work) as org:
                command, environment = CANDIDATES[name](options, work, org, database)
                result = timed(command, environment, org, work / f"{name}.log")
                if org.count() != options.rows:
                    raise SystemExit(f"{name}: {org.count()} records instead of {options.rows}")
            results.setdefault(name, []).append(result)
            print(
                f"round {number + 1} {name}: {result['wall']:.2f} s, {result['cpu']:.2f} cpu-s of its own,"
                f" {result['org']:.2f} of the org, {result['bytes'] / 1e6:.1f} MB, {result['peak']:.0f} MB resident,"
                f" load {os.getloadavg()[0]:.1f}",
                file=sys.stderr,
                flush=True,
            )
    report(results, options.rows)


def timed(command, environment, org, log):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    org_before = org.processor_seconds()
    sent = loopback_bytes()
    start = time.monotonic()
    with open(log, "w", encoding="utf-8") as out:
        process = subprocess.Popen(command, env=os.environ | environment, stdout=out, stderr=out)
        peak = 0
        while process.poll() is None:
            peak = max(peak, resident(process.pid))
            time.sleep(0.05)
    wall = time.monotonic() - start
    if process.returncode:
        raise SystemExit(f"{command[0]} ended with {process.returncode}:\n{log.read_text()[-3000:]}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return {
        "wall": wall,
        "cpu": after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime,
        "org": org.processor_seconds() - org_before,
        "bytes": loopback_bytes() - sent,
        "peak": peak,
    }


def resident(pid):
    try:
        status = pathlib.Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return 0
    return next((int(l.split()[1]) / 1024 for l in status.splitlines() if l.startswith("VmHWM")), 0)


def report(results, rows):
    print("| client | records/s, median (lowest-highest) | client cpu-s per million | org's cpu-s per million | MB on the wire per million | peak resident MB |")
    print("|---|---|---|---|---|---|")
    for name, runs in results.items():
        rates = [rows / r["wall"] for r in runs]
        per = {k: statistics.median(r[k] for r in runs) / rows * 1e6 for k in ("cpu", "org", "bytes")}
        # with a database server its traffic would be counted too
        wire = "as below" if name == "initload" else f"{per['bytes'] / 1e6:,.0f}"
        print(
            f"| {name} | {statistics.median(rates):,.0f} ({min(rates):,.0f}-{max(rates):,.0f})"
            f" | {per['cpu']:.1f} | {per['org']:.1f} | {wire} | {max(r['peak'] for r in runs):,.0f} |"
        )


if __name__ == "__main__":
    main()
