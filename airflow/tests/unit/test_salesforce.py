"""What the waiting makes of an org's answers: as the engine does. The org is a transport that answers as it is told."""

import asyncio
import json

import httpx
import pytest

from initload_airflow.salesforce import Login, LoginRefused, Org, OrgUnavailable

TARGET = {
    "loginUrl": "https://login.example/",
    "instance": "Acme.my.salesforce.com",
    "auth": {"flow": "client-credentials", "clientId": "app", "clientSecret": "s3cret"},
}
TOKEN = {"access_token": "t", "instance_url": "https://acme.my.salesforce.com"}
GONE = [{"errorCode": "NOT_FOUND", "message": "The requested resource does not exist"}]


@pytest.fixture(autouse=True)
def fresh():
    Org._sessions.clear()


def ask(question, token=(200, TOKEN), answer=(200, {}), **target):
    """Asks an org that answers so to the login and to everything else; a text is no JSON."""
    seen = []

    def handle(request):
        seen.append(request.url.path)
        status, body = token if request.url.path.endswith("/token") else answer
        return httpx.Response(status, content=body if isinstance(body, str) else json.dumps(body))

    async def run():
        async with Org(Login.of(TARGET | target)) as org:
            org._http = httpx.AsyncClient(transport=httpx.MockTransport(handle))
            return await question(org)

    return asyncio.run(run()), seen


def state(**more):
    return ask(lambda org: org.job_state("750A"), **more)[0]


@pytest.mark.parametrize(
    ("instance", "leads_to"),
    [
        ("Acme.My.Salesforce.com", "https://acme.my.salesforce.com"),
        ("acme.my.salesforce.com", "https://ACME.my.salesforce.com/"),
        ("acme.my.salesforce.com:443", "https://acme.my.salesforce.com"),
        ("acme.my.salesforce.com", "https://acme.my.salesforce.com:443"),
        ("127.0.0.1:8080", "http://127.0.0.1:8080"),
        ("127.0.0.1", "http://127.0.0.1:80"),
    ],
)
def test_an_instance_is_the_same_however_it_is_written(instance, leads_to):
    token = TOKEN | {"instance_url": leads_to}

    assert state(instance=instance, token=(200, token), answer=(200, {"state": "Open"})) == "Open"


@pytest.mark.parametrize("leads_to", ["https://other.my.salesforce.com", "https://acme.my.salesforce.com:8443"])
def test_another_instance_is_not_asked(leads_to):
    with pytest.raises(LoginRefused, match="the migration names Acme"):
        state(token=(200, TOKEN | {"instance_url": leads_to}))


@pytest.mark.parametrize("written", [61, 61.0, "61", "61.0"])
def test_a_version_is_the_same_however_it_is_written(written):
    _, seen = ask(lambda org: org.job_state("750A"), answer=(200, {"state": "Open"}), apiVersion=written)

    assert seen[-1] == "/services/data/v61.0/jobs/ingest/750A"


def test_the_newest_version_is_for_the_engine_to_choose():
    for target in ({}, {"apiVersion": "newest"}):
        _, seen = ask(lambda org: org.job_state("750A"), answer=(200, {"state": "Open"}), **target)

        assert seen[-1] == "/services/data/v58.0/jobs/ingest/750A"


def test_a_job_is_gone_only_when_the_org_itself_says_so():
    assert state(answer=(404, GONE)) == "Gone"
    for body in ("<html>not here</html>", [{"errorCode": "URL_NOT_RESET"}], {}, []):
        with pytest.raises(OrgUnavailable):
            state(answer=(404, body))


def test_limits_that_are_not_told_are_not_plenty():
    for answer in ((404, GONE), (404, "<html>"), (200, "<html>"), (200, [])):
        with pytest.raises(OrgUnavailable):
            ask(lambda org: org.batches_left(), answer=answer)
    limits = {"DailyBulkApiBatches": {"Remaining": 7}}
    assert ask(lambda org: org.batches_left(), answer=(200, limits))[0] == 7


@pytest.mark.parametrize("status", [400, 401, 403])
def test_a_login_is_refused_in_the_words_of_oauth_only(status):
    with pytest.raises(LoginRefused, match="invalid_grant: no"):
        state(token=(status, {"error": "invalid_grant", "error_description": "no"}))
    with pytest.raises(OrgUnavailable):
        state(token=(status, "<html>the proxy says no</html>"))


@pytest.mark.parametrize("token", [(404, ""), (302, ""), (200, {}), (200, {"access_token": "t"})])
def test_a_place_without_tokens_is_no_login(token):
    with pytest.raises(LoginRefused):
        state(token=token)


def test_a_login_endpoint_that_is_down_is_waited_for():
    for token in ((503, ""), (500, {"error": "server_error"}), (429, "")):
        with pytest.raises(OrgUnavailable):
            state(token=token)


def test_what_a_login_lacks_is_named(tmp_path):
    with pytest.raises(LoginRefused, match="lacks auth"):
        Login.of({"loginUrl": "https://login.example", "instance": "a"})
    jwt = {"flow": "jwt-bearer", "clientId": "app", "username": "u"}
    with pytest.raises(LoginRefused, match=r"absent\.key cannot be read"):
        state(auth=jwt | {"privateKeyFile": str(tmp_path / "absent.key")})
    (tmp_path / "no.key").write_text("no key")
    with pytest.raises(LoginRefused, match="holds no key") as caught:
        state(auth=jwt | {"privateKeyFile": str(tmp_path / "no.key")})
    assert "s3cret" not in str(caught.value)
