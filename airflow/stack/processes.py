"""Child processes that are known by their pid and never outlive their owner's wish."""

from __future__ import annotations

import contextlib
import os
import secrets
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import psutil

_PATIENCE_SECONDS = 20
_PORTS = range(20_000, 32_000)


class Child:
    """One server. Its output goes to a file of its name."""

    def __init__(
        self,
        name: str,
        command: Sequence[str],
        logs: Path,
        environment: Mapping[str, str] | None = None,
        user: str | None = None,
    ):
        self.name, self.log = name, logs / f"{name}.log"
        with self.log.open("ab") as out:
            self.process = subprocess.Popen(
                command,
                env=dict(environment) if environment is not None else None,
                cwd=logs if user is None else "/",
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.STDOUT,
                user=user,
                start_new_session=True,  # Ctrl-C is the owner's: it stops its servers in order
            )

    @property
    def alive(self) -> bool:
        return self.process.poll() is None

    def tree(self) -> list[psutil.Process]:
        """The process and all that descend from it, wherever they moved."""
        try:
            top = psutil.Process(self.process.pid)
            return [top, *top.children(recursive=True)]
        except psutil.NoSuchProcess:
            return []

    def memory(self) -> int:
        """Bytes of the whole tree; what processes share is counted once."""
        total = 0
        for process in self.tree():
            try:
                total += process.memory_full_info().pss
            except psutil.Error:
                continue
        return total

    def send(self, number: int) -> None:
        if self.alive:
            os.kill(self.process.pid, number)

    def stop(self, number: int = signal.SIGTERM, patience: float = _PATIENCE_SECONDS) -> None:
        """Asks it to end; what is left of its tree after the patience is killed."""
        tree = self.tree()
        self.send(number)
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(patience)
        psutil.wait_procs(tree, 2)
        kill(tree)
        self.process.wait()

    def crash(self) -> None:
        """As if the host lost power: everything at once, nothing said."""
        kill(self.tree())
        self.process.wait()

    def tail(self, lines: int = 20) -> str:
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-lines:])


def kill(processes: Sequence[psutil.Process]) -> None:
    for process in processes:
        try:
            process.kill()
        except psutil.NoSuchProcess:
            continue


def free_ports(count: int) -> list[int]:
    """Below those that anybody is given who asks for any: they are still free a moment later."""
    found: dict[int, socket.socket] = {}
    try:
        while len(found) < count:
            port, one = _PORTS[secrets.randbelow(len(_PORTS))], socket.socket()
            try:
                one.bind(("127.0.0.1", port))
                found[port] = one
            except OSError:
                one.close()
        return list(found)
    finally:
        for one in found.values():
            one.close()


def until(
    what: str, so: Callable[[], object], patience: float, child: Child | None = None, every: float = 0.3
) -> object:
    """Waits until something is so, and answers it.

    :raises TimeoutError: naming what did not come; with the server's last words when there is one
    """
    end = time.monotonic() + patience
    while True:
        value = so()
        if value:
            return value
        if child is not None and not child.alive:
            raise RuntimeError(f"{child.name} ended while waiting for {what}:\n{child.tail()}")
        if time.monotonic() > end:
            raise TimeoutError(f"{what}: not within {patience:.0f} s" + (f"\n{child.tail()}" if child else ""))
        time.sleep(every)
