"""The grammar of tables: columns, constraints, partitions, and how rows are kept."""

from __future__ import annotations

from sqlglot.tokens import TokenType

from . import statements as s

STORAGE = frozenset(
    {"TABLESPACE", "PCTFREE", "PCTUSED", "INITRANS", "MAXTRANS", "LOGGING", "NOLOGGING", "COMPRESS", "NOCOMPRESS",
     "PARALLEL", "NOPARALLEL", "CACHE", "NOCACHE", "ROWDEPENDENCIES", "NOROWDEPENDENCIES", "SEGMENT", "CREATION",
     "IMMEDIATE", "DEFERRED", "OVERFLOW"}
)  # fmt: skip
CONSTRAINT_WORDS = frozenset({"CONSTRAINT", "PRIMARY", "PRIMARY KEY", "UNIQUE", "CHECK", "FOREIGN", "FOREIGN KEY"})


class Partitions:
    """A part of the grammar, beside ``Definitions``."""

    def table(self, temporary: bool) -> s.CreateTable:
        made = s.CreateTable(self.name(), temporary=temporary)
        if self._match(TokenType.L_PAREN):
            self._element(made)
            while self._match(TokenType.COMMA):
                self._element(made)
            self._match_r_paren()
        while self._curr:
            self._property(made)
        return made

    def _element(self, made: s.CreateTable) -> None:
        if self._curr.text.upper() in CONSTRAINT_WORDS and not self._names_column():
            made.constraints.append(self.constraint())
        else:
            made.columns.append(self.column(made.constraints))

    def _names_column(self) -> bool:
        return self._curr.token_type == TokenType.IDENTIFIER

    def column(self, constraints: list[s.Constraint]) -> s.ColumnDefinition:
        name = self.identifier()
        column = s.ColumnDefinition(name, self.type_name())
        while self._curr and self._curr.token_type not in (TokenType.COMMA, TokenType.R_PAREN):
            self._trait(column, constraints)
        return column

    def _trait(self, column: s.ColumnDefinition, constraints: list[s.Constraint]) -> None:
        constraint = self.identifier() if self._match_text_seq("CONSTRAINT") else ""
        if self._match_text_seq("NOT", "NULL"):
            column.nullable = False
        elif self._match_text_seq("NULL"):
            pass
        elif self._match_text_seq("DEFAULT"):
            self._match_text_seq("ON", "NULL")
            column.default = self._parse_bitwise()
        elif self._match_text_seq("GENERATED"):
            self._match_text_seq("ALWAYS") or self._match_text_seq("BY", "DEFAULT")
            self._match_text_seq("ON", "NULL")
            self.word("AS", "IDENTITY")
            column.identity = True
        elif self._match_text_seq("INVISIBLE"):
            column.invisible = True
        elif self._match_text_seq("PRIMARY", "KEY"):
            column.nullable = False
            constraints.append(self._state(s.Constraint("P", (column.name,), constraint)))
        elif self._match_text_seq("UNIQUE"):
            constraints.append(self._state(s.Constraint("U", (column.name,), constraint)))
        elif self._match_text_seq("REFERENCES"):
            constraints.append(self._reference((column.name,), constraint))
        elif self._match_text_seq("CHECK"):
            constraints.append(s.Constraint("C", name=constraint, check=self._wrapped()))
        else:
            self.fault("a trait of a column")

    def _wrapped(self) -> object:
        self._match_l_paren()
        found = self._parse_disjunction()
        self._match_r_paren()
        return found

    def constraint(self) -> s.Constraint:
        name = self.identifier() if self._match_text_seq("CONSTRAINT") else ""
        if self._match_text_seq("PRIMARY", "KEY"):
            return self._state(s.Constraint("P", self.names(), name))
        if self._match_text_seq("UNIQUE"):
            return self._state(s.Constraint("U", self.names(), name))
        if self._match_text_seq("CHECK"):
            return self._state(s.Constraint("C", name=name, check=self._wrapped()))
        self.word("FOREIGN", "KEY")
        columns = self.names()
        self.word("REFERENCES")
        return self._reference(columns, name)

    def _reference(self, columns: tuple[str, ...], name: str) -> s.Constraint:
        refers = self.name()
        referred = self.names() if self._curr and self._curr.token_type == TokenType.L_PAREN else ()
        self._match_text_seq("ON", "DELETE", "CASCADE") or self._match_text_seq("ON", "DELETE", "SET", "NULL")
        return self._state(s.Constraint("R", columns, name, refers, referred))

    def _state(self, constraint: s.Constraint) -> s.Constraint:
        """ENABLE, DISABLE, VALIDATE, NOVALIDATE, RELY."""
        enabled, validated = True, True
        while self._curr and self._curr.text.upper() in ("ENABLE", "DISABLE", "VALIDATE", "NOVALIDATE", "RELY", "NORELY"):
            word = self._curr.text.upper()
            enabled = enabled and word != "DISABLE"
            validated = validated and word not in ("DISABLE", "NOVALIDATE")
            self._advance()
        return s.Constraint(
            constraint.kind, constraint.columns, constraint.name, constraint.refers, constraint.referred,
            constraint.check, enabled, validated,
        )  # fmt: skip

    def _property(self, made: s.CreateTable) -> None:
        if self._match_text_seq("ORGANIZATION"):
            made.organization = self.identifier()
            if made.organization == "EXTERNAL":
                made.directory = self._directory()
        elif self._match_text_seq("CLUSTER"):
            made.cluster = self.identifier()
            self.names()
        elif self._match_text_seq("PARTITION", "BY"):
            made.partitioning = self._partitioning()
        elif self._match_text_seq("ROW", "ARCHIVAL"):
            made.row_archival = True
        elif self._match_text_seq("ON", "COMMIT"):
            self._advance(2)
        elif self._match_text_seq("AS"):
            made.query = self._parse_select()
        elif self._curr.text.upper() in STORAGE:
            self._advance()
            if self._prev.text.upper() in ("TABLESPACE", "PCTFREE", "PCTUSED", "INITRANS", "MAXTRANS"):
                self._advance()
        else:
            self.fault("a property of a table")

    def _directory(self) -> str:
        """The default one of an external table, whose other properties are passed over."""
        began = self._index
        self.skip_parentheses()
        words = [token.text.upper() for token in self._tokens[began : self._index]]
        return next((words[i + 2] for i in range(len(words) - 2) if words[i : i + 2] == ["DEFAULT", "DIRECTORY"]), "")

    def _partitioning(self) -> s.Partitioning:
        kind = self.identifier()
        if kind not in ("HASH", "RANGE", "LIST"):
            self.fault("HASH, RANGE or LIST")
        made = s.Partitioning(kind, self.names())
        if self._match_text_seq("SUBPARTITION", "BY"):
            made.below = s.Partitioning(self.identifier(), self.names())
            self._parts(made.below, "SUBPARTITIONS")
        self._parts(made, "PARTITIONS")
        return made

    def _parts(self, made: s.Partitioning, counted: str) -> None:
        if self._match_text_seq(counted):
            made.parts = [(f"P{i + 1}", [], None) for i in range(self.integer())]
        elif self._curr and self._curr.token_type == TokenType.L_PAREN:
            self._match_l_paren()
            made.parts.append(self._part(made.kind))
            while self._match(TokenType.COMMA):
                made.parts.append(self._part(made.kind))
            self._match_r_paren()

    def _part(self, kind: str) -> tuple[str, list[object], s.Partitioning | None]:
        self._match_text_seq("PARTITION") or self.word("SUBPARTITION")
        name = self.identifier()
        values: list[object] = []
        if self._match_text_seq("VALUES"):
            self._match_text_seq("LESS", "THAN")
            values = self._parse_wrapped_csv(self._parse_bitwise)
        while self._curr and self._curr.text.upper() in STORAGE:
            self._advance(2)
        return name, values, None
