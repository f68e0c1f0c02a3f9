"""Links from a task to what it made."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

import attrs
from airflow.sdk import BaseOperatorLink, conf

from initload_airflow.settings import Settings

if TYPE_CHECKING:
    from airflow.sdk import BaseOperator
    from airflow.sdk.types import TaskInstanceKey

REPORTS_PATH = "/initload/reports"


def report_url(dag_id: str, run_id: str, file: str) -> str:
    """Where the api-server shows a report; see :mod:`initload_airflow.plugin`."""
    base = conf.get("api", "base_url", fallback="").rstrip("/")
    return f"{base}{REPORTS_PATH}/{quote(dag_id)}/{quote(run_id, safe='')}/{quote(file)}"


@attrs.define()
class ReportLink(BaseOperatorLink):
    """The report or certificate the task wrote."""

    name: str = "Report"

    def get_link(self, operator: BaseOperator, *, ti_key: TaskInstanceKey) -> str:
        return getattr(operator, "report_url", "")


@attrs.define()
class ConsoleLink(BaseOperatorLink):
    """The migration, or the table, as it is now: in ``initload console``, where the site has one."""

    name: str = "Console"

    def get_link(self, operator: BaseOperator, *, ti_key: TaskInstanceKey) -> str:
        migration = ti_key.dag_id.partition("__")[2].partition("__")[0]
        console = Settings.of().console.replace("{migration}", quote(migration))
        table = getattr(operator, "table", "")
        view = "table?" + urlencode({"name": table}) if table else ""
        return f"{console}/#/{view}" if console else ""


@attrs.define()
class JobLink(BaseOperatorLink):
    """The page of the chunk's (last) job in Salesforce's setup."""

    name: str = "Salesforce job"

    def get_link(self, operator: BaseOperator, *, ti_key: TaskInstanceKey) -> str:
        return getattr(operator, "job_url", "")
