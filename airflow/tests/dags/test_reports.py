"""The pages of reports, as the api-server shows them."""

import asyncio

import httpx


def get(path):
    from initload_airflow.plugin import InitloadPlugin

    (app,) = (a["app"] for a in InitloadPlugin.fastapi_apps)

    async def ask():
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://site") as client:
            return await client.get(path)

    return asyncio.run(ask())


def test_nobody_sees_a_report_without_a_session(site):
    assert get("/initload_master__crm-history/run/certificate.html").status_code == 401


def test_there_is_nothing_else(site):
    assert get("/").status_code == 404
    assert get("/docs").status_code == 404
