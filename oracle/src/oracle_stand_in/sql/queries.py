"""SELECT: what it reads, where and when; its columns."""

from __future__ import annotations

from sqlglot import exp

from ..types import OracleType, text
from ..wire.errors import OracleError
from .context import Context, Scope, Source, literal, quoted
from .expressions import Expressions, spelled
from .grammar import read
from .statements import Name
from .typed import E

HANDLED = frozenset(
    {"expressions", "from_", "joins", "where", "group", "having", "order", "hint", "distinct", "connect", "with_", "kind", "limit"}
)
AGAIN = "\x01"
AGGREGATES = frozenset({"COUNT", "MIN", "MAX", "SUM", "AVG"})


class Queries:
    """Translates the queries of one statement."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self.expressions = Expressions(context, self.query)

    def query(self, node: exp.Expr, outer: Scope | None = None) -> tuple[str, dict[str, OracleType]]:
        """The statement, and its columns in their order."""
        if isinstance(node, exp.Subquery):
            return self.query(node.this, outer)
        if isinstance(node, exp.SetOperation):
            return self._united(node, outer)
        if not isinstance(node, exp.Select):
            raise self.expressions.unknown(node)
        for name, arg in node.args.items():
            if arg and name not in HANDLED:
                raise OracleError(3001, f"unimplemented feature: {name}: {node.sql('oracle')}")
        return self._select(node, outer)

    def _united(self, node: exp.SetOperation, outer: Scope | None) -> tuple[str, dict[str, OracleType]]:
        word = {exp.Union: "UNION", exp.Intersect: "INTERSECT", exp.Except: "EXCEPT"}[type(node)]
        left, columns = self.query(node.left, outer)
        right, _ = self.query(node.right, outer)
        many = "" if node.args.get("distinct") else " ALL"
        scope = Scope([Source("", columns)], outer)
        order = ""
        if node.args.get("order"):
            order = " " + self.expressions.order(node.args["order"], scope).replace('"".', "")
        return f"({left}) {word}{many} ({right}){order}", columns

    def _select(self, node: exp.Select, outer: Scope | None) -> tuple[str, dict[str, OracleType]]:
        scope = Scope(outer=outer)
        if node.args.get("with_"):
            raise self.expressions.unknown(node.args["with_"])
        tables = self._from(node, scope)
        conditions, limit = self._where(node, scope)
        where = f" WHERE {' AND '.join(conditions)}" if conditions else ""
        if limit and self._gathers(node):
            if len(scope.sources) != 1:
                raise OracleError(3001, f"unimplemented feature: ROWNUM over a join: {node.sql('oracle')}")
            alias = quoted(scope.sources[0].alias)
            tables, where, limit = f"(SELECT {alias}.* FROM {tables}{where} LIMIT {limit}) {alias}", "", ""
        columns, shown = self._columns(node, scope)
        sql = f"SELECT {'DISTINCT ' if node.args.get('distinct') else ''}{', '.join(shown)} FROM {tables}{where}"
        if node.args.get("group"):
            sql += " GROUP BY " + ", ".join(self.expressions.value(g, scope).sql for g in node.args["group"].expressions)
        if node.args.get("having"):
            sql += f" HAVING {self.expressions.condition(node.args['having'].this, scope)}"
        if node.args.get("order"):
            named = Scope([*scope.sources], scope.outer, scope.level)
            sql += " " + self._order(node, named, columns)
        limit = limit or self._first(node)
        return sql + (f" LIMIT {limit}" if limit else ""), columns

    def _first(self, node: exp.Select) -> str:
        """FETCH FIRST n ROWS ONLY."""
        fetch = node.args.get("limit")
        if fetch is None:
            return ""
        if not isinstance(fetch, exp.Fetch):
            raise self.expressions.unknown(fetch)
        if self._context.relations.release < 12:
            raise OracleError(933, "SQL command not properly ended")
        return f"({self.expressions.value(fetch.args['count'], Scope()).sql})::bigint" if fetch.args.get("count") else "1"

    def _order(self, node: exp.Select, scope: Scope, columns: dict[str, OracleType]) -> str:
        """Keys may be columns of the result, by their names."""
        keys = []
        for one in node.args["order"].expressions:
            name = spelled(one.this.this) if isinstance(one.this, exp.Column) and not one.this.args.get("table") else ""
            if name in columns:
                down = " DESC" if one.args.get("desc") else ""
                keys.append(quoted(name) + down + (" NULLS FIRST" if one.args.get("nulls_first") else " NULLS LAST"))
            else:
                keys.append(self.expressions._ordered_by(one, scope))
        return "ORDER BY " + ", ".join(keys)

    def _gathers(self, node: exp.Select) -> bool:
        if node.args.get("group") or node.args.get("order") or node.args.get("distinct"):
            return True
        return any(
            a.name.upper() in AGGREGATES and not isinstance(a.parent, exp.Window)
            for e in node.expressions
            for a in e.find_all(exp.Anonymous)
        )

    def _columns(self, node: exp.Select, scope: Scope) -> tuple[dict[str, OracleType], list[str]]:
        columns: dict[str, OracleType] = {}
        shown: list[str] = []
        for e in node.expressions:
            if isinstance(e, exp.Star) or (isinstance(e, exp.Column) and isinstance(e.this, exp.Star)):
                of = spelled(e.args["table"]) if e.args.get("table") else ""
                for source in scope.sources:
                    if not of or source.alias == of:
                        for name, kind in ((n, k) for n, k in source.columns.items() if n not in source.hidden):
                            _add(columns, shown, name, E(f"{quoted(source.alias)}.{quoted(name)}", kind))
                continue
            value = self.expressions.value(e.this if isinstance(e, exp.Alias) else e, scope)
            _add(columns, shown, self._named(e), value)
        return columns, shown

    def _named(self, e: exp.Expr) -> str:
        if isinstance(e, exp.Alias):
            return spelled(e.args["alias"])
        if isinstance(e, exp.Column | exp.Pseudocolumn):
            return spelled(e.this)
        return e.sql("oracle").upper().replace(" ", "")[:128]

    def _where(self, node: exp.Select, scope: Scope) -> tuple[list[str], str]:
        conditions: list[str] = []
        limit = ""
        where = node.args.get("where")
        if where:
            _of_one_row(where.this)
        for one in where.this.flatten() if where and isinstance(where.this, exp.And) else [where.this] if where else []:
            below = self._row_limit(one, scope)
            if below:
                limit = below
            else:
                conditions.append(self.expressions.condition(one, scope))
        return conditions, limit

    def _row_limit(self, node: exp.Expr, scope: Scope) -> str:
        """ROWNUM compared with a number."""
        named = isinstance(node, exp.Binary) and _is_row_number(node.left)
        if not named:
            return ""
        at = self.expressions.value(node.right, scope).sql
        if isinstance(node, exp.LTE):
            return f"({at})::bigint"
        if isinstance(node, exp.LT):
            return f"(({at})::bigint - 1)"
        if isinstance(node, exp.EQ) and isinstance(node.right, exp.Literal) and node.right.this == "1":
            return "1"
        raise self.expressions.unknown(node)

    def _from(self, node: exp.Select, scope: Scope) -> str:
        if not node.args.get("from_"):
            if self._context.relations.release < 23:
                raise OracleError(923, "FROM keyword not found where expected")
            return "(SELECT 1) q"
        if node.args.get("connect"):
            return self._levels(node, scope)
        sql = self._source(node.args["from_"].this, scope)
        for join in node.args.get("joins") or []:
            sql += self._join(join, scope)
        return sql

    def _join(self, join: exp.Join, scope: Scope) -> str:
        if join.args.get("using") or join.args.get("method"):
            raise self.expressions.unknown(join)
        on, kind = join.args.get("on"), " ".join(p for p in (join.side, join.kind) if p)
        source = self._source(join.this, scope)
        if on is None:
            return f" CROSS JOIN {source}"
        return f" {kind + ' ' if kind else ''}JOIN {source} ON {self.expressions.condition(on, scope)}"

    def _levels(self, node: exp.Select, scope: Scope) -> str:
        """``FROM DUAL CONNECT BY LEVEL <= n``: a row for each number."""
        connect, table = node.args["connect"].args["connect"], node.args["from_"].this
        plain = isinstance(table, exp.Table) and spelled(table.this) == "DUAL" and not node.args.get("joins")
        level = isinstance(connect, exp.LTE | exp.LT) and connect.left.name.upper() == "LEVEL"
        if not plain or not level:
            raise self.expressions.unknown(node)
        n = self.expressions.value(connect.right, scope).sql
        scope.sources.append(Source("DUAL", {"DUMMY": text(1)}))
        scope.level = '"#level"'
        less = " - 1" if isinstance(connect, exp.LT) else ""
        return f'"SYS"."DUAL" "DUAL" CROSS JOIN generate_series(1, greatest(1, ({n})::bigint{less})) "#level"'

    def _source(self, node: exp.Expr, scope: Scope) -> str:
        if isinstance(node, exp.Subquery):
            sql, columns = self.query(node.this, scope.outer)
            alias = spelled(node.args["alias"].this) if node.args.get("alias") else f"#q{len(scope.sources)}"
            scope.sources.append(Source(alias, columns))
            return f"({sql}) {quoted(alias)}"
        if not isinstance(node, exp.Table):
            raise self.expressions.unknown(node)
        return self._table(node, scope)

    def _table(self, node: exp.Table, scope: Scope) -> str:
        context = self._context
        name = Name(spelled(node.args["db"]) if node.args.get("db") else "", spelled(node.this))
        relation = context.relations.find(context.user, context.schema, name)
        context.relations.demand(context.user, relation, "SELECT")
        if context.as_of is not None and (relation.versioned or relation.kind == "VIEW"):
            # Below a view, where its owner reads.
            context.relations.demand(context.user, relation, "FLASHBACK")
        if relation.organization == "EXTERNAL":
            raise OracleError(29913, "error while processing ODCIEXTTABLEOPEN routine")
        if relation.name == Name("SYS", "V$DATABASE"):
            context.relations.take_scn()
        alias = spelled(node.args["alias"].this) if node.args.get("alias") else relation.name.name
        if relation.kind == "VIEW":
            return self._view(node, relation, alias, scope)
        hidden = frozenset(f.name for f in relation.fields if f.hidden)
        scope.sources.append(Source(alias, {f.name: f.type for f in relation.fields}, relation.versioned, hidden))
        stored = self._stored(node, relation)
        return f"{self._rows(node, relation, stored, alias, scope)} {quoted(alias)}"

    def _view(self, node: exp.Table, relation, alias: str, scope: Scope) -> str:
        """What a view selects, for its owner, at the moment that is asked for."""
        context, version = self._context, node.args.get("version")
        scn = context.as_of
        if version is not None:
            context.relations.demand(context.user, relation, "FLASHBACK")
            scn = self._scn(version, scope)
        before = context.user, context.schema, context.as_of
        context.user, context.schema, context.as_of = relation.name.owner, relation.name.owner, scn
        try:
            sql, _ = self.query(read(relation.query))
        finally:
            context.user, context.schema, context.as_of = before
        scope.sources.append(Source(alias, {f.name: f.type for f in relation.fields}))
        names = ", ".join(quoted(f.name) for f in relation.fields)
        return f"({sql}) {quoted(alias)} ({names})"

    def _stored(self, node: exp.Table, relation) -> Name:
        """The table, or the one partition of it."""
        partition = node.args.get("partition")
        if partition is None:
            return relation.name
        part = spelled(partition.expressions[0].this if isinstance(partition.expressions[0], exp.Column) else partition.expressions[0])
        if part not in relation.parts:
            raise OracleError(2149, "specified partition does not exist")
        return relation.parts[part]

    def _rows(self, node: exp.Table, relation, stored: Name, alias: str, scope: Scope) -> str:
        filters = []
        if relation.archival and not self._context.archived:
            filters.append("\"ORA_ARCHIVE_STATE\" = '0'")
        sample = node.args.get("sample")
        if sample is not None:
            filters.append(self._sampled(sample))
        version = node.args.get("version")
        if version is not None:
            context = self._context
            if relation.kind == "DICTIONARY":
                raise context.relations.refusal()
            context.relations.demand(context.user, relation, "FLASHBACK")
            if not relation.versioned:
                raise OracleError(8187, "snapshot expression not allowed here")
            return self._past(self._scn(version, scope), relation, stored, filters)
        if self._context.as_of is not None and relation.versioned:
            return self._past(self._context.as_of, relation, stored, filters)
        if not filters:
            return str(stored)
        return f"(SELECT * FROM {stored} WHERE {' AND '.join(filters)})"

    def _sampled(self, sample: exp.TableSample) -> str:
        percent = sample.args.get("percent") or sample.args.get("size")
        seed = sample.args.get("seed")
        if percent is None:
            raise self.expressions.unknown(sample)
        return f'ora.sampled("#row", {percent.name}, {seed.name if seed is not None else 0})'

    def _scn(self, version: exp.Version, scope: Scope) -> int:
        if version.name.upper() != "SCN":
            raise self.expressions.unknown(version)
        return int(self._number(version.expression, scope))

    def _past(self, scn: int, relation, stored: Name, filters: list[str]) -> str:
        """The rows of a moment: those still there, and those in the undo."""
        context = self._context
        seen = f"{literal(context.relations.snapshot(scn))}::pg_snapshot"
        if scn < relation.created:
            raise OracleError(1466, "unable to read data - table definition has changed")
        undo = Name(relation.name.owner, f"{relation.name.name}#undo")
        more = "".join(f" AND {f}" for f in filters)
        of_part = f' AND ora.object("#row") = {literal(str(stored))}::regclass::oid::bigint' if stored != relation.name else ""
        columns = ", ".join([quoted(f.name) for f in relation.fields] + ['"#row"', '"#xid"'])
        return (
            f'(SELECT {columns} FROM {stored} WHERE pg_visible_in_snapshot("#xid", {seen}){more}'
            f' UNION ALL SELECT {columns} FROM {undo} WHERE pg_visible_in_snapshot("#xid", {seen})'
            f' AND NOT pg_visible_in_snapshot("#end", {seen}){more}{of_part} AND ora.kept("#lost"))'
        )

    def _number(self, node: exp.Expr, scope: Scope) -> object:
        if isinstance(node, exp.Paren):
            return self._number(node.this, scope)
        if isinstance(node, exp.Literal):
            return node.this
        value = self._context.value(self.expressions.value(node, scope))
        if value is None:
            raise self.expressions.unknown(node)
        return value


def _of_one_row(condition: exp.Expr) -> None:
    """A condition is of one row; queries within it are their own."""
    for node in condition.walk(prune=lambda n: isinstance(n, exp.Query)):
        if isinstance(node, exp.Window):
            raise OracleError(30483, "window functions are not allowed here")
        if isinstance(node, exp.Anonymous) and node.name.upper() in AGGREGATES:
            raise OracleError(934, "group function is not allowed here")


def _is_row_number(node: exp.Expr) -> bool:
    return isinstance(node, exp.Column | exp.Pseudocolumn) and node.name.upper() == "ROWNUM" and not node.args.get("table")


def _add(columns: dict[str, OracleType], shown: list[str], name: str, e: E) -> None:
    """A second column of a name gets a mark, which results do not show."""
    while name in columns:
        name += AGAIN
    columns[name] = e.type
    shown.append(f"{e.sql} {quoted(name)}")


__all__ = ["Queries"]
