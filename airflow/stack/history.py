"""What is migrated: a sales history, as SQL for the source, describes for the org and YAML for both."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from stack.servers import REPOSITORY, Source

if TYPE_CHECKING:
    from stack.site import Site

_DEMO = REPOSITORY / "cli/src/main/resources/io/initload/cli/demo"
# Where Oracle's sample schemas are when they lie beside the project; another place by INITLOAD_SAMPLES.
_SAMPLES = Path(os.environ.get("INITLOAD_SAMPLES", REPOSITORY.parent / "shared" / "data" / "oracle-sample"))


@dataclass(frozen=True)
class History:
    """Tables of a source.

    :param sql: makes them, as Oracle has it, and fills them unless a file does
    :param tables: the blocks ``phases`` and ``tables`` of a migration
    :param describes: object to describe document, for objects the simulated org does not have
    :param rows: rows by table, where they are known
    :param files: CSV by table
    """

    sql: str
    tables: str
    describes: Mapping[str, dict] = field(default_factory=dict)
    rows: Mapping[str, int] = field(default_factory=dict)
    files: Mapping[str, Path] = field(default_factory=dict)

    def write_describes(self, directory: Path) -> Path:
        directory.mkdir(parents=True, exist_ok=True)
        for document in self.describes.values():
            _write(directory, document)
        return directory


def generated(sales: int) -> History:
    """The history of ``initload demo``, with the rows Salesforce must reject."""
    sql = (_DEMO / "sales-history.sql").read_text(encoding="utf-8").replace("(?, ?)", f"(1, {sales})")
    numbers = r"(SELECT LEVEL X FROM DUAL CONNECT BY LEVEL <= \1)"
    sql = re.sub(r"SYSTEM_RANGE\(1, (\d+)\)", numbers, sql)
    tables = (_DEMO / "demo.yaml").read_text(encoding="utf-8").split("phases:", 1)[1]
    return History(sql, "phases:" + tables)


def oracle_sales_history() -> History | None:
    """Oracle's sample schema SH, where it is at hand: 89,000 rows, all but its largest table, SALES, which is not among
    the samples.
    """
    if not (_SAMPLES / "schema.json").is_file():
        return None
    schema = json.loads((_SAMPLES / "schema.json").read_text(encoding="utf-8"))["sh"]
    parts = ['CREATE USER SH IDENTIFIED BY "nobody logs in";']
    tables, describes, rows, files = [], {}, {}, {}
    facts = {name for name, t in schema.items() if t.get("foreignKeys")}
    for number, (name, table) in enumerate(schema.items()):
        upper, columns = name.upper(), table["columns"]
        parts.append(_create(upper, table))
        parts.append(f"GRANT SELECT, FLASHBACK ON SH.{upper} TO {Source.USER};")
        files[f"SH.{upper}"] = _SAMPLES / "sh" / f"{name}.csv"
        key = [k.upper() for k in table.get("primaryKey") or []] or ["PROD_ID", "TIME_ID", "PROMO_ID", "CHANNEL_ID"]
        tables.append(_entry(upper, columns, key, "sales" if name in facts else "reference", large=name == "costs"))
        describes[f"SH_{upper}__c"] = _describe(f"SH_{upper}__c", f"c{number:02d}", columns)
        rows[f"SH.{upper}"] = table["rows"]
    blocks = "phases: [reference, sales]\ntables:\n" + "".join(tables)
    return History("\n".join(parts) + "\n", blocks, describes, rows, files)


def synthetic(name: str, rows: int) -> str:
    """SQL of a table of numbered customers."""
    return f"""
