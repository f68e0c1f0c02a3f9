"""Reads statements: sqlglot's Oracle, extended by what engines of extraction send, DDL with Oracle's types, PL/SQL calls."""

from __future__ import annotations

from functools import lru_cache
from typing import ClassVar

from sqlglot import exp
from sqlglot.dialects.oracle import Oracle
from sqlglot.errors import ParseError, TokenError
from sqlglot.parsers.oracle import OracleParser
from sqlglot.tokens import Token, TokenType

from ..wire.errors import OracleError
from .definitions import Definitions
from .statements import Block, Loop, Statement

BIND = ":"


class Grammar(Definitions, OracleParser):
    """One statement at a time; every function keeps its own name."""

    FUNCTIONS: ClassVar = {}
    TYPE_LITERAL_PARSERS: ClassVar = {
        exp.DType.DATE: lambda self, this, _: exp.Anonymous(this="#DATE", expressions=[this]),
        exp.DType.TIMESTAMP: lambda self, this, _: exp.Anonymous(this="#TIMESTAMP", expressions=[this]),
    }
    NO_PAREN_FUNCTION_PARSERS: ClassVar = {
        name: parser for name, parser in OracleParser.NO_PAREN_FUNCTION_PARSERS.items() if name in ("CASE", "PRIOR", "ANY")
    }
    FUNCTION_PARSERS: ClassVar = {
        "CAST": lambda self: self._cast(),
        "EXTRACT": OracleParser.FUNCTION_PARSERS["EXTRACT"],
        "TRIM": OracleParser.FUNCTION_PARSERS["TRIM"],
        "XMLSERIALIZE": lambda self: self._serialized("XMLSERIALIZE"),
        "JSON_SERIALIZE": lambda self: self._serialized("JSON_SERIALIZE"),
    }

    def statement(self) -> object:
        """One statement, whatever it is."""
        word = self._curr.text.upper()
        defined = self.definition(word)
        if defined is not None:
            return defined
        if word in ("BEGIN", "DECLARE", "CALL"):
            return self._block(word)
        if word in ("SELECT", "WITH", "(", "INSERT", "UPDATE", "DELETE"):
            return self._parse_statement()
        raise OracleError(900, f"invalid SQL statement: {self._whole()}")

    def _whole(self) -> str:
        return " ".join(token.text for token in self._tokens)

    def _cast(self) -> exp.Expr:
        this = self._parse_disjunction()
        self.word("AS")
        return exp.Anonymous(this="#CAST", expressions=[this], to=self.type_name())

    def _serialized(self, name: str) -> exp.Expr:
        """``XMLSERIALIZE(CONTENT x AS CLOB)``, ``JSON_SERIALIZE(x RETURNING CLOB)``."""
        self._match_text_seq("CONTENT") or self._match_text_seq("DOCUMENT")
        this = self._parse_disjunction()
        to = None
        if self._match_text_seq("AS") or self._match_text_seq("RETURNING"):
            to = self.type_name()
        return exp.Anonymous(this="#" + name, expressions=[this], to=to)

    def _block(self, word: str) -> Block:
        """Calls of packages, one after the other; no variables."""
        if word == "CALL":
            self._advance()
            return Block([self._parse_disjunction()])
        self.word("BEGIN")
        calls: list[object] = []
        while not self._match_text_seq("END"):
            if self._match_text_seq("NULL"):
                pass
            elif self._match_text_seq("FOR"):
                calls.append(self._loop())
            elif self._match_text_seq("EXECUTE", "IMMEDIATE"):
                calls.append(Statement(self._parse_disjunction()))
            else:
                calls.append(self._parse_disjunction())
            if not self._match(TokenType.SEMICOLON):
                self.fault("a semicolon")
        self._match(TokenType.SEMICOLON)
        return Block(calls)

    def _loop(self) -> Loop:
        """``FOR r IN (SELECT ...) LOOP EXECUTE IMMEDIATE ...; END LOOP``."""
        record = self.identifier()
        self.word("IN")
        self._match_l_paren()
        query = self._parse_select()
        self._match_r_paren()
        self.word("LOOP")
        self.word("EXECUTE", "IMMEDIATE")
        text = self._parse_disjunction()
        if not self._match(TokenType.SEMICOLON):
            self.fault("a semicolon")
        self.word("END")
        self.word("LOOP")
        return Loop(record, query, text)


def _tokens(sql: str) -> list[Token]:
    """The words; a bind marker is one word, a column of that name."""
    out: list[Token] = []
    for token in Oracle().tokenize(sql):
        before = out[-1] if out else None
        marked = before is not None and before.token_type == TokenType.COLON and before.end + 1 == token.start
        if marked and token.token_type in (TokenType.NUMBER, TokenType.VAR):
            out[-1] = Token(TokenType.IDENTIFIER, BIND + token.text, before.line, before.col, before.start, token.end)
        else:
            out.append(token)
    return out


@lru_cache(maxsize=1000)
def read(sql: str) -> object:
    """The tree of a statement, which nobody changes.

    Raises ``OracleError`` with the statement in it where it is not understood.
    """
    try:
        tokens = _tokens(sql)
        if tokens and tokens[0].text.upper() not in ("BEGIN", "DECLARE"):
            while tokens and tokens[-1].token_type == TokenType.SEMICOLON:
                raise OracleError(911, f"invalid character: ; in {sql}")
        if not tokens:
            raise OracleError(900, "invalid SQL statement: nothing")
        return _parsed(tokens, sql)
    except (ParseError, TokenError) as e:
        first = e.errors[0] if isinstance(e, ParseError) and e.errors else {}
        raise OracleError(900, f"not understood: {first.get('description', e)}: {sql}") from e


def _parsed(tokens: list[Token], sql: str) -> object:
    parser = Grammar(dialect=Oracle())
    parser.reset()
    parser.sql = sql
    parser._tokens = tokens
    parser._tokens_size = len(tokens)
    parser._index = -1
    parser._advance()
    tree = parser.statement()
    if parser._index < len(tokens):
        raise OracleError(933, f"SQL command not properly ended at {tokens[parser._index].text}: {sql}")
    return tree
