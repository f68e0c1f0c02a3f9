"""INSERT, UPDATE and DELETE."""

from __future__ import annotations

from sqlglot import exp

from ..wire.errors import OracleError
from .context import Context, Scope, Source, quoted
from .expressions import spelled
from .queries import Queries
from .statements import Name
from .typed import converted


class Changes:
    """Translates one statement that changes rows."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._queries = Queries(context)

    def change(self, node: exp.Expr) -> str:
        if isinstance(node, exp.Insert):
            return self._insert(node)
        table = node.this
        relation = self._relation(table, "UPDATE" if isinstance(node, exp.Update) else "DELETE")
        alias = spelled(table.args["alias"].this) if table.args.get("alias") else relation.name.name
        scope = Scope([Source(alias, {f.name: f.type for f in relation.fields}, relation.versioned)])
        where = ""
        if node.args.get("where"):
            where = f" WHERE {self._queries.expressions.condition(node.args['where'].this, scope)}"
        if isinstance(node, exp.Delete):
            return f"DELETE FROM {relation.name} {quoted(alias)}{where}"
        types = {f.name: f.type for f in relation.fields}
        sets = []
        for one in node.expressions:
            name = spelled(one.this.this)
            if name not in types:
                raise OracleError(904, f'"{name}": invalid identifier')
            sets.append(f"{quoted(name)} = {converted(self._queries.expressions.value(one.expression, scope), types[name]).sql}")
        return f"UPDATE {relation.name} {quoted(alias)} SET {', '.join(sets)}{where}"

    def _relation(self, table: exp.Table, privilege: str):
        name = Name(spelled(table.args["db"]) if table.args.get("db") else "", spelled(table.this))
        relation = self._context.relations.find(self._context.user, self._context.schema, name)
        if relation.kind != "TABLE":
            raise OracleError(1732, "data manipulation operation not legal on this view")
        self._context.relations.demand(self._context.user, relation, privilege)
        return relation

    def _insert(self, node: exp.Insert) -> str:
        schema = isinstance(node.this, exp.Schema)
        relation = self._relation(node.this.this if schema else node.this, "INSERT")
        types = {f.name: f.type for f in relation.fields}
        names = [spelled(i) for i in node.this.expressions] if schema else [f.name for f in relation.fields if not f.hidden]
        for name in names:
            if name not in types:
                raise OracleError(904, f'"{name}": invalid identifier')
        into = f"INSERT INTO {relation.name} ({', '.join(quoted(n) for n in names)}) "
        source = node.expression
        if isinstance(source, exp.Values):
            rows = [self._row(one, names, types) for one in source.expressions]
            return into + "VALUES " + ", ".join(rows)
        sql, columns = self._queries.query(source)
        if len(columns) != len(names):
            raise OracleError(947 if len(columns) < len(names) else 913, "not as many values as columns")
        from .typed import E

        cast = ", ".join(
            converted(E(f"q.{quoted(column)}", kind), types[name]).sql for name, (column, kind) in zip(names, columns.items(), strict=True)
        )
        return f"{into}SELECT {cast} FROM ({sql}) q"

    def _row(self, one: exp.Expr, names: list[str], types: dict) -> str:
        given = one.expressions if isinstance(one, exp.Tuple) else [one.this]
        if len(given) != len(names):
            raise OracleError(947 if len(given) < len(names) else 913, "not as many values as columns")
        values = [
            "DEFAULT" if isinstance(v, exp.Column) and v.name.upper() == "DEFAULT"
            else converted(self._queries.expressions.value(v, Scope()), types[name]).sql
            for name, v in zip(names, given, strict=True)
        ]  # fmt: skip
        return f"({', '.join(values)})"
