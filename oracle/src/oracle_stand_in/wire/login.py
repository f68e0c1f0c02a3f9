"""From the first packet of a connection to a session: handshake and password."""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass

import seerdb.common.tns as tns
from seerdb.common import ano
from seerdb.common.crypto import PBKDF2_SDER_COUNT, PBKDF2_VGEN_COUNT, VFR_12C_SHA2
from seerdb.common.tns_consts import TNS_CONNECT, TNS_DATA, TNS_VERSION_MIN_LARGE_SDU
from seerdb.server import auth, handshake
from seerdb.server.framing import PacketStream
from seerdb.server.identity import ServerIdentity

from .errors import OracleError

# What the forms of messages follow. A lower one was not tried with this driver.
FIELD_VERSION = 24
TNS_VERSION = 319

POOLED = re.compile(rb"\(\s*SERVER\s*=\s*POOLED\s*\)", re.IGNORECASE)
PURITY_NEW = b"1"


class Gone(Exception):
    """The client went away, or speaks something else."""


@dataclass(frozen=True)
class Client:
    """Who logged in.

    user: as typed by the client
    service: of the connect descriptor
    settings: an ALTER SESSION that came with the login, or ""
    pooled: the connection class whose pooled servers may serve it ("" is one too); None for a server of its own
    fresh: whether nothing that an earlier client left may be found in a pooled one
    """

    user: str
    service: str
    settings: str
    pooled: str | None = None
    fresh: bool = False


def _packet(stream: PacketStream, kind: int) -> bytes:
    received = stream.read_packet()
    if received is None or received[0] != kind:
        raise Gone(f"a packet of kind {kind} was expected")
    return received[1]


def connect(stream: PacketStream) -> handshake.ConnectRequest:
    """Reads what the client wants to be connected to; nothing is answered yet."""
    body = _packet(stream, TNS_CONNECT)
    if handshake.connect_data_follows(body):
        body += _packet(stream, TNS_DATA)
    return handshake.parse_connect(body)


def accept(stream: PacketStream, request: handshake.ConnectRequest) -> None:
    """Takes the connection, and comes to terms on what is spoken."""
    stream.send_raw(handshake.encode_accept(request, tns_version=TNS_VERSION))
    stream.sdu = min(request.sdu, stream.sdu)
    stream.large = handshake.negotiated_tns_version(request, TNS_VERSION) >= TNS_VERSION_MIN_LARGE_SDU
    first = _packet(stream, TNS_DATA)
    if first[:4] == ano.ANO_MAGIC_BYTES:
        stream.send_raw(handshake.encode_ano_null_reply(sdu=stream.sdu))
        _packet(stream, TNS_DATA)
    stream.send_raw(handshake.encode_pro_reply(field_version=FIELD_VERSION))
    spoken = handshake.client_field_version(_packet(stream, TNS_DATA))
    if spoken != FIELD_VERSION:
        raise Gone(f"the client speaks field version {spoken}, not {FIELD_VERSION}")
    tns._DECODE_FIELD_VERSION.set(FIELD_VERSION)
    tns._ENCODE_FIELD_VERSION.set(FIELD_VERSION)
    tns._ENCODE_SERVER_FIELD_VERSION.set(FIELD_VERSION)
    stream.send_raw(handshake.encode_dty_reply(field_version=FIELD_VERSION))


def authenticate(stream: PacketStream, request: handshake.ConnectRequest, password_of, identity: ServerIdentity, session: int) -> Client:
    """Asks for the password.

    password_of: from a user's name to the password, or None where there is no such user; raises ``OracleError``
    """
    asked = _packet(stream, TNS_DATA)
    while asked[:1] != b"\x03":  # the rest of a data type table that was longer than a packet
        asked = _packet(stream, TNS_DATA)
    user = auth.parse_osesskey(asked, FIELD_VERSION).decode("utf-8")
    password = password_of(user)
    secret = (password if password is not None else secrets.token_hex(16)).encode("utf-8")
    challenge = auth.make_challenge(secret, field_version=FIELD_VERSION, verifier_type=VFR_12C_SHA2)
    stream.write_packet(TNS_DATA, _challenge(challenge, asked[2]))
    answer = _packet(stream, TNS_DATA)
    _, session_key, proof = auth.parse_auth_response(answer, FIELD_VERSION)
    key = auth.derive_conn_key(challenge, session_key)
    if password is None or not auth.verify_password(key, proof, secret):
        raise OracleError(1017, "invalid username/password; logon denied")
    stream.write_packet(
        TNS_DATA,
        tns.encode_result(
            key,
            version_no=identity.version_no,
            session_id=session,
            instance_name="STANDIN",
            db_name="STANDIN",
            db_domain="",
            service_name=request.service_name or "",
        ),
    )
    settings = auth.parse_auth_alter_session(answer, FIELD_VERSION) or ""
    pooled = None
    said = auth._parse_fun_auth(answer, FIELD_VERSION)[2]
    if POOLED.search(request.descriptor):
        pooled = bytes(said.get(b"AUTH_KPPL_CONN_CLASS", b"")).rstrip(b"\0").decode()
    fresh = bytes(said.get(b"AUTH_KPPL_PURITY", b"")).rstrip(b"\0") == PURITY_NEW
    return Client(user, request.service_name or "", settings, pooled, fresh)


def _challenge(challenge, number: int) -> bytes:
    pairs = [
        (b"AUTH_SESSKEY", challenge.auth_sesskey.hex().upper().encode()),
        (b"AUTH_VFR_DATA", challenge.salt.hex().upper().encode(), challenge.verifier_type),
        (b"AUTH_PBKDF2_CSK_SALT", challenge.derived_salt.hex().upper().encode()),
        (b"AUTH_PBKDF2_VGEN_COUNT", str(PBKDF2_VGEN_COUNT).encode()),
        (b"AUTH_PBKDF2_SDER_COUNT", str(PBKDF2_SDER_COUNT).encode()),
        (b"AUTH_GLOBALLY_UNIQUE_DBID\x00", b"2C55FD5F1FE1101DA2455B7A62312B1D"),
    ]
    return tns.encode_rpa_kv(pairs) + tns._encode_oer(0, 0, 0, b"", call_number=number)
