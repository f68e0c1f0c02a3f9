"""``make airflow-demo``: a sales history through a whole Airflow site, up to the certificate.

KEEP=1 leaves everything running until Ctrl-C, to look at the user interface. SALES sets the rows.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Callable

import httpx

from stack.history import generated, migration
from stack.processes import until
from stack.servers import Missing
from stack.site import Site

_PATIENCE_SECONDS = 1800
_MASTER, _RUN = "initload_master__sales-history", "demo"


def main() -> int:
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # stop what was started, as after Ctrl-C
    history = generated(int(os.environ.get("SALES", "50000")))
    _say("Starting PostgreSQL, Redis, a source, a simulated org, Airflow and two workers ...")
    try:
        site = Site(
            history.sql, history.files, lambda s: {"sales-history.yaml": migration(s, "sales-history", history.tables)}
        )
    except Missing as e:
        print(e, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 5
    code = 5
    try:
        _say(f"Ready in {site.started['ready']:.0f} s. Airflow: {site.airflow.url}")
        code = migrated(site, _MASTER, _RUN)
        if os.environ.get("KEEP") == "1":
            _say(f"Left up: {site.airflow.url}/dags/{_MASTER}  (Ctrl-C stops everything)")
            while True:
                time.sleep(3600)
    except KeyboardInterrupt:
        pass
    finally:
        _say("Stopping.")
        site.stop()
        if code == 0:
            site.discard()
        else:
            print(f"Logs are left in {site.directory}.", file=sys.stderr)
    return code


def _say(text: str) -> None:
    print(text, flush=True)


def migrated(site: Site, master: str, run: str, say: Callable[[str], None] = _say) -> int:
    """Runs a migration and tells how it goes, up to the certificate.

    :return: the exit code: 0 when the books close
    """
    try:
        site.airflow.trigger(master, run)
        _watch(site, master, run, say)
        if site.airflow.task(master, run, "certificate")["state"] != "success":
            say("There is no certificate.")
            return 3
        certificate = site.airflow.xcom(master, run, "certificate")["text"]
        say("\n" + certificate)
        say(f"Report: {site.airflow.links(master, run, 'certificate')['Report']}")
        return 0 if "books close" in certificate and site.airflow.state(master, run) == "success" else 3
    except (RuntimeError, TimeoutError, httpx.HTTPError) as e:  # the site stays up for who wants to look at it
        say(f"Airflow did not come to the end: {e}")
        return 3


def _watch(site: Site, master: str, run: str, say: Callable[[str], None]) -> None:
    shown: dict[str, str | None] = {}

    def ended() -> bool:
        for task, state in site.airflow.states(master, run).items():
            if state != shown.get(task) and state in {"success", "failed", "skipped", "upstream_failed"}:
                say(f"  {task}: {state}")
            shown[task] = state
        return site.airflow.state(master, run) in {"success", "failed"}

    until("the migration", ended, _PATIENCE_SECONDS, every=2)


if __name__ == "__main__":
    sys.exit(main())
