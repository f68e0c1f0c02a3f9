"""One connection from its first packet to its last."""

from __future__ import annotations

import select
import socket
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Protocol

from seerdb.common.exceptions import Truncated
from seerdb.common.tns_consts import TNS_DATA, TNS_MARKER
from seerdb.server.framing import SESSION_MESSAGE_LIMIT, PacketStream
from seerdb.server.identity import ServerIdentity

from ..types import Column
from . import calls, listener, login, replies
from .calls import Bind, BindForm, Call
from .cells import CHUNK, Cells, Lobs
from .errors import Ended, InRows, OracleError
from .primitives import Short

CANCELLED = 1013
NAMES = {
    calls.EXECUTE: "execute", calls.REEXECUTE: "execute", calls.REEXECUTE_AND_FETCH: "execute", calls.FETCH: "fetch", calls.LOB: "lob",
    calls.COMMIT: "commit", calls.ROLLBACK: "rollback", calls.PING: "ping", calls.VERSION: "version", calls.LOGOFF: "logoff",
    calls.DESCRIBE_ALONE: "describe",
}  # fmt: skip
BREAK, RESET = 1, 2
READ, LENGTH, FREE, CHUNK_SIZE, OPEN, CLOSE, IS_OPEN = 2, 1, 0x111, 0x4000, 0x8000, 0x10000, 0x11000


@dataclass
class Outcome:
    """What became of a statement: rows that are made as they are taken, or a count."""

    columns: list[Column] = field(default_factory=list)
    rows: Iterator[tuple] = field(default_factory=lambda: iter(()))
    count: int = 0


class Database(Protocol):
    """One session of what is behind the wire."""

    session: int

    def password(self, user: str) -> str | None: ...

    def log_in(self, client: login.Client) -> None: ...

    def tag(self, tags: dict[str, str | None]) -> None: ...

    def execute(self, sql: str, rows: list[list[Bind]]) -> Outcome:
        """Runs a statement once for each row of binds; at least one."""

    def describe(self, sql: str) -> list[Column]:
        """The columns of a query that is not run."""

    def commit(self) -> None: ...

    def rollback(self) -> None: ...

    def cancel(self) -> None: ...

    def scn(self) -> int: ...

    def in_transaction(self) -> bool: ...

    def close(self) -> None: ...


class Trouble(Protocol):
    """What befalls a connection: asked before each step."""

    def listening(self, service: str) -> int | str | None:
        """What a listener says in place of the database: a code, an address, or None."""

    def login(self, user: str) -> None: ...

    def at(self, call: str, statement: str = "") -> None:
        """Raises the error that the call shall end with."""


@dataclass
class Cursor:
    """A statement that was parsed, and its rows where it has any."""

    sql: str
    forms: list[BindForm]
    outcome: Outcome | None = None
    cells: Cells | None = None
    prefetch: list[int] = field(default_factory=list)
    taken: int = 0


