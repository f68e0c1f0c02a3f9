"""Functions of Oracle: what each is on PostgreSQL, and the type of its value."""

from __future__ import annotations

from collections.abc import Callable

from ..types import DAY_SECOND, TSLTZ, TSTZ, YEAR_MONTH, OracleType, moment, number, text
from ..wire.errors import OracleError
from .typed import FLOATS, INTERVALS, TIMES, E, alike, as_text, common, converted, null, numeric, textual

Maker = Callable[..., E]
MOMENT = moment("TIMESTAMP")
DATE = OracleType("DATE")


def _texts(sql: str, kind: Callable[..., OracleType] | None = None, empties: bool = True) -> Maker:
    """A function of texts: ``{0}`` and on are its arguments."""

    def made(*args: E) -> E:
        if args and args[0].alone:
            return null()
        shown = [f"({as_text(a).sql})::text" for a in args]
        made_of = sql.format(*shown)
        of = args[0].type if textual(args[0].type) else text(4000)
        return E(f"ora.text({made_of})" if empties else made_of, kind(*args) if kind else _variable(of))

    return made


def _variable(kind: OracleType) -> OracleType:
    if kind.name in ("CHAR", "NCHAR"):
        return text(kind.chars, "NVARCHAR2" if kind.name == "NCHAR" else "VARCHAR2")
    return kind


def _numbers(sql: str) -> Maker:
    def made(*args: E) -> E:
        return E(sql.format(*[converted(a, number()).sql for a in args]), number())

    return made


def _wide(*args: E) -> OracleType:
    return text(4000)


def _count(arg: E) -> E:
    return E(f"COUNT({arg.sql})::numeric", number())


def _kept(function: str) -> Maker:
    def made(arg: E) -> E:
        where = "ora." if arg.type.name in (TSTZ, "RAW", "ROWID") else ""
        return E(f"{where}{function}({arg.sql})", arg.type)

    return made


def _summed(function: str) -> Maker:
    def made(arg: E) -> E:
        if arg.type.name in FLOATS or arg.type.name in INTERVALS:
            return E(f"{function}({arg.sql})", arg.type)
        return E(f"{function}({converted(arg, number()).sql})", number())

    return made


def _coalesce(*args: E) -> E:
    kind = common(list(args))
    return E(f"COALESCE({', '.join(converted(a, kind).sql for a in args)})", kind)


def _nvl2(asked: E, there: E, other: E) -> E:
    kind = common([there, other])
    return E(f"CASE WHEN {asked.sql} IS NOT NULL THEN {converted(there, kind).sql} ELSE {converted(other, kind).sql} END", kind)


def _decode(asked: E, *args: E) -> E:
    pairs = [(args[i], args[i + 1]) for i in range(0, len(args) - 1, 2)]
    other = args[-1] if len(args) % 2 else null()
    kind = common([value for _, value in pairs] + [other])
    arms = "".join(
        f" WHEN {asked.sql} IS NOT DISTINCT FROM {alike(asked, key)[1].sql} THEN {converted(value, kind).sql}" for key, value in pairs
    )
    return E(f"CASE{arms} ELSE {converted(other, kind).sql} END", kind)


def _extreme(function: str) -> Maker:
    def made(*args: E) -> E:
        kind = common(list(args))
        values = [converted(a, kind).sql for a in args]
        nulls = " OR ".join(f"{v} IS NULL" for v in values)
        return E(f"CASE WHEN NOT ({nulls}) THEN {function}({', '.join(values)}) END", kind)

    return made


def _to_char(value: E, form: E | None = None, nls: E | None = None) -> E:
    if form is None:
        return as_text(value)
    if value.type.name in TIMES:
        sql = f"ora.zoned({value.sql})" if value.type.name == TSLTZ else value.sql
        return E(f"ora.to_char({sql}, {form.sql})", text(80))
    return E(f"ora.to_char({converted(value, number()).sql}, {form.sql})", text(80))


