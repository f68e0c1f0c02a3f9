"""The typed face of the YAML, without Airflow."""

import subprocess
import sys
from pathlib import Path

import pytest

from initload_airflow.config import tables_config
from initload_airflow.config.tables_config import Reference, migrations, read, target_settings

ENGINE = Path(__file__).parents[3] / "engine/src"
IN_ENGINE = "io/initload/config"

HEAD = """
name: crm-history
source: {url: "jdbc:oracle:thin:@//db:1521/CRM", user: INITLOAD, password: ${ORACLE_PASSWORD}}
target:
  loginUrl: https://login.salesforce.com
  instance: acme.my.salesforce.com
  auth: {flow: client-credentials, clientId: ${SF_ID}, clientSecret: ${SF_SECRET}}
staging: {directory: "${STAGING}"}
phases: [reference, sales]
tables:
"""
COUNTRIES = """
  - {source: SH.COUNTRIES, object: Country__c, phase: reference, externalId: Key__c, columns: {ID: Key__c}}
"""
SALES = """
  - source: SH.SALES
    object: Sale__c
    phase: sales
    externalId: Key__c
    columns: {CUST_ID: Account__r.Key__c}
    composites: {Key__c: {columns: [CUST_ID, TIME_ID]}}
    sql: {Label__c: "'S' || CUST_ID"}
    chunking: {strategy: rowid, rows: 1000000}
"""


def migration(tmp_path: Path, text: str, **environment: str):
    file = tmp_path / "m.yaml"
    file.write_text(text, encoding="utf-8")
    return read(file, environment)


def test_tables_come_typed_and_in_the_order_of_the_file(tmp_path):
    found = migration(tmp_path, HEAD + COUNTRIES + SALES)

    assert found.problem is None
    assert found.phases == ("reference", "sales")
    countries, sales = found.tables
    assert (countries.name, countries.phase, countries.size) == ("SH.COUNTRIES", "reference", "small")
    assert (sales.object, sales.size, sales.strategy, sales.chunk_rows) == (
        "Sale__c",
        "large",
        "rowid",
        1_000_000,
    )
    assert sales.key_columns == ("CUST_ID", "TIME_ID")
    assert sales.dag_id == "initload_table__crm-history__SH.SALES"


def test_a_query_stands_in_the_place_of_a_table(tmp_path):
    entry = (
        "{name: orders, query: SELECT ID FROM O, object: Order__c, phase: sales, externalId: K__c, columns: {ID: K__c}}"
    )
    query, neither = migration(
        tmp_path, HEAD + f"  - {entry}\n  - {{object: A, externalId: B, columns: {{C: B}}}}\n"
    ).tables
    assert (query.problem, query.name, query.source) == (None, "orders", "orders")
    assert neither.problem == "tables[1]: needs a source, or a query and a name"


def test_a_key_may_be_computed(tmp_path):
    table = migration(
        tmp_path,
        HEAD + "  - {source: T, object: Account, phase: sales, externalId: K__c, sql: {K__c: \"'K' || ID\"}}\n",
    ).tables[0]
    assert (table.problem, table.key_columns) == (None, ("sql.K__c",))


def test_expressions_and_their_policies_are_the_engines_matter(tmp_path):
    entry = "source: T, object: Account, phase: sales, externalId: K__c, columns: {ID: K__c}"
    computed = 'expressions: {Name: "upper(NAME)"}, values: {expressions.Name: {tooLong: truncate}}'
    good = f"  - {{{entry}, {computed}}}\n"
    bad = f"  - {{{entry}, name: bad, expressions: {{Name: [NAME]}}}}\n"
    right, wrong = migration(tmp_path, HEAD + good + bad).tables
    assert (right.problem, right.key_columns) == (None, ("ID",))
    assert "tables[1].expressions.Name" in wrong.problem


