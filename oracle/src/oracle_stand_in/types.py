"""Oracle's types of columns and values, as the dictionary names them."""

from __future__ import annotations

from dataclasses import dataclass

NUMBERS = frozenset({"NUMBER", "FLOAT"})
NATIONAL = frozenset({"NVARCHAR2", "NCHAR", "NCLOB"})
TEXTS = frozenset({"VARCHAR2", "CHAR", "NVARCHAR2", "NCHAR"})
LOBS = frozenset({"CLOB", "NCLOB", "BLOB"})
STREAMS = frozenset({"LONG", "LONG RAW"})
TSTZ = "TIMESTAMP WITH TIME ZONE"
TSLTZ = "TIMESTAMP WITH LOCAL TIME ZONE"
YEAR_MONTH = "INTERVAL YEAR TO MONTH"
DAY_SECOND = "INTERVAL DAY TO SECOND"
ANY_SCALE = -127


@dataclass(frozen=True)
class OracleType:
    """A type.

    name: without lengths: ``NUMBER``, ``TIMESTAMP WITH TIME ZONE``
    length: bytes of texts and RAW
    chars: characters of texts
    by_chars: whether the length was given in characters
    precision: of NUMBER, FLOAT and the leading field of an interval; None where it is not limited
    scale: of NUMBER, and digits of the seconds of what has some; None where it is not limited
    """

    name: str
    length: int = 0
    chars: int = 0
    by_chars: bool = False
    precision: int | None = None
    scale: int | None = None

    @property
    def postgres(self) -> str:
        """The type its values are kept in."""
        if self.name == "NUMBER" and self.precision is not None:
            return f"numeric({self.precision},{self.scale or 0})"
        if self.name == "NUMBER" and self.scale == 0:
            return "numeric(38,0)"
        if self.name in ("VARCHAR2", "NVARCHAR2"):
            return f"varchar({self.chars})"
        if self.name in ("CHAR", "NCHAR"):
            return f"char({self.chars})"
        if self.name in ("TIMESTAMP", TSLTZ):
            digits = min(6, 6 if self.scale is None else self.scale)
            return f"timestamp({digits})" + (" with time zone" if self.name == TSLTZ else "")
        return POSTGRES[self.name]


POSTGRES = {
    "NUMBER": "numeric",
    "FLOAT": "numeric",
    "BINARY_FLOAT": "real",
    "BINARY_DOUBLE": "double precision",
    "DATE": "timestamp(0)",
    TSTZ: "ora.tstz",
    YEAR_MONTH: "interval",
    DAY_SECOND: "interval",
    "RAW": "bytea",
    "BLOB": "bytea",
    "LONG RAW": "bytea",
    "CLOB": "text",
    "NCLOB": "text",
    "LONG": "text",
    "XMLTYPE": "text",
    "JSON": "text",
    "ROWID": "bytea",
    "BOOLEAN": "boolean",
}


def number(precision: int | None = None, scale: int | None = None) -> OracleType:
    return OracleType("NUMBER", length=22, precision=precision, scale=scale)


def text(chars: int, name: str = "VARCHAR2", by_chars: bool = False) -> OracleType:
    width = 2 if name in NATIONAL else 4 if by_chars else 1
    return OracleType(name, length=min(32767, chars * width), chars=chars, by_chars=by_chars)


def moment(name: str, digits: int = 6) -> OracleType:
    return OracleType(name, scale=digits)


@dataclass(frozen=True)
class Column:
    """A column of a result."""

    name: str
    type: OracleType
    nullable: bool = True
