"""The pages of reports, as the api-server shows them."""

import asyncio

import httpx
import pytest

REPORT = "/initload_master__crm-history/run/certificate.html"


def get(path, **headers):
    from initload_airflow.plugin import InitloadPlugin

    (app,) = (a["app"] for a in InitloadPlugin.fastapi_apps)

    async def ask():
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://site") as client:
            return await client.get(path, headers=headers)

    return asyncio.run(ask())


@pytest.fixture
def session_of(site, monkeypatch):
    """The header of a person's session, by their role."""
    from airflow.api_fastapi.app import create_auth_manager
    from airflow.api_fastapi.auth.managers.simple.user import SimpleAuthManagerUser
    from airflow.models import import_all_models
    from airflow.models.base import Base
    from airflow.settings import engine

    import_all_models()
    Base.metadata.create_all(engine)  # sessions that were ended, teams: the database is asked for both
    monkeypatch.setenv("AIRFLOW__API_AUTH__JWT_SECRET", "s3cret" * 12)
    manager = create_auth_manager()

    def header(role):
        return {"Authorization": "Bearer " + manager.generate_jwt(SimpleAuthManagerUser(username="anna", role=role))}

    return header


def test_nobody_sees_a_report_without_a_session(site):
    assert get(REPORT).status_code == 401


def test_who_may_see_the_dag_sees_its_report(site, session_of):
    file = site / "reports" / REPORT.lstrip("/")
    file.parent.mkdir(parents=True)
    file.write_text("The books close")

    assert get(REPORT, **session_of("VIEWER")).text == "The books close"
    assert get(REPORT, **session_of(None)).status_code == 403


def test_there_is_nothing_else(site):
    assert get("/").status_code == 404
    assert get("/docs").status_code == 404
