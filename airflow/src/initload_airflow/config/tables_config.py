"""The typed face of a migration's YAML: what Airflow needs to know of it, and nothing else.

The YAML is the one source; the command line reads the same file. This module checks each table against
the engine's own JSON schema and never fails as a whole because of one of them: a bad table keeps its
place and carries its problem. It imports nothing of Airflow and does no I/O but reading the file.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Literal

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError, best_match

from initload_airflow.config.yaml_file import load, names_in, resolved

Size = Literal["small", "large"]
Part = Literal["source", "target", "ledger"]

_DEFAULT_CHUNK_ROWS = 1_000_000
_ID_MAX = 200
_NAME_MAX = 64
_WAVES_MAX = 1_000

# Which field of a connection stands for a setting that the file leaves to ${NAME}.
CONNECTION_FIELDS: Mapping[Part, Mapping[str, str]] = {
    "source": {"url": "url", "user": "login", "password": "password"},
    "target": {
        "loginUrl": "host",
        "instance": "instance",
        "auth.clientId": "login",
        "auth.clientSecret": "password",
        "auth.username": "username",
        "auth.privateKeyFile": "private_key_file",
    },
    "ledger": {"url": "url", "user": "login", "password": "password"},
}


@dataclass(frozen=True)
class Table:
    """One table of the migration.

    :param name: its name in the ledger, in reports and for ``initload task``
    :param size: ``large`` when the file says how it is to be cut into chunks, else ``small``
    :param problem: why it cannot be run; ``None`` when nothing is wrong with it as far as the file goes
    """

    name: str
    dag_id: str
    phase: str
    source: str = ""
    object: str = ""
    external_id: str = ""
    key_columns: tuple[str, ...] = ()
    strategy: str = "auto"
    chunk_rows: int = _DEFAULT_CHUNK_ROWS
    size: Size = "small"
    problem: str | None = None


@dataclass(frozen=True)
class Reference:
    """Where the value of a ``${NAME}`` comes from: a field of the connection of that part."""

    part: Part
    field: str


@dataclass(frozen=True)
class Migration:
    """One migration file.

    :param wave: which of the files of that name it is
    :param references: the ``${NAME}``s that stand for connection settings; others are the host's own
    :param target: the block ``target`` as written, with its references in it
    :param problem: why the file cannot be used at all; then it has no tables
    """

    file: Path
    name: str
    dag_id: str
    phases: tuple[str, ...] = ("all",)
    tables: tuple[Table, ...] = ()
    references: Mapping[str, Reference] = field(default_factory=dict)
    target: Mapping[str, Any] = field(default_factory=dict)
    level: str = "sample"
    wave: int = 1
    problem: str | None = None

    def in_phase(self, phase: str) -> list[Table]:
        """The tables of a phase, large ones first."""
        return sorted((t for t in self.tables if t.phase == phase), key=lambda t: (t.size != "large", t.name))


def migrations(place: Path, environment: Mapping[str, str]) -> list[Migration]:
    """All migrations of a file, or of a directory of ``*.yaml`` files, in the order of their names.

    :param environment: values for ``${NAME}`` where a name, phase or table is written so
    """
    files = sorted(place.glob("*.yaml")) if place.is_dir() else [place]
    found: dict[str, Migration] = {}
    for file in files:
        migration = read(file.absolute(), environment)
        if other := found.get(migration.dag_id):
            problem = f"{file.name}: the name {migration.name} is that of {other.file.name} already; or is it a wave?"
            migration = _broken(file.absolute(), f"{migration.name}-{file.stem}", problem)
        elif twice := _twice(migration, found.values()):
            migration = _broken(file.absolute(), f"{migration.name}-{file.stem}", f"{file.name}: {twice}")
        found[migration.dag_id] = migration
    return list(found.values())


def _twice(migration: Migration, others: Iterable[Migration]) -> str | None:
    """The waves of a migration share no table."""
    taken = {table.dag_id: other.file.name for other in others for table in other.tables}
    both = (table for table in migration.tables if table.dag_id in taken)
    return next((f"{table.name} is a table of {taken[table.dag_id]} already" for table in both), None)


def read(file: Path, environment: Mapping[str, str]) -> Migration:
    """One migration; a file that cannot be used gives one with a problem instead of an exception.

    :param environment: values for ``${NAME}`` where a name, phase or table is written so
    """
    try:
        return _migration(file, load(file.read_text(encoding="utf-8-sig")), environment)
    except RecursionError:
        return _broken(file, file.stem, f"{file.name}: a block contains itself")
    except (OSError, UnicodeDecodeError, ValueError) as e:
        return _broken(file, file.stem, f"{file.name}: {e}")


def _migration(file: Path, tree: Any, environment: Mapping[str, str]) -> Migration:
    if not isinstance(tree, dict):
        raise ValueError("the file is not a block of settings")
    name = _name(tree.get("name"), "name", environment)
    wave = _wave(tree.get("wave", 1), environment)
    phases = _phases(tree.get("phases", ["all"]), environment)
    entries = tree.get("tables")
    if not isinstance(entries, list) or not entries:
        raise ValueError("tables: at least one is needed")
    target = tree.get("target")
    reconcile = tree.get("reconcile")
    return Migration(
        file=file,
        name=name,
        dag_id=_id("initload_master", name, *([f"wave{wave}"] if wave > 1 else [])),
        wave=wave,
        phases=phases,
        tables=_tables(name, phases, entries, environment),
        references=_references(tree),
        target=target if isinstance(target, dict) else {},
        level=_level(reconcile.get("level") if isinstance(reconcile, dict) else None, environment),
    )


def target_settings(migration: Migration, values: Mapping[str, str]) -> dict[str, Any]:
    """The block ``target`` with its references replaced.

    :raises ValueError: naming a variable that has no value
    """

    def value(node: Any) -> Any:
        if isinstance(node, dict):
            return {k: value(v) for k, v in node.items()}
        return resolved(node, values) if isinstance(node, str) else node

    try:
        return value(dict(migration.target))
    except KeyError as e:
        raise ValueError(f"target: {e.args[0]} has no value") from None


def _broken(file: Path, name: str, problem: str) -> Migration:
    name = name[:_NAME_MAX]
    return Migration(file=file, name=name, dag_id=_id("initload_master", name), problem=problem)


def _tables(
    migration: str, phases: tuple[str, ...], entries: list, environment: Mapping[str, str]
) -> tuple[Table, ...]:
    tables: dict[str, Table] = {}
    for number, entry in enumerate(entries):  # as the engine counts them
        table = _table(migration, phases, number, entry, environment)
        if table.dag_id in tables:
            name = f"{table.name}-{number}"
            problem = f"tables[{number}]: the name {table.name} is taken already; give this one another by name"
            table = Table(name, _id("initload_table", migration, name), table.phase, problem=problem)
        tables[table.dag_id] = table
    return tuple(tables.values())


def _table(migration: str, phases: tuple[str, ...], number: int, entry: Any, environment: Mapping[str, str]) -> Table:
    name, phase = f"table-{number + 1}", phases[0]
    try:
        block = _resolved_block(entry, environment)
        named = block.get("name") or block.get("source")
        name = named if isinstance(named, str) and named else name
        fault = best_match(_table_schema().iter_errors(block))
        if fault is not None:
            place = "".join(f".{p}" for p in fault.absolute_path)
            raise ValueError(f"tables[{number}]{place}: {_words(fault)}")
        phase = block.get("phase", phases[0])
        if phase not in phases:
            bad, phase = phase, phases[0]
            raise ValueError(f"tables[{number}].phase: {bad} is not one of the phases {', '.join(phases)}")
        if "phase" not in block and len(phases) > 1:
            raise ValueError(f"tables[{number}].phase: one of {', '.join(phases)} is needed")
    except ValueError as e:
        return Table(name, _id("initload_table", migration, name), phase, problem=str(e))
    chunking = block.get("chunking") or {}
    strategy = chunking.get("strategy", "auto")
    return Table(
        name=name,
        dag_id=_id("initload_table", migration, name),
        phase=phase,
        source=block.get("source", name),
        object=block["object"],
        external_id=block["externalId"],
        key_columns=_key_columns(block),
        strategy=strategy,
        chunk_rows=int(chunking.get("rows", _DEFAULT_CHUNK_ROWS)),
        size="large" if chunking and strategy != "whole" else "small",
    )


def _words(fault: ValidationError) -> str:
    """A fault for people; of alternatives the validator only says that none fits."""
    if fault.validator == "oneOf":
        return "needs a source, or a query and a name"
    if fault.validator != "anyOf":
        return fault.message
    if isinstance(fault.instance, dict):
        return "lacks columns (or composites, or sql): nothing of the source feeds a field"
    return f"{fault.instance!r} is not what is expected here; docs/configuration.md has every setting"


def _key_columns(block: Mapping[str, Any]) -> tuple[str, ...]:
    key = block["externalId"]
    composite = (block.get("composites") or {}).get(key)
    if composite:
        return tuple(composite["columns"])
    if key in (block.get("sql") or {}):
        return (f"sql.{key}",)
    feeds = (block.get("columns") or {}).items()
    return tuple(column for column, fields in feeds if key == fields or key in _list(fields))


def _list(value: Any) -> list:
    return value if isinstance(value, list) else [value]


def _resolved_block(entry: Any, environment: Mapping[str, str]) -> dict[str, Any]:
    if not isinstance(entry, dict):
        raise ValueError("is not a block of settings")

    def value(node: Any) -> Any:
        if isinstance(node, dict):
            return {k: value(v) for k, v in node.items()}
        if isinstance(node, list):
            return [value(v) for v in node]
        if isinstance(node, str) and names_in(node):
            try:
                return _typed(resolved(node, environment))
            except KeyError as e:
                raise ValueError(f"{e.args[0]} is not set where the DAG files are read") from None
        return node

    return value(entry)


def _typed(text: str) -> str | int:
    return int(text) if re.fullmatch(r"[0-9]+", text) else text


def _level(written: Any, environment: Mapping[str, str]) -> str:
    if isinstance(written, str):
        with suppress(KeyError):
            written = resolved(written, environment)
    return written if written in levels() else "sample"


def _wave(written: Any, environment: Mapping[str, str]) -> int:
    if isinstance(written, str):
        try:
            written = _typed(resolved(written, environment))
        except KeyError as e:
            raise ValueError(f"wave: {e.args[0]} is not set where the DAG files are read") from None
    if not isinstance(written, int) or isinstance(written, bool) or not 1 <= written <= _WAVES_MAX:
        raise ValueError(f"wave: {written!r} is not a number from 1 to {_WAVES_MAX}")
    return written


def _phases(written: Any, environment: Mapping[str, str]) -> tuple[str, ...]:
    if not isinstance(written, list) or not written:
        raise ValueError("phases: is not a list of names")
    phases = tuple(_name(p, "phases", environment) for p in written)
    for number, phase in enumerate(phases):
        if phase in phases[:number]:
            raise ValueError(f"phases: {phase} is given twice")
    return phases


def _name(node: Any, place: str, environment: Mapping[str, str]) -> str:
    if not isinstance(node, str) or not node:
        raise ValueError(f"{place}: is missing, or not a text")
    try:
        name = resolved(node, environment)
    except KeyError as e:
        raise ValueError(f"{place}: {e.args[0]} is not set where the DAG files are read") from None
    if not _name_pattern().search(name):
        raise ValueError(f"{place}: {name!r} is not a name: letters, digits, '.', '_' and '-', at most {_NAME_MAX}")
    return name


def _references(tree: Mapping[str, Any]) -> dict[str, Reference]:
    found: dict[str, Reference] = {}
    for part, fields in CONNECTION_FIELDS.items():
        for path, target in fields.items():
            node: Any = tree.get(part)
            for step in path.split("."):
                node = node.get(step) if isinstance(node, dict) else None
            whole = re.fullmatch(r"\$\{([A-Za-z_][A-Za-z0-9_]*)}", node) if isinstance(node, str) else None
            if whole:
                found.setdefault(whole.group(1), Reference(part, target))
    return found


def _id(*words: str) -> str:
    """A DAG id of these words; where letters had to give way, a digest keeps different names apart."""
    plain = "__".join(words)
    safe = re.sub(r"[^A-Za-z0-9_.-]+", "-", plain)
    if safe == plain and len(safe) <= _ID_MAX:
        return safe
    return f"{safe[:_ID_MAX]}-{hashlib.sha256(plain.encode()).hexdigest()[:8]}"


def levels() -> list[str]:
    """How deep the engine can reconcile."""
    level = _definitions()["reconcile"]["properties"]["level"]
    return next(option["enum"] for option in level["anyOf"] if "enum" in option)


@cache
def _table_schema() -> Draft202012Validator:
    return Draft202012Validator({"$defs": _definitions(), "$ref": "#/$defs/table"})


@cache
def _name_pattern() -> re.Pattern[str]:
    return re.compile(next(o["pattern"] for o in _schema()["properties"]["name"]["anyOf"] if "pattern" in o))


def _definitions() -> dict[str, Any]:
    return _schema()["$defs"]


@cache
def _schema() -> dict[str, Any]:
    return json.loads(Path(__file__).with_name("migration.schema.json").read_text(encoding="utf-8"))
