"""What the operators make of the engine's answers. The engine is a script that answers as it is told."""

import json
import sys
from types import SimpleNamespace

import pytest

MIGRATION = """
name: plain
source: {url: "jdbc:oracle:thin:@//db:1521/CRM"}
target: {loginUrl: http://127.0.0.1:1, instance: "127.0.0.1:1", auth: {flow: client-credentials, clientId: a}}
tables: [{source: T, object: X__c, externalId: Key__c, columns: {ID: Key__c}}]
"""
ENGINE = """
import json, os, sys
step, request, result = sys.argv[2], json.load(open(sys.argv[4])), sys.argv[6]
code, answer = json.load(open(os.path.join(os.path.dirname(__file__), "answers.json")))[step]
json.dump(answer, open(result, "w"))
sys.exit(code)
"""
AT = "2026-11-28T03:17:00+00:00"
JOB = {"id": "750A", "url": "https://acme/750A", "state": "UploadComplete"}
BOOKS = [{"table": "T", "closed": True}]


@pytest.fixture
def chunk(site, tmp_path, monkeypatch):
    """A chunk's task, its context, and a way to say what the engine answers."""
    from initload_airflow.operators import ChunkOperator

    (tmp_path / "m.yaml").write_text(MIGRATION)
    (tmp_path / "engine.py").write_text(ENGINE)
    monkeypatch.setenv("INITLOAD_COMMAND", f"{sys.executable} {tmp_path / 'engine.py'}")
    operator = ChunkOperator(task_id="move", chunk={"chunk": 7}, config=str(tmp_path / "m.yaml"), table="T")
    context = {"params": {"mode": "load"}, "ti": SimpleNamespace(dag_id="d", run_id="r")}

    def answers(**steps):
        (tmp_path / "answers.json").write_text(json.dumps(steps))

    return operator, context, answers


def deferred(call):
    from airflow.sdk.exceptions import TaskDeferred

    with pytest.raises(TaskDeferred) as caught:
        call()
    return caught.value


@pytest.mark.parametrize("code", [75, 76])
def test_full_slots_and_a_used_up_quota_wait_until_their_time_without_a_retry(chunk, code):
    operator, context, answers = chunk
    answers(move=(code, {"retryAt": AT}))

    wait = deferred(lambda: operator.execute(context))

    assert (wait.method_name, wait.timeout) == ("resume", None)
    assert wait.trigger.moment.isoformat() == AT


def test_submitted_jobs_are_waited_for_without_deadline_and_then_collected(chunk):
    operator, context, answers = chunk
    answers(move=(0, {"status": "done", "jobs": [JOB]}), collect=(0, {"status": "done", "jobs": [], "books": BOOKS}))

    wait = deferred(lambda: operator.execute(context))

    assert (wait.method_name, wait.timeout, wait.trigger.jobs) == ("collect", None, ["750A"])
    done = operator.collect(context, event={"jobs": {"750A": "JobComplete"}}, **wait.kwargs)
    assert done == {"closed": True, "books": BOOKS}
    assert operator.job_url == JOB["url"]


def test_every_request_of_a_trial_names_it():
    from initload_airflow.operators import request

    context = {"params": {"migration": "", "trial": "1%", "level": "count"}, "ti": None}
    assert request(context, "m.yaml", "T")["trial"] == "1%"
    context["params"]["trial"] = ""
    assert not request(context, "m.yaml", "T")["trial"]


def test_a_settled_chunk_is_done_at_once(chunk):
    operator, context, answers = chunk
    answers(move=(0, {"status": "done", "jobs": []}), collect=(0, {"status": "done", "books": BOOKS}))

    assert operator.execute(context)["closed"] is True


def test_jobs_that_another_process_still_books_are_looked_at_later(chunk):
    operator, context, answers = chunk
    answers(collect=(0, {"status": "waiting", "jobs": [JOB], "retryAt": AT}))

    wait = deferred(lambda: operator.collect(context, event={"jobs": {"750A": "JobComplete"}}))

    assert (wait.method_name, wait.trigger.moment.isoformat()) == ("resume", AT)


