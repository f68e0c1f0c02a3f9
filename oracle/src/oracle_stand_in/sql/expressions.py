"""Expressions and conditions."""

from __future__ import annotations

from collections.abc import Callable

from sqlglot import exp

from ..types import DAY_SECOND, YEAR_MONTH, OracleType, moment, number, text
from ..wire.errors import OracleError
from . import functions
from .context import Context, Scope, literal, quoted
from .grammar import BIND
from .typed import FLOATS, INTERVALS, TIMES, E, alike, common, converted, null, numeric

COMPARISONS = {exp.EQ: "=", exp.NEQ: "<>", exp.LT: "<", exp.LTE: "<=", exp.GT: ">", exp.GTE: ">="}
CONDITIONS = (*COMPARISONS, exp.And, exp.Or, exp.Not, exp.In, exp.Is, exp.Between, exp.Like, exp.Exists)


# What is looked at of a tree. Anything else in it would be passed over in silence, so it is refused.
LOOKED_AT = {
    exp.Table: {"this", "db", "alias", "partition", "version", "sample"},
    exp.Subquery: {"this", "alias"},
    exp.TableAlias: {"this"},
    exp.Partition: {"expressions", "subpartition"},
    exp.TableSample: {"method", "percent", "size", "seed"},
    exp.Version: {"this", "kind", "expression"},
    exp.Join: {"this", "side", "kind", "on"},
    exp.Anonymous: {"this", "expressions", "to"},
    exp.Column: {"this", "table"},
    exp.Star: set(),
    exp.Window: {"this", "partition_by", "order", "over"},
    exp.Ordered: {"this", "desc", "nulls_first"},
    exp.In: {"this", "expressions", "query"},
    exp.Trim: {"this", "expression", "position"},
    exp.Fetch: {"direction", "count", "limit_options"},
    exp.Group: {"expressions"},
    exp.Insert: {"this", "expression"},
    exp.Update: {"this", "expressions", "where"},
    exp.Delete: {"this", "where"},
}


def strict(tree: exp.Expr) -> None:
    """Refuses a tree with something in it that would not be looked at."""
    for node in tree.walk():
        looked_at = LOOKED_AT.get(type(node))
        if looked_at is None:
            continue
        for name, arg in node.args.items():
            if arg and name not in looked_at:
                raise OracleError(3001, f"unimplemented feature: {name} of {type(node).__name__}: {tree.sql('oracle')}")


def _unit(unit: exp.Expr) -> str:
    """DAY, and DAY(3) too."""
    return unit.name.upper() if isinstance(unit, exp.Var | exp.Anonymous) else type(unit).__name__.upper()


