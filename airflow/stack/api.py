"""Airflow's REST API, as an operator's script would use it."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote

import httpx

_PAGE = 100


class Airflow:
    """A client for a site in which everybody is an administrator (loopback only)."""

    def __init__(self, url: str):
        self.url = url
        self._http = httpx.Client(base_url=url, timeout=60)

    def answers(self) -> bool:
        try:
            token = self._http.get("/auth/token")
        except httpx.HTTPError:
            return False
        if token.is_error:
            return False
        self._http.headers["Authorization"] = f"Bearer {token.json()['access_token']}"
        return True

    def healthy(self) -> bool:
        parts = self.get("monitor/health")
        return all(parts[p]["status"] == "healthy" for p in ("scheduler", "triggerer", "dag_processor"))

    def get(self, path: str) -> Any:
        return self._call("GET", path)

    def post(self, path: str, body: Any) -> Any:
        return self._call("POST", path, json=body)

    def trigger(self, dag: str, run: str, **conf: Any) -> None:
        self.post(f"dags/{dag}/dagRuns", {"logical_date": None, "dag_run_id": run, "conf": conf})

    def state(self, dag: str, run: str) -> str:
        return self.get(f"dags/{dag}/dagRuns/{run}")["state"]

    def tasks(self, dag: str, run: str) -> list[dict]:
        """All task instances of a run, mapped ones each."""
        found: list[dict] = []
        while True:
            page = self.get(f"dags/{dag}/dagRuns/{run}/taskInstances?limit={_PAGE}&offset={len(found)}")
            found += page["task_instances"]
            if len(found) >= page["total_entries"]:
                return found

    def task(self, dag: str, run: str, task: str, index: int = -1) -> dict:
        return next(t for t in self.tasks(dag, run) if t["task_id"] == task and t["map_index"] == index)

    def states(self, dag: str, run: str) -> dict[str, str | None]:
        """Task to state; mapped instances as ``move[3]``."""
        return {
            t["task_id"] + (f"[{t['map_index']}]" if t["map_index"] >= 0 else ""): t["state"]
            for t in self.tasks(dag, run)
        }

    def slots(self, pool: str, slots: int) -> None:
        """Makes a pool so large; nothing of it begins with 0."""
        body = {"pool": pool, "slots": slots, "include_deferred": True}  # whole, though one is changed
        self._call("PATCH", f"pools/{pool}?update_mask=slots", json=body)

    def clear(self, dag: str, run: str, *tasks: Any, downstream: bool = False) -> None:
        """Clears tasks: a name, or a name with a map index."""
        body = {
            "dry_run": False,
            "dag_run_id": run,
            "task_ids": [list(t) if isinstance(t, tuple) else t for t in tasks],
            "include_downstream": downstream,
            "only_failed": False,
            "only_running": False,
            "reset_dag_runs": True,
        }
        self.post(f"dags/{dag}/clearTaskInstances", body)

    def log(self, dag: str, run: str, task: str, attempt: int, index: int = -1) -> str:
        path = f"dags/{dag}/dagRuns/{run}/taskInstances/{task}/logs/{attempt}?full_content=true&map_index={index}"
        return "\n".join(json.dumps(line) for line in self.get(path)["content"])

    def xcom(self, dag: str, run: str, task: str, key: str = "return_value") -> Any:
        return self.get(f"dags/{dag}/dagRuns/{run}/taskInstances/{task}/xcomEntries/{quote(key)}?deserialize=false")[
            "value"
        ]

    def links(self, dag: str, run: str, task: str, index: int = -1) -> dict[str, str]:
        return self.get(f"dags/{dag}/dagRuns/{run}/taskInstances/{task}/links?map_index={index}")["extra_links"]

    def page(self, url: str) -> httpx.Response:
        """Any page of the site, with the operator's session."""
        return self._http.get(url)

    def _call(self, method: str, path: str, **more: Any) -> Any:
        answer = self._http.request(method, f"/api/v2/{path}", **more)
        if answer.is_error:
            raise RuntimeError(f"{method} {path} gave {answer.status_code}: {answer.text[:1000]}")
        return answer.json() if answer.content else None
