"""``python -m oracle_stand_in``: runs until standard input ends, or until it is told to stop.

It prints one line of JSON: the JDBC URL, the user and the password of the DBA, and how PostgreSQL is reached. Each line
of standard input is a plan of faults, which holds from then on, or ``strikes``; each is answered with a line of JSON.
"""

from __future__ import annotations

import argparse
import json
import logging
import os
import re
import secrets
import signal
import sys
import threading
from pathlib import Path

from .faults import plan
from .server import RELEASES, Server
from .session import Session
from .store.catalogue import Catalogue
from .store.cluster import Cluster
from .wire.login import Client

USE = """A stand-in for Oracle is up; Ctrl-C ends it, and what is in it is gone.

  source:
    url: {url}
    user: {user}
    password: {password}

Make tables and users by any program with Oracle's JDBC driver. The same rows are in PostgreSQL, each user a schema:

  psql "{postgres}"

docs/oracle-stand-in.md says what it understands, and what not."""


def main() -> None:
    parser = argparse.ArgumentParser(prog="oracle-stand-in", description=__doc__)
    parser.add_argument("--port", type=int, default=0, help="of the listener; 0 takes a free one")
    parser.add_argument("--release", type=int, default=23, choices=sorted(RELEASES), help="of the database, as far as it matters")
    parser.add_argument("--tls", default="", help="a PEM file with a key and its certificate: the port speaks TCPS too")
    parser.add_argument("--script", default="", help="a file with statements that the DBA runs before anybody may log in, each ended by ;")
    parser.add_argument("--stay", action="store_true", help="do not end with standard input, nor read it")
    parser.add_argument("--faults", default="", help="a file with a plan of faults (docs/oracle-stand-in.md)")
    parser.add_argument("--people", action="store_true", help="say how to use it in words")
    parser.add_argument("--verbose", action="store_true", help="log every statement")
    arguments = parser.parse_args()
    logging.basicConfig(level=logging.DEBUG if arguments.verbose else logging.WARNING, stream=sys.stderr, format="%(message)s")
    for noisy in ("sqlglot", "seerdb", "psycopg"):
        logging.getLogger(noisy).setLevel(logging.ERROR)
    given = os.environ.get("STAND_IN_POSTGRES", "")
    cluster = None if given else Cluster()
    try:
        if cluster:
            cluster.await_ready()
        serve(arguments, given or cluster.conninfo)
    finally:
        if cluster:
            cluster.stop()


def serve(arguments: argparse.Namespace, conninfo: str) -> None:
    Catalogue.install(conninfo)
    catalogue = Catalogue(conninfo, arguments.release)
    password = os.environ.get("STAND_IN_PASSWORD") or secrets.token_urlsafe(9)
    catalogue.control("INSERT INTO ora.users VALUES ('SYSTEM', %s)", password)
    catalogue.control('CREATE SCHEMA "SYSTEM"')
    catalogue.control("INSERT INTO ora.privileges VALUES ('SYSTEM', 'DBA')")
    catalogue.control("UPDATE ora.settings SET value = %s WHERE name = 'release'", str(arguments.release))
    catalogue.take_scn()
    if arguments.script:
        carry_out(Session(catalogue, conninfo), Path(arguments.script).read_text("utf-8"))
    server = Server(catalogue, conninfo, arguments.port, arguments.tls)
    if arguments.faults:
        server.faults.follow(plan.read(Path(arguments.faults).read_text()))
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: server.stop())
    url = f"jdbc:oracle:thin:@//127.0.0.1:{server.port}/STANDIN"
    told = {"url": url, "user": "SYSTEM", "password": password, "postgres": conninfo}
    print(USE.format(**told) if arguments.people else json.dumps(told), flush=True)
    if not arguments.stay and not sys.stdin.isatty():
        threading.Thread(target=obey, args=(server,), daemon=True).start()
    server.run()


def carry_out(dba: Session, script: str) -> None:
    """Runs statements; each ends with a semicolon at the end of a line."""
    dba.log_in(Client("SYSTEM", "", ""))
    for statement in re.split(r";[ \t]*(?:\n|$)", script):
        if statement.strip():
            dba.execute(statement, [[]])
    dba.commit()
    dba.close()


def obey(server: Server) -> None:
    """Does what standard input says, to its end."""
    for line in sys.stdin:
        try:
            if line.strip() != "strikes":
                server.faults.follow(plan.read(line))
            answer: dict = {"strikes": server.faults.strikes()}
        except ValueError as e:
            answer = {"wrong": str(e)}
        print(json.dumps(answer), flush=True)
    server.stop()


main()
