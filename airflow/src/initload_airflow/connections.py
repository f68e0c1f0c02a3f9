"""Secrets come from Airflow connections (or a secrets backend behind them) and travel by environment only.

The connections are ``initload_source``, ``initload_target`` and ``initload_ledger``. Which ``${NAME}`` of the
migration file gets which field of them is read from the file itself: ``source.password: ${ORACLE_PASSWORD}``
makes ``ORACLE_PASSWORD`` the password of ``initload_source``.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import TYPE_CHECKING

from airflow.sdk import BaseHook
from airflow.sdk.exceptions import AirflowFailException, AirflowNotFoundException

from initload_airflow.config.tables_config import CONNECTION_FIELDS, Migration, Part
from initload_airflow.engine import child_environment

if TYPE_CHECKING:
    from airflow.sdk import Connection


def engine_environment(migration: Migration) -> dict[str, str]:
    """The environment of the engine for this migration.

    :raises AirflowFailException: naming the connection or the field that is missing
    """
    values: dict[str, str] = {}
    for part in CONNECTION_FIELDS:
        if _needed(migration, part):
            values |= _values(migration, part, _connection(part))
    return child_environment(**values)


async def target_environment(migration: Migration) -> dict[str, str]:
    """What the target's settings need, for code that must not block."""
    if not _needed(migration, "target"):
        return dict(os.environ)
    try:
        connection = await BaseHook.aget_connection(connection_id("target"))
    except AirflowNotFoundException:
        connection = None
    return {**os.environ, **_values(migration, "target", connection)}


def connection_id(part: Part) -> str:
    return f"initload_{part}"


def _needed(migration: Migration, part: Part) -> bool:
    return any(reference.part == part for reference in migration.references.values())


def _connection(part: Part) -> Connection | None:
    try:
        return BaseHook.get_connection(connection_id(part))
    except AirflowNotFoundException:
        return None


def _values(migration: Migration, part: Part, connection: Connection | None) -> dict[str, str]:
    names = {n: r.field for n, r in migration.references.items() if r.part == part}
    if connection is None:
        missing = sorted(n for n in names if n not in os.environ)
        if missing:
            raise AirflowFailException(
                f"{', '.join(missing)} of {migration.file.name} has no value: make the connection "
                f"{connection_id(part)}, or set it in the environment of the workers"
            )
        return {}
    values = {name: _field(connection, wanted) or os.environ.get(name, "") for name, wanted in names.items()}
    for name, value in values.items():
        if not value:
            raise AirflowFailException(
                f"the connection {connection_id(part)} has no {names[name]}, wanted as {name}, and the environment of "
                f"the workers has no {name} either"
            )
    return values


def _field(connection: Connection, wanted: str) -> str:
    own: Mapping[str, str | None] = {
        "login": connection.login,
        "password": connection.password,
        "host": connection.host,
    }
    return str(own[wanted] if wanted in own else connection.extra_dejson.get(wanted) or "") or ""
