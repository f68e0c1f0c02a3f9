"""What a listener answers in place of a database."""

from __future__ import annotations

from seerdb.common.tns import encode_packet
from seerdb.common.tns_consts import TNS_REDIRECT, TNS_REFUSE
from seerdb.server.framing import PacketStream

WITH_DESCRIPTOR = 2


def answer(stream: PacketStream, instead: object, descriptor: bytes) -> None:
    """Refuses with a code (ORA-12514 and others), or sends the client to an address ("" is this one, host:port another)."""
    if isinstance(instead, int):
        _refuse(stream, instead)
    else:
        host, port = str(instead).rsplit(":", 1) if instead else stream._sock.getsockname()
        _redirect(stream, host, int(port), descriptor)


def _refuse(stream: PacketStream, code: int) -> None:
    text = f"(DESCRIPTION=(TMP=)(VSNNUM=0)(ERR={code})(ERROR_STACK=(ERROR=(CODE={code})(EMFI=4))))".encode()
    stream.write_packet(TNS_REFUSE, bytes([1, 0]) + len(text).to_bytes(2, "big") + text)


def _redirect(stream: PacketStream, host: str, port: int, descriptor: bytes) -> None:
    """With the descriptor that the client is to show there."""
    text = f"(ADDRESS=(PROTOCOL=tcp)(HOST={host})(PORT={port}))".encode() + b"\0" + descriptor
    packet, _ = encode_packet(TNS_REDIRECT, len(text).to_bytes(2, "big") + text, stream.sdu)
    stream.send_raw(packet[:5] + bytes([WITH_DESCRIPTOR]) + packet[6:])
