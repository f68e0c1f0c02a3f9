"""A client's connection that can be made to break at any byte."""

from __future__ import annotations

import socket
import struct
import time
from dataclasses import dataclass

SLICE = 0.02


@dataclass
class _Limit:
    """How it ends, and after how many bytes more."""

    how: str
    left: int


class Line:
    """A socket, as far as the wire needs one."""

    def __init__(self, client: socket.socket) -> None:
        self._client = client
        self._limits: dict[str, _Limit] = {}
        self._rate = 0

    def breaks(self, how: str, after: int, of: str) -> None:
        """Ends by ``cut``, ``reset`` or ``stall`` after so many bytes more of ``answers`` or ``requests``."""
        self._limits[of] = _Limit(how, after)

    def trickles(self, rate: int) -> None:
        """Answers flow at so many bytes a second from now on."""
        self._rate = rate

    def sendall(self, data: bytes) -> None:
        limit = self._limits.get("answers")
        if limit is None or limit.left >= len(data):
            if limit is not None:
                limit.left -= len(data)
            self._flow(data)
            return
        self._flow(data[: limit.left])
        self._end(limit)

    def _flow(self, data: bytes) -> None:
        if not self._rate:
            self._client.sendall(data)
            return
        piece = max(1, int(self._rate * SLICE))
        for at in range(0, len(data), piece):
            time.sleep(len(data[at : at + piece]) / self._rate)
            self._client.sendall(data[at : at + piece])

    def recv(self, size: int) -> bytes:
        limit = self._limits.get("requests")
        if limit is None:
            return self._client.recv(size)
        if limit.left <= 0:
            self._end(limit)
        data = self._client.recv(min(size, limit.left))
        limit.left -= len(data)
        return data

    def _end(self, limit: _Limit) -> None:
        if limit.how == "stall":
            while self._client.recv(65_536):
                pass  # until the client has had enough
        if limit.how == "reset":
            self._client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self._client.close()
        raise ConnectionAbortedError(f"a planned {limit.how}")

    def __getattr__(self, name: str) -> object:
        return getattr(self._client, name)
