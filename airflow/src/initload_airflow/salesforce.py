"""What the waiting needs of Salesforce: a token, the state of a job, what is left of the day's batches.

Asynchronous, so that one triggerer waits for all jobs at once. It writes nothing.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
import jwt

ENDED = frozenset({"JobComplete", "Failed", "Aborted"})
GONE = "Gone"
_ASSERTION_SECONDS = 180
_TIMEOUT = httpx.Timeout(60, connect=10)


class OrgUnavailable(Exception):
    """The org did not answer as it should; says nothing about a job."""


class LoginRefused(Exception):
    """The org does not let us in. Not to be repeated: each try counts towards a lock of the account."""


@dataclass(frozen=True)
class Login:
    """How a token is obtained (reference: salesforce-bulk-api-2 sections 1.1 and 1.2)."""

    login_url: str
    instance: str
    flow: str
    client_id: str
    client_secret: str = field(default="", repr=False)
    username: str = ""
    private_key_file: str = ""
    audience: str = ""
    version: str = "60.0"

    @staticmethod
    def of(target: Mapping[str, Any]) -> Login:
        """From the block ``target`` of a migration, with its references replaced."""
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
            version=str(target.get("apiVersion", "60.0")),
        )

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
        key = Path(self.private_key_file).read_text(encoding="ascii")
        return {
            "grant_type": "urn:ietf:params:oauth:grant-type:jwt-bearer",
            "assertion": jwt.encode(claims, key, algorithm="RS256"),
        }


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
        return GONE if answer is None else answer["state"]

    async def batches_left(self) -> int:
        """What the rolling day still allows, by the org's own count."""
        limits = await self._get("limits") or {}
        return int((limits.get("DailyBulkApiBatches") or {}).get("Remaining", 1))

    async def _get(self, path: str) -> dict[str, Any] | None:
        for attempt in (1, 2):
            session = await self._session(fresh=attempt == 2)
            answer = await self._send("GET", f"{session.url}/services/data/v{self._login.version}/{path}", session)
            if answer.status_code == 404:
                return None
            if answer.status_code != 401:
                return _json(answer)
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
            if answer.status_code in (400, 401, 403):
                raise LoginRefused(f"{self._login.login_url} gave no session: {_reason(answer)}")
            token = _json(answer)
            if urlsplit(token["instance_url"]).netloc != self._login.instance:
                raise PermissionError(
                    f"the token leads to {token['instance_url']}, the migration names {self._login.instance}"
                )
            session = _Session(token["access_token"], token["instance_url"].rstrip("/"))
            self._sessions[self._login] = session
            return session

    async def _send(self, method: str, url: str, session: _Session | None = None, **more: Any) -> httpx.Response:
        headers = {"Authorization": f"Bearer {session.token}"} if session else {}
        try:
            return await self._http.request(method, url, headers=headers, **more)
        except httpx.HTTPError as e:
            raise OrgUnavailable(f"{method} {urlsplit(url).path}: {type(e).__name__}") from None


def _reason(answer: httpx.Response) -> str:
    """OAuth's own words; never what was sent."""
    try:
        said = answer.json()
        return f"{said['error']}: {said.get('error_description', '')}"
    except (ValueError, KeyError, TypeError):
        return str(answer.status_code)


def _json(answer: httpx.Response) -> dict[str, Any]:
    if answer.status_code != 200:
        raise OrgUnavailable(f"{answer.request.method} {answer.request.url.path} gave {answer.status_code}")
    try:
        return answer.json()
    except ValueError:
        raise OrgUnavailable(f"{answer.request.url.path} gave no JSON") from None