class Expressions:
    """Translates what stands in a SELECT, with ``query`` for those below it."""

    def __init__(self, context: Context, query: Callable[[exp.Expr, Scope], tuple[str, dict[str, OracleType]]]) -> None:
        self._context = context
        self._query = query

    def unknown(self, node: exp.Expr) -> OracleError:
        return OracleError(3001, f"unimplemented feature: {type(node).__name__}: {node.sql('oracle')}")

    def value(self, node: exp.Expr, scope: Scope) -> E:
        maker = getattr(self, f"_{type(node).__name__.lower()}", None)
        if maker is None:
            raise self.unknown(node)
        return maker(node, scope)

    def condition(self, node: exp.Expr, scope: Scope) -> str:
        if isinstance(node, exp.Paren):
            return f"({self.condition(node.this, scope)})"
        if isinstance(node, exp.And):
            return f"({self.condition(node.left, scope)} AND {self.condition(node.right, scope)})"
        if isinstance(node, exp.Or):
            return f"({self.condition(node.left, scope)} OR {self.condition(node.right, scope)})"
        if isinstance(node, exp.Not):
            return f"NOT {self.condition(node.this, scope)}"
        if type(node) in COMPARISONS:
            a, b = alike(self.value(node.left, scope), self.value(node.right, scope))
            return f"({a.sql} {COMPARISONS[type(node)]} {b.sql})"
        if isinstance(node, exp.Is):
            if not isinstance(node.expression, exp.Null):
                raise self.unknown(node)
            return f"({self.value(node.this, scope).sql} IS NULL)"
        if isinstance(node, exp.In):
            return self._contained(node, scope)
        if isinstance(node, exp.Between):
            low = self.condition(exp.GTE(this=node.this.copy(), expression=node.args["low"].copy()), scope)
            return f"({low} AND {self.condition(exp.LTE(this=node.this.copy(), expression=node.args['high'].copy()), scope)})"
        if isinstance(node, exp.Like):
            return f"(({self.value(node.this, scope).sql})::text LIKE ({self.value(node.expression, scope).sql})::text)"
        if isinstance(node, exp.Escape) and isinstance(node.this, exp.Like):
            like = self.condition(node.this, scope)
            return f"{like[:-1]} ESCAPE {self.value(node.expression, scope).sql})"
        if isinstance(node, exp.Exists):
            return f"EXISTS ({self._query(node.this, scope)[0]})"
        raise self.unknown(node)

    def _contained(self, node: exp.In, scope: Scope) -> str:
        if isinstance(node.this, exp.Tuple):
            return self._row_contained(node, node.this.expressions, scope)
        asked = self.value(node.this, scope)
        if node.args.get("query"):
            return f"({asked.sql} IN ({self._query(node.args['query'].this, scope)[0]}))"
        pairs = [alike(asked, self.value(one, scope)) for one in node.expressions]
        return "(" + " OR ".join(f"{a.sql} = {b.sql}" for a, b in pairs) + ")"

    def _row_contained(self, node: exp.In, asked: list[exp.Expr], scope: Scope) -> str:
        """Several values of a row among those that a query selects; nowhere else is there a row of values."""
        if not node.args.get("query"):
            raise self.unknown(node)
        sql, columns = self._query(node.args["query"].this, scope)
        if len(columns) != len(asked):
            raise OracleError(947 if len(columns) < len(asked) else 913, "not as many values as columns")
        return f"(({', '.join(self.value(one, scope).sql for one in asked)}) IN ({sql}))"

    def _tuple(self, node: exp.Tuple, scope: Scope) -> E:
        raise OracleError(907, "missing right parenthesis")

    def _paren(self, node: exp.Paren, scope: Scope) -> E:
        e = self.value(node.this, scope)
        return E(f"({e.sql})", e.type, e.alone)

    def _null(self, node: exp.Null, scope: Scope) -> E:
        return null()

    def _boolean(self, node: exp.Boolean, scope: Scope) -> E:
        return E("true" if node.this else "false", OracleType("BOOLEAN"))

    def _literal(self, node: exp.Literal, scope: Scope) -> E:
        if not node.is_string:
            return E(f"{node.this}::numeric", number())
        return E(f"{literal(node.this)}::text", text(len(node.this), "CHAR")) if node.this else null()

    def _national(self, node: exp.National, scope: Scope) -> E:
        return E(f"{literal(node.this)}::text", text(len(node.this), "NVARCHAR2")) if node.this else null()

    def _star(self, node: exp.Star, scope: Scope) -> E:
        return E("*", number())

    def _column(self, node: exp.Column, scope: Scope) -> E:
        name = _spelled(node.this)
        if name.startswith(BIND):
            return self._context.bound(name[1:])
        table = _spelled(node.args["table"]) if node.args.get("table") else ""
        if node.args.get("db"):
            raise self.unknown(node)
        at: Scope | None = scope
        while at is not None:
            found = self._in_scope(name, table, at)
            if found is not None:
                return found
            at = at.outer
        if not table and name == "ROWNUM":
            return E("(row_number() OVER ())::numeric", number())
        if not table and name in functions.NAMED:
            return functions.NAMED[name]
        if table and (called := self._packaged(table, name, [])):
            return called
        shown = f'"{table}"."{name}"' if table else f'"{name}"'
        raise OracleError(904, f"{shown}: invalid identifier")

    def _in_scope(self, name: str, table: str, scope: Scope) -> E | None:
        if name == "LEVEL" and not table and scope.level:
            return E(f"({scope.level})::numeric", number())
        for source in scope.sources:
            if table and source.alias != table:
                continue
            if name in source.columns:
                return E(f"{quoted(source.alias)}.{quoted(name)}", source.columns[name])
            if source.rows and name == "ROWID":
                return E(f'{quoted(source.alias)}."#row"', OracleType("ROWID"))
            if source.rows and name == "ORA_ROWSCN":
                return E(f'ora.rowscn({quoted(source.alias)}."#xid")', number())
        return None

    def _pseudocolumn(self, node: exp.Pseudocolumn, scope: Scope) -> E:
        return self._column(node, scope)

    def _dot(self, node: exp.Dot, scope: Scope) -> E:
        owner, call = node.this, node.expression
        if isinstance(owner, exp.Identifier) and isinstance(call, exp.Anonymous):
            name = call.name.upper()
            made = self._packaged(_spelled(owner), name, [self.value(a, scope) for a in call.expressions])
            if made is not None:
                return made
            raise OracleError(904, f'"{_spelled(owner)}"."{name}": invalid identifier')
        raise self.unknown(node)

    def _packaged(self, package: str, name: str, args: list[E]) -> E | None:
        full = f"{package}.{name}"
        if full not in functions.FUNCTIONS and full not in functions.NEEDS_SCN:
            return None
        self._context.relations.demand_package(self._context.user, package)
        return self._called(full, args)

    def _called(self, name: str, args: list[E]) -> E | None:
        if name in functions.NEEDS_SCN:
            self._context.relations.take_scn()
        return functions.called(name, args)

    def _anonymous(self, node: exp.Anonymous, scope: Scope) -> E:
        name = node.name.upper()
        if name == "#CAST":
            return self._cast(node, scope)
        if name in ("#DATE", "#TIMESTAMP"):
            return self._moment(name, node)
        if name in ("#XMLSERIALIZE", "#JSON_SERIALIZE"):
            e = self.value(node.expressions[0], scope)
            return E(f"({e.sql})::text", node.args["to"] or text(4000))
        if len(node.expressions) == 1 and isinstance(node.expressions[0], exp.Distinct):
            e = self.value(node.expressions[0].expressions[0], scope)
            args = [E(f"DISTINCT {e.sql}", e.type)]
        else:
            args = [self.value(a, scope) for a in node.expressions]
        made = self._called(name, args)
        if made is None:
            raise OracleError(904, f'"{name}": invalid identifier')
        return made

    def _cast(self, node: exp.Anonymous, scope: Scope) -> E:
        return converted(self.value(node.expressions[0], scope), node.args["to"])

    def _moment(self, name: str, node: exp.Anonymous) -> E:
        told = node.expressions[0].this
        if name == "#DATE":
            return E(f"{literal(told)}::timestamp(0)", OracleType("DATE"))
        parts = told.split(" ", 2)
        at = f"{literal(' '.join(parts[:2]))}::timestamp"
        if len(parts) < 3:
            return E(at, moment("TIMESTAMP", 9))
        return E(f"ora.from_tz({at}, {literal(parts[2])})", OracleType("TIMESTAMP WITH TIME ZONE", scale=9))

    def _trim(self, node: exp.Trim, scope: Scope) -> E:
        args = [self.value(node.this, scope)]
        if node.expression:
            args.append(self.value(node.expression, scope))
        if node.args.get("position"):
            return functions.called({"LEADING": "LTRIM", "TRAILING": "RTRIM"}.get(node.args["position"], "LTRIM"), args)
        return functions.called("LTRIM", [functions.called("RTRIM", args), *args[1:]])

    def _extract(self, node: exp.Extract, scope: Scope) -> E:
        e = self.value(node.expression, scope)
        at = e.sql if e.type.name in INTERVALS else converted(e, moment("TIMESTAMP")).sql
        return E(f"extract({node.name.lower()} FROM {at})::numeric", number())

    def _case(self, node: exp.Case, scope: Scope) -> E:
        conditions = [
            self.condition(exp.EQ(this=node.this.copy(), expression=arm.this.copy()) if node.this else arm.this, scope)
            for arm in node.args["ifs"]
        ]
        values = [self.value(arm.args["true"], scope) for arm in node.args["ifs"]]
        other = self.value(node.args["default"], scope) if node.args.get("default") else null()
        kind = common([*values, other])
        arms = "".join(f" WHEN {c} THEN {converted(v, kind).sql}" for c, v in zip(conditions, values, strict=True))
        return E(f"CASE{arms} ELSE {converted(other, kind).sql} END", kind)

    def _dpipe(self, node: exp.DPipe, scope: Scope) -> E:
        return functions.concatenated(self.value(node.left, scope), self.value(node.right, scope))

    def _interval(self, node: exp.Interval, scope: Scope) -> E:
        unit = node.args["unit"]
        first, last = (unit.name, unit.expression.name) if isinstance(unit, exp.IntervalSpan) else (_unit(unit), "")
        months = first in ("YEAR", "MONTH")
        span = f" {first} TO {last}" if last else f" {first}"
        kind = OracleType(YEAR_MONTH, precision=9) if months else OracleType(DAY_SECOND, precision=9, scale=9)
        # Not in whole days, which PostgreSQL keeps apart from hours.
        sql = f"({literal(node.this.name)}::interval{span})"
        return E(sql if months else f"make_interval(secs => extract(epoch FROM {sql})::float8)", kind)

    def _neg(self, node: exp.Neg, scope: Scope) -> E:
        e = self.value(node.this, scope)
        return E(f"(-{e.sql})", e.type)

    def _add(self, node: exp.Add, scope: Scope) -> E:
        return self._sum(node, scope, "+")

    def _sub(self, node: exp.Sub, scope: Scope) -> E:
        return self._sum(node, scope, "-")

    def _sum(self, node: exp.Binary, scope: Scope, sign: str) -> E:
        a, b = self.value(node.left, scope), self.value(node.right, scope)
        if sign == "+" and a.type.name not in TIMES and b.type.name in TIMES:
            a, b = b, a
        x, y = a.type.name, b.type.name
        if x in TIMES and numeric(b.type):
            at = converted(a, OracleType("DATE"))
            return E(f"({at.sql} {sign} ora.days({converted(b, number()).sql}))", at.type)
        if x in TIMES and y in INTERVALS:
            kind = a.type if x != "TIMESTAMP WITH TIME ZONE" else moment("TIMESTAMP", 9)
            return E(f"({converted(a, kind).sql} {sign} {b.sql})", kind)
        if x in TIMES and y in TIMES and sign == "-":
            difference = f"({converted(a, moment('TIMESTAMP')).sql} - {converted(b, moment('TIMESTAMP')).sql})"
            if x == y == "DATE":
                return E(f"ora.days({difference})", number())
            return E(difference, OracleType(DAY_SECOND, precision=9, scale=6))
        if x in INTERVALS and y in INTERVALS:
            return E(f"({a.sql} {sign} {b.sql})", a.type)
        return self._arithmetic(a, b, sign)

    def _mul(self, node: exp.Mul, scope: Scope) -> E:
        a, b = self.value(node.left, scope), self.value(node.right, scope)
        if b.type.name in INTERVALS:
            a, b = b, a
        if a.type.name in INTERVALS:
            return E(f"({a.sql} * ({b.sql})::float8)", a.type)
        return self._arithmetic(a, b, "*")

    def _div(self, node: exp.Div, scope: Scope) -> E:
        return self._arithmetic(self.value(node.left, scope), self.value(node.right, scope), "/")

    def _arithmetic(self, a: E, b: E, sign: str) -> E:
        kind = OracleType("BINARY_DOUBLE") if a.type.name in FLOATS or b.type.name in FLOATS else number()
        return E(f"({converted(a, kind).sql} {sign} {converted(b, kind).sql})", kind)

    def _window(self, node: exp.Window, scope: Scope) -> E:
        e = self.value(node.this, scope)
        if node.args.get("spec"):
            raise self.unknown(node)
        by = ", ".join(self.value(p, scope).sql for p in node.args.get("partition_by") or [])
        order = self.order(node.args.get("order"), scope)
        over = " ".join(part for part in (f"PARTITION BY {by}" if by else "", order) if part)
        function, cast = e.sql.removesuffix("::numeric"), "::numeric" if e.sql.endswith(")::numeric") else ""
        return E(f"({function} OVER ({over})){cast}", e.type)

    def order(self, order: exp.Expr | None, scope: Scope) -> str:
        if order is None:
            return ""
        return "ORDER BY " + ", ".join(self._ordered_by(one, scope) for one in order.expressions)

    def _ordered_by(self, one: exp.Ordered, scope: Scope) -> str:
        key = one.this
        sql = key.this if isinstance(key, exp.Literal) and not key.is_string else self.value(key, scope).sql
        down = " DESC" if one.args.get("desc") else ""
        return f"{sql}{down}" + (" NULLS FIRST" if one.args.get("nulls_first") else " NULLS LAST")

    def _subquery(self, node: exp.Subquery, scope: Scope) -> E:
        sql, columns = self._query(node.this, scope)
        return E(f"({sql})", next(iter(columns.values())))

    def _systimestamp(self, node: exp.Expr, scope: Scope) -> E:
        return functions.NAMED["SYSTIMESTAMP"]

    def _currenttimestamp(self, node: exp.Expr, scope: Scope) -> E:
        return functions.NAMED["SYSDATE" if node.args.get("sysdate") else "CURRENT_TIMESTAMP"]

    def _currentdate(self, node: exp.Expr, scope: Scope) -> E:
        return functions.NAMED["CURRENT_DATE"]

    def _localtimestamp(self, node: exp.Expr, scope: Scope) -> E:
        return functions.NAMED["LOCALTIMESTAMP"]

    def _currentuser(self, node: exp.Expr, scope: Scope) -> E:
        return functions.NAMED["USER"]


def _spelled(node: exp.Expr) -> str:
    """A name as the dictionary spells it."""
    return node.name if node.args.get("quoted") else node.name.upper()


spelled = _spelled
