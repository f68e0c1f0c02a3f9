"""Statements that are no trees of sqlglot: definitions, grants, settings, blocks."""

from __future__ import annotations

from dataclasses import dataclass, field

from ..types import OracleType


@dataclass(frozen=True)
class Name:
    """Of a table or another object; the owner is empty where none is given."""

    owner: str
    name: str

    def __str__(self) -> str:
        return f'"{self.owner}"."{self.name}"' if self.owner else f'"{self.name}"'


@dataclass
class ColumnDefinition:
    """default: an expression, or None; identity: numbered by the database; invisible: left out by an asterisk"""

    name: str
    type: OracleType
    nullable: bool = True
    default: object = None
    identity: bool = False
    invisible: bool = False


@dataclass(frozen=True)
class Constraint:
    """kind: P, U, R or C; ``check`` is an expression"""

    kind: str
    columns: tuple[str, ...] = ()
    name: str = ""
    refers: Name | None = None
    referred: tuple[str, ...] = ()
    check: object = None
    enabled: bool = True
    validated: bool = True


@dataclass
class Partitioning:
    """kind: HASH, RANGE or LIST; parts: name and values (expressions), both as given"""

    kind: str
    columns: tuple[str, ...]
    parts: list[tuple[str, list[object], Partitioning | None]] = field(default_factory=list)
    below: Partitioning | None = None


@dataclass
class CreateTable:
    """organization: HEAP, INDEX or EXTERNAL; temporary: rows are a session's own; directory: of an external table's files"""

    name: Name
    columns: list[ColumnDefinition] = field(default_factory=list)
    constraints: list[Constraint] = field(default_factory=list)
    partitioning: Partitioning | None = None
    organization: str = "HEAP"
    cluster: str = ""
    temporary: bool = False
    query: object = None
    row_archival: bool = False
    directory: str = ""


@dataclass(frozen=True)
class CreateView:
    name: Name
    columns: tuple[str, ...]
    query: object
    replace: bool


@dataclass(frozen=True)
class CreateIndex:
    name: Name
    table: Name
    columns: tuple[object, ...]
    unique: bool


@dataclass(frozen=True)
class CreateSynonym:
    name: Name
    target: Name
    link: str = ""


@dataclass(frozen=True)
class CreateCluster:
    name: Name


@dataclass(frozen=True)
class CreateUser:
    name: str
    password: str


@dataclass(frozen=True)
class AlterUser:
    """What is None stays as it is."""

    name: str
    password: str | None = None
    locked: bool | None = None


@dataclass(frozen=True)
class Drop:
    kind: str
    name: Name


@dataclass(frozen=True)
class Truncate:
    name: Name


@dataclass(frozen=True)
class AddColumns:
    name: Name
    columns: tuple[ColumnDefinition, ...]


@dataclass(frozen=True)
class AddConstraint:
    name: Name
    constraint: Constraint


@dataclass(frozen=True)
class DropColumn:
    name: Name
    column: str


@dataclass(frozen=True)
class Grant:
    """object: None for privileges of the system; revoke: takes them away"""

    privileges: tuple[str, ...]
    object: Name | None
    grantees: tuple[str, ...]
    revoke: bool = False


@dataclass(frozen=True)
class AlterSession:
    settings: dict[str, str]


@dataclass(frozen=True)
class KillSession:
    session: int


@dataclass(frozen=True)
class Transaction:
    """kind: COMMIT or ROLLBACK"""

    kind: str


@dataclass(frozen=True)
class Remark:
    """What is understood and has no consequence: COMMENT, LOCK TABLE, SET TRANSACTION."""

    kind: str


@dataclass(frozen=True)
class Statement:
    """EXECUTE IMMEDIATE: the text is an expression."""

    text: object


@dataclass(frozen=True)
class Loop:
    """EXECUTE IMMEDIATE for each row of a query, by the name of the row."""

    record: str
    query: object
    text: object


@dataclass(frozen=True)
class Block:
    """Calls (expressions) and statements, in their order."""

    calls: list[object]
