"""The grammar of definitions: tables and their types, users and grants, settings of a session."""

from __future__ import annotations

from sqlglot.tokens import TokenType

from ..types import DAY_SECOND, TSLTZ, TSTZ, YEAR_MONTH, OracleType, number, text
from ..wire.errors import OracleError
from . import statements as s
from .partitions import CONSTRAINT_WORDS, Partitions

SYNONYMS = {
    "VARCHAR": "VARCHAR2", "CHARACTER": "CHAR", "NUMERIC": "NUMBER", "DECIMAL": "NUMBER", "DEC": "NUMBER",
    "INTEGER": "INT", "SMALLINT": "INT", "REAL": "FLOAT",
}  # fmt: skip
PLAIN = frozenset({"CLOB", "NCLOB", "BLOB", "XMLTYPE", "JSON", "BINARY_FLOAT", "BINARY_DOUBLE", "DATE", "BOOLEAN"})


class Definitions(Partitions):
    """A part of the grammar, beside sqlglot's parser."""

    def fault(self, expected: str) -> None:
        found = self._curr.text if self._curr else "the end"
        raise OracleError(900, f"{expected} was expected, not {found}: {self.sql}")

    def _match_text_seq(self, *words: str, advance: bool = True) -> bool:
        """Words one by one, or as one: the tokenizer knows some as pairs."""
        if super()._match_text_seq(*words, advance=advance):
            return True
        if len(words) > 1 and self._curr and self._curr.text.upper().split() == list(words):
            if advance:
                self._advance()
            return True
        return False

    def word(self, *words: str) -> None:
        """What must come now."""
        if not self._match_text_seq(*words):
            self.fault(" ".join(words))

    def identifier(self) -> str:
        """A name as the dictionary spells it."""
        token = self._curr
        if not token or token.token_type in (TokenType.STRING, TokenType.NUMBER, TokenType.L_PAREN, TokenType.COMMA):
            self.fault("a name")
        self._advance()
        return token.text if token.token_type == TokenType.IDENTIFIER else token.text.upper()

    def name(self) -> s.Name:
        first = self.identifier()
        return s.Name(first, self.identifier()) if self._match(TokenType.DOT) else s.Name("", first)

    def names(self) -> tuple[str, ...]:
        self._match_l_paren()
        found = [self.identifier()]
        while self._match(TokenType.COMMA):
            found.append(self.identifier())
        self._match_r_paren()
        return tuple(found)

    def integer(self) -> int:
        sign = -1 if self._match(TokenType.DASH) else 1
        if self._curr.token_type != TokenType.NUMBER:
            self.fault("a number")
        self._advance()
        return sign * int(self._prev.text)

    def skip_parentheses(self) -> None:
        self._match_l_paren()
        depth = 1
        while depth:
            if not self._curr:
                self.fault(")")
            depth += {TokenType.L_PAREN: 1, TokenType.R_PAREN: -1}.get(self._curr.token_type, 0)
            self._advance()

    def type_name(self) -> OracleType:
        """A type with its lengths."""
        word = self._curr.text.upper()
        self._advance()
        word = SYNONYMS.get(word, word)
        if word in PLAIN:
            return OracleType(word)
        if word in ("VARCHAR2", "CHAR", "NVARCHAR2", "NCHAR"):
            return self._text(word)
        if word == "NUMBER":
            return self._number()
        if word == "INT":
            return number(None, 0)
        if word == "FLOAT":
            return OracleType("FLOAT", precision=self._digits() or 126)
        if word == "DOUBLE":
            self.word("PRECISION")
            return OracleType("FLOAT", precision=126)
        if word == "TIMESTAMP":
            return self._timestamp()
        if word == "INTERVAL":
            return self._interval()
        if word == "RAW":
            return OracleType("RAW", length=self._digits() or 1)
        if word == "LONG":
            return OracleType("LONG RAW" if self._match_text_seq("RAW") else "LONG")
        if word in ("ROWID", "UROWID"):
            return OracleType("ROWID")
        raise OracleError(902, f"invalid datatype {word}: {self.sql}")

    def _digits(self) -> int | None:
        if not self._match(TokenType.L_PAREN):
            return None
        found = self.integer()
        self._match_r_paren()
        return found

    def _text(self, name: str) -> OracleType:
        if not self._match(TokenType.L_PAREN):
            return text(1, name)
        size = self.integer()
        by_chars = self._match_text_seq("CHAR")
        if not by_chars:
            self._match_text_seq("BYTE")
        self._match_r_paren()
        return text(size, name, bool(by_chars))

    def _number(self) -> OracleType:
        if not self._match(TokenType.L_PAREN):
            return number()
        precision = None if self._match(TokenType.STAR) else self.integer()
        scale = self.integer() if self._match(TokenType.COMMA) else 0
        self._match_r_paren()
        return number(precision, scale)

    def _timestamp(self) -> OracleType:
        digits = self._digits()
        digits = 6 if digits is None else digits
        if self._match_text_seq("WITH", "LOCAL", "TIME", "ZONE"):
            return OracleType(TSLTZ, scale=digits)
        if self._match_text_seq("WITH", "TIME", "ZONE"):
            return OracleType(TSTZ, scale=digits)
        return OracleType("TIMESTAMP", scale=digits)

    def _interval(self) -> OracleType:
        if self._match_text_seq("YEAR"):
            precision = self._digits()
            self.word("TO", "MONTH")
            return OracleType(YEAR_MONTH, precision=2 if precision is None else precision, scale=0)
        self.word("DAY")
        precision = self._digits()
        self.word("TO", "SECOND")
        digits = self._digits()
        return OracleType(DAY_SECOND, precision=2 if precision is None else precision, scale=6 if digits is None else digits)

    def definition(self, word: str) -> object:
        """A statement that is none of those which read or change rows; None where it is."""
        parser = {
            "CREATE": self._create, "DROP": self._drop, "TRUNCATE": self._truncate, "ALTER": self._alter,
            "GRANT": self._grant, "REVOKE": self._grant, "COMMENT": self._comment, "LOCK": self._lock,
            "COMMIT": self._end, "ROLLBACK": self._end, "SET": self._set,
        }.get(word)  # fmt: skip
        if parser is None:
            return None
        self._advance()
        return parser()

    def _create(self) -> object:
        replace = bool(self._match_text_seq("OR", "REPLACE"))
        if self._match_text_seq("GLOBAL", "TEMPORARY", "TABLE"):
            return self.table(True)
        if self._match_text_seq("TABLE"):
            return self.table(False)
        self._match_text_seq("FORCE")
        if self._match_text_seq("VIEW"):
            name = self.name()
            columns = self.names() if self._curr.token_type == TokenType.L_PAREN else ()
            self.word("AS")
            return s.CreateView(name, columns, self._parse_select(), replace)
        unique = bool(self._match_text_seq("UNIQUE"))
        if self._match_text_seq("INDEX"):
            name = self.name()
            self.word("ON")
            return s.CreateIndex(name, self.name(), tuple(self._parse_wrapped_csv(self._parse_ordered)), unique)
        public = bool(self._match_text_seq("PUBLIC"))
        if self._match_text_seq("SYNONYM"):
            return self._synonym(public)
        if self._match_text_seq("CLUSTER"):
            name = self.name()
            self.skip_parentheses()
            return s.CreateCluster(name)
        if self._match_text_seq("USER"):
            name = self.identifier()
            self.word("IDENTIFIED", "BY")
            password = self._curr.text
            self._advance()
            while self._curr:  # quotas and tablespaces
                self._advance()
            return s.CreateUser(name, password)
        return self.fault("what is created")

    def _synonym(self, public: bool) -> s.CreateSynonym:
        name = self.name()
        self.word("FOR")
        target = self.name()
        link = ""
        if self._match_text_seq("@") or self._curr.text.startswith("@"):
            link = self.identifier().lstrip("@")
        return s.CreateSynonym(s.Name("PUBLIC", name.name) if public else name, target, link)

    def _drop(self) -> object:
        kind = self._curr.text.upper()
        self._advance()
        if kind == "PUBLIC":
            self.word("SYNONYM")
            return s.Drop("SYNONYM", s.Name("PUBLIC", self.identifier()))
        if kind not in ("TABLE", "VIEW", "INDEX", "SYNONYM", "USER", "CLUSTER"):
            self.fault("what is dropped")
        name = self.name()
        self._match_text_seq("CASCADE") and self._match_text_seq("CONSTRAINTS")
        self._match_text_seq("PURGE")
        return s.Drop(kind, name)

    def _truncate(self) -> object:
        self.word("TABLE")
        return s.Truncate(self.name())

    def _alter(self) -> object:
        if self._match_text_seq("SESSION"):
            return self._session()
        if self._match_text_seq("SYSTEM", "KILL", "SESSION"):
            self._advance()
            self._match_text_seq("IMMEDIATE")
            return s.KillSession(int(self._tokens[4].text.split(",")[0]))
        if self._match_text_seq("USER"):
            return self._user()
        self.word("TABLE")
        name = self.name()
        if self._match_text_seq("DROP", "COLUMN"):
            return s.DropColumn(name, self.identifier())
        self.word("ADD")
        if self._curr.text.upper() in CONSTRAINT_WORDS:
            return s.AddConstraint(name, self.constraint())
        wrapped = self._match(TokenType.L_PAREN)
        columns = [self.column([])]
        while self._match(TokenType.COMMA):
            columns.append(self.column([]))
        if wrapped:
            self._match_r_paren()
        return s.AddColumns(name, tuple(columns))

    def _session(self) -> s.AlterSession:
        self.word("SET")
        settings: dict[str, str] = {}
        while self._curr:
            key = [self.identifier()]
            while self._curr and self._curr.token_type != TokenType.EQ:
                key.append(self.identifier())
            self.word("=")
            token = self._curr
            if not token:
                self.fault("a value")
            self._advance()
            plain = token.token_type in (TokenType.STRING, TokenType.IDENTIFIER)
            settings[" ".join(key)] = token.text if plain else token.text.upper()
        return s.AlterSession(settings)

    def _user(self) -> s.AlterUser:
        name = self.identifier()
        if self._match_text_seq("ACCOUNT"):
            locked = self.identifier()
            return s.AlterUser(name, locked=locked == "LOCK")
        self.word("IDENTIFIED", "BY")
        self._advance()
        return s.AlterUser(name, password=self._prev.text)

    def _grant(self) -> s.Grant:
        revoke = self._prev.text.upper() == "REVOKE"
        privileges = [self._privilege()]
        while self._match(TokenType.COMMA):
            privileges.append(self._privilege())
        of = None
        if self._match_text_seq("ON"):
            self._match_text_seq("DIRECTORY")
            of = self.name()
        self.word("FROM" if revoke else "TO")
        grantees = [self.identifier()]
        while self._match(TokenType.COMMA):
            grantees.append(self.identifier())
        for option in ("GRANT", "ADMIN"):
            self._match_text_seq("WITH", option, "OPTION")
        return s.Grant(tuple(privileges), of, tuple(grantees), revoke)

    def _privilege(self) -> str:
        words = []
        while self._curr and self._curr.token_type != TokenType.COMMA and self._curr.text.upper() not in ("ON", "TO", "FROM"):
            words.append(self.identifier())
        return " ".join(words)

    def _comment(self) -> s.Remark:
        while self._curr:
            self._advance()
        return s.Remark("COMMENT")

    def _lock(self) -> s.Remark:
        self.word("TABLE")
        self.name()
        self.word("IN")
        while self._curr:
            self._advance()
        return s.Remark("LOCK")

    def _set(self) -> s.Remark:
        self.word("TRANSACTION")
        while self._curr:
            self._advance()
        return s.Remark("SET TRANSACTION")

    def _end(self) -> s.Transaction:
        kind = self._prev.text.upper()
        self._match_text_seq("WORK")
        return s.Transaction(kind)
