"""From the words of a reader to results: understand the query, ask the engine, find the passages."""

from collections.abc import Iterable, Sequence
from difflib import get_close_matches

from shanxi_cli.engines.base import Engine, Match
from shanxi_cli.errors import AmbiguousArticle, NoSuchArticle
from shanxi_cli.matching.highlighter import TextPattern, collect_patterns
from shanxi_cli.matching.snippets import select_passages, title_snippet
from shanxi_cli.model.article import Article
from shanxi_cli.model.options import HitOrder
from shanxi_cli.model.results import Hit, Results, Snippet
from shanxi_cli.query.ast import Group, Query
from shanxi_cli.query.parser import MAX_CHARACTERS, WordOperator, parse_query
from shanxi_cli.query.plan.planner import drop_noise_words
from shanxi_cli.query.plan.range import QuantityRange, shift_to_body
from shanxi_cli.query.validate import check_query
from shanxi_cli.util.unicode import normalize_nfc, replace_surrogates

MAX_NAME_CHARACTERS = 100
"""Characters of a name that a message repeats."""

MAX_IDS_COMPARED = 10_000
"""Ids of an archive up to which a likely one is looked for."""

MATCH_ALL = Group(())
"""The query of a `list` without words: a group that asks for nothing."""


def compile_query(text: str, want: WordOperator) -> Query:
    """What `text` asks, ready for an engine. `QueryError` shows the place of a mistake; no engine is needed."""
    text = replace_surrogates(text)
    if len(text) <= 3 * MAX_CHARACTERS:  # a longer one is refused, and by the length that was typed
        text = normalize_nfc(text)  # as articles are
    query = parse_query(text, want)
    return drop_noise_words(check_query(query, text), text)


def search_matches(
    engine: Engine, query: Query, order: HitOrder, within: Iterable[str] | None = None
) -> Sequence[Match]:
    """All matches of a query in order; with `within` only those whose article has one of these ids."""
    matches = engine.search(query, order)
    if within is None:
        return matches
    numbers = _resolve_ids(engine, within)
    return [match for match in matches if match.number in numbers]


def match_numbers(engine: Engine, query: Query, within: Iterable[str] | None = None) -> Sequence[int]:
    """The numbers of the same matches, as they come."""
    found = engine.numbers(query)
    if within is None:
        return found
    some = _resolve_ids(engine, within)
    return [number for number in found if number in some]


def _resolve_ids(engine: Engine, names: Iterable[str]) -> set[int]:
    return {number for name in set(names) if (number := find_number(engine, name)) is not None}


class NearDuplicates:
    """Which articles of an archive are nearly the same text (`language.likeness`)."""

    def __init__(self, engine: Engine) -> None:
        self._groups = {number: group for group in engine.alike() for number in group}

    def of(self, number: int) -> tuple[int, ...]:
        """The group of an article, itself in it; only itself, when it is like none."""
        return self._groups.get(number, (number,))

    def collapsed(self, matches: Sequence[Match]) -> tuple[list[Match], dict[int, list[int]]]:
        """The first match of each group in its place, and by its number the others of its group that match."""
        kept: dict[tuple[int, ...], int] = {}
        shown: list[Match] = []
        others: dict[int, list[int]] = {}
        for match in matches:
            group = self._groups.get(match.number)
            if group is not None and group in kept:
                others.setdefault(kept[group], []).append(match.number)
                continue
            if group is not None:
                kept[group] = match.number
            shown.append(match)
        return shown, others


def make_hits(
    engine: Engine,
    query: Query,
    matches: Sequence[Match],
    *,
    limit: int | None,
    offset: int,
    with_passages: bool,
    collapse: bool = False,
) -> Results:
    """The hits `offset` to `offset + limit` (None: to the end) of the matches of a query.

    With `collapse`, of matches that are nearly the same text only the first is a hit.
    """
    shown, others = NearDuplicates(engine).collapsed(matches) if collapse else (matches, {})
    wanted = collect_patterns(query) if with_passages else []
    end = None if limit is None else offset + limit
    hits = tuple(
        _make_hit(rank, match, others.get(match.number, ()), engine, wanted, with_passages)
        for rank, match in enumerate(shown[offset:end], offset + 1)
    )
    return Results(len(shown), hits, len(matches) - len(shown))


def _make_hit(
    rank: int,
    match: Match,
    others: Sequence[int],
    engine: Engine,
    wanted: Sequence[TextPattern],
    with_passages: bool,
) -> Hit:
    article = engine.article(match.number)
    alike = tuple(engine.article(number).id for number in others)
    if not with_passages:
        return Hit(rank, match.score, article, Snippet("title", article.title), alike=alike)
    measured = any(isinstance(item, QuantityRange) for item in wanted)
    quantities = shift_to_body(article.paragraphs, engine.quantities(match.number)) if measured else ()
    snippets = select_passages(article, wanted, quantities=quantities)
    return Hit(rank, match.score, article, title_snippet(article, wanted), snippets, alike)


def find_number(engine: Engine, name: str) -> int | None:
    """The match whose id is `name`; None for none."""
    return next((number for article_id, number in engine.find(name) if article_id == name), None)


def find_article(engine: Engine, name: str) -> Article:
    """The article that `resolve_article_id` finds."""
    return engine.article(resolve_article_id(engine, name))


def resolve_article_id(engine: Engine, name: str) -> int:
    """The article that `name` means: its id, or the beginning of its id and of no other.

    `NoSuchArticle` when nothing begins like that, `AmbiguousArticle` when several do.
    """
    if not name:
        raise NoSuchArticle("an id cannot be empty")
    found = engine.find(name)
    exact = [number for article_id, number in found if article_id == name]
    if not found:
        raise NoSuchArticle(f"there is no article {name[:MAX_NAME_CHARACTERS]}; {_suggest_article_id(engine, name)}")
    if len(found) > 1 and not exact:
        raise AmbiguousArticle(name, tuple(article_id for article_id, _ in found))
    return exact[0] if exact else found[0][1]


def _suggest_article_id(engine: Engine, name: str) -> str:
    """The id that may have been meant, by how it begins; else where ids come from."""
    ids = [article_id for article_id, _ in engine.find("")] if engine.size() <= MAX_IDS_COMPARED else []
    of_beginning = {article_id[: len(name)]: article_id for article_id in ids}
    close = get_close_matches(name[:MAX_NAME_CHARACTERS], of_beginning, 1, cutoff=0.75)
    return f"did you mean {of_beginning[close[0]]}?" if close else "shanxi search -l WORDS gives ids"