def _to_number(value: E, form: E | None = None) -> E:
    if form is None:
        return converted(value, number())
    return E(f"to_number({value.sql}, {form.sql})", number())


def _to_moment(kind: OracleType) -> Maker:
    def made(value: E, form: E | None = None) -> E:
        if form is None:
            return converted(value, kind)
        asked = f"replace(replace({form.sql}, 'FF9', 'US'), 'FF', 'US')"
        return converted(E(f"to_timestamp({value.sql}, {asked}) AT TIME ZONE 'UTC'", MOMENT), kind)

    return made


def _truncated(value: E, to: E | None = None) -> E:
    if value.type.name in TIMES:
        unit = (
            f"CASE upper({to.sql}) WHEN 'MM' THEN 'month' WHEN 'MONTH' THEN 'month' WHEN 'YYYY' THEN 'year' WHEN 'YEAR'"
            " THEN 'year' WHEN 'HH24' THEN 'hour' WHEN 'MI' THEN 'minute' WHEN 'DD' THEN 'day' END"
            if to
            else "'day'"
        )
        return E(f"date_trunc({unit}, {converted(value, MOMENT).sql})", DATE)
    digits = f", ({to.sql})::int" if to else ""
    return E(f"trunc({converted(value, number()).sql}{digits})", number())


def _rounded(value: E, digits: E | None = None) -> E:
    return E(f"round({converted(value, number()).sql}{f', ({digits.sql})::int' if digits else ''})", number())


def _extract_utc(value: E) -> E:
    if value.type.name == TSTZ:
        return E(f"({value.sql}).at", moment("TIMESTAMP", value.type.scale or 6))
    return E(f"({converted(value, OracleType(TSLTZ)).sql} AT TIME ZONE 'UTC')", moment("TIMESTAMP", value.type.scale or 6))


def _from_tz(value: E, zone: E) -> E:
    return E(f"ora.from_tz({converted(value, MOMENT).sql}, {zone.sql})", OracleType(TSTZ, scale=value.type.scale or 6))


def _hash(value: E, *_: E) -> E:
    shown = f"encode({value.sql}, 'hex')" if value.type.name in ("ROWID", "RAW") else f"({value.sql})::text"
    return E(f"ora.hash({shown})", number())


def _null_if(a: E, b: E) -> E:
    x, y = alike(a, b)
    return E(f"NULLIF({x.sql}, {y.sql})", a.type)


def _length(value: E) -> E:
    if value.type.name in ("RAW", "BLOB"):
        return E(f"length({value.sql})::numeric", number())
    return E(f"length({as_text(value).sql}::text)::numeric", number())


def _lob(value: E) -> E:
    return E(f"({as_text(value).sql})::text", OracleType("CLOB"))


def _substr(value: E, at: E, n: E | None = None) -> E:
    more = f", {converted(n, number()).sql}" if n else ""
    return E(f"ora.substr(({as_text(value).sql})::text, {converted(at, number()).sql}{more})", _variable(as_text(value).type))


def _padded(function: str) -> Maker:
    def made(value: E, n: E, fill: E | None = None) -> E:
        return E(f"ora.text({function}(({as_text(value).sql})::text, ({n.sql})::int{f', {fill.sql}' if fill else ''}))", text(4000))

    return made


def _instr(value: E, part: E) -> E:
    return E(f"strpos(({as_text(value).sql})::text, {part.sql})::numeric", number())


def _of_block(function: str) -> Maker:
    return lambda r, *_: E(f"ora.{function}({converted(r, OracleType('ROWID')).sql})::numeric", number())


def _rowid_create(kind: E, obj: E, file: E, block: E, slot: E) -> E:
    parts = ", ".join(f"({p.sql})::bigint" for p in (obj, file, block, slot))
    return E(f"ora.rowid_create({parts})", OracleType("ROWID"))