def test_what_rows_name_in_the_org_is_the_engines_matter(tmp_path):
    entry = "source: T, object: Account, phase: sales, externalId: K__c"
    fed = "columns: {ID: K__c, UP: Parent.K__c, SELLER: Owner.FederationIdentifier}"
    rules = "orphans: {Parent.K__c: reject}, fallbacks: {Owner.FederationIdentifier: archive}"
    good = f"  - {{{entry}, {fed}, {rules}, multiSelects: {{Segments__c: [A, B]}}}}\n"
    bad = f"  - {{{entry}, name: bad, {fed}, orphans: {{Parent.K__c: drop}}}}\n"
    right, wrong = migration(tmp_path, HEAD + good + bad).tables
    assert (right.problem, right.key_columns) == (None, ("ID",))
    assert "tables[1].orphans.Parent.K__c" in wrong.problem


@pytest.mark.parametrize(
    ("entry", "says"),
    [
        ("  - {source: A, objct: X__c, phase: sales, externalId: K, columns: {ID: K}}\n", "objct"),
        ("  - {source: A, object: X__c, phase: saels, externalId: K, columns: {ID: K}}\n", "saels"),
        ("  - {source: A, object: X__c, externalId: K, columns: {ID: K}}\n", "phase"),
        ("  - {source: A, object: X__c, phase: sales, externalId: K}\n", "columns"),
        (
            "  - {source: A, object: X__c, phase: ${PHASE}, externalId: K, columns: {ID: K}}\n",
            "PHASE is not set",
        ),
        ("  - just text\n", "block"),
        (COUNTRIES, "taken already"),
    ],
)
def test_a_bad_table_says_why_and_harms_no_other(tmp_path, entry, says):
    found = migration(tmp_path, HEAD + COUNTRIES + entry + SALES)

    countries, bad, sales = found.tables
    assert says in bad.problem
    assert countries.problem is None
    assert sales.problem is None
    assert len({t.dag_id for t in found.tables}) == 3


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("name: [", "line 1"),
        ("name: a\nname: b\n", "given twice"),
        ("phases: [a]\ntables: [{}]\n", "name"),
        ("name: a\n", "tables"),
        ("- a\n", "block"),
        ("name: a\nphases: 5\ntables: [{}]\n", "phases: is not a list"),
        ("name: a\nphases: reference\ntables: [{}]\n", "phases: is not a list"),
        ("name: a\nphases: [a, a]\ntables: [{}]\n", "given twice"),
        ('name: a\nphases: ["a b"]\ntables: [{}]\n', "'a b' is not a name"),
        (f"name: {'a' * 65}\ntables: [{{}}]\n", "is not a name"),
        ("name: a\n[b]: c\ntables: [{}]\n", "line 2: a key is not a text"),
        ("name: a\ntables: [&one {x: *one}]\n", "contains itself"),
    ],
)
def test_a_file_that_cannot_be_used_says_why(tmp_path, text, says):
    assert says in migration(tmp_path, text).problem


def test_names_and_the_level_may_come_from_the_environment(tmp_path):
    text = HEAD.replace("crm-history", "crm-${STAGE}") + COUNTRIES + "reconcile: {level: ${LEVEL}}\n"

    found = migration(tmp_path, text, STAGE="test", LEVEL="count")

    assert (found.name, found.level, found.problem) == ("crm-test", "count", None)


def test_a_key_that_is_a_number_is_a_text(tmp_path):
    (table,) = migration(tmp_path, HEAD + COUNTRIES.replace("ID: Key__c", "1: Key__c")).tables

    assert (table.key_columns, table.problem) == (("1",), None)


def test_two_files_of_one_name_are_told_apart(tmp_path):
    for name in ("a.yaml", "b.yaml"):
        (tmp_path / name).write_text(HEAD + COUNTRIES, encoding="utf-8")

    first, second = migrations(tmp_path, {})

    assert first.problem is None
    assert "a.yaml" in second.problem
    assert first.dag_id != second.dag_id


