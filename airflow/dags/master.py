"""One Airflow master DAG for each migration file that INITLOAD_CONFIG names."""

from __future__ import annotations

import os

from airflow.sdk import get_parsing_context

from initload_airflow.config.tables_config import migrations
from initload_airflow.master_dag import master_dag
from initload_airflow.settings import Settings

_settings = Settings.of()
_only = get_parsing_context().dag_id

for _migration in migrations(_settings.config, os.environ):
    if _only is None or _only == _migration.dag_id:
        master_dag(_migration, _settings)
