"""What a query means in words and stems: every engine, and the marks in the text, get the same terms.

A leaf of a query becomes a *lookup*: a `Sequence` of terms that stand together, an `Expansion`
to all words of a kind, a whole `Value`, or a `Limit` on quantities. Here too the words that say nothing are left out.
"""

from enum import Enum
from typing import TypeAlias, assert_never

from shanxi_cli.analysis.edit_distance import is_like
from shanxi_cli.analysis.stopwords import STOP_WORDS
from shanxi_cli.analysis.tokenizer import Token, fold, is_run, tokens
from shanxi_cli.errors import QueryError
from shanxi_cli.query.ast import (
    FIELDS,
    And,
    Clause,
    Dated,
    Exact,
    Fuzzy,
    Group,
    Kind,
    Measured,
    Near,
    Not,
    Or,
    Phrase,
    Prefix,
    Query,
    Word,
    leaves,
)
from shanxi_cli.query.plan.range import Limit, limit_of
from shanxi_cli.util.frozen_record import Record, replace


class Layer(Enum):
    """Which form of the words of a text is looked at."""

    STEMS = "stems"
    WORDS = "words"


class Sequence(Record):
    """Terms that stand together in one text of `field` (empty: in any text of the article).

    Without `between` they stand side by side in this order; with it in any order, with at most so
    many other words among them. There is at least one term.
    """

    field: str
    layer: Layer
    terms: tuple[str, ...]
    between: int | None = None


class Expansion(Record):
    """All words of `field` that begin with `word` (`edits` is None), or are at most `edits` away from it."""

    field: str
    word: str
    edits: int | None

    def matches(self, word: str) -> bool:
        """True when a word of the text belongs to the expansion."""
        if self.edits is None:
            return word.startswith(self.word)
        return is_like(self.word, word, self.edits)


class AnyOf(Record):
    """One of several lookups in `field`, because what was written is a place with other names or with places in it.

    The first is what was written; `reading` says in words what the others are. It scores as the best of them.
    """

    field: str
    lookups: tuple[Sequence | Expansion, ...]
    reading: str


class Value(Record):
    """A whole value of a field of codes, folded; with `prefix` only its beginning."""

    field: str
    value: str
    prefix: bool = False


Lookup: TypeAlias = Sequence | Expansion | AnyOf | Value | Limit


def lookup(leaf: Word | Exact | Phrase | Near | Prefix | Fuzzy | Measured) -> Lookup | None:
    """What to look for in the index for a leaf of a checked query; None when it holds no word at all.

    `ValueError` for a limit that is none; `prepare` lets none through.
    """
    if isinstance(leaf, Measured):
        return limit_of(leaf.field, leaf.text)
    kind = FIELDS[leaf.field].kind if leaf.field else Kind.TEXT
    if kind is Kind.CODE:
        return Value(leaf.field, code(leaf.field, leaf.text), prefix=isinstance(leaf, Prefix))
    found = list(tokens(leaf.text))
    if not found:
        return None
    written = _written(leaf, kind, found)
    if isinstance(leaf, (Word, Phrase)) and (leaf.field == "place" or is_run(found[0].word)):
        from shanxi_cli.query.plan.place_expansion import read_place  # the gazetteer, for these alone

        return read_place(leaf, written)
    return written


def _written(
    leaf: Word | Exact | Phrase | Near | Prefix | Fuzzy, kind: Kind, found: list[Token]
) -> Sequence | Expansion:
    """What to look for, just as it is written."""
    if len(found) == 1 and is_run(found[0].word):
        return Expansion(leaf.field, found[0].word, None)
    found = _without_tails(found, everywhere=isinstance(leaf, Near))
    match leaf:
        case Prefix() if len(found) == 1:
            return Expansion(leaf.field, found[0].word, None)
        case Fuzzy() if len(found) == 1:
            return Expansion(leaf.field, found[0].word, leaf.distance)
        case Word() | Phrase() | Near() | Exact() | Prefix() | Fuzzy():
            layer = Layer.WORDS if isinstance(leaf, Exact) or kind is Kind.NAME else Layer.STEMS
            terms = tuple(t.stem if layer is Layer.STEMS else t.word for t in found)
            between = leaf.distance if isinstance(leaf, Near) and len(terms) > 1 else None
            return Sequence(leaf.field, layer, terms, between)
        case _:
            assert_never(leaf)


def _without_tails(found: list[Token], everywhere: bool) -> list[Token]:
    """`found` without the last characters of Chinese runs, which belong to the pair before them.

    Side by side only the last word of all can be such a tail: inside a phrase the run has to end there.
    """
    last = len(found) - 1
    return [t for n, t in enumerate(found) if not (n and found[n - 1].end == t.end and (everywhere or n == last))]


def code(field: str, value: str) -> str:
    """A value of a field of codes as it is compared: folded, and page 4 is page 004."""
    folded = fold(value)
    return folded.lstrip("0") or "0" if field == "page" and folded.isdigit() else folded


def prepare(query: Query, text: str) -> Query:
    """`query` without the words that say nothing: stop words, and words without letter or digit.

    A stop word stays when it is quoted, exact, in a field, or in capitals (`IT`, `US`, `WHO`).
    `QueryError` when nothing is left, a prefix or fuzzy word is more than one word, or a limit is none.
    """
    kept = _without_noise(query, text)
    if kept is None:
        hint = 'every word of it is too common; write it in quotes: "' + text.strip(' "+-') + '"'
        if not any(True for leaf in leaves(query, excluded=True) for _ in tokens(leaf.text)):
            hint = "it has no letter and no digit"
        raise QueryError("there is nothing to search for", text, 0, len(text), hint)
    return kept


def _without_noise(query: Query, text: str) -> Query | None:
    match query:
        case Group(clauses):
            kept = [(c, node) for c in clauses if (node := _without_noise(c.node, text)) is not None]
            return _group([replace(c, node=node) for c, node in kept])
        case And(children) | Or(children):
            nodes = tuple(n for child in children if (n := _without_noise(child, text)) is not None)
            return type(query)(nodes) if len(nodes) > 1 else nodes[0] if nodes else None
        case Not(child):
            kept_child = _without_noise(child, text)
            return Not(kept_child) if kept_child is not None else None
        case Dated():
            return query
        case Measured():
            _check_limit(query, text)
            return query
        case _:
            return query if _says_something(query, text) else None


def _group(clauses: list[Clause]) -> Group | None:
    return Group(tuple(clauses)) if clauses else None


def _check_limit(leaf: Measured, text: str) -> None:
    try:
        limit_of(leaf.field, leaf.text)
    except ValueError as error:
        hint = f"write for example {FIELDS[leaf.field].example}; a limit is 10.., 10..20 or ..20"
        raise QueryError(str(error), text, *leaf.span, hint) from error


def _says_something(leaf: Word | Exact | Phrase | Near | Prefix | Fuzzy, text: str) -> bool:
    if leaf.field and FIELDS[leaf.field].kind is Kind.CODE:
        return True
    found = list(tokens(leaf.text))
    if isinstance(leaf, (Prefix, Fuzzy)) and not (len(found) == 1 or (found and all(is_run(t.word) for t in found))):
        message = "a prefix is one word" if isinstance(leaf, Prefix) else "~ goes with one word"
        raise QueryError(message, text, *leaf.span, "write the other words beside it")
    if not found:
        return False
    plain = isinstance(leaf, Word) and not leaf.field and len(found) == 1
    shouted = len(leaf.text) > 1 and leaf.text.isupper()
    return not (plain and found[0].word in STOP_WORDS and not shouted)
