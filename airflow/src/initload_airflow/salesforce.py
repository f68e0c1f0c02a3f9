"""What the waiting needs of Salesforce: a token, the state of a job, what is left of the day's batches.

Asynchronous, so that one triggerer waits for all jobs at once. It writes nothing.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
import jwt

ENDED = frozenset({"JobComplete", "Failed", "Aborted"})
GONE = "Gone"
_ASSERTION_SECONDS = 180
_OLDEST = "58.0"  # that the engine takes
_TIMEOUT = httpx.Timeout(60, connect=10)


class OrgUnavailable(Exception):
    """The org did not answer as it should; says nothing about a job."""


class LoginRefused(Exception):
    """The org does not let us in, lets us into another org, or there is nothing to log in with. Not to be repeated:
    each try counts towards a lock of the account.
    """


@dataclass(frozen=True)
class Login:
    """How a token is obtained (docs/reference/salesforce.md, "Logging in")."""

    login_url: str
    instance: str
    flow: str
    client_id: str
    client_secret: str = field(default="", repr=False)
    username: str = ""
    private_key_file: str = ""
    audience: str = ""
    version: str = _OLDEST

    @staticmethod
    def of(target: Mapping[str, Any]) -> Login:
        """From the block ``target`` of a migration, with its references replaced.

        :raises LoginRefused: naming a setting that is missing
        """
        try:
            auth = target["auth"]
            return Login(
                login_url=target["loginUrl"].rstrip("/"),
                instance=target["instance"],
                flow=auth["flow"],
                client_id=auth["clientId"],
                client_secret=auth.get("clientSecret", ""),
                username=auth.get("username", ""),
                private_key_file=auth.get("privateKeyFile", ""),
                audience=auth.get("audience", ""),
                version=_version(target.get("apiVersion", "newest")),
            )
        except KeyError as e:
            raise LoginRefused(f"the block target of the migration lacks {e.args[0]}") from None

    def form(self, now: float) -> dict[str, str]:
        if self.flow == "client-credentials":
            return {
                "grant_type": "client_credentials",
                "client_id": self.client_id,
                "client_secret": self.client_secret,
            }
        claims = {
            "iss": self.client_id,
            "sub": self.username,
            "aud": self.audience or self.login_url,
            "exp": int(now) + _ASSERTION_SECONDS,
        }
        try:
            key = Path(self.private_key_file).read_text(encoding="ascii")
            assertion = jwt.encode(claims, key, algorithm="RS256")
        except OSError as e:
            raise LoginRefused(f"the private key file {self.private_key_file} cannot be read: {e.strerror}") from None
        except (ValueError, TypeError, jwt.PyJWTError) as e:  # its text never holds the key's
            raise LoginRefused(f"the private key file {self.private_key_file} holds no key that can sign") from e
        return {"grant_type": "urn:ietf:params:oauth:grant-type:jwt-bearer", "assertion": assertion}


@dataclass(frozen=True)
class _Session:
    token: str
    url: str


class Org:
    """One org, for one event loop. Tokens are shared by all who wait there: logins are counted too."""

    _sessions: dict[Login, _Session] = {}  # noqa: RUF012 - the point is to share it
    _gates: dict[tuple[int, Login], asyncio.Lock] = {}  # noqa: RUF012

    def __init__(self, login: Login):
        self._login = login
        self._http = httpx.AsyncClient(timeout=_TIMEOUT)

    async def __aenter__(self) -> Org:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._http.aclose()

    async def job_state(self, job: str) -> str:
        """The state of an ingest job, ``Gone`` when the org does not know it."""
        answer = await self._get(f"jobs/ingest/{job}")
        if answer.status_code == 404 and _code(answer) == "NOT_FOUND":
            return GONE
        return str(_json(answer)["state"])

    async def batches_left(self) -> int:
        """What the rolling day still allows, by the org's own count."""
        limits = _json(await self._get("limits"))
        return int((limits.get("DailyBulkApiBatches") or {}).get("Remaining", 1))

    async def _get(self, path: str) -> httpx.Response:
        for attempt in (1, 2):
            session = await self._session(fresh=attempt == 2)
            answer = await self._send("GET", f"{session.url}/services/data/v{self._login.version}/{path}", session)
            if answer.status_code != 401:
                return answer
        raise OrgUnavailable("the org does not accept the session, not even a new one")

    async def _session(self, fresh: bool) -> _Session:
        gate = self._gates.setdefault((id(asyncio.get_running_loop()), self._login), asyncio.Lock())
        before = self._sessions.get(self._login)
        async with gate:
            known = self._sessions.get(self._login)
            if known and (not fresh or known is not before):
                return known
            url = f"{self._login.login_url}/services/oauth2/token"
            answer = await self._send("POST", url, data=self._login.form(time.time()))
            if refusal := _refusal(answer):
                raise LoginRefused(f"{self._login.login_url} gave no session: {refusal}")
            token = _json(answer)
            try:
                session = _Session(token["access_token"], token["instance_url"].rstrip("/"))
            except KeyError as e:
                raise LoginRefused(f"{self._login.login_url} gave a session without {e.args[0]}") from None
            if not _same(session.url, self._login.instance):
                raise LoginRefused(f"the token leads to {session.url}, the migration names {self._login.instance}")
            self._sessions[self._login] = session
            return session

    async def _send(self, method: str, url: str, session: _Session | None = None, **more: Any) -> httpx.Response:
        headers = {"Authorization": f"Bearer {session.token}"} if session else {}
        try:
            return await self._http.request(method, url, headers=headers, **more)
        except httpx.InvalidURL:
            raise LoginRefused(f"{url} is not a URL") from None
        except httpx.HTTPError as e:
            raise OrgUnavailable(f"{method} {urlsplit(url).path}: {type(e).__name__}") from None


def _version(written: Any) -> str:
    """``61`` is ``61.0``; anything else is for the engine to refuse. Where the engine takes the newest that the org
    offers, a job's state and the limits are read by the oldest that it would take: they are the same in all.
    """
    text = str(written)
    if text == "newest":
        return _OLDEST
    return text if "." in text else f"{text}.0"


def _same(url: str, instance: str) -> bool:
    """Whether a URL leads to an instance, named by host, and port where it is not the scheme's own."""

    def key(text: str) -> tuple[str, int]:
        parts = urlsplit(text)
        return parts.hostname or "", parts.port or {"https": 443}.get(parts.scheme, 80)

    return key(url) == key(f"{urlsplit(url).scheme}://{instance}")


def _refusal(answer: httpx.Response) -> str:
    """Why the token endpoint gives no token, in OAuth's own words and never in what was sent; empty when it does, or
    when something in front of it answered: that passes.
    """
    status = answer.status_code
    if status == 200:
        return ""
    with suppress(ValueError, KeyError, TypeError):
        said = answer.json()
        if status < 500:
            return f"{said['error']}: {said.get('error_description', '')}"
    return f"{status}, no token endpoint" if status < 400 or status in (404, 405, 410) else ""


def _code(answer: httpx.Response) -> str:
    """The code of an error as the REST API tells it; empty when the answer is not from there."""
    with suppress(ValueError, LookupError, TypeError):
        return str(answer.json()[0]["errorCode"])
    return ""


def _json(answer: httpx.Response) -> dict[str, Any]:
    if answer.status_code != 200:
        raise OrgUnavailable(f"{answer.request.method} {answer.request.url.path} gave {answer.status_code}")
    try:
        body = answer.json()
    except ValueError:
        body = None
    if not isinstance(body, dict):
        raise OrgUnavailable(f"{answer.request.url.path} gave no JSON object")
    return body
