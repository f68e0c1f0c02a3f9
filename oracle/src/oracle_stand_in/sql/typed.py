"""An expression of PostgreSQL with the type that Oracle would say it has."""

from __future__ import annotations

from dataclasses import dataclass

from ..types import DAY_SECOND, LOBS, NUMBERS, TEXTS, TSLTZ, TSTZ, YEAR_MONTH, OracleType, number, text
from ..wire.errors import OracleError

TIMES = frozenset({"DATE", "TIMESTAMP", TSTZ, TSLTZ})
INTERVALS = frozenset({YEAR_MONTH, DAY_SECOND})
FLOATS = frozenset({"BINARY_FLOAT", "BINARY_DOUBLE"})
LONG_TEXTS = frozenset({"CLOB", "NCLOB", "LONG", "XMLTYPE", "JSON"})
NOTHING = text(1)


@dataclass(frozen=True)
class E:
    """sql: of PostgreSQL; alone: whether it is a null"""

    sql: str
    type: OracleType
    alone: bool = False


def null() -> E:
    return E("NULL", NOTHING, True)


def textual(kind: OracleType) -> bool:
    return kind.name in TEXTS or kind.name in LONG_TEXTS


def numeric(kind: OracleType) -> bool:
    return kind.name in NUMBERS or kind.name in FLOATS


def converted(e: E, to: OracleType) -> E:
    """As Oracle converts where another type is needed."""
    source, sql = e.type, e.sql
    if e.alone:
        return E(f"NULL::{to.postgres}", to)
    if source.name == to.name and to.name not in TEXTS | {"NUMBER", "DATE", "TIMESTAMP"}:
        return E(sql, to)
    if to.name in TIMES and source.name in TIMES:
        return E(_time(sql, source.name, to), to)
    if to.name in TIMES and textual(source):
        wanted = OracleType("TIMESTAMP") if to.name in (TSTZ, TSLTZ) else to
        return converted(E(f"({sql})::timestamp", wanted), to)
    if numeric(to) and (numeric(source) or textual(source)):
        return E(f"({sql})::{to.postgres}", to)
    if textual(to):
        return E(_text(e, to), to)
    if to.name in ("RAW", "BLOB", "LONG RAW") and textual(source):
        return E(f"decode({sql}, 'hex')", to)
    if to.name in ("RAW", "BLOB", "LONG RAW") and source.name in ("RAW", "BLOB", "LONG RAW"):
        return E(sql, to)
    if to.name == "ROWID" and textual(source):
        return E(f"ora.chartorowid({sql})", to)
    if to.name in INTERVALS and source.name in INTERVALS:
        return E(sql, to)
    if to.name == "BOOLEAN" and source.name == "BOOLEAN":
        return E(sql, to)
    raise OracleError(932, f"inconsistent datatypes: expected {to.name} got {source.name}")


def _time(sql: str, source: str, to: OracleType) -> str:
    if source == TSTZ:
        sql = f"ora.instant({sql})" if to.name == TSLTZ else f"ora.local({sql})"
    elif source == TSLTZ:
        sql = f"ora.zoned({sql})" if to.name == TSTZ else f"({sql} AT TIME ZONE 'UTC')"
    elif to.name == TSTZ:
        return f"ora.from_tz(({sql})::timestamp, '+00:00')"
    elif to.name == TSLTZ:
        return f"(({sql})::timestamp AT TIME ZONE 'UTC')"
    if to.name == "DATE" and source != "DATE":
        return f"date_trunc('second', {sql})"
    return sql if to.name in (TSTZ, TSLTZ) else f"({sql})::{to.postgres}"


def _text(e: E, to: OracleType) -> str:
    cast = "" if to.name in LONG_TEXTS else f"::{to.postgres}"
    if textual(e.type):
        return f"({e.sql})::text{cast}"
    return f"{as_text(e).sql}{cast}"


def as_text(e: E) -> E:
    """As a text, in the forms that a session begins with."""
    kind = e.type
    if textual(kind):
        return e
    if kind.name in NUMBERS:
        return E(f"ora.plain({e.sql})", text(40))
    if kind.name in FLOATS:
        return E(f"({e.sql})::text", text(40))
    if kind.name in TIMES:
        form = "'DD-MON-RR'" if kind.name == "DATE" else "'DD-MON-RR HH12.MI.SS.US AM'"
        value = f"ora.zoned({e.sql})" if kind.name == TSLTZ else e.sql
        return E(f"ora.to_char({value}, {form})", text(64))
    if kind.name == "ROWID":
        return E(f"ora.rowidtochar({e.sql})", text(18))
    if kind.name in ("RAW", "BLOB", "LONG RAW"):
        return E(f"upper(encode({e.sql}, 'hex'))", text(max(2, kind.length * 2)))
    return E(f"({e.sql})::text", text(4000))


def alike(a: E, b: E) -> tuple[E, E]:
    """Both of a type in which they can be compared."""
    if a.alone or b.alone:
        return a, b
    x, y = a.type, b.type
    if numeric(x) and textual(y):
        return a, E(f"({b.sql})::numeric", number())
    if textual(x) and numeric(y):
        return E(f"({a.sql})::numeric", number()), b
    if numeric(x) and numeric(y) and x.name != y.name and FLOATS & {x.name, y.name}:
        return E(f"({a.sql})::float8", OracleType("BINARY_DOUBLE")), E(f"({b.sql})::float8", OracleType("BINARY_DOUBLE"))
    if x.name in TIMES and y.name in TIMES and x.name != y.name:
        order = ["DATE", "TIMESTAMP", TSLTZ, TSTZ]
        to = x if order.index(x.name) > order.index(y.name) else y
        return converted(a, to), converted(b, to)
    if x.name in TIMES and textual(y):
        return a, converted(b, x)
    if textual(x) and y.name in TIMES:
        return converted(a, y), b
    if x.name == "ROWID" and textual(y):
        return a, converted(b, x)
    if textual(x) and y.name == "ROWID":
        return converted(a, y), b
    if x.name == "RAW" and textual(y):
        return a, converted(b, x)
    if {x.name, y.name} <= TEXTS and {x.name, y.name} & {"VARCHAR2", "NVARCHAR2"}:
        # Blanks at the end count as soon as one of both is of variable length.
        return _varying(a), _varying(b)
    return a, b


def _varying(e: E) -> E:
    if e.type.name not in ("CHAR", "NCHAR"):
        return e
    return E(f"ora.padded({e.sql}, {e.type.chars})", text(e.type.chars))


def common(all_of: list[E]) -> OracleType:
    """The type of a CASE or a COALESCE over these."""
    told = [e.type for e in all_of if not e.alone]
    if not told:
        return NOTHING
    first = told[0]
    if all(t == first for t in told):
        return first
    if all(numeric(t) for t in told):
        return number() if not any(t.name in FLOATS for t in told) else OracleType("BINARY_DOUBLE")
    if all(textual(t) for t in told):
        if any(t.name in LOBS for t in told):
            return OracleType("CLOB")
        return text(max(t.chars for t in told), "NVARCHAR2" if any(t.name == "NVARCHAR2" for t in told) else "VARCHAR2")
    return first
