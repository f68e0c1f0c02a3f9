"""Waiting for Salesforce, against the simulated org as a process: logins, sessions that end, jobs that end."""

import asyncio
import json

import httpx
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from initload_airflow.salesforce import Login, LoginRefused, Org
from stack import servers

API = "/services/data/v58.0/jobs/ingest"
SOURCE = {"url": "jdbc:oracle:thin:@//db:1521/CRM"}
TABLES = [{"source": "T", "object": "X__c", "externalId": "Key__c", "columns": {"ID": "Key__c"}}]
COUNT_LOGINS = {"seed": 1, "faults": [{"name": "login", "when": {"action": "token"}, "then": {"delay": "0s"}}]}


@pytest.fixture(scope="module")
def org(tmp_path_factory):
    place = tmp_path_factory.mktemp("org")
    for name in ("trusted", "other"):
        key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        (place / f"{name}.key").write_bytes(
            key.private_bytes(
                serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
            )
        )
        (place / f"{name}.pem").write_bytes(
            key.public_key().public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
        )
    servers.built()
    running = servers.Org.start(place, place, "--trust", str(place / "trusted.pem"))
    running.keys = place
    yield running
    running.child.stop()


@pytest.fixture(autouse=True)
def fresh(org):
    """No session from the case before, nothing wrong in the org."""
    org.admin("DELETE", "faults")
    Org._sessions.clear()


def by_key(org, key="trusted", **other):
    facts = {
        "login_url": org.facts["loginUrl"],
        "instance": org.facts["instanceUrl"].split("://")[1],
        "flow": "jwt-bearer",
        "client_id": org.facts["clientId"],
        "username": org.facts["username"],
        "private_key_file": str(org.keys / f"{key}.key"),
    }
    return Login(**(facts | other))


def job(org, state="Open"):
    """A job of one row, as somebody made it."""
    url, headers = org.facts["instanceUrl"] + API, org.headers()
    with httpx.Client(headers=headers) as http:
        made = http.post(url, json={"object": "Account", "operation": "insert", "lineEnding": "LF"}).json()["id"]
        if state != "Open":
            http.put(f"{url}/{made}/batches", content="Name\nAcme\n", headers={"Content-Type": "text/csv"})
            http.patch(f"{url}/{made}", json={"state": state})
    return made


def ask(login, *jobs):
    async def all_of_them():
        async with Org(login) as org:
            return await asyncio.gather(*(org.job_state(j) for j in jobs))

    return asyncio.run(all_of_them())


def struck(org):
    return len(org.admin("GET", "faults")["strikes"])


def test_a_key_is_as_good_as_a_secret(org):
    assert ask(by_key(org), job(org)) == ["Open"]


def test_a_login_that_is_refused_says_why_and_is_not_an_org_that_is_away(org):
    with pytest.raises(LoginRefused, match="invalid_grant"):
        ask(by_key(org, "other"), job(org))


def test_a_token_that_leads_elsewhere_is_not_used(org):
    with pytest.raises(LoginRefused, match=r"the migration names other\.example"):
        ask(by_key(org, instance="other.example"), job(org))


def test_a_session_that_ended_is_renewed_once_for_all_who_wait(org):
    jobs, login = [job(org) for _ in range(5)], by_key(org)
    ask(login, jobs[0])
    org.admin("POST", "sessions/revoke")
    org.admin("POST", "faults", COUNT_LOGINS)

    assert ask(login, *jobs) == ["Open"] * 5
    assert struck(org) == 1


def test_a_job_the_org_does_not_know_is_gone(org):
    assert ask(by_key(org), "750000000000000AAA") == ["Gone"]


@pytest.fixture
def trigger(org, site, tmp_path):
    from initload_airflow.triggers import JobsTrigger

    def of(*jobs, key="trusted"):
        login = by_key(org, key)
        auth = {"flow": login.flow, "clientId": login.client_id, "username": login.username}
        target = {
            "loginUrl": login.login_url,
            "instance": login.instance,
            "auth": auth | {"privateKeyFile": login.private_key_file},
        }
        (tmp_path / "m.yaml").write_text(
            json.dumps({"name": "m", "source": SOURCE, "target": target, "tables": TABLES})
        )
        return JobsTrigger(str(tmp_path / "m.yaml"), list(jobs), first=0.05, longest=0.1)

    return of


def fired(trigger):
    async def first():
        return await anext(trigger.run())

    return asyncio.run(asyncio.wait_for(first(), 60)).payload


def test_a_trigger_fires_when_all_its_jobs_have_ended_and_sees_through_an_org_that_is_away(org, trigger):
    away = {"when": {"action": "ingest.get", "times": 3}, "then": {"answer": "unavailable"}}
    jobs = [job(org, "UploadComplete"), job(org, "Aborted")]
    org.admin("POST", "faults", {"seed": 1, "faults": [away]})

    assert fired(trigger(*jobs)) == {"jobs": {jobs[0]: "JobComplete", jobs[1]: "Aborted"}}
    assert struck(org) == 3


def test_a_trigger_that_is_not_let_in_wakes_its_task_instead_of_trying_on(org, trigger):
    org.admin("POST", "faults", COUNT_LOGINS)

    assert "invalid_grant" in fired(trigger(job(org), key="other"))["refused"]
    # One login was the test's own.
    assert struck(org) == 2


def test_a_trigger_that_has_nothing_to_log_in_with_wakes_its_task(org, trigger, tmp_path, monkeypatch):
    from initload_airflow.triggers import JobsTrigger

    waiting = trigger(job(org), key="absent")
    assert "absent.key cannot be read" in fired(waiting)["refused"]

    file = tmp_path / "m.yaml"
    with_reference = json.loads(file.read_text())
    with_reference["target"]["auth"]["clientId"] = "${NOBODY_SET_THIS}"
    file.write_text(json.dumps(with_reference))
    assert "NOBODY_SET_THIS" in fired(waiting)["refused"]

    file.write_text("name: [")
    assert "lacks auth" in fired(JobsTrigger(str(file), ["750A"]))["refused"]