class Conversation:
    """Serves a connection."""

    def __init__(self, stream: PacketStream, database: Database, identity: ServerIdentity, trouble: Trouble) -> None:
        self._stream = stream
        self._database = database
        self._identity = identity
        self._trouble = trouble
        self._lobs = Lobs()
        self._cursors: dict[int, Cursor] = {}
        self._next = 1
        self._cancelled = False

    def run(self) -> None:
        request = login.connect(self._stream)
        instead = self._trouble.listening(request.service_name or "")
        if instead is not None:
            listener.answer(self._stream, instead, request.descriptor)
            return
        login.accept(self._stream, request)
        try:
            client = login.authenticate(
                self._stream,
                request,
                self._database.password,
                self._identity,
                self._database.session,
            )
            self._trouble.login(client.user)
            self._database.log_in(client)
        except OracleError as e:
            self._stream.write_packet(TNS_DATA, replies.error(0, e.code, str(e)))
            return
        self._stream.max_message = SESSION_MESSAGE_LIMIT
        while self._turn():
            pass

    def _turn(self) -> bool:
        received = self._stream.read_packet()
        if received is None:
            return False
        kind, body = received
        if kind == TNS_MARKER:
            self._broken(body)
            return True
        if kind != TNS_DATA or not body:
            return kind == TNS_DATA  # an empty one says farewell
        return self._answer(self._whole(body))

    def _whole(self, body: bytes) -> Call:
        while True:
            try:
                return calls.read(body, lambda cursor: self._cursors[cursor].forms)
            except (Short, Truncated):  # it goes on in the next packet
                received = self._stream.read_packet()
                if received is None:
                    raise login.Gone("in the middle of a message") from None
                body += received[1]

    def _answer(self, call: Call) -> bool:
        for cursor in call.closed:
            self._close(cursor)
        for locator in call.locators:
            self._lobs.free(locator)
        if call.tags:
            self._database.tag(call.tags)
        last = call.function == calls.LOGOFF
        try:
            with _Watch(self._stream._sock, self._cancel):
                answer = self._served(call)
        except OracleError as e:
            last = last or isinstance(e, Ended)
            answer = replies.error(call.number, e.code, str(e), e.position)
        if self._cancelled:
            self._cancelled = False
            return True  # the break, which comes next, is what is answered
        self._stream.write_packet(TNS_DATA, answer)
        return not last

    def _cancel(self) -> None:
        self._cancelled = True
        self._database.cancel()

    def _broken(self, body: bytes) -> None:
        """A break: both sides reset, then the client reads what it cancelled."""
        if body[2:3] != bytes([RESET]):
            for answer in (BREAK, RESET):
                self._stream.write_packet(TNS_MARKER, bytes([1, 0, answer]))
            while (received := self._stream.read_packet()) is not None:
                if received[0] == TNS_MARKER and received[1][2:3] == bytes([RESET]):
                    break
        text = f"ORA-{CANCELLED:05d}: user requested cancel of current operation"
        self._stream.write_packet(TNS_DATA, replies.error(0, CANCELLED, text))

    def _served(self, call: Call) -> bytes:
        if call.function != calls.FETCH:
            cursor = self._cursors.get(call.cursor)
            self._trouble.at(NAMES.get(call.function, ""), call.sql or (cursor.sql if cursor else ""))
        if call.function in (calls.EXECUTE, calls.REEXECUTE, calls.REEXECUTE_AND_FETCH):
            return self._execute(call)
        if call.function == calls.FETCH:
            return self._fetched(call, call.cursor)
        if call.function == calls.LOB:
            return self._lob(call)
        if call.function == calls.DESCRIBE_ALONE:
            return replies.describe_alone(call.number, self._database.describe(call.sql))
        if call.function == calls.COMMIT:
            self._database.commit()
        elif call.function == calls.ROLLBACK:
            self._database.rollback()
        elif call.function == calls.VERSION:
            return replies.version(call.number, self._identity.banner.decode(), self._identity.version_no)
        elif call.function == calls.LOGOFF:
            for number in list(self._cursors):  # else a commit would keep their rows
                self._close(number)
            self._database.commit()
        elif call.function != calls.PING:
            raise OracleError(3001, f"unimplemented feature: call {call.function}")
        return replies.status(call.number, transaction=self._database.in_transaction())

    def _execute(self, call: Call) -> bytes:
        number = call.cursor
        if call.sql:
            self._close(number)
            number = number or self._open()
            self._cursors[number] = Cursor(call.sql, call.bind_forms)
        cursor = self._cursors.get(number)
        if cursor is None:
            raise OracleError(1001, "invalid cursor")
        if call.bind_forms:
            cursor.forms = call.bind_forms
        if call.defines:
            cursor.prefetch = [form.prefetch for form in call.defines]
            cursor.cells = None
        if call.options & calls.RUN:
            self._run(call, cursor)
        outcome = cursor.outcome
        if outcome is None:
            return replies.status(call.number, cursor=number)
        if not outcome.columns:
            if call.options & calls.AUTO_COMMIT:
                self._database.commit()
            return replies.status(call.number, outcome.count, number, self._database.in_transaction())
        if call.options & calls.TAKE:
            return self._fetched(call, number)
        head = replies.describe(outcome.columns) if call.options & calls.PARSE or call.sql else b""
        return head + replies.returned(number, self._database.scn()) + replies.more(call.number, number, 0)

    def _run(self, call: Call, cursor: Cursor) -> None:
        cursor.cells, cursor.taken = None, 0
        cursor.outcome = self._database.execute(cursor.sql, call.binds or [[]])

    def _fetched(self, call: Call, number: int) -> bytes:
        cursor = self._cursors.get(number)
        if cursor is None or cursor.outcome is None:
            raise OracleError(1001, "invalid cursor")
        if cursor.cells is None:
            cursor.cells = Cells(cursor.outcome.columns, self._lobs, cursor.prefetch)
        try:
            self._trouble.at("fetch", cursor.sql)
        except InRows as e:
            return self._broken_off(call, cursor, e)
        rows = self._rows(cursor, max(1, call.rows))
        ended = replies.more if len(rows) > max(1, call.rows) else replies.end
        return b"".join(rows) + ended(call.number, number, cursor.taken)

    def _broken_off(self, call: Call, cursor: Cursor, e: InRows) -> bytes:
        """Some rows, and the error behind them."""
        rows = self._rows(cursor, min(e.rows, max(1, call.rows)))
        return b"".join(rows) + replies.error(call.number, e.error.code, str(e.error))

    def _rows(self, cursor: Cursor, count: int) -> list[bytes]:
        """A header and rows; nothing where there are no more."""
        rows = [cursor.cells.row(row) for row in islice(cursor.outcome.rows, count)]
        cursor.taken += len(rows)
        return [replies.rows_header(len(rows)), *rows] if rows else []

    def _lob(self, call: Call) -> bytes:
        if call.operation == FREE:
            self._lobs.free(call.locator)
            return replies.lob_done(call.number, call.locator)
        if not self._lobs.knows(call.locator):
            raise OracleError(22922, "nonexistent LOB value")
        if call.operation == READ:
            content, amount = self._lobs.read(call.locator, call.offset, call.amount)
            return replies.lob_read(call.number, content, call.locator, amount)
        if call.operation == LENGTH:
            return replies.lob_length(call.number, call.locator, self._lobs.length(call.locator))
        if call.operation == IS_OPEN:
            return replies.lob_is_open(call.number, call.locator, False)
        if call.operation == CLOSE:
            return replies.lob_done(call.number, call.locator)
        if call.operation in (OPEN, CHUNK_SIZE):
            return replies.lob_length(call.number, call.locator, CHUNK if call.operation == CHUNK_SIZE else call.amount)
        raise OracleError(3001, f"unimplemented feature: LOB operation {call.operation:#x}")

    def _open(self) -> int:
        self._next += 1
        return self._next

    def _close(self, number: int) -> None:
        cursor = self._cursors.pop(number, None)
        if cursor is not None and cursor.outcome is not None and hasattr(cursor.outcome.rows, "close"):
            cursor.outcome.rows.close()


class _Watch:
    """Looks whether the client interrupts, or goes away, while a call is served."""

    def __init__(self, client: socket.socket, interrupted: Callable[[], None]) -> None:
        self._client = client
        self._interrupted = interrupted
        self._done, self._end = socket.socketpair()
        self._thread = threading.Thread(target=self._look, daemon=True)

    def __enter__(self) -> None:
        self._thread.start()

    def __exit__(self, *_) -> None:
        self._end.close()
        self._thread.join()
        self._done.close()

    def _look(self) -> None:
        readable, _, _ = select.select([self._client, self._done], [], [])
        if self._client in readable and self._done not in readable:
            self._interrupted()


__all__ = ["Conversation", "Database", "Outcome", "Trouble"]
