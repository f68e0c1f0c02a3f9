"""What tables, views and users there are, and who may what."""

from __future__ import annotations

import socket
import threading
from contextlib import suppress
from dataclasses import dataclass, field
from importlib import resources

import psycopg

from ..pool import Pool
from ..sql.statements import Name
from ..types import OracleType, number, text
from ..wire.errors import OracleError

OPEN = ("ALL_", "USER_", "NLS_", "SESSION_")
OPEN_NAMES = frozenset({"DUAL", "PRODUCT_COMPONENT_VERSION", "V$VERSION"})
PACKAGES = frozenset({"DBMS_ROWID", "DBMS_PARALLEL_EXECUTE", "DBMS_SESSION", "DBMS_APPLICATION_INFO"})
MISSING_PRIVILEGE_SINCE = 23
COLUMNS_SINCE = {
    ("ALL_TABLES", "HYBRID"): 19,
    ("DBA_TABLES", "HYBRID"): 19,
    ("USER_TABLES", "HYBRID"): 19,
    ("V$DATABASE", "CON_DBID"): 12,
    ("ALL_TAB_COLS", "USER_GENERATED"): 12,
    ("ALL_USERS", "ORACLE_MAINTAINED"): 12,
}


@dataclass(frozen=True)
class Field:
    name: str
    type: OracleType
    nullable: bool = True
    hidden: bool = False


@dataclass(frozen=True)
class Relation:
    """What can be selected from.

    kind: TABLE, VIEW or DICTIONARY
    created: the SCN of its last definition
    versioned: whether its rows can be read in the past, and have addresses
    """

    name: Name
    kind: str
    fields: tuple[Field, ...]
    created: int = 0
    organization: str = "HEAP"
    versioned: bool = False
    archival: bool = False
    partitioned: bool = False
    temporary: bool = False
    query: str = ""
    parts: dict[str, Name] = field(default_factory=dict, compare=False)


