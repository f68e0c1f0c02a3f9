"""What the end-to-end tests migrate: one site for all of them."""

from __future__ import annotations

from pathlib import Path

from stack.history import describe, entry, generated, migration, oracle_sales_history, synthetic
from stack.site import Site

CHUNKS = 40
CHUNK_ROWS = 500
# How long the org stands still over each job of MANY: jobs would pile up above the limit if nothing held them.
STALL_SECONDS = 40

# table -> rows; each has an object of its own, so that books are not mixed
TABLES = {
    "MANY": CHUNKS * CHUNK_ROWS,
    "GOOD": 700,
    "FAILS": 700,
    "ONCE": 700,
    "LAST": 700,
    "QUOTA": 2 * CHUNK_ROWS,
    "HANDS": 8 * CHUNK_ROWS,
}
HISTORY = oracle_sales_history() or generated(20_000)


def site(directory: Path) -> Site:
    """Starts everything; ``directory`` is for what the org must know beforehand."""
    describes = HISTORY.write_describes(directory / "describes")
    for number, name in enumerate(TABLES):
        describe(describes, f"{name}__c", f"d{number:02d}")
    sql = HISTORY.sql + "".join(synthetic(name, rows) for name, rows in TABLES.items())
    return Site(sql, HISTORY.files, _migrations, "--describe", str(describes), "--set", "cost.queueDelay=1s")


def _migrations(running: Site) -> dict[str, str]:
    def blocks(phases: str, **tables: str) -> str:
        cut = {"MANY": CHUNK_ROWS, "QUOTA": CHUNK_ROWS, "HANDS": CHUNK_ROWS}
        return f"phases: [{phases}]\ntables:" + "".join(
            entry(name, f"{name}__c", phase, cut.get(name, 0)) for name, phase in tables.items()
        )

    return {
        "history.yaml": migration(running, "history", HISTORY.tables),
        "faults.yaml": migration(
            running, "faults", blocks("first, second", GOOD="first", FAILS="first", ONCE="first", LAST="second")
        ),
        "hands.yaml": migration(running, "hands", blocks("all", HANDS="all")),
        "many.yaml": migration(running, "many", blocks("all", MANY="all")),
        "absent.yaml": migration(running, "absent", blocks("all", ABSENT="all")),
        "quota.yaml": migration(running, "quota", blocks("all", QUOTA="all"), batches=1),
    }