CREATE TABLE {name} (ID NUMBER(10) PRIMARY KEY, NAME VARCHAR2(60) NOT NULL, CITY VARCHAR2(30));
INSERT INTO {name} SELECT LEVEL, 'Customer ' || LEVEL,
CASE MOD(LEVEL, 3) WHEN 0 THEN 'Zürich' WHEN 1 THEN NULL ELSE 'Kyoto' END FROM DUAL CONNECT BY LEVEL <= {rows};
"""


def entry(name: str, object_name: str, phase: str, chunk_rows: int = 0) -> str:
    """The YAML of such a table."""
    cut = f"\n    chunking: {{strategy: key, rows: {chunk_rows}}}" if chunk_rows else ""
    return f"""
  - source: {name}
    object: {object_name}
    phase: {phase}
    externalId: External_ID__c
    columns: {{ID: External_ID__c, NAME: Name}}{cut}"""


def describe(directory: Path, object_name: str, prefix: str) -> None:
    """Writes the document of the object that takes such a table."""
    document = _describe(object_name, prefix, [])
    document["fields"].append(_field("Name", "string", 80))
    _write(directory, document)


def migration(site: Site, name: str, tables: str, *, batches: int = 15_000) -> str:
    """A whole file: secrets come from connections, the staging directory from the worker's environment."""
    instance = site.org.facts["instanceUrl"].split("://", 1)[1]
    return f"""
name: {name}
source: {{url: "{site.source.url}", user: "${{SOURCE_USER}}", password: "${{SOURCE_PASSWORD}}", sessions: 2}}
target:
  loginUrl: {site.org.facts["loginUrl"]}
  instance: "{instance}"
  auth: {{flow: client-credentials, clientId: "${{SF_CLIENT_ID}}", clientSecret: "${{SF_CLIENT_SECRET}}"}}
  http: {{attempts: 2, backoff: 50ms, maxBackoff: 100ms}}
  poll: {{first: 200ms, max: 1s}}
  compression: gzip
  dailyBatches: {batches}
staging: {{directory: "${{INITLOAD_STAGING}}", partRows: 10000}}
ledger:
  url: jdbc:postgresql://127.0.0.1:{site.postgres.port}/ledger
  user: ${{LEDGER_USER}}
  password: ${{LEDGER_PASSWORD}}
reconcile: {{level: sample, sampleRows: 200}}
{tables}
"""


def _write(directory: Path, document: dict) -> None:
    (directory / f"{document['name']}.json").write_text(json.dumps(document), encoding="utf-8")


def _create(name: str, table: dict) -> str:
    parts = [f'"{c["name"].upper()}" {c["type"]}' + ("" if c["nullable"] else " NOT NULL") for c in table["columns"]]
    if key := table.get("primaryKey"):
        parts.append("PRIMARY KEY (" + ", ".join(f'"{k.upper()}"' for k in key) + ")")
    return f"CREATE TABLE SH.{name} ({', '.join(parts)});"


def _entry(name: str, columns: list[dict], key: list[str], phase: str, large: bool) -> str:
    lines = [
        f"  - source: SH.{name}",
        f"    object: SH_{name}__c",
        f"    phase: {phase}",
        "    externalId: External_ID__c",
    ]
    lines.append("    columns:")
    for column in (c["name"].upper() for c in columns):
        single = key == [column]
        lines.append(f"      {column}: " + (f"[External_ID__c, {column}__c]" if single else f"{column}__c"))
    if len(key) > 1:
        lines.append(f'    composites: {{External_ID__c: {{columns: [{", ".join(key)}], separator: "|"}}}}')
    # The samples have a promotion that ends in 9999; an org's calendar ends in 4000.
    dates = [f"{c['name'].upper()}: {{dates: clamp}}" for c in columns if c["type"] == "DATE"]
    if dates:
        lines.append(f"    values: {{{', '.join(dates)}}}")
    if large:
        lines.append("    chunking: {rows: 20000}")
    return "\n".join(lines) + "\n"


def _describe(name: str, prefix: str, columns: list[dict]) -> dict:
    fields = [_field("External_ID__c", "string", 255) | {"externalId": True, "unique": True, "idLookup": True}]
    for column in columns:
        field_name, kind = f"{column['name'].upper()}__c", column["type"]
        if kind.startswith(("VARCHAR2", "CHAR")):
            length = int(kind.split("(")[1].rstrip(")").split()[0])
            fields.append(_field(field_name, "textarea" if length > 255 else "string", length))
        elif kind == "DATE":
            fields.append(_field(field_name, "date", 0))
        else:
            fields.append(_field(field_name, "double", 0) | {"precision": 18, "scale": 4})
    return {"name": name, "label": name, "labelPlural": name, "keyPrefix": prefix, "fields": fields}


def _field(name: str, kind: str, length: int) -> dict:
    return {
        "name": name,
        "label": name,
        "type": kind,
        "length": length,
        "nillable": True,
        "createable": True,
        "updateable": True,
    }