def test_waves_are_files_of_one_name_with_tables_of_their_own(tmp_path):
    (tmp_path / "a.yaml").write_text(HEAD + COUNTRIES, encoding="utf-8")
    (tmp_path / "b.yaml").write_text("wave: 2" + HEAD + SALES, encoding="utf-8")
    (tmp_path / "c.yaml").write_text("wave: ${WAVE}" + HEAD + SALES, encoding="utf-8")

    first, second, third = migrations(tmp_path, {"WAVE": "3"})

    assert (first.wave, first.dag_id) == (1, "initload_master__crm-history")
    assert (second.wave, second.dag_id, second.problem) == (2, "initload_master__crm-history__wave2", None)
    assert second.tables[0].dag_id == "initload_table__crm-history__SH.SALES"
    assert "SH.SALES is a table of b.yaml already" in third.problem


@pytest.mark.parametrize("wave", ["0", "1001", "true", "x", "${NOWHERE}", "1.5"])
def test_a_wave_is_a_number(tmp_path, wave):
    assert "wave: " in migration(tmp_path, f"wave: {wave}" + HEAD + COUNTRIES).problem


def test_yaml_is_read_as_the_engine_reads_it(tmp_path):
    norway = COUNTRIES.replace("SH.COUNTRIES", "NO").replace("ID: Key__c", "ON: Key__c")

    (table,) = migration(tmp_path, HEAD + norway).tables

    assert (table.name, table.key_columns) == ("NO", ("ON",))


def test_names_that_are_no_dag_ids_stay_apart(tmp_path):
    one, two = COUNTRIES.replace("SH.COUNTRIES", '"A B"'), COUNTRIES.replace("SH.COUNTRIES", '"A/B"')

    ids = [t.dag_id for t in migration(tmp_path, HEAD + one + two).tables]

    assert len(set(ids)) == 2
    assert all(i.startswith("initload_table__crm-history__A-B-") for i in ids)


def test_references_name_the_connection_they_come_from(tmp_path):
    found = migration(tmp_path, HEAD + COUNTRIES)

    assert found.references == {
        "ORACLE_PASSWORD": Reference("source", "password"),
        "SF_ID": Reference("target", "login"),
        "SF_SECRET": Reference("target", "password"),
    }
    resolved = target_settings(found, {"SF_ID": "id", "SF_SECRET": "a$${b"})
    assert resolved["auth"] == {"flow": "client-credentials", "clientId": "id", "clientSecret": "a$${b"}
    with pytest.raises(ValueError, match="SF_ID"):
        target_settings(found, {})


def test_the_schema_is_the_engines_own():
    ours = Path(tables_config.__file__).with_name("migration.schema.json")

    assert ours.read_bytes() == (ENGINE / "main/resources" / IN_ENGINE / "migration.schema.json").read_bytes()


def test_every_setting_of_the_engine_is_known():
    values = ("ORACLE_PASSWORD", "LEDGER_PASSWORD", "SF_CLIENT_ID", "EMPTY")

    found = read(ENGINE / "test/resources" / IN_ENGINE / "full.yaml", dict.fromkeys(values, "x") | {"JOBS": "7"})

    assert found.problem is None
    assert [t.problem for t in found.tables] == [None] * len(found.tables)
    assert len(found.tables) > 1


def test_places_are_counted_as_the_engine_counts_them(tmp_path):
    (first,) = migration(tmp_path, HEAD + COUNTRIES.replace("object:", "objct:")).tables

    assert first.problem.startswith("tables[0]")


def test_it_is_importable_without_airflow():
    code = (
        "import sys; sys.modules['airflow'] = None; import initload_airflow.config.tables_config,"
        " initload_airflow.engine"
    )
    subprocess.run([sys.executable, "-c", code], check=True, env={"PYTHONPATH": ":".join(sys.path)})
