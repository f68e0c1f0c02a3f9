"""What a client asks for: a message is some piggybacks and a call."""

from __future__ import annotations

from dataclasses import dataclass, field

import seerdb.common.tns as tns

from .primitives import Reader, Short

CALL, PIGGYBACK = 3, 17
ROW = 7
EXECUTE, FETCH, LOB, LOGOFF, COMMIT, ROLLBACK, PING, VERSION, DESCRIBE_ALONE = 94, 5, 96, 9, 14, 15, 147, 59, 98
REEXECUTE, REEXECUTE_AND_FETCH = 4, 78
CLOSE_CURSORS, CANCEL_CURSORS, TAGS, SESSION_STATE, SET_SCHEMA = 105, 120, 135, 176, 152

PARSE, BIND, DEFINE, RUN, TAKE, AUTO_COMMIT, DESCRIBE = 0x1, 0x8, 0x10, 0x20, 0x40, 0x100, 0x20000
TAG_NAMES = ("client_identifier", "module", "action", "", "", "client_info", "", "", "dbop")


class NotUnderstood(Exception):
    """A message that is none of those this server knows."""


@dataclass(frozen=True)
class BindForm:
    """What a client says of a bind, or of a column that it takes.

    code: of the type on the wire
    size: in bytes
    national: whether texts are in the national character set
    prefetch: of a LOB, how much comes along with the row, in its units
    """

    code: int
    size: int
    national: bool
    prefetch: int = 0


@dataclass(frozen=True)
class Bind:
    """A value for a statement; None for null."""

    value: object
    form: BindForm


@dataclass
class Call:
    """A call, and what came with it.

    number: of the call, as its answer repeats it
    closed: cursors that are no longer needed
    tags: module, action and others for the DBA; None takes one away
    """

    function: int
    number: int
    closed: list[int] = field(default_factory=list)
    tags: dict[str, str | None] = field(default_factory=dict)
    schema: str = ""
    cursor: int = 0
    options: int = 0
    sql: str = ""
    rows: int = 0
    binds: list[list[Bind]] = field(default_factory=list)
    bind_forms: list[BindForm] = field(default_factory=list)
    defines: list[BindForm] = field(default_factory=list)
    operation: int = 0
    locator: bytes = b""
    locators: list[bytes] = field(default_factory=list)
    offset: int = 0
    amount: int = 0


def read(message: bytes, forms_of) -> Call:
    """Reads a message.

    forms_of: from a cursor to the forms of its binds, which a client sends once
    """
    reader = Reader(message)
    call = Call(0, 0)
    while True:
        kind, call.function, call.number = reader.u8(), reader.u8(), reader.u8()
        reader.ub4()  # a token
        if kind == CALL:
            _call(reader, call, forms_of)
            return call
        if kind != PIGGYBACK:
            raise NotUnderstood(f"a message of kind {kind}: {message[:40].hex()}")
        _piggyback(reader, call)


def _piggyback(reader: Reader, call: Call) -> None:
    if call.function in (CLOSE_CURSORS, CANCEL_CURSORS):
        reader.u8()
        call.closed += [reader.ub4() for _ in range(reader.ub4())]
    elif call.function == TAGS:
        _tags(reader, call)
    elif call.function == SESSION_STATE:
        reader.ub4()
    elif call.function == SET_SCHEMA:
        reader.u8()
        length = reader.ub4()
        call.schema = reader.bytes(length).decode()
    elif call.function == LOB:
        _freed(reader, call)
    else:
        raise NotUnderstood(f"piggyback {call.function}: {reader.data.hex()}")


def _tags(reader: Reader, call: Call) -> None:
    reader.bytes(2)
    reader.ub4()
    lengths = [(name, reader.u8(), reader.ub4()) for name in TAG_NAMES]
    for name, modified, length in lengths:
        if modified and name:
            call.tags[name] = reader.bytes(length).decode() if length else None


