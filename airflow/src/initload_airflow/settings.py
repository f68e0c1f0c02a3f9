"""What a site decides, from the environment of the Airflow components (``deploy/initload.env``)."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

JOBS_POOL = "initload_jobs"
SOURCE_POOL = "initload_source"
TABLES_POOL = "initload_tables"
POOLS = (JOBS_POOL, SOURCE_POOL, TABLES_POOL)


@dataclass(frozen=True)
class Settings:
    """Read once per process.

    :param config: a migration file, or a directory of them; the same path on every host
    :param command: the engine
    :param queue: the Celery queue of the workers that have the engine and the disks
    :param hosts: one more queue for each worker host, for what must happen on that host; may be empty
    :param reports: directory that workers write reports to and the api-server shows them from
    :param console: address of the console, with ``{migration}`` where each migration has one; empty for none
    :param retry: first wait before a step is tried again; doubled each time
    :param every: how often a waiting master looks at its tables, and a closed quota gate at the org
    """

    config: Path
    command: tuple[str, ...]
    queue: str
    hosts: tuple[str, ...]
    reports: Path
    console: str
    retry: timedelta
    every: timedelta

    @staticmethod
    def of(environment: Mapping[str, str] = os.environ) -> Settings:
        home = Path(environment.get("AIRFLOW_HOME", "~/airflow")).expanduser()
        return Settings(
            config=Path(environment.get("INITLOAD_CONFIG", home / "migrations")),
            command=tuple(environment.get("INITLOAD_COMMAND", "initload").split()),
            queue=environment.get("INITLOAD_QUEUE", "initload"),
            hosts=tuple(h.strip() for h in environment.get("INITLOAD_HOSTS", "").split(",") if h.strip()),
            reports=Path(environment.get("INITLOAD_REPORTS", home / "reports")),
            console=environment.get("INITLOAD_CONSOLE", "").rstrip("/"),
            retry=timedelta(seconds=float(environment.get("INITLOAD_RETRY_SECONDS", "30"))),
            every=timedelta(seconds=float(environment.get("INITLOAD_LOOK_SECONDS", "30"))),
        )
