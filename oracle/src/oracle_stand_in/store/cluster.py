"""A PostgreSQL server of our own, from the system's packages: in a temporary directory, on a port of its own."""

from __future__ import annotations

import os
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from pathlib import Path

USER = "standin"


def binaries() -> Path:
    named = os.environ.get("INITLOAD_PG_BIN")
    found = [Path(named)] if named else sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    for path in found:
        if (path / "postgres").exists():
            return path
    raise SystemExit("PostgreSQL is missing: apt-get install postgresql, or name its binaries by INITLOAD_PG_BIN")


class Cluster:
    """Runs until ``stop``. Root starts it as the user postgres, since it refuses to run as root."""

    def __init__(self) -> None:
        self._bin = binaries()
        self._directory = Path(tempfile.mkdtemp(prefix="oracle-stand-in-"))
        self._data = self._directory / "data"
        self._password = secrets.token_urlsafe(12)
        self.port = _free_port()
        self._process = self._start()

    def _start(self) -> subprocess.Popen:
        password = self._directory / "password"
        password.write_text(self._password)
        if os.geteuid() == 0:
            subprocess.run(["chown", "-R", "postgres", str(self._directory)], check=True)
        self._run(
            "initdb", f"--pgdata={self._data}", f"--username={USER}", f"--pwfile={password}", "--auth=scram-sha-256",
            "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync",
        )  # fmt: skip
        password.unlink()
        settings = ["listen_addresses=127.0.0.1", f"unix_socket_directories={self._directory}", "fsync=off", "shared_buffers=128MB"]
        command = self._command("postgres", "-D", str(self._data), "-p", str(self.port), *(w for s in settings for w in ("-c", s)))
        with open(self._directory / "log", "wb") as log:
            return subprocess.Popen(command, cwd=self._directory, stdout=log, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL)

    def _run(self, program: str, *arguments: str) -> None:
        subprocess.run(self._command(program, *arguments), cwd=self._directory, check=True, stdout=subprocess.DEVNULL)

    def _command(self, program: str, *arguments: str) -> list[str]:
        unprivileged = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"] if os.geteuid() == 0 else []
        return [*unprivileged, str(self._bin / program), *arguments]

    @property
    def conninfo(self) -> str:
        return f"host=127.0.0.1 port={self.port} user={USER} password={self._password} dbname=postgres"

    def await_ready(self) -> None:
        import psycopg

        for _ in range(300):
            if self._process.poll() is not None:
                raise SystemExit(f"PostgreSQL did not start: {(self._directory / 'log').read_text()}")
            try:
                psycopg.connect(self.conninfo).close()
                return
            except psycopg.OperationalError:
                time.sleep(0.1)
        raise SystemExit("PostgreSQL does not answer")

    def stop(self) -> None:
        if self._process.poll() is None:
            self._process.send_signal(signal.SIGINT)
            try:
                self._process.wait(20)
            except subprocess.TimeoutExpired:
                self._process.kill()
        shutil.rmtree(self._directory, ignore_errors=True)


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return listener.getsockname()[1]