def _call(reader: Reader, call: Call, forms_of) -> None:
    if call.function == EXECUTE:
        _execute(reader, call, forms_of)
    elif call.function == DESCRIBE_ALONE:
        _described(reader, call)
    elif call.function == FETCH:
        call.cursor, call.rows = reader.ub4(), reader.ub4()
    elif call.function in (REEXECUTE, REEXECUTE_AND_FETCH):
        call.cursor, call.rows = reader.ub4(), reader.ub4()
        call.options = RUN | (AUTO_COMMIT if reader.ub4() & 0x1 else 0)
        reader.ub4()
        if call.function == REEXECUTE_AND_FETCH:
            call.options |= TAKE
        call.bind_forms = forms_of(call.cursor)
        _bind_rows(reader, call)
    elif call.function == LOB:
        _lob(reader, call)


def _described(reader: Reader, call: Call) -> None:
    reader.u8()
    call.cursor = reader.ub4()
    reader.u8()
    length = reader.ub4()
    reader.ub4()
    reader.bytes(2)
    call.sql = reader.bytes(length).decode("utf-8")


def _execute(reader: Reader, call: Call, forms_of) -> None:
    call.options, call.cursor = reader.ub4(), reader.ub4()
    has_sql, length = reader.u8(), reader.ub4()
    reader.u8()
    numbers = reader.ub4()
    reader.bytes(2)
    reader.ub4()
    reader.ub4()
    reader.ub4()
    reader.u8()
    binds = reader.ub4()
    reader.bytes(5)
    reader.u8()
    defines = reader.ub4()
    reader.bytes(8)  # registration
    if reader.u8() == 1:
        reader.ub4()
        reader.u8()
    else:
        reader.bytes(2)
    reader.bytes(7)  # signature and id of the statement, chunks
    if has_sql:
        call.sql = reader.bytes(length).decode("utf-8")
    settings = [reader.ub4() for _ in range(numbers)]
    call.rows = settings[1] if len(settings) > 1 else 0
    if call.options & DEFINE and defines:
        call.defines = [_form(reader) for _ in range(defines)]
    elif binds:
        starts_with_rows = reader.left()[:1] == bytes([ROW])
        call.bind_forms = forms_of(call.cursor) if starts_with_rows else [_form(reader) for _ in range(binds)]
        _bind_rows(reader, call)
        if call.options & RUN and not call.binds:
            raise Short("the values of the binds")


def _form(reader: Reader) -> BindForm:
    code, *_, size, _, _, _, _, _, national, prefetch, rest = tns._decode_oac_walk(reader.left())
    reader.at = len(reader.data) - len(rest)
    reader.ub4()
    return BindForm(code, size, national == 2, prefetch)


def _bind_rows(reader: Reader, call: Call) -> None:
    while reader.at < len(reader.data) and reader.data[reader.at] == ROW:
        reader.u8()
        call.binds.append([_bind(reader, form) for form in call.bind_forms])


def _bind(reader: Reader, form: BindForm) -> Bind:
    if form.code in (112, 113) and reader.left()[:1] != b"\0":
        raise NotUnderstood("a LOB as a bind")
    return Bind(reader.clr(), form)


def _lob(reader: Reader, call: Call) -> None:
    reader.u8()
    length = reader.ub4()
    reader.u8()
    reader.ub4()
    reader.ub4()
    reader.ub4()
    reader.bytes(3)
    call.operation = reader.ub4()
    reader.bytes(2)
    call.offset = reader.ub4()
    reader.ub4()
    has_amount = reader.u8()
    reader.bytes(6)
    call.locator = reader.bytes(length)
    call.amount = reader.ub4() if has_amount and reader.at < len(reader.data) else 0


def _freed(reader: Reader, call: Call) -> None:
    freed, rest = tns.parse_free_temp_lobs_piggyback(reader.left())
    call.locators += freed
    reader.at = len(reader.data) - len(rest)
