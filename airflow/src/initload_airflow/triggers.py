"""Waiting for Salesforce without a worker."""

from __future__ import annotations

import asyncio
import os
import random
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

from airflow.sdk.exceptions import AirflowException
from airflow.triggers.base import BaseTrigger, TriggerEvent

from initload_airflow.config.tables_config import read, target_settings
from initload_airflow.connections import target_environment
from initload_airflow.salesforce import ENDED, GONE, Login, LoginRefused, Org, OrgUnavailable


class JobsTrigger(BaseTrigger):
    """Fires when all these jobs have ended, however long that takes, or one is gone.

    A poll that fails is not a job that failed. A login that is refused, or that cannot even be tried from here, wakes
    the task: the engine has the words for it, and no retry is lost. Credentials are looked up here and are in no
    argument.

    :param config: the migration file
    :param first: seconds until the first look; doubled up to ``longest``, with jitter
    """

    def __init__(self, config: str, jobs: list[str], first: float = 1, longest: float = 30):
        super().__init__()
        self.config, self.jobs, self.first, self.longest = config, list(jobs), first, longest

    def serialize(self) -> tuple[str, dict[str, Any]]:
        return (
            "initload_airflow.triggers.JobsTrigger",
            {"config": self.config, "jobs": self.jobs, "first": self.first, "longest": self.longest},
        )

    async def run(self) -> AsyncIterator[TriggerEvent]:
        states = dict.fromkeys(self.jobs, "")
        try:
            await self._watch(states)
            yield TriggerEvent({"jobs": states})
        except (LoginRefused, AirflowException, ValueError) as e:
            yield TriggerEvent({"jobs": states, "refused": str(e)})

    async def _watch(self, states: dict[str, str]) -> None:
        """Returns when all these jobs have ended or are gone."""
        wait = self.first
        migration = await asyncio.to_thread(read, Path(self.config), os.environ)
        login = Login.of(target_settings(migration, await target_environment(migration)))
        async with Org(login) as org:
            while True:
                for job in [j for j, state in states.items() if state not in ENDED]:
                    try:
                        states[job] = await org.job_state(job)
                    except OrgUnavailable as e:
                        self.log.warning("job %s cannot be looked at now: %s", job, e)
                if all(state in ENDED or state == GONE for state in states.values()):
                    return
                await asyncio.sleep(wait * random.uniform(0.8, 1.2))
                wait = min(wait * 2, self.longest)
