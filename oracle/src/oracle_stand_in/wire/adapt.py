"""Where the package's handshake has to differ for JDBC: changed in the running process, once.

JDBC wants the 12c verifier, a user's name without a length before it, values in pieces with lengths of one byte, and
knows no end-of-response marker from a server that has not promised one.
"""

from __future__ import annotations

import seerdb.common.tns as tns
import seerdb.server.auth as auth
import seerdb.server.handshake as handshake
from seerdb.common.tns_consts import CCAP_LOGON_O7LOGON, CCAP_LOGON_TYPES, FIELD_VERSION_23_1_EXT_1

from .primitives import clr

_applied = False


def apply() -> None:
    """Adapts the package; a second time does nothing."""
    global _applied
    if _applied:
        return
    _applied = True
    handshake.TNS_ACCEPT_FLAG_HAS_END_OF_RESPONSE = 0
    capabilities = bytearray(handshake._SERVER_COMPILE_CAPS)
    capabilities[CCAP_LOGON_TYPES] |= CCAP_LOGON_O7LOGON
    handshake._SERVER_COMPILE_CAPS = bytes(capabilities)
    tns._ThinCodec._chunked = staticmethod(lambda data, size: clr(data) if len(data) > 252 else _pieces(data))
    auth.decode_auth_head = _auth_head


def _pieces(data: bytes) -> bytes:
    return b"\xfe" + (bytes([len(data)]) + data if data else b"") + b"\0"


def _auth_head(payload: bytes, field_version: int):
    pointer = field_version >= FIELD_VERSION_23_1_EXT_1 and payload[3:4] != b"\x01"
    return tns._AUTH_HEAD_FROM_THIN(payload, {"has_user_ptr": pointer, "user_prefixed": False, "user_raw": True})
