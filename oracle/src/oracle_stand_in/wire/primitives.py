"""The smallest parts of messages: numbers of variable width, and values with their length."""

from __future__ import annotations

from dataclasses import dataclass

SHORT = 252
LONG = 254
NULL = (0, 255)
ABSENT = 253


class Short(Exception):
    """A message goes on in the next packet."""


def ub4(value: int) -> bytes:
    """A number as a byte that counts its bytes, and those."""
    size = (value.bit_length() + 7) // 8
    return bytes([size]) + value.to_bytes(size, "big")


def sb2(value: int) -> bytes:
    """As ``ub4``; the count's highest bit is the sign."""
    return ub4(value) if value >= 0 else bytes([ub4(-value)[0] | 0x80]) + ub4(-value)[1:]


def clr(data: bytes) -> bytes:
    """A value behind its length; above 252 bytes in pieces, each behind a length of one byte."""
    if len(data) <= SHORT:
        return bytes([len(data)]) + data
    out = bytearray([LONG])
    for at in range(0, len(data), SHORT):
        piece = data[at : at + SHORT]
        out.append(len(piece))
        out += piece
    out.append(0)
    return bytes(out)


def counted(data: bytes) -> bytes:
    """A value behind its count, and nothing more where it is empty."""
    return ub4(len(data)) + (clr(data) if data else b"")


@dataclass
class Reader:
    """Reads a message from its beginning."""

    data: bytes
    at: int = 0

    def bytes(self, count: int) -> bytes:
        if self.at + count > len(self.data):
            raise Short
        self.at += count
        return self.data[self.at - count : self.at]

    def u8(self) -> int:
        return self.bytes(1)[0]

    def ub4(self) -> int:
        size = self.u8()
        value = int.from_bytes(self.bytes(size & 0x7F), "big")
        return -value if size & 0x80 else value

    def clr(self) -> bytes | None:
        """A value; None for an absent one."""
        size = self.u8()
        if size in NULL:
            return None
        if size == ABSENT:
            self.u8()
            return None
        if size != LONG:
            return self.bytes(size)
        out = bytearray()
        while piece := self.u8():
            out += self.bytes(piece)
        return bytes(out)

    def counted(self) -> bytes:
        return (self.clr() or b"") if self.ub4() else b""

    def left(self) -> bytes:
        return self.data[self.at :]
