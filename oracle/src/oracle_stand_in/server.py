"""The listener: a thread for each connection, and what goes wrong in it on purpose."""

from __future__ import annotations

import logging
import socket
import ssl
import threading
from dataclasses import replace

from seerdb.server.framing import PacketStream
from seerdb.server.identity import IDENTITY_23

from .faults.active import Faults
from .faults.instance import Instance
from .faults.line import Line
from .faults.trouble import Trouble
from .session import Session
from .store.catalogue import Catalogue
from .wire import adapt
from .wire.conversation import Conversation
from .wire.errors import OracleError
from .wire.login import Gone

log = logging.getLogger("oracle_stand_in")

# As a client is told at login: four bits for the second number before 18, eight since.
RELEASES = {11: 0x0B200400, 12: 0x0C200100, 19: 0x131C0000, 21: 0x15030000, 23: IDENTITY_23.version_no}

HANDSHAKE = b"\x16"  # how TLS begins; a packet of Oracle Net begins with its length


class Server:
    """Listens from the beginning on; serves in ``run``."""

    def __init__(self, catalogue: Catalogue, conninfo: str, port: int, tls: str = "") -> None:
        """tls: a file with a key and its certificate; TCPS and TCP are then spoken at the same port"""
        adapt.apply()
        self._tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER) if tls else None
        if self._tls:
            self._tls.load_cert_chain(tls)
        self._catalogue = catalogue
        self._conninfo = conninfo
        self._listener = socket.create_server(("127.0.0.1", port), backlog=64)
        self._stopped = threading.Event()
        self._instance = Instance(catalogue.kill_all)
        self.faults = Faults()
        self.port = self._listener.getsockname()[1]

    def run(self) -> None:
        while not self._stopped.is_set():
            try:
                client, _ = self._listener.accept()
            except OSError:
                break
            threading.Thread(target=self._serve, args=(client,), daemon=True).start()

    def _serve(self, client: socket.socket) -> None:
        client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if self._tls and client.recv(1, socket.MSG_PEEK) == HANDSHAKE:
            try:
                client = self._tls.wrap_socket(client, server_side=True)
            except OSError as e:
                log.debug("no TLS: %s", e)
                client.close()
                return
        session = Session(self._catalogue, self._conninfo)
        self._catalogue.joined(session.session, client)
        line = Line(client)
        trouble = Trouble(self.faults, self._instance, line)
        try:
            identity = replace(IDENTITY_23, version_no=RELEASES[self._catalogue.release])
            Conversation(PacketStream(line), session, identity, trouble).run()
        except (Gone, OSError) as e:
            log.debug("session %s ended: %s", session.session, e)
        except Exception:
            log.exception("session %s failed", session.session)
        finally:
            self._catalogue.left(session.session)
            session.close()
            client.close()

    def stop(self) -> None:
        self._stopped.set()
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()


__all__ = ["RELEASES", "OracleError", "Server"]
