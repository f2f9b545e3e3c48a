"""Parse the query language into a syntax tree, with the place of any mistake. Fields are checked in `validate`.

    query    := clause*                       juxtaposition binds loosest
    clause   := [+] any                       + : must match
    any      := all (OR all)*
    all      := single (AND single)*          AND binds tighter than OR
    single   := (NOT | -) single | term
    term     := ( query ) | [field:] value
    value    := word | "words" | "words"~N    N: at most N other words between, in either order
              | prefix* | fuzzy~ | fuzzy~2 | =exact | ="exact words"
              | prefix:word | fuzzy:word | fuzzy:word~2 | exact:word | exact:"words"

AND, OR and NOT are operators in capitals only. `field:` goes before or after `exact:`, `prefix:`
and `fuzzy:`. A field with its value always has to match; `want` decides whether plain words do.
Curly double quotes are read as straight ones. A colon after anything but letters is part of a
word (`12:30`).

    >>> to_text(parse_query('coal "solar power" -city', WordOperator.ANY))
    'coal "solar power" NOT city'
    >>> to_text(parse_query('coal -city', WordOperator.ALL))
    '+coal NOT city'
"""

import re
from typing import NoReturn

from shanxi_cli.query.ast import (
    And,
    Clause,
    Exact,
    Fuzzy,
    Group,
    Near,
    Not,
    Occur,
    Or,
    Phrase,
    Prefix,
    Query,
    Word,
    WordOperator,
)
from shanxi_cli.query.fields import VALUE_OPERATORS
from shanxi_cli.query.lexer import QueryToken, lex_query, raise_query_error, straighten_quotes
from shanxi_cli.query.unparse import to_text
from shanxi_cli.query.visit import set_word_operator
from shanxi_cli.util.frozen_record import replace_fields
from shanxi_cli.util.unicode import count_letters, is_cjk_run

MAX_CHARACTERS = 2_000
MAX_TERMS = 64
MAX_OPEN_TERMS = 16
MAX_SHORT_PREFIXES = 4
SHORT_PREFIX_LETTERS = 3
"""Limits on expansions (`coal*`, `coal~`), and on prefixes of at most `SHORT_PREFIX_LETTERS` letters among them: each
reads a part of the whole index. Over 5,000 articles 64 prefixes of two letters took three seconds, four take half a
second (`bench/attacks.py`, 2026-11)."""
MAX_DEPTH = 50
MAX_EDITS = 2
MAX_PROXIMITY_WORDS = 50
MIN_PREFIX_LETTERS = 2

# Patterns that few queries need: `re` compiles each when it is first used.
_FIELD_NAME = r"([A-Za-z][A-Za-z_]*):"
_FUZZY_TERM = r"(?s:(.+))~(\d*)\Z"


def parse_query(text: str, want: WordOperator) -> Query:
    """Parse a query; `QueryError` with the place of a mistake and a hint.

    Parsing `to_text` of the result with the same `want` gives an equal query, unless it exceeds the limits: it may be
    longer (`co*` is `prefix:co`), and with `WordOperator.ALL` deeper (`a OR b c` is `+(a OR b) +c`).
    """
    return set_word_operator(_Parser(text).parse(), want)


