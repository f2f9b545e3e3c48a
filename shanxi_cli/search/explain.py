"""What a query was understood as, and why it finds nothing: the words a reader can write down.

Nothing here searches for something else than was asked: other queries are counted and proposed.
"""

from collections.abc import Iterator, Mapping
from math import inf
from typing import TypeAlias

from shanxi_cli.analysis.tokenizer import tokenize
from shanxi_cli.engines.base import Engine
from shanxi_cli.query.ast import (
    And,
    Clause,
    Dated,
    Exact,
    Fuzzy,
    Group,
    Leaf,
    Measured,
    Not,
    Occur,
    Or,
    Phrase,
    Query,
    Word,
    iterate_leaves,
)
from shanxi_cli.query.fields import FIELDS, FieldKind
from shanxi_cli.query.plan.planner import (
    AlternativeLookups,
    CodeLookup,
    ExpansionLookup,
    Lookup,
    PhraseLookup,
    plan_lookup,
)
from shanxi_cli.query.plan.range import QuantityRange
from shanxi_cli.query.unparse import to_text
from shanxi_cli.util import edtf
from shanxi_cli.util.frozen_record import Record, replace_fields

MAX_ALTERNATIVES = 3
"""Other names of a place that are told beside the one that was written."""
MAX_SIMILAR_WORDS = 3
"""How many similar words are proposed for a word that is nowhere."""

OCCUR_LABELS = {
    Occur.MAY: "may match",
    Occur.MUST: "must match",
    Occur.FILTER: "must match",
    Occur.NOT: "must not match",
}


class QuerySuggestion(Record):
    """A query that does find something, as text, and how many articles it finds."""

    query: str
    articles: int


class ClauseCount(Record):
    """One thing a query asks for: as it is written, how many articles have it, and, for a word in
    none, the words of the archive that are most like it, each with its articles."""

    text: str
    articles: int
    similar: tuple[tuple[str, int], ...]


class NoResultsReport(Record):
    """Why a query finds nothing: its parts in their order, and the nearest query that finds something."""

    parts: tuple[ClauseCount, ...]
    proposal: QuerySuggestion | None


def format_query_tree(query: Query, depth: int = 0) -> Iterator[str]:
    """The query as an indented tree, a node a line."""
    indent = "  " * depth
    match query:
        case Group(clauses):
            if not clauses:
                yield f"{indent}every article"
            for clause in clauses:
                yield from _format_clause(clause, depth)
        case And(children) | Or(children):
            yield indent + ("all of" if isinstance(query, And) else "any of")
            for child in children:
                yield from format_query_tree(child, depth + 1)
        case Not(child):
            yield f"{indent}not"
            yield from format_query_tree(child, depth + 1)
        case Dated(_, days):
            yield f"{indent}{to_text(query)}  ({_format_days(days)})"
        case Measured():
            yield f"{indent}{to_text(query)}  ({_format_terms(plan_lookup(query))})"
        case Word() | Phrase():
            found = plan_lookup(query)
            yield indent + to_text(query) + (f"  ({found.reading})" if isinstance(found, AlternativeLookups) else "")
        case _:
            yield f"{indent}{to_text(query)}"


def _format_clause(clause: Clause, depth: int) -> Iterator[str]:
    first, *rest = format_query_tree(clause.node, 0)
    yield f"{'  ' * depth}{OCCUR_LABELS[clause.occur]}: {first}"
    yield from ("  " * (depth + 2) + line for line in rest)


def _format_days(days: edtf.DateInterval) -> str:
    first = edtf.format_day(days.first) if days.first > edtf.FIRST_DAY else "..."
    last = edtf.format_day(days.last) if days.last < edtf.LAST_DAY else "..."
    return f"{first} to {last}"


def format_analysis(query: Query) -> Iterator[str]:
    """What is looked for, for each part of the query that is words: a line each."""
    for leaf in iterate_leaves(query):
        if not isinstance(leaf, Dated):
            found = plan_lookup(leaf)
            yield f"{to_text(leaf)} → {_format_terms(found)}"


def _format_terms(found: Lookup | None) -> str:
    match found:
        case None:
            return "no word"
        case CodeLookup(field, value, prefix):
            return f"{field} {'begins with' if prefix else 'is'} {value}"
        case QuantityRange():
            return _format_limit(found)
        case AlternativeLookups(_, lookups):
            rest = len(lookups) - 1 - MAX_ALTERNATIVES
            return " or ".join(map(_format_terms, lookups[: MAX_ALTERNATIVES + 1])) + (
                f" or {rest} more" if rest > 0 else ""
            )
        case ExpansionLookup(field, word, edits):
            kind = f"words that begin with {word}" if edits is None else f"words at most {edits} edits from {word}"
            return kind + (f" in {field}" if field else "")
        case PhraseLookup(field, layer, terms, between):
            order = "" if len(terms) == 1 else ", side by side" if between is None else f", {between} between"
            return f"{layer.value} {' '.join(terms)}{order}" + (f" in {field}" if field else "")


