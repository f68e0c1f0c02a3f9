"""The processes of the engine that the workers of a site have started, and no other's."""

from __future__ import annotations

import contextlib
import json
import time
from pathlib import Path

import psutil

from watching import come


def engines(site, *steps):
    """Those that work on MANY, by chunk number. Not the launcher's: it has subshells, which look like it and whose end
    it survives.
    """
    found = {}
    for process in psutil.process_iter(["cmdline"]):
        words = process.info["cmdline"] or []
        if "io.initload.cli.Main" in words and "--request" in words and words[words.index("task") + 1] in steps:
            with contextlib.suppress(OSError, ValueError, KeyError, psutil.Error):
                if process.environ().get("INITLOAD_CONFIG") != site.environment["INITLOAD_CONFIG"]:
                    continue  # of another site beside this one
                request = json.loads(Path(words[words.index("--request") + 1]).read_text())
                if request["table"] == "MANY":
                    found[request["chunk"]] = process
    return found


def on_worker(site, name, *steps):
    found = {}
    for chunk, process in engines(site, *steps).items():
        with contextlib.suppress(psutil.Error):
            if process.environ().get("INITLOAD_HOST") == name:
                found[chunk] = process
    return found


def youngest(site):
    """The engine that moves a chunk and has most of its work before it."""

    def found():
        alive = [(c, p) for c, p in engines(site, "move").items() if p.is_running()]
        return max(alive, key=lambda one: one[1].create_time(), default=None)

    return come("an engine at work", found, every=0.1)


def stopped(engine):
    """Stops an engine in the midst of its work; false when it had done it all."""
    with contextlib.suppress(psutil.Error):
        engine.suspend()
        while (state := engine.status()) not in (psutil.STATUS_STOPPED, psutil.STATUS_ZOMBIE):
            time.sleep(0.01)
        return state == psutil.STATUS_STOPPED
    return False
