"""DAGs parsed by Airflow itself, from a migration file with a good and a bad side. No database is used."""

import os
from pathlib import Path

import pytest

DAGS = Path(__file__).parents[2] / "dags"

MIGRATION = """
name: crm-history
source: {url: "jdbc:oracle:thin:@//db:1521/CRM", user: INITLOAD, password: ${ORACLE_PASSWORD}}
target:
  loginUrl: https://login.salesforce.com
  instance: acme.my.salesforce.com
  auth: {flow: client-credentials, clientId: ${SF_ID}, clientSecret: ${SF_SECRET}}
phases: [reference, sales]
tables:
  - {source: SH.COUNTRIES, object: Country__c, phase: reference, externalId: Key__c, columns: {ID: Key__c}}
  - {source: SH.CHANNELS, object: Channel__c, phase: reference, externalId: Key__c, columns: {ID: Key__c}}
  - {source: SH.WRONG, objct: X__c, phase: reference, externalId: Key__c, columns: {ID: Key__c}}
  - source: SH.SALES
    object: Sale__c
    phase: sales
    externalId: Key__c
    columns: {ID: Key__c, CUST_ID: Account__r.Key__c}
    chunking: {strategy: rowid, rows: 1000000}
"""


@pytest.fixture(scope="session")
def site(tmp_path_factory):
    """Two migration files, one of which cannot be used, and an Airflow that sees nothing else."""
    home = tmp_path_factory.mktemp("airflow")
    (home / "migrations").mkdir()
    (home / "migrations" / "crm.yaml").write_text(MIGRATION, encoding="utf-8")
    (home / "migrations" / "torn.yaml").write_text("name: [", encoding="utf-8")
    os.environ |= {
        "AIRFLOW_HOME": str(home),
        "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
        "AIRFLOW__CORE__UNIT_TEST_MODE": "False",
        "INITLOAD_CONFIG": str(home / "migrations"),
        "INITLOAD_HOSTS": "host_w1,host_w2",
    }
    return home


@pytest.fixture(scope="session")
def bag(site):
    from airflow.dag_processing.dagbag import DagBag

    return DagBag(dag_folder=str(DAGS))