@pytest.mark.parametrize(("code", "failure", "fails_at_once"), [(3, "JOB_FAILED", True), (75, "LEDGER_BUSY", False)])
def test_failures_say_what_the_engine_says(chunk, code, failure, fails_at_once):
    from airflow.sdk.exceptions import AirflowException, AirflowFailException

    operator, context, answers = chunk
    answers(move=(code, {"failure": {"code": failure, "message": "So it is.", "remedy": "Mend it."}}))

    with pytest.raises(AirflowException, match=f"{failure}: So it is. next: Mend it.") as caught:
        operator.execute(context)
    assert isinstance(caught.value, AirflowFailException) is fails_at_once


def summarise(operator, finished=None):
    from initload_airflow.operators import SummaryOperator

    return SummaryOperator(task_id="s", config=operator.config, table="T", finished=finished)


def test_a_table_that_failed_has_a_report_behind_its_summary(chunk, tmp_path):
    operator, context, answers = chunk
    books = [{"table": "T", "closed": False}]
    report = str(tmp_path / "reports" / "T-summary.html")
    answers(summarise=(3, {"failure": {"code": "BOOKS_OPEN"}, "books": books, "closed": False, "report": report}))

    summary = summarise(operator)
    assert summary.execute(context) | {"url": ""} == {"closed": False, "books": books, "url": ""}
    assert summary.report_url.endswith("/d/r/T-summary.html")
    assert [type(link).__name__ for link in summary.operator_extra_links] == ["ReportLink", "ConsoleLink"]


def test_a_comparison_that_failed_has_its_report_too(chunk):
    from airflow.sdk.exceptions import AirflowFailException

    from initload_airflow.operators import EngineOperator

    operator, context, answers = chunk
    answers(reconcile=(6, {"failure": {"code": "MISMATCH", "message": "No."}, "report": "/r/T-certificate.html"}))
    compare = EngineOperator(task_id="r", step="reconcile", config=operator.config, table="T", reports=True)

    with pytest.raises(AirflowFailException, match="MISMATCH"):
        compare.execute(context)
    key = SimpleNamespace(dag_id="d", run_id="r")
    assert compare.operator_extra_links[0].get_link(compare, ti_key=key).endswith("/d/r/T-certificate.html")


@pytest.mark.parametrize(
    ("console", "table", "leads_to"),
    [
        ("", "S.T", ""),
        ("http://etl1:8470/", "S.T & U", "http://etl1:8470/#/table?name=S.T+%26+U"),
        ("http://etl1:8470", "", "http://etl1:8470/#/"),
        ("https://{migration}.example", "", "https://crm-history.example/#/"),
    ],
)
def test_every_step_leads_to_the_console_where_there_is_one(chunk, monkeypatch, console, table, leads_to):
    from initload_airflow.operators import EngineOperator

    monkeypatch.setenv("INITLOAD_CONSOLE", console)
    step = EngineOperator(task_id="c", step="plan", config=chunk[0].config, table=table)
    key = SimpleNamespace(dag_id=f"initload_table__crm-history__{table}", run_id="r")

    assert step.operator_extra_links[1].get_link(step, ti_key=key) == leads_to


def test_a_table_that_came_to_its_end_is_not_asked_again(chunk):
    operator, context, answers = chunk
    answers()

    assert summarise(operator, {"closed": True, "books": BOOKS}).execute(context) == {"closed": True, "books": BOOKS}


def test_books_that_cannot_be_read_now_are_read_again(chunk):
    from airflow.sdk.exceptions import AirflowException

    operator, context, answers = chunk
    answers(summarise=(2, {"failure": {"code": "LEDGER_UNREACHABLE", "message": "No answer."}}))

    with pytest.raises(AirflowException, match="LEDGER_UNREACHABLE"):
        summarise(operator).execute(context)


def test_a_step_of_another_mode_is_skipped(chunk):
    from airflow.sdk.exceptions import AirflowSkipException

    from initload_airflow.operators import EngineOperator

    operator, context, _ = chunk
    context["params"]["mode"] = "verify"
    finish = EngineOperator(task_id="finish", step="finish", config=operator.config, table="T")

    with pytest.raises(AirflowSkipException):
        finish.execute(context)
