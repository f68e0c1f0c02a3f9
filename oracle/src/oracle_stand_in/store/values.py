"""Values on their way between the wire and PostgreSQL."""

from __future__ import annotations

import re
from decimal import Decimal

import psycopg
import seerdb.common.tns as tns
from psycopg.adapt import Loader

from ..types import TSLTZ, TSTZ, OracleType, moment, number, text
from ..wire.calls import Bind
from ..wire.cells import REGIONS, Moment, Span
from ..wire.errors import OracleError

_NAMES = {number_: name for name, number_ in REGIONS.items()}
_AT = re.compile(r"(\d+)-(\d\d)-(\d\d) (\d\d):(\d\d):(\d\d)(?:\.(\d+))?(?:\+00)?( BC)?")
_SPAN = re.compile(r"(-?\d+) (year|mon|day)s?|(-?)(\d+):(\d\d):(\d\d)(?:\.(\d+))?")
_KINDS = {
    1: "VARCHAR2", 96: "CHAR", 8: "VARCHAR2", 9: "VARCHAR2", 2: "NUMBER", 6: "NUMBER", 12: "DATE", 180: "TIMESTAMP", 181: TSTZ,
    231: TSLTZ, 23: "RAW", 24: "RAW", 100: "BINARY_FLOAT", 101: "BINARY_DOUBLE", 11: "ROWID", 104: "VARCHAR2", 208: "VARCHAR2",
    252: "BOOLEAN", 112: "CLOB", 113: "BLOB",
}  # fmt: skip

NO_NUL = "\uf8ff"


def decoded(bind: Bind) -> tuple[object, OracleType]:
    """A bind as PostgreSQL takes it, and its type."""
    code, raw = bind.form.code, bind.value
    name = _KINDS.get(code)
    if name is None:
        raise OracleError(3001, f"unimplemented feature: a bind of type {code}")
    kind = _kind(name, bind)
    if raw is None or raw == b"":
        return None, kind
    if name in ("VARCHAR2", "CHAR", "CLOB"):
        # PostgreSQL keeps no text with a NUL in it: what is compared with one is compared with what no text holds either.
        return raw.decode("utf-16-be" if bind.form.national else "utf-8").replace("\0", NO_NUL), kind
    if name in ("RAW", "BLOB"):
        return raw, kind
    if name == "BOOLEAN":
        return raw[-1] == 1, kind
    if name in ("DATE", "TIMESTAMP", TSLTZ):
        return _moment(raw), kind
    if name == TSTZ:
        return f'("{_moment(raw)}",{_zone(raw[11], raw[12])})', kind
    value = tns._decode_bind_value(code, 1, raw)
    return (value if isinstance(value, Decimal | float) else Decimal(value)), kind


def _kind(name: str, bind: Bind) -> OracleType:
    if name in ("VARCHAR2", "CHAR"):
        size = max(1, min(4000, bind.form.size))
        return text(size, "NVARCHAR2" if bind.form.national else "VARCHAR2")
    if name == "NUMBER":
        return number()
    return moment(name, 9) if name in ("TIMESTAMP", TSTZ, TSLTZ) else OracleType(name, length=2000 if name == "RAW" else 0)


def _moment(raw: bytes) -> str:
    year = (raw[0] - 100) * 100 + raw[1] - 100
    nanos = int.from_bytes(raw[7:11], "big") if len(raw) > 7 else 0
    era = " BC" if year < 0 else ""
    return f"{abs(year):04d}-{raw[2]:02d}-{raw[3]:02d} {raw[4] - 1:02d}:{raw[5] - 1:02d}:{raw[6] - 1:02d}.{nanos // 1000:06d}{era}"


def _zone(hours: int, minutes: int) -> str:
    if hours & 0x80:
        return _NAMES[(hours & 0x7F) << 6 | minutes >> 2]
    total = (hours - 20) * 60 + minutes - 60
    return f"{'-' if total < 0 else '+'}{abs(total) // 60:02d}:{abs(total) % 60:02d}"


class MomentLoader(Loader):
    """TIMESTAMP, with the time zone that all sessions have."""

    def load(self, data) -> Moment | None:
        return at(bytes(data).decode())


def at(shown: str, zone: str = "") -> Moment:
    found = _AT.fullmatch(shown)
    if found is None:
        raise OracleError(1841, f"(full) year must be between -4713 and +9999, and not be 0: {shown}")
    year, month, day, hour, minute, second, part, era = found.groups()
    nanos = int((part or "").ljust(9, "0")[:9])
    return Moment(-int(year) if era else int(year), int(month), int(day), int(hour), int(minute), int(second), nanos, zone)


class ZonedLoader(Loader):
    def load(self, data) -> Moment | None:
        shown, _, zone = bytes(data).decode().strip("()").rpartition(",")
        return at(shown.strip('"'), zone.strip('"'))


class SpanLoader(Loader):
    def load(self, data) -> Span:
        months = micros = 0
        for found in _SPAN.finditer(bytes(data).decode()):
            if found[1]:
                n = int(found[1])
                months += n * {"year": 12, "mon": 1, "day": 0}[found[2]]
                micros += n * 86_400_000_000 if found[2] == "day" else 0
            else:
                seconds = (int(found[4]) * 60 + int(found[5])) * 60 + int(found[6])
                part = seconds * 1_000_000 + int((found[7] or "").ljust(6, "0")[:6])
                micros += -part if found[3] else part
        return Span(months, micros)


def prepare(connection: psycopg.Connection) -> None:
    """Sets a connection up for values of Oracle's."""
    oid = connection.execute("SELECT 'ora.tstz'::regtype::oid").fetchone()[0]
    for name in ("timestamp", "timestamptz"):
        connection.adapters.register_loader(name, MomentLoader)
    connection.adapters.register_loader("interval", SpanLoader)
    connection.adapters.register_loader(oid, ZonedLoader)
    connection.execute("SET TIME ZONE 'UTC'")
    connection.execute("SET DateStyle = 'ISO'")
    connection.execute("SET IntervalStyle = 'postgres'")
    connection.execute("SET search_path = pg_catalog, ora")
    connection.execute("SET default_transaction_isolation = 'read committed'")
    connection.execute("SET cursor_tuple_fraction = 1")
    # The cost of ora.kept, which is asked last of all, would have every statement compiled for longer than it takes.
    connection.execute("SET jit = off")
