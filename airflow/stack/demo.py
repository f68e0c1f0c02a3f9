"""``make airflow-demo``: a sales history through a whole Airflow site, up to the certificate.

KEEP=1 leaves everything running until Ctrl-C, to look at the user interface. SALES sets the rows.
"""

from __future__ import annotations

import os
import signal
import sys
import time

from stack.history import generated, migration
from stack.processes import until
from stack.servers import Missing
from stack.site import Site

_PATIENCE_SECONDS = 1800
_MASTER, _RUN = "initload_master__sales-history", "demo"


def main() -> int:
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # stop what was started, as after Ctrl-C
    history = generated(int(os.environ.get("SALES", "50000")))
    print("Starting PostgreSQL, Redis, a source, a simulated org, Airflow and two workers ...", flush=True)
    try:
        site = Site(history.sql, lambda s: {"sales-history.yaml": migration(s, "sales-history", history.tables)})
    except Missing as e:
        print(e, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 5
    good = False
    try:
        print(f"Ready in {site.started['ready']:.0f} s. Airflow: {site.airflow.url}", flush=True)
        good = _migrate(site)
        if os.environ.get("KEEP") == "1":
            print(f"Left up: {site.airflow.url}/dags/{_MASTER}  (Ctrl-C stops everything)", flush=True)
            while True:
                time.sleep(3600)
        return 0 if good else 3
    except KeyboardInterrupt:
        return 0 if good else 5
    finally:
        print("Stopping.", flush=True)
        site.stop()
        if good:
            site.discard()
        else:
            print(f"Logs are left in {site.directory}.", file=sys.stderr)


def _migrate(site: Site) -> bool:
    site.airflow.trigger(_MASTER, _RUN)
    shown: dict[str, str | None] = {}

    def ended() -> bool:
        for task, state in site.airflow.states(_MASTER, _RUN).items():
            if state != shown.get(task) and state in {"success", "failed", "skipped", "upstream_failed"}:
                print(f"  {task}: {state}", flush=True)
            shown[task] = state
        return site.airflow.state(_MASTER, _RUN) in {"success", "failed"}

    until("the migration", ended, _PATIENCE_SECONDS, every=2)
    if shown.get("certificate") != "success":
        print("There is no certificate.", file=sys.stderr)
        return False
    certificate = site.airflow.xcom(_MASTER, _RUN, "certificate")["text"]
    print("\n" + certificate, flush=True)
    print(f"Report: {site.airflow.links(_MASTER, _RUN, 'certificate')['Report']}", flush=True)
    return "books close" in certificate and site.airflow.state(_MASTER, _RUN) == "success"


if __name__ == "__main__":
    sys.exit(main())
