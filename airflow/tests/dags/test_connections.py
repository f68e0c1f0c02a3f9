"""Where secrets come from: Airflow connections, and the worker's environment where they say nothing."""

import asyncio
import json

import pytest

MIGRATION = """
name: m
source: {url: "${DB_URL}", user: "${DB_USER}", password: "${DB_PASSWORD}"}
target:
  loginUrl: https://login.example
  instance: acme.example
  auth: {flow: jwt-bearer, clientId: "${SF_ID}", username: u, privateKeyFile: "${SF_KEY}"}
staging: {directory: "${STAGING}"}
tables: [{source: T, object: X__c, externalId: Key__c, columns: {ID: Key__c}}]
"""
SOURCE = {"conn_type": "generic", "login": "reader", "password": "s3cret", "extra": {"url": "jdbc:h2:mem:x"}}
TARGET = {"conn_type": "generic", "login": "app", "extra": {"private_key_file": "/etc/key.pem"}}
VALUES = {"DB_URL": "jdbc:h2:mem:x", "DB_USER": "reader", "DB_PASSWORD": "s3cret", "SF_ID": "app"}


@pytest.fixture
def values(site, tmp_path, monkeypatch):
    """The engine's environment, given these connections and this environment of the worker."""
    from initload_airflow.config.tables_config import read
    from initload_airflow.connections import engine_environment, target_environment

    (tmp_path / "m.yaml").write_text(MIGRATION)

    def of(connections, environment=None, only_target=False):
        monkeypatch.setenv("STAGING", "/mnt/nvme")
        for name, connection in connections.items():
            monkeypatch.setenv(f"AIRFLOW_CONN_INITLOAD_{name.upper()}", json.dumps(connection))
        for name, value in (environment or {}).items():
            monkeypatch.setenv(name, value)
        migration = read(tmp_path / "m.yaml", {})
        return asyncio.run(target_environment(migration)) if only_target else engine_environment(migration)

    return of


def refused(call):
    from airflow.sdk.exceptions import AirflowFailException

    with pytest.raises(AirflowFailException) as caught:
        call()
    return str(caught.value)


def test_fields_and_extras_of_connections_reach_the_engine_and_nothing_of_airflow(values):
    found = values({"source": SOURCE, "target": TARGET})

    assert found.items() >= (VALUES | {"SF_KEY": "/etc/key.pem", "STAGING": "/mnt/nvme"}).items()
    assert not [name for name in found if name.startswith("AIRFLOW")]


def test_what_a_connection_does_not_have_comes_from_the_workers_environment(values):
    target = TARGET | {"extra": {}}

    assert values({"source": SOURCE, "target": target}, {"SF_KEY": "/srv/key"})["SF_KEY"] == "/srv/key"
    assert values({"source": SOURCE, "target": TARGET}, {"SF_KEY": "/srv/key"})["SF_KEY"] == "/etc/key.pem"


def test_a_field_that_is_nowhere_is_named(values):
    message = refused(lambda: values({"source": SOURCE, "target": TARGET | {"extra": {}}}))

    assert "initload_target has no private_key_file, wanted as SF_KEY" in message


def test_a_connection_that_is_missing_is_named_unless_the_environment_has_it_all(values):
    assert "make the connection initload_source" in refused(lambda: values({"target": TARGET}))
    assert values({"target": TARGET}, VALUES)["DB_PASSWORD"] == "s3cret"


def test_the_triggerer_looks_up_the_target_alone(values):
    assert "make the connection initload_target" in refused(lambda: values({"source": SOURCE}, only_target=True))
    assert values({"target": TARGET}, only_target=True)["SF_ID"] == "app"
