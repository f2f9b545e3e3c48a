"""The lexer of the query language: text -> tokens with their places."""

import re
from collections.abc import Iterator
from typing import NoReturn

from shanxi_cli.errors import QueryError
from shanxi_cli.util.frozen_record import NamedTuple

# Patterns that few queries need: `re` compiles each when it is first used.
_BEFORE_QUOTE = r"(?:[A-Za-z][A-Za-z_]*:)*=?\Z"
_PROXIMITY_SUFFIX = r"~(\d*)(?=[\s()]|\Z)"
_FOREIGN_SIGN = r"(?:[A-Za-z][A-Za-z_]*:)*([!^])(?=\w)"
_OPERATORS = ("AND", "OR", "NOT")
_FOREIGN_OPERATORS = {"&&": "AND", "||": "OR"}
"""Signs of other search engines, which would be dropped in silence as punctuation."""
_QUOTE_TABLE = str.maketrans("“”„‟＂", '"""""')


class QueryToken(NamedTuple):
    """A token: its kind (open, close, sign, operator or value), text, and half-open place in the query."""

    kind: str
    text: str
    start: int
    end: int


def straighten_quotes(text: str) -> str:
    """Return `text` with curly double quotes as straight ones, of the same length."""
    return text.translate(_QUOTE_TABLE)


def lex_query(text: str) -> Iterator[QueryToken]:
    """Yield the tokens of a query with straight quotes; `QueryError` for an open quote or a lone sign.

    A phrase is one value together with the fields before it and the `~N` behind it.
    """
    at = 0
    while at < len(text):
        start, char = at, text[at]
        if char == '"':
            at = _phrase_end(text, start)
            yield QueryToken("value", text[start:at], start, at)
        elif kind := _sign_kind(text, start):
            at += 1
            yield QueryToken(kind, char, start, at)
        elif char.isspace():
            at += 1
        else:
            at = _word_end(text, start)
            word = text[start:at]
            if word in ("+", "-"):
                hint = "put a word right after it, or leave it out"
                raise_query_error(text, f"{word} has nothing to join", start, at, hint)
            _refuse_foreign_sign(text, word, start)
            if word in _OPERATORS:
                yield QueryToken("operator", word, start, at)
                continue
            if text[at : at + 1] == '"' and re.match(_BEFORE_QUOTE, word):
                at = _phrase_end(text, at)
            yield QueryToken("value", text[start:at], start, at)


def _sign_kind(text: str, at: int) -> str:
    """Return the kind of a token of one character, empty for a character of another."""
    char, following = text[at], text[at + 1 : at + 2]
    if char in "+-":
        return "sign" if following not in ("", ")") and not following.isspace() else ""
    return {"(": "open", ")": "close"}.get(char, "")


def _word_end(text: str, start: int) -> int:
    """Return where the word that begins at `start` ends. A pattern would take longer to compile than most queries."""
    ends = (at for at in range(start, len(text)) if text[at] in '()"' or text[at].isspace())
    return next(ends, len(text))


def _refuse_foreign_sign(text: str, word: str, start: int) -> None:
    """Raise a `QueryError` for a sign that has a meaning in other search engines and none here."""
    at = start + len(word)
    if word in _FOREIGN_OPERATORS:
        raise_query_error(text, f"{word} means nothing here", start, at, f"write {_FOREIGN_OPERATORS[word]}")
    match = re.match(_FOREIGN_SIGN, word) if "!" in word or "^" in word else None
    if match or (word == "!" and text[at : at + 1] in ('"', "(")):
        sign, place = (match[1], start + match.start(1)) if match else ("!", start)
        hint = "to exclude a word, write -word or NOT word" if sign == "!" else "leave it out"
        raise_query_error(text, f"{sign} means nothing here", place, place + 1, hint)


def _phrase_end(text: str, quote: int) -> int:
    """Return the end of the phrase whose opening quote is at `quote`, its `~N` included."""
    close = text.find('"', quote + 1)
    if close < 0:
        raise_query_error(text, "this quote is never closed", quote, quote + 1, 'close it with another "')
    tilde = re.match(_PROXIMITY_SUFFIX, text[close + 1 :])
    return close + 1 + (tilde.end() if tilde else 0)


def raise_query_error(text: str, message: str, start: int, end: int, hint: str = "") -> NoReturn:
    """Raise a `QueryError` about the characters `start` to `end` of `text`."""
    raise QueryError(message, text, start, end, hint)
