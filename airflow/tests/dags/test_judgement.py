"""Who is red, and why: what a run checks, and what verdicts make of it. The engine is a script told what to say."""

import json
import sys

import pytest

MIGRATION = """
name: two
source: {url: "jdbc:oracle:thin:@//db:1521/CRM"}
target: {loginUrl: http://127.0.0.1:1, instance: "127.0.0.1:1", auth: {flow: client-credentials, clientId: a}}
phases: [first, second]
tables:
  - {source: A, object: A__c, phase: first, externalId: Key__c, columns: {ID: Key__c}}
  - {source: B, object: B__c, phase: second, externalId: Key__c, columns: {ID: Key__c}}
  - {source: C, object: C__c, phase: second, externalId: Key__c, columns: {ID: Key__c}}
"""
ENGINE = """
import json, os, sys
step, asked, result = sys.argv[2], json.load(open(sys.argv[4])), sys.argv[6]
here = os.path.dirname(__file__)
open(os.path.join(here, "calls"), "a").write(f"{step} {asked.get('table')}\\n")
code, answer = json.load(open(os.path.join(here, "answers.json"))).get(asked.get("table") or "all", [0, {}])
json.dump(answer, open(result, "w"))
sys.exit(code)
"""
REFUSED = [1, {"failure": {"code": "NO_FIELD", "message": "The object has no Key__c."}}]
AWAY = [2, {"failure": {"code": "ORG_UNREACHABLE", "message": "No answer."}}]
CLOSED, OPEN = {"closed": True, "books": []}, {"closed": False, "books": []}


@pytest.fixture
def run(site, tmp_path, monkeypatch):
    """A run's form, and a way to call a task of the master or of a table with it; ``calls`` is what the engine saw."""
    from types import SimpleNamespace

    from initload_airflow import master_dag as master_module
    from initload_airflow import table_dag as table_module
    from initload_airflow.config.tables_config import read
    from initload_airflow.settings import Settings

    (tmp_path / "two.yaml").write_text(MIGRATION)
    (tmp_path / "engine.py").write_text(ENGINE)
    (tmp_path / "answers.json").write_text("{}")
    (tmp_path / "calls").touch()
    monkeypatch.setenv("INITLOAD_COMMAND", f"{sys.executable} {tmp_path / 'engine.py'}")
    params = {"mode": "load", "tables": [], "phases": []}
    ti = SimpleNamespace(dag_id="d", run_id="r")
    context = {"params": params, "ti": ti, "dag_run": SimpleNamespace(conf={})}
    for module in (master_module, table_module):
        monkeypatch.setattr(module, "get_current_context", lambda: context)
    migration = read(tmp_path / "two.yaml", {})
    master = master_module.master_dag(migration, Settings.of())
    table = table_module.table_dag(migration, migration.tables[0], Settings.of())
    return SimpleNamespace(
        context=context,
        params=params,
        master=lambda name, *a: master.get_task(name).python_callable(*a),
        table=lambda name, *a: table.get_task(name).python_callable(*a),
        trigger=lambda name: master.get_task(name).execute(context),
        answers=lambda **by_table: (tmp_path / "answers.json").write_text(json.dumps(by_table)),
        calls=lambda: (tmp_path / "calls").read_text().splitlines(),
    )


def failing(call, fatal=True):
    from airflow.sdk.exceptions import AirflowException, AirflowFailException

    with pytest.raises(AirflowException) as caught:
        call()
    assert isinstance(caught.value, AirflowFailException) is fatal
    return str(caught.value)


def skipped(call):
    from airflow.sdk.exceptions import AirflowSkipException

    with pytest.raises(AirflowSkipException) as caught:
        call()
    return str(caught.value)


def test_tables_of_any_phase_are_checked_when_they_alone_are_asked_for(run):
    run.params |= {"mode": "preflight", "tables": ["A", "C"]}

    assert run.master("preflight") is True
    assert run.calls() == ["preflight A", "preflight C"]


def test_all_tables_are_checked_at_once_when_all_are_asked_for(run):
    run.params["mode"] = "preflight"

    assert run.master("preflight") is True
    assert run.calls() == ["preflight None"]


def test_a_check_names_every_table_that_cannot_be_migrated(run):
    run.params |= {"mode": "preflight", "phases": ["second"]}
    run.answers(B=REFUSED, C=REFUSED)

    message = failing(lambda: run.master("preflight"))
    assert "B: NO_FIELD" in message
    assert "C: NO_FIELD" in message
    run.answers(B=REFUSED, C=AWAY)
    assert "C: ORG_UNREACHABLE" in failing(lambda: run.master("preflight"), fatal=False)


def test_some_tables_that_are_loaded_check_themselves(run):
    run.params["tables"] = ["A"]

    assert run.master("preflight") is True
    assert run.calls() == []


def test_a_check_starts_no_table(run):
    run.params["mode"] = "preflight"

    assert "preflight" in skipped(lambda: run.trigger("phase_first.A"))


def test_a_run_that_only_checks_is_red_when_the_check_failed(run):
    run.params["mode"] = "preflight"

    for verdict, more in ((run.table, (None, None)), (run.master, ([None, None], None))):
        assert "preflight" in failing(lambda verdict=verdict, more=more: verdict("verdict", None, *more))
        assert "only checked" in skipped(lambda verdict=verdict, more=more: verdict("verdict", True, *more))


@pytest.mark.parametrize(
    ("books", "proof", "says"),
    [
        (None, CLOSED, "DO NOT close"),
        (OPEN, CLOSED, "DO NOT close"),
        (CLOSED, OPEN, "not proven"),
        (CLOSED, None, "not proven"),
    ],
)
def test_a_table_is_red_unless_books_and_proof_close(run, books, proof, says):
    assert says in failing(lambda: run.table("verdict", True, books, proof))


def test_a_table_is_green_when_both_close(run):
    assert run.table("verdict", True, CLOSED, CLOSED | {"url": "u"}) == {"closed": True, "books": [], "report": "u"}


def test_a_migration_is_judged_by_its_certificate_and_a_part_of_it_by_its_gates(run):
    assert run.master("verdict", True, [CLOSED, CLOSED], CLOSED)["closed"]
    failing(lambda: run.master("verdict", True, [CLOSED, CLOSED], OPEN))
    failing(lambda: run.master("verdict", True, [CLOSED, CLOSED], None))
    run.params["tables"] = ["A"]
    assert run.master("verdict", True, [CLOSED, CLOSED], None)["closed"]
    failing(lambda: run.master("verdict", True, [CLOSED, None], None))


@pytest.mark.parametrize("mode", ["load", "verify", "preflight"])
def test_a_step_has_its_modes(run, mode):
    from initload_airflow.operators import only_in

    run.params["mode"] = mode
    if mode == "preflight":
        assert mode in skipped(lambda: only_in(run.context, ("load", "verify")))
    else:
        only_in(run.context, ("load", "verify"))
