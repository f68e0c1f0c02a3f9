"""One Airflow DAG for each table of each migration file that INITLOAD_CONFIG names.

The files are the command line's own. A table whose entry is wrong becomes a DAG that fails and says why.
"""

from __future__ import annotations

import os

from airflow.sdk import get_parsing_context

from initload_airflow.config.tables_config import migrations
from initload_airflow.settings import Settings
from initload_airflow.table_dag import table_dag

_settings = Settings.of()
_only = get_parsing_context().dag_id  # a worker asks for the one DAG it runs a task of

for _migration in migrations(_settings.config, os.environ):
    for _table in _migration.tables:
        if _only is None or _only == _table.dag_id:
            table_dag(_migration, _table, _settings)
