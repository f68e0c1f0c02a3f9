"""An Airflow site: database, broker, api-server, scheduler, DAG processor, triggerer, two workers."""

from __future__ import annotations

import base64
import contextlib
import json
import os
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor, wait
from pathlib import Path

import psutil

from stack.api import Airflow
from stack.processes import Child, free_ports, until
from stack.servers import INITLOAD, REPOSITORY, Missing, Org, Postgres, Redis, Source, built

WORKERS = ("w1", "w2")
# connection -> what its login and its password are called in the migration files
CONNECTED = {
    "initload_source": ("SOURCE_USER", "SOURCE_PASSWORD"),
    "initload_target": ("SF_CLIENT_ID", "SF_CLIENT_SECRET"),
    "initload_ledger": ("LEDGER_USER", "LEDGER_PASSWORD"),
}
JAVA_OPTS = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"
_HERE = REPOSITORY / "airflow"
_BIN = Path(sys.executable).parent
_START_SECONDS = 180


class Site:
    """Everything, in one private directory. Stopped by :meth:`stop`, each process by its pid; a start that fails stops
    what it had started, and leaves the logs only when they say why.

    :param script: SQL that makes the source's tables
    :param files: rows of some of them, as CSV
    :param migrations: file name to text, given the running servers
    :param settings: of all parts of Airflow, besides those that every site has or in their place
    """

    def __init__(
        self,
        script: str,
        files: Mapping[str, Path],
        migrations: Callable[[Site], Mapping[str, str]],
        *org_arguments: str,
        **settings: str,
    ):
        self.directory = Path(tempfile.mkdtemp(prefix="initload-airflow-"))
        # PostgreSQL runs as its own user when we are root, and must reach its directory; all below is private.
        self.directory.chmod(0o711)
        self.logs = self._private("logs")
        self._settings = settings
        self.children: dict[str, Child] = {}
        self.started: dict[str, float] = {}
        (self.api_port,) = free_ports(1)
        try:
            self._start(script, files, migrations, org_arguments)
        except BaseException as e:
            self.stop()
            if isinstance(e, (Missing, KeyboardInterrupt)):
                self.discard()
            else:
                e.add_note(f"Logs are left in {self.directory}.")
            raise

    def _start(self, script: str, files: Mapping, migrations: Callable, org_arguments: tuple[str, ...]) -> None:
        built()
        begin = time.monotonic()
        places, starting = (self.directory, self.logs), []
        try:
            with ThreadPoolExecutor(4) as pool:
                starting += [
                    pool.submit(Postgres.start, *places),
                    pool.submit(Redis.start, *places),
                    pool.submit(Source.start, *places, script, files),
                    pool.submit(Org.start, *places, *org_arguments),
                ]
        finally:  # also when told to end meanwhile: what was started is known, and stopped
            wait(starting)
            for one in starting:
                if not one.exception():
                    server = one.result()
                    self.children[server.child.name] = server.child
        self.postgres, self.redis, self.source, self.org = (one.result() for one in starting)
        self._mark("servers", begin)
        self._texts = dict(migrations(self))
        for name, text in self._texts.items():
            file = self._private("migrations") / name
            file.touch(mode=0o600)
            file.write_text(text, encoding="utf-8")
        self.environment = self._environment()
        with ThreadPoolExecutor(3) as pool:
            preparing = [self._install, self._archive, lambda: self._airflow("db", "migrate")]
            for one in [pool.submit(p) for p in preparing]:
                one.result()
        self._mark("db migrate", begin)
        for name in ("api-server", "scheduler", "dag-processor", "triggerer"):
            self.component(name)
        for name in WORKERS:
            self.worker(name)
        self._airflow("pools", "import", str(_HERE / "pools.json"))
        self.airflow = Airflow(f"http://127.0.0.1:{self.api_port}")
        until("the api-server", self.airflow.answers, _START_SECONDS, self.children["api-server"])
        self._mark("api-server", begin)
        for connection in self.connections():
            self.airflow.post("connections", connection)
        until("scheduler, DAG processor and triggerer", self._healthy, _START_SECONDS)
        self._mark("all healthy", begin)
        until("the DAGs", self._parsed, _START_SECONDS)
        until("the workers", lambda: all(self._ready(w) for w in WORKERS), _START_SECONDS)
        self._mark("ready", begin)

    def component(self, name: str) -> Child:
        """Starts a part of Airflow (again)."""
        child = Child(name, [str(_BIN / "airflow"), name], self.logs, self.environment)
        self.children[name] = child
        return child

    def worker(self, name: str) -> Child:
        """Starts a worker (again), which stands for a host with a disk of its own."""
        own = self._disk(name) | {"PYTHONUNBUFFERED": "1"}
        command = [str(_BIN / "airflow"), "celery", "worker", "--skip-serve-logs", "--without-gossip", "-c", "4"]
        command += [
            "-q",
            f"default,initload,host_{name}",
            "-H",
            f"{name}@%h",
            "--pid",
            str(self.directory / f"{name}.pid"),
        ]
        (self.directory / f"{name}.pid").unlink(missing_ok=True)
        child = Child(f"worker-{name}", command, self.logs, self.environment | own)
        self.children[child.name] = child
        return child

    def engine(self, host: str, *words: str, **environment: str) -> Child:
        """Starts a command of the engine on a host by hand, with what the connections would give it; the caller's."""
        logins = {c["connection_id"]: (c["login"], c["password"]) for c in self.connections()}
        known = {n: v for c, names in CONNECTED.items() for n, v in zip(names, logins[c], strict=True)}
        command = [*self.environment["INITLOAD_COMMAND"].split(), *words]
        return Child(f"engine-{host}", command, self.logs, self.environment | self._disk(host) | known | environment)

    def stop(self) -> None:
        """Stops everything, users before what they use. The directory stays, see :meth:`discard`."""
        order = ["worker-w1", "worker-w2", "scheduler", "dag-processor", "triggerer", "api-server"]
        children = [self.children[n] for n in order if n in self.children]
        with ThreadPoolExecutor(8) as pool:
            list(pool.map(lambda c: c.stop(patience=8), children))
            servers = [c for n, c in self.children.items() if n not in order]
            list(pool.map(lambda c: c.stop(signal.SIGINT if c.name == "postgres" else signal.SIGTERM), servers))
        self.children.clear()

    def discard(self) -> None:
        """Removes the directory of a stopped site."""
        shutil.rmtree(self.directory, ignore_errors=True)

    def processes(self) -> list[psutil.Process]:
        """Those of this site, whoever started them, and of no other beside it."""
        found = []
        for process in psutil.process_iter():
            with contextlib.suppress(psutil.Error):
                given = [process.environ().get(name, "") for name in ("AIRFLOW_HOME", "INITLOAD_CONFIG")]
                if str(self.directory) in " ".join([*process.cmdline(), *given]):
                    found.append(process)
        return found

    def secrets(self) -> list[str]:
        """What must stand in no log and no argument."""
        own = ("AIRFLOW__CORE__FERNET_KEY", "AIRFLOW__API__SECRET_KEY", "AIRFLOW__API_AUTH__JWT_SECRET")
        servers = [self.postgres.password, self.redis.password, self.source.password]
        return [*servers, self.org.facts["clientSecret"], *(self.environment[name] for name in own)]

    def connections(self) -> list[dict]:
        """As an administrator makes them; the migration files name the variables they stand for."""
        return [
            {
                "connection_id": "initload_source",
                "conn_type": "generic",
                "login": Source.USER,
                "password": self.source.password,
            },
            {
                "connection_id": "initload_target",
                "conn_type": "generic",
                "login": self.org.facts["clientId"],
                "password": self.org.facts["clientSecret"],
            },
            {
                "connection_id": "initload_ledger",
                "conn_type": "generic",
                "login": "initload",
                "password": self.postgres.password,
            },
        ]

    def _environment(self) -> dict[str, str]:
        database = f"postgresql+psycopg2://initload:{self.postgres.password}@127.0.0.1:{self.postgres.port}/airflow"
        own = {
            "AIRFLOW_HOME": str(self._private("home")),
            "AIRFLOW__CORE__DAGS_FOLDER": str(_HERE / "dags"),
            "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
            "AIRFLOW__CORE__EXECUTOR": "CeleryExecutor",
            "AIRFLOW__CORE__FERNET_KEY": base64.urlsafe_b64encode(secrets.token_bytes(32)).decode(),
            "AIRFLOW__CORE__PARALLELISM": "16",
            "AIRFLOW__CORE__MAX_MAP_LENGTH": "4096",
            "AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_ALL_ADMINS": "True",
            "AIRFLOW__CORE__EXECUTION_API_SERVER_URL": f"http://127.0.0.1:{self.api_port}/execution/",
            "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN": database,
            "AIRFLOW__CELERY__RESULT_BACKEND": f"db+{database}",
            "AIRFLOW__CELERY__BROKER_URL": f"redis://:{self.redis.password}@127.0.0.1:{self.redis.port}/0",
            "AIRFLOW__CELERY__WORKER_ENABLE_REMOTE_CONTROL": "False",
            "AIRFLOW__API__HOST": "127.0.0.1",
            "AIRFLOW__API__PORT": str(self.api_port),
            "AIRFLOW__API__BASE_URL": f"http://127.0.0.1:{self.api_port}",
            "AIRFLOW__API__WORKERS": "1",
            "AIRFLOW__API__SECRET_KEY": secrets.token_hex(16),
            "AIRFLOW__API_AUTH__JWT_SECRET": secrets.token_hex(32),
            "AIRFLOW__DAG_PROCESSOR__MIN_FILE_PROCESS_INTERVAL": "3600",
            "AIRFLOW__DAG_PROCESSOR__REFRESH_INTERVAL": "3600",
            "AIRFLOW__DAG_PROCESSOR__PARSING_PROCESSES": "1",
            "AIRFLOW__SCHEDULER__SCHEDULER_HEARTBEAT_SEC": "1",
            "AIRFLOW__SCHEDULER__TASK_INSTANCE_HEARTBEAT_TIMEOUT": "30",
            "AIRFLOW__SCHEDULER__TASK_INSTANCE_HEARTBEAT_TIMEOUT_DETECTION_INTERVAL": "5",
            "AIRFLOW__SCHEDULER__TRIGGER_TIMEOUT_CHECK_INTERVAL": "5",
            "AIRFLOW__TRIGGERER__JOB_HEARTBEAT_SEC": "2",
            "NO_PROXY": "127.0.0.1",
            "no_proxy": "127.0.0.1",
            "PYTHONPATH": str(self._private("package")),
            "INITLOAD_CONFIG": str(self._private("migrations")),
            "INITLOAD_COMMAND": os.environ.get("INITLOAD_COMMAND", str(INITLOAD)),
            "INITLOAD_JAVA_OPTS": JAVA_OPTS,
            "INITLOAD_CACHE": str(self._private("cache")),
            "INITLOAD_HOSTS": ",".join(f"host_{w}" for w in WORKERS),
            "INITLOAD_REPORTS": str(self._private("reports")),
            "INITLOAD_RETRY_SECONDS": "2",
            "INITLOAD_LOOK_SECONDS": "4",
        }
        inherited = {k: v for k, v in os.environ.items() if not k.startswith(("AIRFLOW", "_AIRFLOW", "INITLOAD"))}
        return inherited | own | self._settings

    def _install(self) -> None:
        """The package as a site gets it: built and installed, not the sources."""
        command = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps"]
        command += ["--no-build-isolation", "--no-index", "--target", self.environment["PYTHONPATH"]]
        copy = self._private("build") / "airflow"
        shutil.copytree(_HERE, copy, ignore=shutil.ignore_patterns("tests", "stack", "__pycache__", "*.egg-info"))
        subprocess.run([*command, str(copy)], check=True)

    def _archive(self) -> None:
        """The archive of loaded classes: made by the first start, and here waited for, to measure what is usual."""
        cache = Path(self.environment["INITLOAD_CACHE"])
        if self.engine(WORKERS[0], "--version").process.wait():
            raise RuntimeError("the engine does not start")
        deadline = time.monotonic() + 120
        while not list(cache.glob("[0-9]*.jsa")) and time.monotonic() < deadline:
            time.sleep(0.2)

    def _disk(self, host: str) -> dict[str, str]:
        return {"INITLOAD_HOST": host, "INITLOAD_STAGING": str(self._private(f"nvme-{host}"))}

    def _airflow(self, *words: str) -> None:
        with (self.logs / "setup.log").open("ab") as out:
            subprocess.run(
                [str(_BIN / "airflow"), *words], env=self.environment, check=True, stdout=out, stderr=subprocess.STDOUT
            )

    def _healthy(self) -> bool:
        for child in self.children.values():
            if not child.alive:
                raise RuntimeError(f"{child.name} ended:\n{child.tail()}")
        return self.airflow.healthy()

    def _parsed(self) -> bool:
        files = list(self._private("migrations").glob("*.yaml"))
        found = self.airflow.get("dags?limit=100&tags=master")["total_entries"]
        if self.airflow.get("importErrors")["total_entries"]:
            raise RuntimeError(json.dumps(self.airflow.get("importErrors"), indent=1))
        return found >= len(files)

    def _ready(self, worker: str) -> bool:
        return " ready." in self.children[f"worker-{worker}"].log.read_text(errors="replace")

    def _private(self, name: str) -> Path:
        place = self.directory / name
        place.mkdir(mode=0o700, exist_ok=True)
        return place

    def _mark(self, what: str, begin: float) -> None:
        self.started[what] = round(time.monotonic() - begin, 1)
