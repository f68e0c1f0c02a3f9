"""Registers the links and shows reports to people who may see the DAG they belong to."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from airflow.plugins_manager import AirflowPlugin

from initload_airflow.links import REPORTS_PATH, ConsoleLink, JobLink, ReportLink
from initload_airflow.settings import Settings

if TYPE_CHECKING:
    from fastapi import FastAPI


@cache
def _reports() -> FastAPI:
    """Made when first asked for: every component loads plugins, only the api-server serves them."""
    from airflow.api_fastapi.core_api.security import requires_access_dag
    from fastapi import Depends, FastAPI, HTTPException
    from fastapi.responses import FileResponse

    app = FastAPI(title="initload reports", openapi_url=None)
    root = Settings.of().reports.absolute()

    @app.get("/{dag_id}/{run_id}/{file}", dependencies=[Depends(requires_access_dag("GET"))])
    def report(dag_id: str, run_id: str, file: str) -> FileResponse:
        place = root / dag_id / run_id / file
        if {dag_id, run_id, file} & {".", ".."} or not place.is_file():
            raise HTTPException(404, "There is no such report.")
        policy = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:"
        return FileResponse(place, headers={"Content-Security-Policy": policy, "Cache-Control": "no-store"})

    return app


async def _serve(scope, receive, send) -> None:
    await _reports()(scope, receive, send)


class InitloadPlugin(AirflowPlugin):
    name = "initload"
    operator_extra_links = [ReportLink(), ConsoleLink(), JobLink()]  # noqa: RUF012 - Airflow's interface
    fastapi_apps = [{"app": _serve, "url_prefix": REPORTS_PATH, "name": "initload reports"}]  # noqa: RUF012
