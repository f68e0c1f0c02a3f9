"""One PostgreSQL and one database for all tests; each test has users of its own."""

from __future__ import annotations

import itertools
from dataclasses import dataclass

import pytest

from oracle_stand_in.session import Session
from oracle_stand_in.store.catalogue import Catalogue
from oracle_stand_in.store.cluster import Cluster
from oracle_stand_in.wire import adapt
from oracle_stand_in.wire.calls import Bind, BindForm
from oracle_stand_in.wire.login import Client

_numbers = itertools.count(1)


@dataclass
class User:
    """A session, without the wire."""

    name: str
    session: Session

    def rows(self, sql: str, *binds: object) -> list[tuple]:
        return list(self.session.execute(sql, [[bind(b) for b in binds]]).rows)

    def run(self, *statements: str) -> None:
        for sql in statements:
            self.session.execute(sql, [[]])

    def scn(self) -> int:
        return int(self.rows("SELECT CURRENT_SCN FROM V$DATABASE")[0][0])


def bind(value: object) -> Bind:
    from seerdb.common.tns import encode_token_num

    if isinstance(value, int):
        return Bind(bytes(encode_token_num(value)), BindForm(2, 22, False))
    return Bind(str(value).encode() if value is not None else None, BindForm(1, 4000, False))


class Oracle:
    def __init__(self, conninfo: str, release: int) -> None:
        adapt.apply()
        Catalogue.install(conninfo)
        self.conninfo = conninfo
        self.catalogue = Catalogue(conninfo, release)
        self.catalogue.control("INSERT INTO ora.privileges VALUES ('SYSTEM', 'DBA')")
        self.catalogue.control("INSERT INTO ora.users VALUES ('SYSTEM', 'x')")
        self.catalogue.control('CREATE SCHEMA "SYSTEM"')
        self.catalogue.take_scn()
        self.dba = self.login("SYSTEM")

    def login(self, name: str) -> User:
        session = Session(self.catalogue, self.conninfo)
        session.log_in(Client(name, "X", ""))
        return User(name, session)

    def user(self, *grants: str) -> User:
        name = f"T{next(_numbers)}"
        self.dba.run(f"CREATE USER {name} IDENTIFIED BY x", f"GRANT CREATE SESSION, CREATE TABLE, CREATE VIEW TO {name}")
        self.dba.run(*[f"GRANT {grant} TO {name}" for grant in grants])
        return self.login(name)


@pytest.fixture(scope="session")
def oracle():
    cluster = Cluster()
    try:
        cluster.await_ready()
        yield Oracle(cluster.conninfo, 23)
    finally:
        cluster.stop()
