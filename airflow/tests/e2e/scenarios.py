"""What the end-to-end tests migrate: one site for all of them."""

from __future__ import annotations

from pathlib import Path

from stack.history import describe, entry, generated, migration, oracle_sales_history, synthetic
from stack.site import Site

CHUNKS = 40
CHUNK_ROWS = 500
# Long enough that many jobs wait at once, short enough for a test.
JOB_SECONDS = 6

# table -> rows; each has an object of its own, so that books are not mixed
TABLES = {
    "MANY": CHUNKS * CHUNK_ROWS,
    "GOOD": 700,
    "FAILS": 700,
    "ONCE": 700,
    "LAST": 700,
    "QUOTA": 2 * CHUNK_ROWS,
}
HISTORY = oracle_sales_history() or generated(20_000)


def site(directory: Path) -> Site:
    """Starts everything; ``directory`` is for what the org must know beforehand."""
    describes = HISTORY.write_describes(directory / "describes")
    for number, name in enumerate(TABLES):
        describe(describes, f"{name}__c", f"d{number:02d}")
    sql = HISTORY.sql + "".join(synthetic(name, rows) for name, rows in TABLES.items())
    return Site(sql, _migrations, "--describe", str(describes), "--set", f"cost.queueDelay={JOB_SECONDS}s")


def _migrations(running: Site) -> dict[str, str]:
    def blocks(phases: str, **tables: str) -> str:
        cut = {"MANY": CHUNK_ROWS, "QUOTA": CHUNK_ROWS}
        return f"phases: [{phases}]\ntables:" + "".join(
            entry(name, f"{name}__c", phase, cut.get(name, 0)) for name, phase in tables.items()
        )

    texts = {
        "history": HISTORY.tables,
        "faults": blocks("first, second", GOOD="first", FAILS="first", ONCE="first", LAST="second"),
        "many": blocks("all", MANY="all"),
        "quota": blocks("all", QUOTA="all"),
    }
    return {f"{name}.yaml": migration(running, name, text) for name, text in texts.items()}
