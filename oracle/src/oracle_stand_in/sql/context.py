"""What a statement is translated for, and what it turns out to need."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

from ..types import OracleType, moment, number, text
from ..wire.calls import Bind
from ..wire.errors import OracleError
from .statements import Name
from .typed import E


def quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def literal(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"


class Relations(Protocol):
    """What the catalogue answers of names."""

    def find(self, user: str, schema: str, name: Name): ...

    def demand(self, user: str, relation, privilege: str) -> None: ...

    def demand_package(self, user: str, package: str) -> None: ...

    def snapshot(self, scn: int) -> str: ...

    @property
    def release(self) -> int: ...

    def refusal(self) -> OracleError: ...

    def take_scn(self) -> int: ...


@dataclass
class Source:
    """What stands in FROM: its columns by name, in their order.

    rows: whether it has addresses and versions
    hidden: columns that an asterisk leaves out
    """

    alias: str
    columns: dict[str, OracleType]
    rows: bool = False
    hidden: frozenset[str] = frozenset()


@dataclass
class Scope:
    """The sources of a SELECT, and those of what it stands in.

    level: of PostgreSQL, the number of the row under CONNECT BY
    """

    sources: list[Source] = field(default_factory=list)
    outer: Scope | None = None
    level: str = ""


@dataclass
class Context:
    """One statement.

    archived: whether rows in the archive are seen (ROW ARCHIVAL VISIBILITY)
    as_of: the SCN at which tables are read that do not name one: of a view, of a session put back
    parameters: values for PostgreSQL, as the translation asks for them; ``bound_names`` says of which binds
    """

    relations: Relations
    user: str
    schema: str
    binds: dict[str, Bind]
    decode: Callable[[Bind], tuple[object, OracleType]]
    archived: bool = False
    as_of: int | None = None
    parameters: list[object] = field(default_factory=list)
    bound_names: list[str] = field(default_factory=list)
    shown: dict[str, E] = field(default_factory=dict)

    def parameter(self, value: object, kind: str) -> str:
        self.parameters.append(value)
        return f"${len(self.parameters)}::{kind}"

    def bound(self, name: str) -> E:
        """A bind, as often as it is named."""
        if name not in self.binds:
            raise OracleError(1008, "not all variables bound")
        if name not in self.shown:
            value, kind = self.decode(self.binds[name])
            if value is None:
                self.shown[name] = E(f"NULL::{kind.postgres}", kind, True)
            else:
                wide = "text" if kind.name in ("VARCHAR2", "NVARCHAR2", "CHAR") else kind.postgres
                self.shown[name] = E(self.parameter(value, wide), kind)
                self.bound_names.append(name)
        return self.shown[name]

    def value(self, e: E) -> object:
        """The value of an expression that must be a bind or a number."""
        for name, shown in self.shown.items():
            if shown is e:
                return self.decode(self.binds[name])[0]
        return None


__all__ = ["Context", "Scope", "Source", "literal", "moment", "number", "quoted", "text"]