def _format_limit(limit: QuantityRange) -> str:
    """`1,000 MW or more`, `10 to 20 percent`, `more than 1,000 CNY`, `any CNY`."""
    low, high = _round_number(limit.low), _round_number(limit.high)
    unit = limit.unit or f"of any {limit.dimension}"
    if limit.low == -inf and limit.high == inf:
        return f"any {limit.unit or limit.dimension}"
    if limit.low == -inf:
        return f"less than {high:,.12g} {unit}" if limit.high < high else f"{high:,.12g} {unit} or less"
    if limit.high == inf:
        return f"more than {low:,.12g} {unit}" if limit.low > low else f"{low:,.12g} {unit} or more"
    return f"{low:,.12g} {unit}" if low == high else f"{low:,.12g} to {high:,.12g} {unit}"


def _round_number(number: float) -> float:
    """A number as it was written: `> 5` is kept as the next one above 5."""
    return float(f"{number:.12g}")


SimilarWords: TypeAlias = list[tuple[str, int]]
"""Words with how many articles have each."""


def explain_no_results(engine: Engine, query: Query) -> NoResultsReport:
    """Why `query`, which finds nothing, does so."""
    counts = {leaf: engine.count(leaf) for leaf in iterate_leaves(query)}
    near = {leaf: find_similar_words(engine, leaf) for leaf, articles in counts.items() if not articles}
    parts = tuple(ClauseCount(to_text(leaf), articles, tuple(near.get(leaf, ()))) for leaf, articles in counts.items())
    return NoResultsReport(parts, _find_nearest_query(engine, query, near))


def find_similar_words(engine: Engine, leaf: Leaf) -> SimilarWords:
    """The words of the archive most like the word of `leaf`, with how many articles have them.

    At most two edits away (one, for words of fewer than six letters), the nearest first, then the
    more common; of the forms of one word the most common. In an archive of twenty articles and more a
    word of one article alone is not proposed: it may be a scrap of a bad scan.
    """
    if not isinstance(leaf, (Word, Fuzzy)) or (leaf.field and FIELDS[leaf.field].kind is FieldKind.CODE):
        return []
    words, field = list(tokenize(leaf.text)), leaf.field
    if len(words) != 1 or not words[0].word.isalpha():
        return []
    asked = words[0].word
    least = 2 if engine.size() >= 20 else 1
    near = []
    for word, edits in engine.like(asked, 2 if len(asked) >= 6 else 1, field):
        articles = engine.count(Exact(word, field)) if edits else 0
        if articles >= least:
            near.append((edits, -articles, word))
    best: dict[str, tuple[str, int]] = {}
    for _, articles, word in sorted(near):
        stem = next(tokenize(word)).stem
        best.setdefault(stem, (word, -articles))
    return list(best.values())[:MAX_SIMILAR_WORDS]


def _find_nearest_query(engine: Engine, query: Query, near: Mapping[Leaf, SimilarWords]) -> QuerySuggestion | None:
    """The first of the queries near to this one that finds something."""
    tried: set[Query] = set()
    for candidate in _generate_candidates(query, near):
        if candidate not in tried and (articles := engine.count(candidate)):
            return QuerySuggestion(to_text(candidate), articles)
        tried.add(candidate)
    return None


def _generate_candidates(query: Query, near: Mapping[Leaf, SimilarWords]) -> Iterator[Query]:
    """Queries near to `query`, the nearest first: absent words (those of `near`) as they may have been meant, then
    without the parts that no article has, then each part that must hold left out in turn, the last first."""
    meant = {leaf: words[0][0] for leaf, words in near.items() if words}
    mended = query
    for leaf, word in meant.items():
        mended = _replace_node(mended, leaf, replace_fields(leaf, text=word)) or mended
    if meant:
        yield mended
    kept: Query | None = mended
    for leaf in near:
        if leaf not in meant and kept is not None:
            kept = _replace_node(kept, leaf, None)
    if kept is not None and kept != mended and any(True for _ in iterate_leaves(kept)):
        yield kept
    for base in (kept, query):
        for leaf in reversed(list(iterate_leaves(base))) if base is not None else ():
            less = _replace_node(base, leaf, None) if base is not None else None
            if less is not None and any(True for _ in iterate_leaves(less)):
                yield less


def _replace_node(query: Query, old: Leaf, new: Leaf | None) -> Query | None:
    """`query` with `old` replaced wherever it stands, or taken out when `new` is None; None when nothing is left."""
    match query:
        case Group(clauses):
            kept = [
                replace_fields(c, node=node) for c in clauses if (node := _replace_node(c.node, old, new)) is not None
            ]
            if len(kept) == 1 and kept[0].occur is not Occur.NOT:
                return kept[0].node
            return Group(tuple(kept)) if kept else None
        case And(children) | Or(children):
            nodes = tuple(node for child in children if (node := _replace_node(child, old, new)) is not None)
            return type(query)(nodes) if len(nodes) > 1 else nodes[0] if nodes else None
        case Not(child):
            kept_child = _replace_node(child, old, new)
            return Not(kept_child) if kept_child is not None else None
        case _:
            return new if query == old else query