class _Parser:
    """Recursive descent over the tokens of one query, parsed for `WordOperator.ANY`."""

    def __init__(self, text: str) -> None:
        self.text = straighten_quotes(text)
        if len(text) > MAX_CHARACTERS:
            message = f"the query has {len(text):,} characters, the limit is {MAX_CHARACTERS:,}"
            self._fail(message, MAX_CHARACTERS, len(text))
        self.term_count = 0
        self.open_term_count = self.short_prefix_count = 0
        self.tokens = list(lex_query(self.text))
        self.at = 0

    def parse(self) -> Query:
        if not self.tokens:
            self._fail("the query is empty", 0, 0, "type a word, for example: shanxi search coal")
        query = self._group(0)
        if self.at < len(self.tokens):
            token = self.tokens[self.at]
            self._fail("this parenthesis closes nothing", token.start, token.end, "remove it, or open one before")
        return query

    def _peek(self) -> QueryToken | None:
        return self.tokens[self.at] if self.at < len(self.tokens) else None

    def _take_operator(self, name: str) -> QueryToken | None:
        token = self._peek()
        if token and token.kind == "operator" and token.text == name:
            self.at += 1
            return token
        return None

    # Clauses

    def _group(self, depth: int) -> Query:
        """Parse clauses up to a closing parenthesis or the end; a single positive clause needs no group."""
        clauses = []
        while (token := self._peek()) and token.kind != "close":
            clauses.append(self._clause(depth))
        if len(clauses) == 1 and clauses[0].occur is not Occur.NOT:
            return clauses[0].node
        return Group(tuple(clauses))

    def _clause(self, depth: int) -> Clause:
        token = self._peek()
        assert token
        plus = token.kind == "sign" and token.text == "+"
        if plus:
            self.at += 1
            node = self._single(depth, token)
            joined = self._peek()
            if joined and joined.kind == "operator" and joined.text != "NOT":
                message = f"+ cannot be combined with {joined.text}"
                self._fail(message, token.start, token.end, "put parentheses round one of the two")
        else:
            node = self._any(depth)
        match node:
            case Not(child):
                return Clause(Occur.NOT, child)
            case Word() | Exact() | Phrase() | Near() | Prefix() | Fuzzy() if node.field:
                return Clause(Occur.FILTER, node)
        return Clause(Occur.MUST if plus else Occur.MAY, node)

    def _any(self, depth: int) -> Query:
        children = [self._all(depth)]
        while operator := self._take_operator("OR"):
            self._expect_operand(operator)
            children.append(self._all(depth))
        return children[0] if len(children) == 1 else Or(tuple(children))

    def _all(self, depth: int) -> Query:
        children = [self._single(depth, None)]
        while operator := self._take_operator("AND"):
            self._expect_operand(operator)
            children.append(self._single(depth, operator))
        return children[0] if len(children) == 1 else And(tuple(children))

    def _expect_operand(self, operator: QueryToken) -> None:
        token = self._peek()
        if token is None or token.kind == "close" or (token.kind == "operator" and token.text != "NOT"):
            self._nothing_to_join(operator)

    def _single(self, depth: int, before: QueryToken | None) -> Query:
        token = self._peek()
        if token is None or token.kind == "close":
            assert before
            self._nothing_to_join(before)
        if depth > MAX_DEPTH:
            self._fail(f"the query is nested deeper than {MAX_DEPTH} levels", token.start, token.end, "simplify it")
        self.at += 1
        if (token.text == "NOT" and token.kind == "operator") or (token.kind == "sign" and token.text == "-"):
            child = self._single(depth + 1, token)
            return child.child if isinstance(child, Not) else Not(child)
        if token.kind == "operator":
            self._nothing_to_join(token)
        if token.kind == "sign":
            self._fail("+ must be at the beginning of a word", token.start, token.end, "remove it")
        if token.kind == "open":
            return self._parenthesis(depth, token)
        return self._term(token)

    def _parenthesis(self, depth: int, opening: QueryToken) -> Query:
        inner = self._peek()
        if inner and inner.kind == "close":
            self._fail("there is nothing in these parentheses", opening.start, inner.end, "remove them")
        node = self._group(depth + 1)
        if self._peek() is None:
            self._fail("this parenthesis is never closed", opening.start, opening.end, "close it with )")
        self.at += 1
        return node

    def _nothing_to_join(self, token: QueryToken) -> NoReturn:
        hint = f'for the word write "{token.text}"' if token.kind == "operator" else f"put a word after {token.text}"
        self._fail(f"{token.text} has nothing to join", token.start, token.end, hint)

    # Terms

    def _term(self, token: QueryToken) -> Query:
        text, start, name, operator = token.text, token.start, "", ""
        while ":" in text and (match := re.match(_FIELD_NAME, text)):
            prefix = match.group(1)
            if prefix in VALUE_OPERATORS and not operator:
                operator = prefix
            elif prefix not in VALUE_OPERATORS and not name:
                name = prefix
            else:
                break
            text, start = text[match.end() :], start + match.end()
        if text.startswith("=") and not operator:
            operator, text, start = "exact", text[1:], start + 1
        if not text:
            self._empty_value(token)
        if '"' in text and not text.startswith('"'):
            hint = "leave one field, and one of exact:, prefix: and fuzzy:"
            self._fail("too many prefixes before this quote", start, start + text.index('"'), hint)
        term = self._value(text, operator, start, token)
        return replace_fields(term, field=name, span=(token.start, token.end))

    def _value(
        self, text: str, operator: str, start: int, token: QueryToken
    ) -> Exact | Fuzzy | Near | Phrase | Prefix | Word:
        if text.startswith('"'):
            return self._quoted(text, operator, start, token)
        self._count(1, token)
        edits = re.match(_FUZZY_TERM, text) if "~" in text else None
        if operator == "prefix" or (text.endswith("*") and not operator):
            return self._prefix(text.removesuffix("*"), start, token)
        if "*" in text:
            place = start + text.index("*")
            hint = "write the beginning of the word, then *"
            self._fail("* is allowed only at the end of a word", place, place + 1, hint)
        if operator == "fuzzy" or (edits and not operator):
            word, number = edits.groups() if edits else (text, "")
            return self._fuzzy(word, number, start, token)
        return Exact(text) if operator else Word(text)

    def _quoted(self, text: str, operator: str, start: int, token: QueryToken) -> Exact | Near | Phrase:
        words, _, tail = text[1:].rpartition('"')
        words = " ".join(words.split())
        if not words:
            self._empty_value(token)
        self._count(len(words.split()), token)
        if operator in ("prefix", "fuzzy"):
            self._fail(f"{operator}: takes one word", token.start, token.end, "remove the quotes")
        if tail and operator:
            self._fail("~ does not go with exact words", token.start, token.end, "remove one of the two")
        if operator:
            return Exact(words)
        if not tail:
            return Phrase(words)
        distance = int(tail[1:] or 5)
        if distance > MAX_PROXIMITY_WORDS:
            place = start + text.rindex("~")
            hint = "or write the words without quotes"
            self._fail(f'"..."~N goes up to {MAX_PROXIMITY_WORDS}', place, token.end, hint)
        return Near(words, distance)

    def _count_open(self, token: QueryToken) -> None:
        self.open_term_count += 1
        if self.open_term_count > MAX_OPEN_TERMS:
            message = f"the query has more than {MAX_OPEN_TERMS} words with * or ~"
            self._fail(message, token.start, token.end, "leave some out")

    def _fuzzy(self, word: str, number: str, start: int, token: QueryToken) -> Fuzzy:
        self._count_open(token)
        edits = int(number or 1)
        if edits > MAX_EDITS:
            hint = f"write {word}~{MAX_EDITS}"
            self._fail(f"word~N goes up to {MAX_EDITS} edits", start + len(word), token.end, hint)
        if count_letters(word) <= edits + 1:
            self._fail("the word is too short for so many edits", token.start, token.end, "write more letters")
        return Fuzzy(word, edits)

    def _prefix(self, word: str, start: int, token: QueryToken) -> Prefix:
        self._count_open(token)
        if "*" in word:
            place = start + word.index("*")
            self._fail("* is allowed only at the end of a word", place, place + 1, "remove it")
        if count_letters(word) < MIN_PREFIX_LETTERS and not is_cjk_run(word):
            message = f"a prefix needs at least {MIN_PREFIX_LETTERS} letters"
            self._fail(message, token.start, token.end, "write more letters before *")
        self.short_prefix_count += count_letters(word) <= SHORT_PREFIX_LETTERS and not is_cjk_run(word)
        if self.short_prefix_count > MAX_SHORT_PREFIXES:
            which = f"{MAX_SHORT_PREFIXES} prefixes of {SHORT_PREFIX_LETTERS} letters or fewer"
            self._fail(f"the query has more than {which}", token.start, token.end, "write more letters before *")
        return Prefix(word)

    def _empty_value(self, token: QueryToken) -> NoReturn:
        hint = "give it a value; a shell may have eaten one: put the query in single quotes"
        following = self._peek()
        if following and following.kind == "open" and following.start == token.end:
            hint = f"a field takes one word or a phrase; write ({token.text}this OR {token.text}that)"
        self._fail(f"{token.text} has no value", token.start, token.end, hint)

    def _count(self, words: int, token: QueryToken) -> None:
        self.term_count += words
        if self.term_count > MAX_TERMS:
            self._fail(f"the query has more than {MAX_TERMS} terms", token.start, token.end, "leave some out")

    def _fail(self, message: str, start: int, end: int, hint: str = "") -> NoReturn:
        raise_query_error(self.text, message, start, end, hint)


__all__ = ["WordOperator", "parse_query", "to_text"]
