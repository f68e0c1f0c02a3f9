"""Values of rows as bytes, and what a describe says of their columns."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

import seerdb.common.tns as tns
from seerdb.common._tzregions import TZ_REGIONS
from seerdb.common.oson import encode_oson

from ..types import ANY_SCALE, DAY_SECOND, NATIONAL, NUMBERS, TSLTZ, TSTZ, YEAR_MONTH, Column
from .primitives import clr, counted, sb2, ub4

AL32UTF8 = 873
AL16UTF16 = 2000

CODES = {
    "VARCHAR2": 1, "NVARCHAR2": 1, "CHAR": 96, "NCHAR": 96, "NUMBER": 2, "FLOAT": 2, "LONG": 8, "LONG RAW": 24,
    "RAW": 23, "DATE": 12, "TIMESTAMP": 180, TSTZ: 181, TSLTZ: 231, YEAR_MONTH: 182, DAY_SECOND: 183,
    "BINARY_FLOAT": 100, "BINARY_DOUBLE": 101, "CLOB": 112, "NCLOB": 112, "XMLTYPE": 112, "BLOB": 113,
    "ROWID": 11, "JSON": 119, "BOOLEAN": 252,
}  # fmt: skip
WIDTHS = {
    "NUMBER": 22, "FLOAT": 22, "DATE": 7, "TIMESTAMP": 11, TSTZ: 13, TSLTZ: 11, YEAR_MONTH: 5, DAY_SECOND: 11,
    "BINARY_FLOAT": 4, "BINARY_DOUBLE": 8, "CLOB": 4000, "NCLOB": 4000, "XMLTYPE": 4000, "BLOB": 4000, "ROWID": 18,
    "JSON": 32767, "BOOLEAN": 1, "LONG": 0, "LONG RAW": 0,
}  # fmt: skip
WIDE_SCALES = (2, 178, 179, 180, 181, 182, 183, 187, 188, 190, 208, 231, 232)
REGIONS = {name: number for number, name in TZ_REGIONS.items()}
CHUNK = 8060
UNKNOWN = b"\0"


@dataclass(frozen=True)
class Moment:
    """A date and time; of years before Christ, the negative number. ``zone``: an offset or a region."""

    year: int
    month: int
    day: int
    hour: int = 0
    minute: int = 0
    second: int = 0
    nanos: int = 0
    zone: str = ""


@dataclass(frozen=True)
class Span:
    """An interval: months, or microseconds."""

    months: int = 0
    micros: int = 0


def described(column: Column, position: int) -> bytes:
    """A column of a describe."""
    kind = column.type
    code = CODES[kind.name]
    name = column.name.encode()
    national = kind.name in NATIONAL
    width = WIDTHS.get(kind.name, kind.length)
    scale = _scale(column)
    return b"".join(
        (
            bytes([code, 0, _precision(column) & 0xFF]),
            sb2(scale) if code in WIDE_SCALES else bytes([scale & 0xFF]),
            ub4(width),
            ub4(0) + ub4(0),
            ub4(0),  # no type of its own
            ub4(0),
            ub4(AL16UTF16 if national else AL32UTF8),
            bytes([2 if national else 1]),
            ub4(kind.chars if code in (1, 96) else kind.length if code == 23 else 0),
            ub4(0),
            bytes([column.nullable, 0]),
            counted(name),
            ub4(0) + ub4(0),
            ub4(position),
            ub4(0x100 if kind.name == "JSON" else 0),
            ub4(0) + ub4(0),  # no domain
            ub4(0),  # no annotations
            ub4(0) + bytes(2),  # no vector
        )
    )


def _precision(column: Column) -> int:
    kind = column.type
    if kind.name == "FLOAT":
        return kind.precision or 126
    if kind.name == YEAR_MONTH or kind.name == DAY_SECOND:
        return kind.precision or 2
    return kind.precision or 0


def _scale(column: Column) -> int:
    kind = column.type
    if kind.name == "FLOAT":
        return ANY_SCALE
    if kind.name == "NUMBER":
        return ANY_SCALE if kind.precision is None and kind.scale is None else kind.scale or 0
    return kind.scale if kind.scale and CODES[kind.name] in WIDE_SCALES else 0


def number(value: Decimal | int) -> bytes:
    return bytes(tns.encode_token_decimal(value if isinstance(value, Decimal) else Decimal(value)))


def moment(at: Moment, short: bool = True) -> bytes:
    century, year = divmod(abs(at.year), 100)
    sign = -1 if at.year < 0 else 1
    date = bytes([sign * century + 100, sign * year + 100, at.month, at.day, at.hour + 1, at.minute + 1, at.second + 1])
    return date if short and not at.nanos else date + at.nanos.to_bytes(4, "big")


def zoned(at: Moment) -> bytes:
    """The fields are in UTC; the zone stands behind them."""
    return moment(at, short=False) + _zone(at.zone)


def _zone(zone: str) -> bytes:
    if zone[:1] in "+-" or not zone:
        sign = -1 if zone[:1] == "-" else 1
        hours, _, minutes = (zone[1:] or "0:0").partition(":")
        return bytes([20 + sign * int(hours), 60 + sign * int(minutes or 0)])
    region = REGIONS[zone]
    return bytes([0x80 | (region >> 6) & 0x7F, (region << 2) & 0xFC])


def year_month(span: Span) -> bytes:
    sign = -1 if span.months < 0 else 1
    years, months = divmod(abs(span.months), 12)
    return (sign * years + 2**31).to_bytes(4, "big") + bytes([sign * months + 60])


def day_second(span: Span) -> bytes:
    sign = -1 if span.micros < 0 else 1
    days, rest = divmod(abs(span.micros), 86_400_000_000)
    hours, rest = divmod(rest, 3_600_000_000)
    minutes, rest = divmod(rest, 60_000_000)
    seconds, micros = divmod(rest, 1_000_000)
    fields = bytes([sign * hours + 60, sign * minutes + 60, sign * seconds + 60])
    return (sign * days + 2**31).to_bytes(4, "big") + fields + (sign * micros * 1000 + 2**31).to_bytes(4, "big")


def rowid(value: bytes) -> bytes:
    """Ten bytes: data object, file in ten bits and block in 22, row."""
    obj, place, row = int.from_bytes(value[:4], "big"), int.from_bytes(value[4:8], "big"), int.from_bytes(value[8:], "big")
    return bytes([14]) + ub4(obj) + ub4(place >> 22) + ub4(0) + ub4(place & 0x3FFFFF) + ub4(row)


def _text(value: str) -> bytes:
    return clr(value.encode())


def _national(value: str) -> bytes:
    return clr(value.encode("utf-16-be"))


_PLAIN: dict[str, Callable] = {
    "VARCHAR2": _text,
    "CHAR": _text,
    "NVARCHAR2": _national,
    "NCHAR": _national,
    "NUMBER": lambda v: clr(number(v)),
    "FLOAT": lambda v: clr(number(v)),
    "RAW": lambda v: clr(bytes(v)),
    "DATE": lambda v: clr(moment(v)),
    "TIMESTAMP": lambda v: clr(moment(v)),
    TSTZ: lambda v: clr(zoned(v)),
    TSLTZ: lambda v: clr(moment(v)),
    YEAR_MONTH: lambda v: clr(year_month(v)),
    DAY_SECOND: lambda v: clr(day_second(v)),
    "BINARY_FLOAT": lambda v: clr(tns.encode_token_binary_float(v)),
    "BINARY_DOUBLE": lambda v: clr(tns.encode_token_binary_double(v)),
    "ROWID": rowid,
    "BOOLEAN": lambda v: clr(b"\x01\x01" if v else b"\0"),
    "LONG": lambda v: _stream(v.encode()),
    "LONG RAW": lambda v: _stream(bytes(v)),
}
_EMPTY = {"LONG": b"\0" + ub4(1405) + ub4(0), "LONG RAW": b"\0" + ub4(1405) + ub4(0)}


def _stream(data: bytes) -> bytes:
    pieces = b"".join(bytes([len(p)]) + p for p in (data[i : i + 252] for i in range(0, len(data), 252)))
    return b"\xfe" + pieces + b"\0" + ub4(0) + ub4(0)


class Lobs:
    """The LOBs a session has handed out, by their locators."""

    def __init__(self) -> None:
        self._contents: dict[bytes, tuple[bytes, int]] = {}
        self._made = 0

    def add(self, content: bytes, unit: int) -> bytes:
        """Keeps a content, whose length is counted in units of so many bytes."""
        self._made += 1
        locator = b"\0&" + b"\0" * 4 + b"\x80\0" + self._made.to_bytes(8, "big") + b"\0" * 24
        self._contents[locator] = (content, unit)
        return locator

    def read(self, locator: bytes, offset: int, amount: int) -> tuple[bytes, int]:
        """From an offset that begins with 1; how much it was, in its units."""
        content, unit = self._contents[locator]
        piece = content[(offset - 1) * unit : (offset - 1 + amount) * unit]
        return piece, len(piece) // unit

    def length(self, locator: bytes) -> int:
        content, unit = self._contents[locator]
        return len(content) // unit

    def free(self, locator: bytes) -> None:
        self._contents.pop(locator, None)

    def knows(self, locator: bytes) -> bool:
        return locator in self._contents


class Cells:
    """Encodes the rows of one cursor."""

    def __init__(self, columns: list[Column], lobs: Lobs, prefetch: list[int]) -> None:
        self._lobs = lobs
        self._encoders = [self._encoder(column.type.name, prefetch[i] if i < len(prefetch) else 0) for i, column in enumerate(columns)]

    def row(self, values: tuple) -> bytes:
        return b"\x07" + b"".join(encode(value) for encode, value in zip(self._encoders, values, strict=True))

    def _encoder(self, name: str, prefetch: int) -> Callable[[object], bytes]:
        empty = _EMPTY.get(name, UNKNOWN)
        if name in ("CLOB", "NCLOB", "XMLTYPE"):
            return lambda v: UNKNOWN if v is None else self._lob(str(v).encode("utf-16-be"), 2, prefetch)
        if name == "BLOB":
            return lambda v: UNKNOWN if v is None else self._lob(bytes(v), 1, prefetch)
        if name == "JSON":
            return lambda v: UNKNOWN if v is None else self._json(v)
        plain = _PLAIN[name]
        return lambda v: empty if v is None else plain(v)

    def _lob(self, content: bytes, unit: int, prefetch: int) -> bytes:
        locator = self._lobs.add(content, unit)
        head = content[: prefetch * unit]
        form = bytes([1]) + ub4(AL16UTF16) + bytes([1]) if unit == 2 else b""
        size = ub4(len(locator)) + ub4(len(content) // unit) + ub4(CHUNK)
        return size + (form + clr(head) if prefetch else b"") + clr(locator)

    def _json(self, text: str) -> bytes:
        import json

        image = encode_oson(json.loads(text, parse_float=Decimal), allow_wide=True)
        locator = self._lobs.add(image, 1)
        return ub4(len(locator)) + ub4(len(image)) + ub4(CHUNK) + clr(image) + clr(locator)


__all__ = ["NUMBERS", "Cells", "Lobs", "Moment", "Span", "described"]