class Catalogue:
    """Safe for several threads; what was read is kept until something is defined or granted."""

    def __init__(self, conninfo: str, release: int) -> None:
        self.release = release
        self._conninfo = conninfo
        self._lock = threading.RLock()
        self._control = psycopg.connect(conninfo, autocommit=True)
        self._relations: dict[tuple[str, str], Relation | None] = {}
        self._grants: dict[str, set[tuple[str, str, str]]] = {}
        self._synonyms: dict[tuple[str, str], tuple[str, str, str | None] | None] = {}
        self._sessions = 100
        self.pool = Pool()
        self._clients: dict[int, socket.socket] = {}

    @staticmethod
    def install(conninfo: str) -> None:
        """Makes the books and the dictionary in an empty database."""
        with psycopg.connect(conninfo, autocommit=True) as connection:
            connection.execute("SET default_transaction_isolation = 'read committed'")
            connection.execute("SET check_function_bodies = off")
            folder = resources.files(__package__)
            for name in sorted(f.name for f in folder.iterdir() if f.name.endswith(".sql")):
                connection.execute(folder.joinpath(name).read_text())

    def control(self, query: str, *parameters: object) -> list[tuple]:
        """Runs a statement apart from any session."""
        with self._lock:
            cursor = self._control.execute(query, parameters)
            return cursor.fetchall() if cursor.description else []

    def changed(self) -> None:
        with self._lock:
            self._relations.clear()
            self._grants.clear()
            self._synonyms.clear()

    def next_session(self) -> int:
        with self._lock:
            self._sessions += 1
            return self._sessions

    def joined(self, session: int, client: socket.socket) -> None:
        with self._lock:
            self._clients[session] = client

    def left(self, session: int) -> None:
        with self._lock:
            self._clients.pop(session, None)

    def kill(self, session: int) -> None:
        """Cuts a session's connection off."""
        with self._lock:
            client = self._clients.get(session)
        if client is None:
            raise OracleError(30, "User session ID does not exist.")
        client.shutdown(socket.SHUT_RDWR)

    def kill_all(self) -> None:
        with self._lock:
            clients = list(self._clients.values())
        for client in clients:
            with suppress(OSError):
                client.shutdown(socket.SHUT_RDWR)

    def take_scn(self) -> int:
        """A new SCN: what is committed now can be seen at it."""
        return self.control("INSERT INTO ora.scns SELECT nextval('ora.scn'), clock_timestamp(), pg_current_snapshot() RETURNING scn")[0][0]

    def snapshot(self, scn: int) -> str:
        """What could be seen at an SCN."""
        found = self.control(
            "SELECT (SELECT max(scn) FROM ora.scns), (SELECT snapshot::text FROM ora.scns WHERE scn <= %s ORDER BY scn DESC LIMIT 1)", scn
        )[0]
        if found[0] is None or scn > found[0]:
            raise OracleError(8181, "specified number is not a valid system change number")
        if found[1] is None:
            raise OracleError(8180, "no snapshot found based on specified time")
        return found[1]

    def privileges(self, user: str) -> set[tuple[str, str, str]]:
        """Privilege, owner and object; both empty for those of the system."""
        with self._lock:
            if user not in self._grants:
                rows = self.control("SELECT privilege, owner, object FROM ora.privileges WHERE grantee IN (%s, 'PUBLIC')", user)
                self._grants[user] = set(rows)
            return self._grants[user]

    def holds(self, user: str, *privileges: str) -> bool:
        held = self.privileges(user)
        return any((privilege, "", "") in held for privilege in privileges)

    def find(self, user: str, schema: str, name: Name) -> Relation:
        """What a name stands for, for a user who may know of it."""
        for owner in (name.owner or schema,) if name.owner or schema == "SYS" else (schema, "PUBLIC", "SYS"):
            relation = self._followed(owner, name.name, 0)
            if relation is not None:
                if not self.visible(user, relation):
                    break
                return relation
        raise OracleError(942, f"table or view does not exist: {name}")

    def _followed(self, owner: str, name: str, steps: int) -> Relation | None:
        relation = self.relation(owner, name)
        if relation is not None or steps > 10:
            return relation
        target = self._synonym(owner, name)
        if target is None:
            return None
        if target[2]:
            raise OracleError(2019, "connection description for remote database not found")
        return self._followed(target[0], target[1], steps + 1)

    def _synonym(self, owner: str, name: str) -> tuple | None:
        key = (owner, name)
        if key not in self._synonyms:
            rows = self.control("SELECT target_owner, target, link FROM ora.synonyms WHERE owner = %s AND name = %s", owner, name)
            self._synonyms[key] = rows[0] if rows else None
        return self._synonyms[key]

    def visible(self, user: str, relation: Relation) -> bool:
        owner, name = relation.name.owner, relation.name.name
        if relation.kind == "DICTIONARY":
            if name.startswith(OPEN) or name in OPEN_NAMES or self.holds(user, "SELECT ANY DICTIONARY", "DBA"):
                return True
            name = name.replace("V$", "V_$", 1)
        elif owner == user or self.holds(user, "SELECT ANY TABLE", "DBA"):
            return True
        return any(o == owner and n == name for _, o, n in self.privileges(user))

    def demand(self, user: str, relation: Relation, privilege: str) -> None:
        """Refuses what the user may not do with what it may know of."""
        owner, name = relation.name.owner, relation.name.name
        if owner == user or (relation.kind == "DICTIONARY" and privilege == "SELECT"):
            return
        held = self.privileges(user)
        names = ("SELECT", "READ") if privilege == "SELECT" else (privilege,)
        if any((n, owner, name) in held or (f"{n} ANY TABLE", "", "") in held for n in names) or self.holds(user, "DBA"):
            return
        raise self.refusal()

    def refusal(self) -> OracleError:
        if self.release >= MISSING_PRIVILEGE_SINCE:
            return OracleError(41900, "missing privileges")
        return OracleError(1031, "insufficient privileges")

    def demand_package(self, user: str, package: str) -> None:
        if package in PACKAGES or user == "SYS" or self.holds(user, "DBA", "EXECUTE ANY PROCEDURE"):
            return
        if ("EXECUTE", "SYS", package) not in self.privileges(user):
            raise OracleError(904, f'"{package}": invalid identifier')

    def relation(self, owner: str, name: str) -> Relation | None:
        key = (owner, name)
        with self._lock:
            if key not in self._relations:
                self._relations[key] = self._dictionary(name) if owner == "SYS" else self._read(owner, name)
            return self._relations[key]

    def _dictionary(self, name: str) -> Relation | None:
        rows = self.control(
            "SELECT attname, format_type(atttypid, NULL) FROM pg_attribute JOIN pg_class c ON c.oid = attrelid"
            " WHERE relnamespace = '\"SYS\"'::regnamespace AND relname = %s AND attnum > 0 ORDER BY attnum",
            name,
        )
        fields = tuple(Field(column, _of_postgres(kind)) for column, kind in rows if COLUMNS_SINCE.get((name, column), 0) <= self.release)
        return Relation(Name("SYS", name), "DICTIONARY", fields) if fields else None

    def _read(self, owner: str, name: str) -> Relation | None:
        found = self.control(
            "SELECT kind, created_scn, organization, row_archival, partitioned, temporary, coalesce(query, '')"
            " FROM ora.relations WHERE owner = %s AND name = %s",
            owner,
            name,
        )
        if not found or found[0][0] not in ("TABLE", "VIEW"):
            return None
        kind, created, organization, archival, partitioned, temporary, query = found[0]
        rows = self.control(
            "SELECT name, type, length, chars, by_chars, precision_, scale, nullable, hidden FROM ora.columns"
            " WHERE owner = %s AND table_name = %s ORDER BY position",
            owner,
            name,
        )
        fields = tuple(Field(r[0], OracleType(*r[1:7]), r[7], r[8]) for r in rows)
        parts = self.control("SELECT name FROM ora.partitions WHERE owner = %s AND table_name = %s", owner, name)
        return Relation(
            Name(owner, name), kind, fields, created, organization,
            versioned=kind == "TABLE" and organization != "EXTERNAL" and not temporary, archival=archival,
            partitioned=partitioned, temporary=temporary, query=query, parts={p: Name(owner, f"{name}#{p}") for (p,) in parts},
        )  # fmt: skip


def _of_postgres(kind: str) -> OracleType:
    if kind in ("numeric", "bigint", "integer"):
        return number()
    if kind == "bytea":
        return OracleType("ROWID")
    return OracleType("DATE") if kind.startswith("timestamp") else text(4000 if kind == "text" else 128)
