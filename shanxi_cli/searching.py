"""From the words of a reader to results: understand the query, ask the engine, find the passages."""

from collections.abc import Iterable, Sequence
from difflib import get_close_matches

from shanxi_cli.characters import normalized, whole
from shanxi_cli.engines import Engine, Match
from shanxi_cli.errors import AmbiguousArticle, NoSuchArticle
from shanxi_cli.grammar import MAX_CHARACTERS, Want, parse
from shanxi_cli.language.analysis import prepare
from shanxi_cli.language.matching import Pattern, patterns
from shanxi_cli.language.measuring import Limit, in_body
from shanxi_cli.language.snippets import passages, title_of
from shanxi_cli.model import Article, Hit, Order, Results, Snippet
from shanxi_cli.query import Group, Query, check

MAX_SHOWN = 100
"""Characters of a name that a message repeats."""

MAX_COMPARED = 10_000
"""Ids of an archive up to which a likely one is looked for."""

EVERYTHING = Group(())
"""The query of a `list` without words: a group that asks for nothing."""


def understand(text: str, want: Want) -> Query:
    """What `text` asks, ready for an engine. `QueryError` shows the place of a mistake; no engine is needed."""
    text = whole(text)
    if len(text) <= 3 * MAX_CHARACTERS:  # a longer one is refused, and by the length that was typed
        text = normalized(text)  # as articles are
    query = parse(text, want)
    return prepare(check(query, text), text)


def matching(engine: Engine, query: Query, order: Order, within: Iterable[str] | None = None) -> list[Match]:
    """All matches of a query in order; with `within` only those whose article has one of these ids."""
    matches = engine.search(query, order)
    if within is None:
        return matches
    wanted = set(within)
    numbers = {number for name in wanted for article_id, number in engine.find(name) if article_id == name}
    return [match for match in matches if match.number in numbers]


def hits_of(
    engine: Engine, query: Query, matches: Sequence[Match], *, limit: int | None, offset: int, with_passages: bool
) -> Results:
    """The hits `offset` to `offset + limit` (None: to the end) of the matches of a query."""
    wanted = patterns(query) if with_passages else []
    end = None if limit is None else offset + limit
    hits = tuple(
        _hit(rank, match, engine, wanted, with_passages) for rank, match in enumerate(matches[offset:end], offset + 1)
    )
    return Results(len(matches), hits)


def _hit(rank: int, match: Match, engine: Engine, wanted: Sequence[Pattern], with_passages: bool) -> Hit:
    article = engine.article(match.number)
    if not with_passages:
        return Hit(rank, match.score, article, Snippet("title", article.title))
    measured = any(isinstance(item, Limit) for item in wanted)
    quantities = in_body(article.paragraphs, engine.quantities(match.number)) if measured else ()
    return Hit(rank, match.score, article, title_of(article, wanted), passages(article, wanted, quantities=quantities))


def article(engine: Engine, name: str) -> Article:
    """The article that `name` means: its id, or the beginning of its id and of no other.

    `NoSuchArticle` when nothing begins like that, `AmbiguousArticle` when several do.
    """
    if not name:
        raise NoSuchArticle("an id cannot be empty")
    found = engine.find(name)
    exact = [number for article_id, number in found if article_id == name]
    if not found:
        raise NoSuchArticle(f"there is no article {name[:MAX_SHOWN]}; {_advice(engine, name)}")
    if len(found) > 1 and not exact:
        raise AmbiguousArticle(name, tuple(article_id for article_id, _ in found))
    return engine.article(exact[0] if exact else found[0][1])


def _advice(engine: Engine, name: str) -> str:
    """The id that may have been meant, by how it begins; else where ids come from."""
    ids = [article_id for article_id, _ in engine.find("")] if engine.size() <= MAX_COMPARED else []
    of_beginning = {article_id[: len(name)]: article_id for article_id in ids}
    close = get_close_matches(name[:MAX_SHOWN], of_beginning, 1, cutoff=0.75)
    return f"did you mean {of_beginning[close[0]]}?" if close else "shanxi search -l WORDS gives ids"
