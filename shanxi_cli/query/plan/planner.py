"""What a query means in words and stems: every engine, and the marks in the text, get the same terms.

A leaf of a query becomes a *lookup*: a `PhraseLookup` of terms that stand together, an `ExpansionLookup`
to all words of a kind, a whole `CodeLookup`, or a `QuantityRange` on quantities. Here too the words that say nothing
are left out.
"""

from enum import Enum
from typing import TypeAlias, assert_never

from shanxi_cli.analysis.fuzzy_words import is_similar_word
from shanxi_cli.analysis.stopwords import STOP_WORDS
from shanxi_cli.analysis.tokenizer import Token, fold_text, is_cjk_run, tokenize
from shanxi_cli.errors import QueryError
from shanxi_cli.query.ast import (
    And,
    Clause,
    Dated,
    Exact,
    Fuzzy,
    Group,
    Measured,
    Near,
    Not,
    Or,
    Phrase,
    Prefix,
    Query,
    Word,
    iterate_leaves,
)
from shanxi_cli.query.fields import FIELDS, FieldKind
from shanxi_cli.query.plan.range import QuantityRange, parse_quantity_range
from shanxi_cli.util.frozen_record import Record, replace_fields


class TermForm(Enum):
    """Which form of the words of a text is looked at."""

    STEMS = "stems"
    WORDS = "words"


class PhraseLookup(Record):
    """Terms that stand together in one text of `field` (empty: in any text of the article).

    Without `between` they stand side by side in this order; with it in any order, with at most so
    many other words among them. There is at least one term.
    """

    field: str
    layer: TermForm
    terms: tuple[str, ...]
    between: int | None = None


class ExpansionLookup(Record):
    """All words of `field` that begin with `word` (`edits` is None), or are at most `edits` away from it."""

    field: str
    word: str
    edits: int | None

    def matches(self, word: str) -> bool:
        """True when a word of the text belongs to the expansion."""
        if self.edits is None:
            return word.startswith(self.word)
        return is_similar_word(self.word, word, self.edits)


class AlternativeLookups(Record):
    """One of several lookups in `field`, because what was written is a place with other names or with places in it.

    The first is what was written; `reading` says in words what the others are. It scores as the best of them.
    """

    field: str
    lookups: tuple[PhraseLookup | ExpansionLookup, ...]
    reading: str


class CodeLookup(Record):
    """A whole value of a field of codes, folded; with `prefix` only its beginning."""

    field: str
    value: str
    prefix: bool = False


Lookup: TypeAlias = PhraseLookup | ExpansionLookup | AlternativeLookups | CodeLookup | QuantityRange


def plan_lookup(leaf: Word | Exact | Phrase | Near | Prefix | Fuzzy | Measured) -> Lookup | None:
    """What to look for in the index for a leaf of a checked query; None when it holds no word at all.

    `ValueError` for a limit that is none; `drop_noise_words` lets none through.
    """
    if isinstance(leaf, Measured):
        return parse_quantity_range(leaf.field, leaf.text)
    kind = FIELDS[leaf.field].kind if leaf.field else FieldKind.TEXT
    if kind is FieldKind.CODE:
        return CodeLookup(leaf.field, normalize_code(leaf.field, leaf.text), prefix=isinstance(leaf, Prefix))
    found = list(tokenize(leaf.text))
    if not found:
        return None
    written = _plan_literal_lookup(leaf, kind, found)
    if isinstance(leaf, (Word, Phrase)) and (leaf.field == "place" or is_cjk_run(found[0].word)):
        from shanxi_cli.query.plan.place_expansion import expand_place  # the gazetteer, for these alone

        return expand_place(leaf, written)
    return written


