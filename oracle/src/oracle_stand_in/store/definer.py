"""Carries out definitions and grants, in PostgreSQL and in the books."""

from __future__ import annotations

from collections.abc import Callable

import psycopg
from sqlglot import exp

from ..sql import statements as s
from ..sql.context import literal, quoted
from ..sql.expressions import spelled
from ..sql.typed import E, converted
from ..types import OracleType, text
from ..wire.errors import OracleError
from .catalogue import Catalogue

HIDDEN = '"#row" bytea, "#xid" xid8, "#end" xid8, "#lost" boolean NOT NULL DEFAULT false'


class Definer:
    """For one session; each statement is a transaction of its own.

    translate: an expression without columns, as PostgreSQL's
    query: a query of the user's, as PostgreSQL's and with its columns
    """

    def __init__(self, catalogue: Catalogue, connection: psycopg.Connection, translate: Callable, query: Callable) -> None:
        self._catalogue = catalogue
        self._connection = connection
        self._translate = translate
        self._query = query
        self._made = 0

    def define(self, statement: object, user: str, schema: str, sql: str) -> None:
        carry_out = getattr(self, f"_{type(statement).__name__}")
        try:
            carry_out(statement, user, schema, sql)
            self._connection.commit()
        except BaseException:
            self._connection.rollback()
            raise
        finally:
            self._catalogue.changed()

    def _run(self, query: str, *parameters: object) -> list[tuple]:
        cursor = self._connection.execute(query, parameters)
        return cursor.fetchall() if cursor.description else []

    def _raw(self, query: str) -> None:
        psycopg.RawCursor(self._connection).execute(query)

    def _owned(self, name: s.Name, user: str, schema: str, privilege: str) -> s.Name:
        full = s.Name(name.owner or schema, name.name)
        if full.owner != user and not self._catalogue.holds(user, privilege, "DBA"):
            raise self._catalogue.refusal()
        return full

    def _table(self, name: s.Name, user: str, schema: str, privilege: str) -> s.Name:
        """An existing one that the user may change."""
        relation = self._catalogue.find(user, schema, name)
        if relation.kind != "TABLE":
            raise OracleError(942, f"table or view does not exist: {name}")
        return self._owned(relation.name, user, schema, privilege)

    def _free(self, name: s.Name) -> None:
        found = self._run("SELECT 1 FROM ora.relations WHERE owner = %s AND name = %s", name.owner, name.name)
        if found:
            raise OracleError(955, "name is already used by an existing object")

    def _CreateUser(self, made: s.CreateUser, user: str, schema: str, sql: str) -> None:
        if user != "SYS" and not self._catalogue.holds(user, "CREATE USER", "DBA"):
            raise self._catalogue.refusal()
        self._run("INSERT INTO ora.users VALUES (%s, %s)", made.name, made.password)
        self._raw(f"CREATE SCHEMA {quoted(made.name)}")

    def _AlterUser(self, made: s.AlterUser, user: str, schema: str, sql: str) -> None:
        if user != made.name and not self._catalogue.holds(user, "ALTER USER", "DBA"):
            raise self._catalogue.refusal()
        self._run(
            "UPDATE ora.users SET password = coalesce(%s, password), locked = coalesce(%s, locked) WHERE name = %s",
            made.password, made.locked, made.name,
        )  # fmt: skip

    def _Grant(self, made: s.Grant, user: str, schema: str, sql: str) -> None:
        of = s.Name("", "")
        if made.object is not None:
            of = s.Name(made.object.owner or schema, made.object.name)
            if user not in (of.owner, "SYS") and not self._catalogue.holds(user, "DBA"):
                raise OracleError(942, f"table or view does not exist: {of}")
        elif not self._catalogue.holds(user, "DBA"):
            raise self._catalogue.refusal()
        for grantee in made.grantees:
            for privilege in made.privileges:
                if made.revoke:
                    self._run(
                        "DELETE FROM ora.privileges WHERE grantee = %s AND privilege = %s AND owner = %s AND object = %s",
                        grantee, privilege, of.owner, of.name,
                    )  # fmt: skip
                else:
                    self._run(
                        "INSERT INTO ora.privileges VALUES (%s, %s, %s, %s) ON CONFLICT DO NOTHING", grantee, privilege, of.owner, of.name
                    )

    def _CreateTable(self, made: s.CreateTable, user: str, schema: str, sql: str) -> None:
        name = self._owned(made.name, user, schema, "CREATE ANY TABLE")
        if not self._catalogue.holds(user, "CREATE TABLE", "CREATE ANY TABLE", "RESOURCE", "DBA"):
            raise self._catalogue.refusal()
        self._free(name)
        rows = ""
        if made.query is not None:
            rows, columns = self._query(made.query)
            made.columns = [s.ColumnDefinition(column, kind) for column, kind in columns.items()]
        if made.row_archival:
            made.columns.append(s.ColumnDefinition("ORA_ARCHIVE_STATE", text(4000), default=E("'0'", text(1))))
        versioned = made.organization != "EXTERNAL" and not made.temporary
        self._stored(name, made, versioned)
        self._book(name, made)
        if rows:
            names = ", ".join(quoted(c.name) for c in made.columns)
            psycopg.RawCursor(self._connection).execute(f"INSERT INTO {name} ({names}) {rows[0]}", rows[1])

    def _stored(self, name: s.Name, made: s.CreateTable, versioned: bool) -> None:
        columns = [self._column(c) for c in made.columns]
        undo = s.Name(name.owner, f"{name.name}#undo")
        if versioned:
            columns.append(HIDDEN)
        by = made.partitioning
        self._raw(f"CREATE TABLE {name} ({', '.join(columns)})" + (f" PARTITION BY {_key(by)}" if by else ""))
        if versioned:
            self._raw(f"CREATE TABLE {undo} (LIKE {name})")
            self._raw(f'CREATE UNIQUE INDEX ON {undo} ("#row", "#end")')
            self._raw(
                f'CREATE TRIGGER "#keep" BEFORE INSERT OR UPDATE OR DELETE ON {name} FOR EACH ROW'
                f" EXECUTE FUNCTION ora.keep({literal(undo.name)})"
            )
        if by is not None:
            self._partitions(name, name, by, made.partitioning.below, versioned, "")
        elif versioned:
            self._numbered(name)
        for constraint in sorted(made.constraints, key=lambda c: c.kind == "R"):  # a table may refer to itself
            self._constrain(name, constraint, made)

    def _numbered(self, stored: s.Name) -> int:
        oid = self._oid(stored)
        self._raw(f"CREATE SEQUENCE ora.rows_{oid}")
        self._raw(f'CREATE INDEX ON {stored} ("#row")')
        return oid

    def _oid(self, stored: s.Name) -> int:
        return self._run("SELECT %s::regclass::oid", str(stored))[0][0]

    def _column(self, column: s.ColumnDefinition) -> str:
        sql = f"{quoted(column.name)} {column.type.postgres}"
        if column.identity:
            sql += " GENERATED BY DEFAULT AS IDENTITY" if column.type.postgres.startswith(("int", "big")) else ""
        if column.default is not None:
            value = column.default if isinstance(column.default, E) else self._translate(column.default)
            sql += f" DEFAULT {converted(value, column.type).sql}"
        return sql + ("" if column.nullable else " NOT NULL")

    def _partitions(self, table: s.Name, above: s.Name, by: s.Partitioning, below, versioned: bool, parent: str) -> None:
        lower = {by.columns[0]: "MINVALUE"}
        for position, (part, values, _) in enumerate(by.parts or [("P1", [], None)]):
            name = f"{parent}_{part}" if parent else part
            stored = s.Name(table.owner, f"{table.name}#{name}")
            shown = [self._bound(v) for v in values]
            if by.kind == "HASH":
                bounds = f"WITH (MODULUS {max(1, len(by.parts))}, REMAINDER {position})"
            elif by.kind == "RANGE":
                bounds = f"FROM ({lower[by.columns[0]]}) TO ({', '.join(shown)})"
                lower[by.columns[0]] = ", ".join(shown)
            else:
                bounds = f"IN ({', '.join(shown)})"
            if by.kind == "LIST" and shown == ["DEFAULT"]:
                bounds = "DEFAULT"
            values_for = bounds if bounds == "DEFAULT" else f"FOR VALUES {bounds}"
            self._raw(f"CREATE TABLE {stored} PARTITION OF {above} {values_for}" + (f" PARTITION BY {_key(below)}" if below else ""))
            self._run(
                "INSERT INTO ora.partitions VALUES (%s, %s, %s, %s, %s, %s, %s, %s)",
                table.owner, table.name, name, parent or None, position + 1, self._oid(stored), below is not None, ", ".join(shown),
            )  # fmt: skip
            if below is not None:
                self._partitions(table, stored, below, None, versioned, name)
            elif versioned:
                self._numbered(stored)

    def _bound(self, value) -> str:
        name = value.name.upper() if hasattr(value, "name") else ""
        return name if name in ("MAXVALUE", "DEFAULT") else self._translate(value).sql

    def _constrain(self, name: s.Name, constraint: s.Constraint, made: s.CreateTable | None = None) -> None:
        self._made += 1
        called = constraint.name or f"SYS_C{self._oid(name):06d}{self._made}"
        columns = ", ".join(quoted(c) for c in constraint.columns)
        by = made.partitioning if made else None
        if constraint.kind == "C":
            pass  # what a check says is of no consequence for what is read
        elif constraint.kind in ("P", "U") and constraint.enabled:
            if by and not {*by.columns, *(by.below.columns if by.below else ())} <= set(constraint.columns):
                self._raw(f"CREATE INDEX {_index(called)} ON {name} ({columns})")  # PostgreSQL has no unique keys over all partitions
            else:
                self._raw(f"CREATE UNIQUE INDEX {_index(called)} ON {name} ({columns})")
            if constraint.kind == "P":
                for column in constraint.columns:
                    self._raw(f"ALTER TABLE {name} ALTER {quoted(column)} SET NOT NULL")
                    self._run(
                        "UPDATE ora.columns SET nullable = false WHERE owner = %s AND table_name = %s AND name = %s",
                        name.owner, name.name, column,
                    )  # fmt: skip
        listed, referred = self._referring(name, constraint) if constraint.kind == "R" else (constraint.columns, (None, None))
        self._run(
            "INSERT INTO ora.constraints VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s)",
            name.owner, called, name.name, constraint.kind, list(listed),
            "ENABLED" if constraint.enabled else "DISABLED", "VALIDATED" if constraint.validated else "NOT VALIDATED", *referred,
        )  # fmt: skip

    def _referring(self, name: s.Name, constraint: s.Constraint) -> tuple[tuple[str, ...], tuple[str, str]]:
        """The columns of a foreign key, in the order of the key that it leads to, and that key."""
        table = s.Name(constraint.refers.owner or name.owner, constraint.refers.name)
        keys = self._run(
            "SELECT type, columns, name FROM ora.constraints WHERE owner = %s AND table_name = %s AND type IN ('P', 'U') ORDER BY type",
            table.owner, table.name,
        )  # fmt: skip
        if not constraint.referred:
            keys = [key for key in keys if key[0] == "P"]
            if not keys:
                raise OracleError(2268, "referenced table does not have a primary key")
        for _, columns, key in keys:
            wanted = constraint.referred or tuple(columns)
            if set(columns) == set(wanted) and len(wanted) == len(constraint.columns):
                fed_by = dict(zip(wanted, constraint.columns, strict=True))
                return tuple(fed_by[column] for column in columns), (table.owner, key)
        raise OracleError(2270, "no matching unique or primary key for this column-list")

    def _book(self, name: s.Name, made: s.CreateTable) -> None:
        keys = {c for constraint in made.constraints if constraint.kind == "P" for c in constraint.columns}
        self._columns_booked(name, [(c, c.nullable and c.name not in keys) for c in made.columns], 0)
        self._run(
            "INSERT INTO ora.relations (owner, name, kind, relation, created_scn, organization, cluster_name, temporary, partitioned,"
            " row_archival, directory) VALUES (%s, %s, 'TABLE', %s::regclass::oid, %s, %s, %s, %s, %s, %s, %s)",
            name.owner, name.name, str(name), self._catalogue.take_scn(), made.organization, made.cluster or None, made.temporary,
            made.partitioning is not None, made.row_archival, made.directory or None,
        )  # fmt: skip

    def _columns_booked(self, name: s.Name, columns: list[tuple[s.ColumnDefinition, bool]], after: int) -> None:
        for position, (c, nullable) in enumerate(columns, start=after + 1):
            t = c.type
            self._run(
                "INSERT INTO ora.columns"
                " (owner, table_name, name, position, type, length, chars, by_chars, precision_, scale, nullable, hidden)"
                " VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)",
                name.owner, name.name, c.name, position, t.name, t.length or _width(t), t.chars, t.by_chars, t.precision, t.scale,
                nullable, c.invisible or c.name == "ORA_ARCHIVE_STATE",
            )  # fmt: skip

    def _CreateView(self, made: s.CreateView, user: str, schema: str, sql: str) -> None:
        name = self._owned(made.name, user, schema, "CREATE ANY VIEW")
        if made.replace:
            self._forget(name)
        self._free(name)
        _, columns = self._query(made.query)
        named = made.columns or tuple(columns)
        text_of = sql[sql.upper().index(" AS ") + 4 :] if not made.columns else sql[sql.index(")") :].split(None, 2)[2]
        definitions = [(s.ColumnDefinition(n, t), True) for n, t in zip(named, columns.values(), strict=True)]
        self._columns_booked(name, definitions, 0)
        self._run(
            "INSERT INTO ora.relations (owner, name, kind, created_scn, query) VALUES (%s, %s, 'VIEW', %s, %s)",
            name.owner, name.name, self._catalogue.take_scn(), text_of,
        )  # fmt: skip
        for table in made.query.find_all(exp.Table):
            of = self._catalogue.find(user, schema, s.Name(spelled(table.args["db"]) if table.args.get("db") else "", spelled(table.this)))
            self._run(
                "INSERT INTO ora.dependencies VALUES (%s, %s, %s, %s, %s) ON CONFLICT DO NOTHING",
                name.owner, name.name, of.name.owner, of.name.name, "VIEW" if of.kind == "DICTIONARY" else of.kind,
            )  # fmt: skip

    def _CreateIndex(self, made: s.CreateIndex, user: str, schema: str, sql: str) -> None:
        table = self._table(made.table, user, schema, "CREATE ANY INDEX")
        columns = ", ".join(quoted(c.this.name if c.this.this.args.get("quoted") else c.this.name.upper()) for c in made.columns)
        self._raw(f"CREATE {'UNIQUE ' if made.unique else ''}INDEX {_index(made.name.name)} ON {table} ({columns})")

    def _CreateSynonym(self, made: s.CreateSynonym, user: str, schema: str, sql: str) -> None:
        owner = made.name.owner or schema
        self._run(
            "INSERT INTO ora.synonyms VALUES (%s, %s, %s, %s, %s)",
            owner, made.name.name, made.target.owner or schema, made.target.name, made.link or None,
        )  # fmt: skip

    def _CreateCluster(self, made: s.CreateCluster, user: str, schema: str, sql: str) -> None:
        name = self._owned(made.name, user, schema, "CREATE ANY CLUSTER")
        self._free(name)
        self._run("INSERT INTO ora.relations (owner, name, kind) VALUES (%s, %s, 'CLUSTER')", name.owner, name.name)

    def _Drop(self, made: s.Drop, user: str, schema: str, sql: str) -> None:
        if made.kind == "INDEX":
            owned = self._owned(made.name, user, schema, "DROP ANY INDEX")
            self._raw(f"DROP INDEX {quoted(owned.owner)}.{_index(owned.name)}")
        elif made.kind == "SYNONYM":
            self._run("DELETE FROM ora.synonyms WHERE owner = %s AND name = %s", made.name.owner or schema, made.name.name)
        elif made.kind == "USER":
            self._run("DELETE FROM ora.users WHERE name = %s", made.name.name)
            for books in ("relations", "columns", "constraints", "partitions"):
                self._run(f"DELETE FROM ora.{books} WHERE owner = %s", made.name.name)
            self._raw(f"DROP SCHEMA {quoted(made.name.name)} CASCADE")
        else:
            relation = self._catalogue.find(user, schema, made.name)
            name = self._owned(relation.name, user, schema, "DROP ANY TABLE")
            if relation.kind == "TABLE":
                self._raw(f"DROP TABLE {name} CASCADE")
                self._raw(f"DROP TABLE IF EXISTS {s.Name(name.owner, name.name + '#undo')}")
            self._forget(name)

    def _forget(self, name: s.Name) -> None:
        self._run("DELETE FROM ora.relations WHERE owner = %s AND name = %s", name.owner, name.name)
        for books in ("columns", "constraints", "partitions"):
            self._run(f"DELETE FROM ora.{books} WHERE owner = %s AND table_name = %s", name.owner, name.name)
        self._run("DELETE FROM ora.dependencies WHERE owner = %s AND name = %s", name.owner, name.name)
        self._run("DELETE FROM ora.privileges WHERE owner = %s AND object = %s", name.owner, name.name)

    def _changed_table(self, name: s.Name) -> None:
        self._run(
            "UPDATE ora.relations SET created_scn = %s WHERE owner = %s AND name = %s", self._catalogue.take_scn(), name.owner, name.name
        )

    def _Truncate(self, made: s.Truncate, user: str, schema: str, sql: str) -> None:
        name = self._table(made.name, user, schema, "DROP ANY TABLE")
        self._raw(f"TRUNCATE {name}, {s.Name(name.owner, name.name + '#undo')}")
        self._changed_table(name)

    def _AddColumns(self, made: s.AddColumns, user: str, schema: str, sql: str) -> None:
        name = self._table(made.name, user, schema, "ALTER ANY TABLE")
        for column in made.columns:
            for stored in (name, s.Name(name.owner, name.name + "#undo")):
                self._raw(f"ALTER TABLE {stored} ADD {self._column(column)}")
        after = self._run("SELECT max(position) FROM ora.columns WHERE owner = %s AND table_name = %s", name.owner, name.name)[0][0]
        self._columns_booked(name, [(c, c.nullable) for c in made.columns], after)
        self._changed_table(name)

    def _DropColumn(self, made: s.DropColumn, user: str, schema: str, sql: str) -> None:
        name = self._table(made.name, user, schema, "ALTER ANY TABLE")
        for stored in (name, s.Name(name.owner, name.name + "#undo")):
            self._raw(f"ALTER TABLE {stored} DROP {quoted(made.column)}")
        self._run("DELETE FROM ora.columns WHERE owner = %s AND table_name = %s AND name = %s", name.owner, name.name, made.column)
        self._changed_table(name)

    def _AddConstraint(self, made: s.AddConstraint, user: str, schema: str, sql: str) -> None:
        self._constrain(self._table(made.name, user, schema, "ALTER ANY TABLE"), made.constraint)


def _index(name: str) -> str:
    """As it is stored: a table may have its name, which PostgreSQL does not allow."""
    return quoted(f"{name}#index")


def _key(by: s.Partitioning) -> str:
    return f"{by.kind} ({', '.join(quoted(c) for c in by.columns)})"


def _width(kind: OracleType) -> int:
    from ..wire.cells import WIDTHS

    return WIDTHS.get(kind.name, 0)
