"""What a client is answered."""

from __future__ import annotations

import seerdb.common.tns as tns

from ..types import Column
from .cells import described
from .primitives import clr, ub4

NO_MORE = 1403


def status(number: int, rows: int = 0, cursor: int = 0, transaction: bool = False) -> bytes:
    """All is well."""
    return tns._encode_oer(2 if transaction else 0, 0, rows, b"", cursor_id=cursor, call_number=number)


def error(number: int, code: int, text: str, position: int = 0, cursor: int = 0) -> bytes:
    return tns._encode_oer(1, code, 0, (text + "\n").encode(), cursor_id=cursor, error_pos=position, call_number=number)


def more(number: int, cursor: int, rows: int) -> bytes:
    """There may be further rows."""
    return tns._encode_oer(1, 0, rows, b"", cursor_id=cursor, call_number=number, sql_type=3)


def end(number: int, cursor: int, rows: int) -> bytes:
    """There is no further row."""
    text = b"ORA-01403: no data found\n"
    return tns._encode_oer(1, NO_MORE, rows, text, cursor_id=cursor, call_number=number, sql_type=3)


def describe(columns: list[Column]) -> bytes:
    body = ub4(sum(max(1, c.type.length) for c in columns)) + ub4(len(columns))
    if columns:
        body += b"\0" + b"".join(described(column, i) for i, column in enumerate(columns, start=1))
    return b"\x10\0" + body + ub4(0) + bytes(4) + ub4(0)


def describe_alone(number: int, columns: list[Column]) -> bytes:
    """Of a statement that was not run."""
    body = b"".join(described(column, i) for i, column in enumerate(columns, start=1))
    return b"\x08" + ub4(len(columns)) + body + status(number)


def returned(cursor: int, scn: int) -> bytes:
    """The parameters that an execute returns: SCN and cursor."""
    return b"\x08" + ub4(6) + ub4(scn & 0xFFFFFFFF) + ub4(scn >> 32) + ub4(cursor) + bytes(3) + bytes(3)


def rows_header(count: int) -> bytes:
    return b"\x06\0" + ub4(1) + ub4(0) + ub4(count) + ub4(0) + ub4(0) + ub4(0)


def lob_read(number: int, content: bytes, locator: bytes, amount: int) -> bytes:
    data = b"\x0e" + clr(content) if content else b""
    return data + b"\x08" + locator + ub4(amount) + tns._encode_oer(0, 0, 0, b"", call_number=number)


def lob_length(number: int, locator: bytes, length: int) -> bytes:
    return b"\x08" + locator + ub4(length) + tns._encode_oer(0, 0, 0, b"", call_number=number)


def lob_done(number: int, locator: bytes) -> bytes:
    return b"\x08" + locator + tns._encode_oer(0, 0, 0, b"", call_number=number)


def version(number: int, banner: str, release: int) -> bytes:
    text = banner.encode()
    return b"\x08" + ub4(len(text)) + text + ub4(release) + tns._encode_oer(0, 0, 0, b"", call_number=number)


def lob_is_open(number: int, locator: bytes, opened: bool) -> bytes:
    return b"\x08" + locator + bytes([opened]) + tns._encode_oer(0, 0, 0, b"", call_number=number)