def _plan_literal_lookup(
    leaf: Word | Exact | Phrase | Near | Prefix | Fuzzy, kind: FieldKind, found: list[Token]
) -> PhraseLookup | ExpansionLookup:
    """What to look for, just as it is written."""
    if len(found) == 1 and is_cjk_run(found[0].word):
        return ExpansionLookup(leaf.field, found[0].word, None)
    found = _drop_run_tails(found, everywhere=isinstance(leaf, Near))
    match leaf:
        case Prefix() if len(found) == 1:
            return ExpansionLookup(leaf.field, found[0].word, None)
        case Fuzzy() if len(found) == 1:
            return ExpansionLookup(leaf.field, found[0].word, leaf.distance)
        case Word() | Phrase() | Near() | Exact() | Prefix() | Fuzzy():
            layer = TermForm.WORDS if isinstance(leaf, Exact) or kind is FieldKind.NAME else TermForm.STEMS
            terms = tuple(t.stem if layer is TermForm.STEMS else t.word for t in found)
            between = leaf.distance if isinstance(leaf, Near) and len(terms) > 1 else None
            return PhraseLookup(leaf.field, layer, terms, between)
        case _:
            assert_never(leaf)


def _drop_run_tails(found: list[Token], everywhere: bool) -> list[Token]:
    """`found` without the last characters of Chinese runs, which belong to the pair before them.

    Side by side only the last word of all can be such a tail: inside a phrase the run has to end there.
    """
    last = len(found) - 1
    return [t for n, t in enumerate(found) if not (n and found[n - 1].end == t.end and (everywhere or n == last))]


def normalize_code(field: str, value: str) -> str:
    """A value of a field of codes as it is compared: folded, and page 4 is page 004."""
    folded = fold_text(value)
    return folded.lstrip("0") or "0" if field == "page" and folded.isdigit() else folded


def drop_noise_words(query: Query, text: str) -> Query:
    """`query` without the words that say nothing: stop words, and words without letter or digit.

    A stop word stays when it is quoted, exact, in a field, or in capitals (`IT`, `US`, `WHO`).
    `QueryError` when nothing is left, a prefix or fuzzy word is more than one word, or a limit is none.
    """
    kept = _drop_noise_nodes(query, text)
    if kept is None:
        hint = 'every word of it is too common; write it in quotes: "' + text.strip(' "+-') + '"'
        if not any(True for leaf in iterate_leaves(query, excluded=True) for _ in tokenize(leaf.text)):
            hint = "it has no letter and no digit"
        raise QueryError("there is nothing to search for", text, 0, len(text), hint)
    return kept


def _drop_noise_nodes(query: Query, text: str) -> Query | None:
    match query:
        case Group(clauses):
            kept = [(c, node) for c in clauses if (node := _drop_noise_nodes(c.node, text)) is not None]
            return _make_group([replace_fields(c, node=node) for c, node in kept])
        case And(children) | Or(children):
            nodes = tuple(n for child in children if (n := _drop_noise_nodes(child, text)) is not None)
            return type(query)(nodes) if len(nodes) > 1 else nodes[0] if nodes else None
        case Not(child):
            kept_child = _drop_noise_nodes(child, text)
            return Not(kept_child) if kept_child is not None else None
        case Dated():
            return query
        case Measured():
            _check_range_field(query, text)
            return query
        case _:
            return query if _has_content_word(query, text) else None


def _make_group(clauses: list[Clause]) -> Group | None:
    return Group(tuple(clauses)) if clauses else None


def _check_range_field(leaf: Measured, text: str) -> None:
    try:
        parse_quantity_range(leaf.field, leaf.text)
    except ValueError as error:
        hint = f"write for example {FIELDS[leaf.field].example}; a limit is 10.., 10..20 or ..20"
        raise QueryError(str(error), text, *leaf.span, hint) from error


def _has_content_word(leaf: Word | Exact | Phrase | Near | Prefix | Fuzzy, text: str) -> bool:
    if leaf.field and FIELDS[leaf.field].kind is FieldKind.CODE:
        return True
    found = list(tokenize(leaf.text))
    if isinstance(leaf, (Prefix, Fuzzy)) and not (
        len(found) == 1 or (found and all(is_cjk_run(t.word) for t in found))
    ):
        message = "a prefix is one word" if isinstance(leaf, Prefix) else "~ goes with one word"
        raise QueryError(message, text, *leaf.span, "write the other words beside it")
    if not found:
        return False
    plain = isinstance(leaf, Word) and not leaf.field and len(found) == 1
    shouted = len(leaf.text) > 1 and leaf.text.isupper()
    return not (plain and found[0].word in STOP_WORDS and not shouted)
