"""Facets: the number of articles with each value of a field, and the query that finds them."""

from collections import defaultdict
from collections.abc import Callable, Iterable

from shanxi_cli.analysis.document_fields import FACET_FIELDS
from shanxi_cli.analysis.folding import remove_invisible
from shanxi_cli.analysis.tokenizer import fold_text, tokenize
from shanxi_cli.engines.base import Found
from shanxi_cli.errors import UsageError
from shanxi_cli.explore.time_buckets import iterate_periods
from shanxi_cli.model.options import FacetOrder, Unit
from shanxi_cli.model.views import Facet, Facets
from shanxi_cli.query.ast import Exact, Phrase, Word
from shanxi_cli.query.fields import AUTHORED_FIELDS, FIELDS, FieldKind, suggest_field
from shanxi_cli.query.plan.planner import normalize_code, plan_leaf
from shanxi_cli.query.unparse import to_text
from shanxi_cli.util import edtf as dates
from shanxi_cli.util.closest_names import closest_name, format_suggestion
from shanxi_cli.util.frozen_record import Record

_DATE_UNITS = {"year": Unit.YEAR, "month": Unit.MONTH}
_NAMES_OF_FIELDS = {field: name for name, field in AUTHORED_FIELDS.items()}
DATE_FACETS = tuple(_DATE_UNITS)
"""Names whose values are times; they are sorted by time unless another order is named."""
FACET_NAMES = (*(name for name in FACET_FIELDS if name != "date"), *_DATE_UNITS)
"""Names that articles can be counted by."""


class FacetSelection(Record):
    """The rows to return: the first `limit` (None: all) of those with `least` articles or more, in `order`."""

    least: int = 1
    limit: int | None = None
    order: FacetOrder = FacetOrder.COUNT

    def sort(self, rows: Iterable[Facet]) -> list[Facet]:
        """Return rows, which are sorted by value, in order."""
        return sorted(rows, key=lambda row: -row.articles) if self.order is FacetOrder.COUNT else list(rows)


def check_facet_name(name: str) -> str:
    """Return `name` if it is in `FACET_NAMES`; raise `UsageError` with a suggestion otherwise."""
    if name in FACET_NAMES:
        return name
    if name == "date":
        raise UsageError("dates are counted by year or month: use shanxi facets year, or shanxi timeline")
    if name in FIELDS and FIELDS[name].kind is FieldKind.QUANTITY:
        raise UsageError(f"{name} is a quantity: use shanxi figures")
    if name in FIELDS:
        raise UsageError(f"{name} has no values to count; for its words use shanxi terms --field {name}")
    likely = suggest_field(name)
    close = likely if likely in FACET_NAMES else closest_name(name.lower(), FACET_NAMES)
    hint = format_suggestion(close, f"use one of {', '.join(FACET_NAMES)}")
    raise UsageError(f"cannot count by {name}; {hint}")


def count_facets(found: Found, name: str, text: str, selection: FacetSelection) -> Facets:
    """Count the values of a field among what the query `text` (empty: all articles) has found.

    Values that differ only in case or accents are counted as one, in the most frequent spelling. A field of
    `AUTHORED_FIELDS` counts the names of front matters alone.
    """
    if name in _DATE_UNITS:
        return _count_date_facets(found, name, text, selection)
    counts = found.counts(name)
    without = counts.pop("", 0)
    authored = found.counts(AUTHORED_FIELDS[name]) if name in AUTHORED_FIELDS else counts
    name = _NAMES_OF_FIELDS.get(name, name)
    key: Callable[[str], str] = (
        (lambda v: normalize_code(name, v)) if FIELDS[name].kind is FieldKind.CODE else fold_text
    )
    spellings: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for value, articles in counts.items():
        spellings[key(value)].append((-articles, value))
    by_author = {key_of: sum(authored.get(v, 0) for _, v in variants) for key_of, variants in spellings.items()}
    rows = ((sum(articles for articles, _ in variants), min(variants)[1]) for variants in spellings.values())
    by_count = selection.order is FacetOrder.COUNT
    kept = [row for row in rows if -row[0] >= selection.least]
    kept.sort(key=lambda row: row if by_count else (0, fold_text(row[1])))
    shown = tuple(
        make_facet(value, -articles, facet_clause(name, value), text, -articles - by_author[key(value)])
        for articles, value in kept[: selection.limit]
    )
    derived = authored.get("", 0) - without if name in AUTHORED_FIELDS and authored is not counts else None
    return Facets(name, shown, len(kept), len(found), without, derived=derived)


def _count_date_facets(found: Found, name: str, text: str, selection: FacetSelection) -> Facets:
    """Count years or months. An article counts in each that its date may fall into, as `date:2021` finds it in each."""
    counts = found.counts("date")
    undated = counts.pop("", 0)
    days = {edtf: dates.parse_edtf(edtf) for edtf in counts}
    closed = [d for d in days.values() if d.first > dates.FIRST_DAY and d.last < dates.LAST_DAY]
    if not closed:
        return Facets(name, (), 0, len(found), undated)
    low, high = min(d.first for d in closed), max(d.last for d in closed)
    articles_of: dict[str, int] = defaultdict(int)
    spread = 0
    for edtf, articles in counts.items():
        first, last = max(days[edtf].first, low), min(days[edtf].last, high)
        periods = (
            [period.query_text for period in iterate_periods(first, last, _DATE_UNITS[name])] if first <= last else []
        )
        spread += articles if len(periods) > 1 else 0
        for period in periods:
            articles_of[period] += articles
    rows = [make_facet(period, articles, f"date:{period}", text) for period, articles in sorted(articles_of.items())]
    kept = selection.sort(row for row in rows if row.articles >= selection.least)
    return Facets(name, tuple(kept[: selection.limit]), len(kept), len(found), undated, spread)


def facet_clause(name: str, value: str) -> str:
    """Return the clause of a query that finds the articles with this value; empty when no query can.

    A place that a query expands (to its districts, to its Chinese name) becomes an exact clause.
    """
    words = " ".join(remove_invisible(value).replace('"', " ").split())
    plain = words.isalnum() and words not in ("AND", "OR", "NOT")
    leaf: Word | Phrase = Word(words, name) if plain else Phrase(words, name)
    if FIELDS[name].kind is not FieldKind.CODE and not any(True for _ in tokenize(words)):
        return ""
    if len(plan_leaf(leaf).lookups) > 1:
        return f"{name}:={words}" if plain else to_text(Exact(words, name))
    return to_text(leaf)


def make_facet(value: str, articles: int, part: str, text: str, derived: int = 0) -> Facet:
    """Return a facet, with the query that finds its articles: `text` as typed, narrowed by the clause `part`."""
    if not part:
        return Facet(value, articles, part, "", derived)
    has_operator = " OR " in text or " AND " in text
    return Facet(value, articles, part, f"({text}) {part}" if has_operator else f"{text} {part}".strip(), derived)
