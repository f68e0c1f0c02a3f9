"""PostgreSQL, Redis, the database that is read and the simulated org, each with a port and a directory of its own."""

from __future__ import annotations

import glob
import json
import os
import secrets
import shutil
import socket
import subprocess
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import httpx
import psycopg2

from stack.processes import Child, free_ports, until

REPOSITORY = Path(__file__).resolve().parents[2]
INITLOAD = REPOSITORY / "bin" / "initload"
LIBRARIES = REPOSITORY / "cli" / "target" / "initload" / "lib"
_START_SECONDS = 60
_READER = """
CREATE USER {user} IDENTIFIED BY "{password}";
GRANT CREATE SESSION TO {user};
GRANT SELECT ON SYS.V_$DATABASE TO {user};
GRANT SELECT ON SYS.DBA_EXTENTS TO {user};
GRANT SELECT ON SYS.DBA_OBJECTS TO {user};
ALTER SESSION SET CURRENT_SCHEMA = {user};
"""


class Missing(Exception):
    """Something that must be installed is not."""


def needed(command: str, package: str) -> str:
    found = shutil.which(command)
    if not found:
        raise Missing(f"{command} is missing: apt-get install {package}")
    return found


@dataclass
class Postgres:
    child: Child
    port: int
    password: str

    @staticmethod
    def start(directory: Path, logs: Path) -> Postgres:
        found = sorted(glob.glob(os.environ.get("INITLOAD_PG_BIN", "/usr/lib/postgresql/*/bin") + "/initdb"))
        if not found:
            raise Missing("PostgreSQL is missing: apt-get install postgresql")
        bins, data, (port,) = Path(found[-1]).parent, directory / "postgres", free_ports(1)
        user = "postgres" if os.getuid() == 0 else None  # it refuses to run as root
        data.mkdir(mode=0o700)
        password = secrets.token_hex(16)
        secret = data.with_suffix(".password")
        secret.write_text(password)
        if user:
            shutil.chown(data, user)
            shutil.chown(secret, user)
        subprocess.run(
            [bins / "initdb", "-D", data / "db", "-U", "initload", f"--pwfile={secret}", "--auth=scram-sha-256",
             "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"],
            check=True, user=user, cwd="/", stdout=subprocess.DEVNULL,
        )  # fmt: skip
        secret.unlink()
        settings = {
            "listen_addresses": "127.0.0.1", "unix_socket_directories": str(data), "fsync": "off",
            "max_connections": "200", "shared_buffers": "128MB",
        }  # fmt: skip
        command = [str(bins / "postgres"), "-D", str(data / "db"), "-p", str(port)]
        for name, value in settings.items():
            command += ["-c", f"{name}={value}"]
        server = Postgres(Child("postgres", command, logs, user=user), port, password)
        until("PostgreSQL", server._answers, _START_SECONDS, server.child)
        for database in ("airflow", "ledger"):
            server.execute("postgres", f"CREATE DATABASE {database}")
        return server

    def query(self, database: str, sql: str) -> list[tuple]:
        with closing(self._connect(database)) as connection, connection.cursor() as cursor:
            cursor.execute(sql)
            return cursor.fetchall()

    def execute(self, database: str, sql: str) -> None:
        with closing(self._connect(database)) as connection:
            connection.autocommit = True
            with connection.cursor() as cursor:
                cursor.execute(sql)

    def _connect(self, database: str):
        return psycopg2.connect(
            host="127.0.0.1", port=self.port, user="initload", password=self.password, dbname=database
        )

    def _answers(self) -> bool:
        try:
            self._connect("postgres").close()
            return True
        except psycopg2.OperationalError:
            return False


@dataclass
class Redis:
    child: Child
    port: int
    password: str

    @staticmethod
    def start(directory: Path, logs: Path) -> Redis:
        command = needed("redis-server", "redis-server")
        data, (port,), password = directory / "redis", free_ports(1), secrets.token_hex(16)
        data.mkdir(mode=0o700)
        file = data / "redis.conf"
        file.touch(mode=0o600)
        file.write_text(f"bind 127.0.0.1\nport {port}\ndir {data}\nrequirepass {password}\nsave ''\nappendonly no\n")
        server = Redis(Child("redis", [command, str(file)], logs), port, password)
        until("Redis", lambda: accepts(port), _START_SECONDS, server.child)
        return server


