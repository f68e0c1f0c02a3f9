"""PL/SQL blocks: calls of the packages that there are."""

from __future__ import annotations

from collections.abc import Callable

import psycopg
from sqlglot import exp

from ..sql import statements as s
from ..sql.context import Context, Scope
from ..sql.queries import Queries
from ..wire.errors import OracleError
from .catalogue import Catalogue

TASKS = "DBMS_PARALLEL_EXECUTE"
FLASHBACK = "DBMS_FLASHBACK"


class Packages:
    """Runs the calls of one block."""

    def __init__(self, catalogue: Catalogue, connection: psycopg.Connection, context: Context, again: Callable, rewind: Callable) -> None:
        self._catalogue = catalogue
        self._connection = connection
        self._context = context
        self._again = again
        self._rewind = rewind

    def run(self, block: s.Block) -> bool:
        """Whether it may have changed something."""
        changed = False
        for call in block.calls:
            if isinstance(call, s.Statement):
                self._again(self._value(call.text))
                changed = True
            elif isinstance(call, s.Loop):
                for text in self._texts(call):
                    self._again(text)
                changed = True
            else:
                changed = self._call(call) != FLASHBACK or changed
        return changed

    def _call(self, call: exp.Expr) -> str:
        """The package, whose procedure was called."""
        package, name, arguments = _parts(call)
        procedure = {
            (TASKS, "CREATE_TASK"): self._create_task,
            (TASKS, "CREATE_CHUNKS_BY_ROWID"): self._create_chunks,
            (TASKS, "DROP_TASK"): self._drop_task,
            ("DBMS_APPLICATION_INFO", "SET_MODULE"): lambda *_: None,
            ("DBMS_STATS", "GATHER_TABLE_STATS"): self._gather,
            (FLASHBACK, "ENABLE_AT_SYSTEM_CHANGE_NUMBER"): lambda scn: self._rewind(int(scn)),
            (FLASHBACK, "DISABLE"): lambda: self._rewind(None),
            ("DBMS_SESSION", "SLEEP"): lambda seconds: self._run("SELECT pg_sleep(%s)", float(seconds)),
        }.get((package, name))
        allowed = package in ("DBMS_STATS",) or (self._granted(package) if package == FLASHBACK else self._allowed(package))
        if procedure is None or not allowed:
            raise OracleError(6550, f"line 1, column 7: PLS-00201: identifier '{package}.{name}' must be declared")
        procedure(*[self._value(a) for a in arguments])
        return package

    def _granted(self, package: str) -> bool:
        """Packages that are nobody's unless EXECUTE was granted."""
        try:
            self._catalogue.demand_package(self._context.user, package)
        except OracleError:
            return False
        return True

    def _allowed(self, package: str) -> bool:
        """Packages are everybody's unless EXECUTE was revoked from PUBLIC: a row of the books."""
        return not self._catalogue.control("SELECT 1 FROM ora.settings WHERE name = %s", f"revoked {package}") or self._catalogue.holds(
            self._context.user, "DBA"
        )

    def _run(self, query: str, *parameters: object) -> list[tuple]:
        cursor = self._connection.execute(query, parameters)
        return cursor.fetchall() if cursor.description else []

    def _value(self, node: exp.Expr) -> object:
        context = Context(self._context.relations, self._context.user, self._context.schema, self._context.binds, self._context.decode)
        if isinstance(node, exp.Column) and node.name.upper() in ("TRUE", "FALSE"):
            return node.name.upper() == "TRUE"
        sql = Queries(context).expressions.value(node, Scope()).sql
        return psycopg.RawCursor(self._connection).execute(f"SELECT {sql}", context.parameters).fetchone()[0]

    def _texts(self, loop: s.Loop) -> list[str]:
        """What is executed for each row."""
        rows = exp.Subquery(this=loop.query.copy(), alias=exp.TableAlias(this=exp.to_identifier(loop.record)))
        context = Context(self._context.relations, self._context.user, self._context.schema, self._context.binds, self._context.decode)
        sql, _ = Queries(context).query(exp.select(loop.text.copy()).from_(rows))
        return [row[0] for row in psycopg.RawCursor(self._connection).execute(sql, context.parameters).fetchall()]

    def _create_task(self, task: str, *_: object) -> None:
        if self._run("SELECT 1 FROM ora.tasks WHERE owner = ora.me() AND name = %s", task):
            raise OracleError(29497, f"duplicate task name: {task}")
        self._run("INSERT INTO ora.tasks VALUES (ora.me(), %s)", task)

    def _create_chunks(self, task: str, owner: str, table: str, by_rows: bool, size: object) -> None:
        relation = self._catalogue.find(self._context.user, self._context.schema, s.Name(owner, table))
        if not relation.versioned or relation.organization != "HEAP":
            raise OracleError(29491, "invalid table for chunking")
        rows = size if by_rows else size * 25
        self._run("SELECT ora.chunk(%s, %s, %s, %s)", task, relation.name.owner, relation.name.name, rows)

    def _drop_task(self, task: str) -> None:
        if not self._run("DELETE FROM ora.tasks WHERE owner = ora.me() AND name = %s RETURNING 1", task):
            raise OracleError(29498, f"task not found: {task}")
        self._run("DELETE FROM ora.chunks WHERE owner = ora.me() AND task = %s", task)

    def _gather(self, owner: str, table: str, *_: object) -> None:
        relation = self._catalogue.find(self._context.user, self._context.schema, s.Name(owner, table))
        rows, width = self._run(f"SELECT count(*), coalesce(avg(pg_column_size(t.*)), 0)::int FROM {relation.name} t")[0]
        self._run(
            "UPDATE ora.relations SET num_rows = %s, avg_row_len = %s WHERE owner = %s AND name = %s",
            rows, width, relation.name.owner, relation.name.name,
        )  # fmt: skip
        for part, stored in relation.parts.items():
            count = self._run(f"SELECT count(*) FROM {stored}")[0][0]
            self._run(
                "UPDATE ora.partitions SET num_rows = %s WHERE owner = %s AND table_name = %s AND name = %s",
                count, relation.name.owner, relation.name.name, part,
            )  # fmt: skip


def _parts(call: exp.Expr) -> tuple[str, str, list[exp.Expr]]:
    """Package, procedure and arguments; without arguments there are no brackets."""
    if isinstance(call, exp.Dot) and isinstance(call.expression, exp.Anonymous):
        return call.this.name.upper(), call.expression.name.upper(), call.expression.expressions
    if isinstance(call, exp.Column) and call.args.get("table") and not call.args.get("db"):
        return call.args["table"].name.upper(), call.name.upper(), []
    raise OracleError(6550, f"line 1: PLS-00201: not understood: {call.sql('oracle')}")