def _window(name: str) -> Maker:
    return lambda: E(f"{name}()::numeric", number())


FUNCTIONS: dict[str, Maker] = {
    "COUNT": _count,
    "MIN": _kept("min"),
    "MAX": _kept("max"),
    "SUM": _summed("sum"),
    "AVG": _summed("avg"),
    "NTILE": lambda n: E(f"NTILE(({n.sql})::int)", number()),
    "NVL": _coalesce,
    "COALESCE": _coalesce,
    "NVL2": _nvl2,
    "DECODE": _decode,
    "NULLIF": _null_if,
    "GREATEST": _extreme("GREATEST"),
    "LEAST": _extreme("LEAST"),
    "SYS_CONTEXT": lambda space, name, *_: E(f"ora.sys_context({space.sql}, {name.sql})", text(256)),
    "CHARTOROWID": lambda t: converted(as_text(t), OracleType("ROWID")),
    "ROWIDTOCHAR": lambda r: E(f"ora.rowidtochar({r.sql})", text(18)),
    "DBMS_ROWID.ROWID_CREATE": _rowid_create,
    "DBMS_ROWID.ROWID_OBJECT": _of_block("object"),
    "DBMS_ROWID.ROWID_RELATIVE_FNO": _of_block("file"),
    "DBMS_ROWID.ROWID_BLOCK_NUMBER": _of_block("block"),
    "DBMS_ROWID.ROWID_ROW_NUMBER": _of_block("slot"),
    "ORA_HASH": _hash,
    "MOD": _numbers("mod({0}, {1})"),
    "ABS": _numbers("abs({0})"),
    "CEIL": _numbers("ceil({0})"),
    "FLOOR": _numbers("floor({0})"),
    "SIGN": _numbers("sign({0})"),
    "POWER": _numbers("ora.power({0}, {1})"),
    "SQRT": _numbers("sqrt({0})"),
    "ROUND": _rounded,
    "TRUNC": _truncated,
    "TRANSLATE": _texts("translate({0}, {1}, {2})"),
    "UPPER": _texts("upper({0})"),
    "LOWER": _texts("lower({0})"),
    "INITCAP": _texts("initcap({0})"),
    "LTRIM": lambda t, c=None: _texts("ltrim({0}, {1})" if c else "ltrim({0}, ' ')")(*([t, c] if c else [t])),
    "RTRIM": lambda t, c=None: _texts("rtrim({0}, {1})" if c else "rtrim({0}, ' ')")(*([t, c] if c else [t])),
    "REPLACE": lambda t, a, b=None: _texts("replace({0}, {1}, coalesce({2}, ''))")(t, a, b or null()),
    "SUBSTR": _substr,
    "INSTR": _instr,
    "LPAD": _padded("lpad"),
    "RPAD": _padded("rpad"),
    "LENGTH": _length,
    "LENGTH2": lambda value: E(f"ora.units(({as_text(value).sql})::text)", number()),
    "CHR": lambda n, *_: E(f"ora.chr({converted(n, number()).sql})", text(1)),
    "ASCII": lambda t: E(f"ascii({t.sql})::numeric", number()),
    "ASCIISTR": _texts("ora.asciistr({0})", _wide),
    "CONCAT": lambda a, b: concatenated(a, b),
    "TO_CHAR": _to_char,
    "TO_NUMBER": _to_number,
    "TO_DATE": _to_moment(DATE),
    "TO_TIMESTAMP": _to_moment(MOMENT),
    "TO_CLOB": _lob,
    "TO_NCLOB": lambda v: E(_lob(v).sql, OracleType("NCLOB")),
    "EMPTY_CLOB": lambda: E("''::text", OracleType("CLOB")),
    "EMPTY_BLOB": lambda: E("''::bytea", OracleType("BLOB")),
    "TO_BLOB": lambda v: E(v.sql, OracleType("BLOB")),
    "XMLTYPE": lambda v, *_: E(_lob(v).sql, OracleType("XMLTYPE")),
    "RAWTOHEX": lambda v: as_text(v),
    "HEXTORAW": lambda v: E(f"decode({v.sql}, 'hex')", OracleType("RAW", length=2000)),
    "UNISTR": lambda v: E(f"unistr({v.sql})", text(4000, "NVARCHAR2")),
    "SYS_EXTRACT_UTC": _extract_utc,
    "FROM_TZ": _from_tz,
    "ADD_MONTHS": lambda t, n: E(f"ora.add_months({converted(t, MOMENT).sql}, {n.sql})", DATE),
    "NUMTODSINTERVAL": lambda n, unit: E(
        f"ora.seconds({converted(n, number()).sql}, {unit.sql})", OracleType(DAY_SECOND, precision=9, scale=9)
    ),
    "NUMTOYMINTERVAL": lambda n, unit: E(f"ora.months({converted(n, number()).sql}, {unit.sql})", OracleType(YEAR_MONTH, precision=9)),
    "TO_DSINTERVAL": lambda t: E(f"ora.to_dsinterval(({as_text(t).sql})::text)", OracleType(DAY_SECOND, precision=9, scale=9)),
    "TO_YMINTERVAL": lambda t: E(f"ora.to_yminterval(({as_text(t).sql})::text)", OracleType(YEAR_MONTH, precision=9)),
    "ROW_NUMBER": _window("row_number"),
    "RANK": _window("rank"),
    "DENSE_RANK": _window("dense_rank"),
    "SYS_GUID": lambda: E("decode(replace(gen_random_uuid()::text, '-', ''), 'hex')", OracleType("RAW", length=16)),
}
NEEDS_SCN = {
    "DBMS_FLASHBACK.GET_SYSTEM_CHANGE_NUMBER": lambda: E("(SELECT max(scn)::numeric FROM ora.scns)", number()),
    "TIMESTAMP_TO_SCN": lambda at: E(
        f"(SELECT max(scn)::numeric FROM ora.scns WHERE taken <= ora.instant({converted(at, OracleType(TSTZ)).sql})"
        " + interval '3 seconds')",
        number(),
    ),
}
NAMED = {
    "SYSDATE": E("localtimestamp(0)", DATE),
    "SYSTIMESTAMP": E("ora.zoned(clock_timestamp())", OracleType(TSTZ, scale=6)),
    "CURRENT_TIMESTAMP": E("ora.zoned(clock_timestamp())", OracleType(TSTZ, scale=6)),
    "LOCALTIMESTAMP": E("localtimestamp", MOMENT),
    "CURRENT_DATE": E("localtimestamp(0)", DATE),
    "USER": E("ora.me()", text(128)),
    "DBTIMEZONE": E("'+00:00'::text", text(6)),
    "SESSIONTIMEZONE": E("current_setting('ora.zone')", text(75)),
}


def concatenated(a: E, b: E) -> E:
    kind = common([as_text(a), as_text(b)])
    if kind.name not in ("CLOB", "NCLOB"):
        kind = text(min(4000, as_text(a).type.chars + as_text(b).type.chars), kind.name if kind.name == "NVARCHAR2" else "VARCHAR2")
    return E(f"ora.text(concat({_shown(a)}, {_shown(b)}))", kind)


def _shown(e: E) -> str:
    shown = as_text(e)
    return f"ora.padded({shown.sql}, {shown.type.chars})" if shown.type.name in ("CHAR", "NCHAR") else shown.sql


def called(name: str, args: list[E]) -> E | None:
    """The value of a function; None where there is none of that name."""
    maker = FUNCTIONS.get(name) or NEEDS_SCN.get(name)
    if maker is None:
        return None
    try:
        return maker(*args)
    except TypeError as e:
        raise OracleError(909, f"invalid number of arguments: {name}") from e


__all__ = ["NAMED", "NEEDS_SCN", "called", "concatenated", "numeric"]