@dataclass
class Source:
    """The stand-in for Oracle, with a user who may read."""

    USER = "READER"

    child: Child
    url: str
    password: str

    @staticmethod
    def start(directory: Path, logs: Path, script: str, files: Mapping[str, Path]) -> Source:
        """With the tables that the script makes in the schemas that it names, READER's where it names none.

        :param files: rows of tables that the script made, as CSV with a header
        """
        data, password = directory / "source", secrets.token_hex(16)
        data.mkdir(mode=0o700)
        sql = data / "script.sql"
        sql.write_text(_READER.format(user=Source.USER, password=password) + script, encoding="utf-8")
        command = [str(REPOSITORY / "oracle" / "with-oracle"), "python", "-m", "oracle_stand_in"]
        child = Child("source", [*command, "--stay", "--script", str(sql)], logs)
        facts = json.loads(str(until("the source", lambda: _announced(child, "url"), _START_SECONDS, child)))
        sql.unlink()
        with closing(psycopg2.connect(facts["postgres"])) as connection, connection, connection.cursor() as cursor:
            for table, file in files.items():
                with file.open(encoding="utf-8") as rows:
                    names = ", ".join(f'"{name.strip().upper()}"' for name in rows.readline().split(","))
                    owner, name = table.split(".")
                    cursor.copy_expert(f'COPY "{owner}"."{name}" ({names}) FROM STDIN WITH (FORMAT csv)', rows)
        return Source(child, facts["url"], password)


@dataclass
class Org:
    """The simulated org as a process, and a look into it over HTTP without anything of the engine."""

    child: Child
    facts: Mapping[str, str]

    @staticmethod
    def start(directory: Path, logs: Path, *arguments: str) -> Org:
        data = directory / "org"
        child = Child("simulator", [str(INITLOAD), "simulator", "--data", str(data), *arguments], logs)
        line = until("the simulator", lambda: _announced(child, "instanceUrl"), _START_SECONDS, child)
        return Org(child, json.loads(str(line)))

    def get(self, path: str) -> dict:
        url = f"{self.facts['instanceUrl']}/services/data/v60.0/{path}"
        return _checked(httpx.get(url, headers=self.headers(), timeout=60)).json()

    def admin(self, method: str, path: str, body: object = None) -> dict:
        """Drives what is wrong in the org, and its limits."""
        text = body if isinstance(body, str) or body is None else json.dumps(body)
        answer = _checked(httpx.request(method, f"{self.facts['instanceUrl']}/admin/{path}", content=text, timeout=60))
        return answer.json() if answer.content else {}

    def count(self, name: str) -> int:
        return self.get(f"query?q=SELECT+COUNT()+FROM+{name}")["totalSize"]

    def jobs(self) -> list[dict]:
        """All ingest jobs the org has seen."""
        page, found = self.get("jobs/ingest"), []
        while True:
            found += page["records"]
            if page.get("done", True):
                return found
            page = self.get(page["nextRecordsUrl"].split("/", 4)[-1])

    def headers(self) -> dict[str, str]:
        """Of a new session."""
        form = {
            "grant_type": "client_credentials",
            "client_id": self.facts["clientId"],
            "client_secret": self.facts["clientSecret"],
        }
        token = _checked(httpx.post(f"{self.facts['loginUrl']}/services/oauth2/token", data=form)).json()
        return {"Authorization": f"Bearer {token['access_token']}"}


def _announced(child: Child, fact: str) -> str:
    """The line that says how to reach it."""
    lines = child.log.read_text(errors="replace").splitlines()
    return next((line for line in lines if line.startswith("{") and f'"{fact}"' in line), "")


def _checked(answer: httpx.Response) -> httpx.Response:
    if answer.is_error:
        raise RuntimeError(
            f"{answer.request.method} {answer.request.url} gave {answer.status_code}: {answer.text[:500]}"
        )
    return answer


def accepts(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), 1).close()
        return True
    except OSError:
        return False


def built() -> None:
    """Builds the engine's distribution when it is missing."""
    if not LIBRARIES.is_dir():
        subprocess.run(["make", "-C", str(REPOSITORY), "--no-print-directory", "build"], check=True)


def overlap(jobs: Sequence[Mapping[str, str]]) -> int:
    """The most jobs that were between create and their end at one time."""
    moments = sorted(
        [(j["createdDate"], 1) for j in jobs] + [(j["systemModstamp"], -1) for j in jobs if j["state"] != "Open"]
    )
    most = now = 0
    for _, step in moments:
        now += step
        most = max(most, now)
    return most
