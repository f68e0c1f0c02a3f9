"""A session of the database: statements are read, translated and run on a PostgreSQL session of its own."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import groupby

import psycopg
from sqlglot import exp

from .pool import State
from .sql import statements as s
from .sql.changes import Changes
from .sql.context import Context, Scope
from .sql.expressions import strict
from .sql.grammar import read
from .sql.queries import AGAIN, Queries
from .store import values
from .store.catalogue import Catalogue
from .store.definer import Definer
from .store.errors import oracle
from .store.packages import Packages
from .types import Column, OracleType
from .wire.calls import Bind, BindForm
from .wire.conversation import Outcome
from .wire.errors import OracleError
from .wire.login import Client

log = logging.getLogger(__name__)

ROWS = 1000
DEFINITIONS = (
    s.CreateTable, s.CreateView, s.CreateIndex, s.CreateSynonym, s.CreateCluster, s.CreateUser, s.AlterUser, s.Drop, s.Truncate,
    s.AddColumns, s.AddConstraint, s.DropColumn, s.Grant,
)  # fmt: skip


class Session:
    """Not for several threads, but for ``cancel``."""

    def __init__(self, catalogue: Catalogue, conninfo: str) -> None:
        self.session = catalogue.next_session()
        self._catalogue = catalogue
        self._conninfo = conninfo
        self._user = ""
        self._state = State("")
        self._pooled: str | None = None
        self._changed = False
        self._cursors = 0
        self._open: dict[str, Rows] = {}
        self._connection: psycopg.Connection | None = None

    def password(self, user: str) -> str | None:
        found = self._catalogue.control("SELECT password, locked FROM ora.users WHERE name = %s", _folded(user))
        if found and found[0][1]:
            raise OracleError(28000, "the account is locked")
        return found[0][0] if found else None

    def log_in(self, client: Client) -> None:
        self._user = _folded(client.user)
        if not self._catalogue.holds(self._user, "CREATE SESSION", "DBA"):
            raise OracleError(1045, f"user {self._user} lacks CREATE SESSION privilege; logon denied")
        self._connection = psycopg.connect(self._conninfo, autocommit=True)
        values.prepare(self._connection)
        self._state = State(self._user)
        if client.pooled is not None and not client.fresh:
            self._state = self._catalogue.pool.take(self._user, client.pooled) or self._state
        known = {"user": self._user, "schema": self._state.schema, "session": str(self.session), "zone": self._state.zone}
        for name, value in known.items():
            self._set(name, value)
        self._connection.autocommit = False
        self._catalogue.control(
            "INSERT INTO ora.sessions (sid, serial, username) VALUES (%s, %s, %s)", self.session, self.session + 1000, self._user
        )
        if client.settings:
            self.execute(client.settings, [[]])
        self._pooled = client.pooled

    def _set(self, name: str, value: str) -> None:
        self._connection.execute("SELECT set_config(%s, %s, false)", (f"ora.{name}", value))

    def tag(self, tags: dict[str, str | None]) -> None:
        for name, value in tags.items():
            if name in ("module", "action", "client_info", "client_identifier"):
                self._catalogue.control(f"UPDATE ora.sessions SET {name} = %s WHERE sid = %s", value, self.session)

    def execute(self, sql: str, rows: list[list[Bind]]) -> Outcome:
        log.debug("%s: %s", self.session, sql)
        tree = read(sql)
        if isinstance(tree, exp.Expr):
            strict(tree)
        try:
            if isinstance(tree, exp.Insert | exp.Update | exp.Delete):
                return self._change(tree, rows)
            for binds in rows:
                outcome = self._run(tree, sql, _named(binds))
            return outcome
        except psycopg.Error as e:
            raise self._failed(e) from e

    def _failed(self, e: psycopg.Error) -> OracleError:
        if self._connection.closed:
            raise ConnectionError("the session was ended") from e
        return oracle(e)

    def _run(self, tree: object, sql: str, binds: dict[str, Bind]) -> Outcome:
        if isinstance(tree, DEFINITIONS):
            self._demand_present()
            self.commit()
            self._definer().define(tree, self._user, self._state.schema, sql)
            return Outcome()
        if isinstance(tree, s.AlterSession):
            self._alter(tree.settings)
            return Outcome()
        if isinstance(tree, s.Transaction):
            self.commit() if tree.kind == "COMMIT" else self.rollback()
            return Outcome()
        if isinstance(tree, s.Remark):
            return Outcome()
        if isinstance(tree, s.KillSession):
            return self._kill(tree.session)
        if isinstance(tree, s.Block):
            context = self._context(binds)
            with self._guarded():
                packages = Packages(self._catalogue, self._connection, context, self._again(binds), self._rewind)
                self._changed = packages.run(tree) or self._changed
            return Outcome()
        return self._select(tree, binds)

    def _rewind(self, scn: int | None) -> None:
        """Into the past, or out of it: DBMS_FLASHBACK."""
        if scn is None:
            self._state.past = None
            return
        if self._state.past is not None:
            raise OracleError(8184, "attempting to re-enable Flashback while in Flashback mode")
        if self._changed:
            raise OracleError(8183, "Flashback cannot be enabled in the middle of a transaction")
        self._catalogue.snapshot(scn)
        self._state.past = scn

    def _demand_present(self) -> None:
        if self._state.past is not None:
            raise OracleError(8182, "operation not supported while in Flashback mode")

    def _again(self, binds: dict[str, Bind]):
        return lambda text: self.execute(text, [list(binds.values())])

    def _context(self, binds: dict[str, Bind]) -> Context:
        return Context(self._catalogue, self._user, self._state.schema, binds, values.decoded, self._state.archived, self._state.past)

    def _definer(self) -> Definer:
        def query(tree: exp.Expr) -> tuple[tuple[str, list], dict[str, OracleType]]:
            strict(tree)
            context = self._context({})
            sql, columns = Queries(context).query(tree)
            return (sql, context.parameters), columns

        return Definer(self._catalogue, self._connection, lambda e: Queries(self._context({})).expressions.value(e, Scope()), query)

    def _change(self, tree: exp.Expr, rows: list[list[Bind]]) -> Outcome:
        """What is alike but for its values is translated once, and sent together."""
        self._demand_present()
        known: dict[tuple, tuple[str, list[str]]] = {}
        count = 0
        with self._guarded():
            for form, alike in groupby(rows, lambda binds: tuple((bind.form, bind.value is None) for bind in binds)):
                alike = [_named(binds) for binds in alike]
                if form not in known:
                    context = self._context(alike[0])
                    known[form] = Changes(context).change(tree), context.bound_names
                sql, names = known[form]
                done = psycopg.RawCursor(self._connection)
                done.executemany(sql, [[values.decoded(named[name])[0] for name in names] for named in alike])
                count += max(0, done.rowcount)
        self._changed = True
        return Outcome(count=count)

    def _select(self, tree: exp.Expr, binds: dict[str, Bind]) -> Outcome:
        context = self._context(binds)
        sql, columns = Queries(context).query(tree)
        self._cursors += 1
        name = f"c{self._cursors}"
        with self._guarded():
            psycopg.RawCursor(self._connection).execute(f"DECLARE {name} NO SCROLL CURSOR FOR {sql}", context.parameters)
        rows = Rows(self, name)
        self._open[name] = rows
        return Outcome(_shown(columns), rows)

    def describe(self, sql: str) -> list[Column]:
        """The columns of a query, which is not run: its binds have no values yet."""
        tree = read(sql)
        if not isinstance(tree, exp.Query):
            return []
        strict(tree)
        _, columns = Queries(self._context(Unbound())).query(tree)
        return _shown(columns)

    def take(self, name: str, count: int) -> list[tuple]:
        """Rows of a cursor."""
        try:
            with self._guarded():
                return psycopg.RawCursor(self._connection).execute(f"FETCH {count} FROM {name}").fetchall()
        except psycopg.Error as e:
            raise self._failed(e) from e

    def forget(self, name: str) -> None:
        if self._open.pop(name, None) is not None and not self._connection.closed:
            with self._guarded():
                self._connection.execute(f"CLOSE {name}")

    @contextmanager
    def _guarded(self) -> Iterator[None]:
        """A statement that fails leaves the transaction, and cursors that are open, as they were."""
        self._connection.execute("SAVEPOINT statement")
        try:
            yield
        except BaseException:
            if not self._connection.closed:
                self._connection.execute("ROLLBACK TO SAVEPOINT statement")
            raise
        self._connection.execute("RELEASE SAVEPOINT statement")

    def _alter(self, settings: dict[str, str]) -> None:
        for name, value in settings.items():
            if name == "CURRENT_SCHEMA":
                self._state.schema = value
                self._set("schema", value)
            elif name == "TIME_ZONE":
                self._state.zone = value
                self._set("zone", value)
            elif name == "ROW ARCHIVAL VISIBILITY" and self._catalogue.release >= 12:
                self._state.archived = value == "ALL"
            elif not name.startswith(("NLS_", "OPTIMIZER_", "STATISTICS_LEVEL", "_")) and name != "ISOLATION_LEVEL":
                raise OracleError(2248, f"invalid option for ALTER SESSION: {name}")
            elif name in ("NLS_NUMERIC_CHARACTERS", "NLS_COMP", "NLS_SORT") and value not in (".,", "BINARY"):
                raise OracleError(3001, f"unimplemented feature: {name} = {value}")

    def _kill(self, session: int) -> Outcome:
        if not self._catalogue.holds(self._user, "ALTER SYSTEM", "DBA"):
            raise self._catalogue.refusal()
        self._catalogue.kill(session)
        return Outcome()

    def commit(self) -> None:
        self._end("commit")

    def rollback(self) -> None:
        self._end("rollback")

    def _end(self, how: str) -> None:
        """Cursors outlive transactions here, but not in PostgreSQL."""
        try:
            for rows in self._open.values():
                rows.keep()
            getattr(self._connection, how)()
        except psycopg.Error as e:
            raise self._failed(e) from e
        self._open.clear()
        self._changed = False

    def cancel(self) -> None:
        if self._connection is not None:
            self._connection.cancel_safe(timeout=5)

    def scn(self) -> int:
        return 0

    def in_transaction(self) -> bool:
        return self._changed

    def close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._catalogue.control("DELETE FROM ora.sessions WHERE sid = %s", self.session)
        if self._pooled is not None:
            self._catalogue.pool.give(self._user, self._pooled, self._state)


class Unbound(dict):
    """Each bind is null."""

    def __contains__(self, name: object) -> bool:
        return True

    def __missing__(self, name: str) -> Bind:
        return Bind(None, BindForm(1, 4000, False))


class Rows(Iterator[tuple]):
    """Of a cursor: fetched as they are asked for."""

    def __init__(self, session: Session, name: str) -> None:
        self._session = session
        self._name = name
        self._some: list[tuple] = []
        self._at = 0
        self._ended = False

    def __next__(self) -> tuple:
        if self._at == len(self._some):
            if self._ended:
                raise StopIteration
            self._some, self._at = self._session.take(self._name, ROWS), 0
            if len(self._some) < ROWS:
                self._ended = True
            if not self._some:
                raise StopIteration
        self._at += 1
        return self._some[self._at - 1]

    def keep(self) -> None:
        """Takes all that is left, before the transaction ends."""
        if not self._ended:
            self._some = self._some[self._at :] + self._session.take(self._name, 2**31 - 1)
            self._at, self._ended = 0, True

    def close(self) -> None:
        self._session.forget(self._name)


def _shown(columns: dict[str, OracleType]) -> list[Column]:
    return [Column(name.rstrip(AGAIN), kind) for name, kind in columns.items()]


def _named(binds: list[Bind]) -> dict[str, Bind]:
    return {str(i): bind for i, bind in enumerate(binds, start=1)}


def _folded(user: str) -> str:
    return user[1:-1] if user.startswith('"') and user.endswith('"') else user.upper()
