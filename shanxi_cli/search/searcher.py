"""Search: compile a query to a plan, run it on an engine, and make hits with passages."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import TYPE_CHECKING

from shanxi_cli.engines.base import Engine, Found, Match, Matches
from shanxi_cli.engines.batches import iterate_batches
from shanxi_cli.errors import AmbiguousArticle, NoSuchArticle
from shanxi_cli.model.article import Article
from shanxi_cli.model.results import Hit, HitOrder, Results, Snippet
from shanxi_cli.query.ast import Clause, Dated, Group, Occur, Query, WordOperator
from shanxi_cli.query.parser import MAX_CHARACTERS, parse_query
from shanxi_cli.query.plan.noise_words import drop_noise_words
from shanxi_cli.query.plan.planner import plan_query
from shanxi_cli.query.plan.query_plan import QueryPlan
from shanxi_cli.query.plan.range import QuantityRange, shift_to_body
from shanxi_cli.query.validate import check_query
from shanxi_cli.util.closest_names import closest_names, format_suggestion
from shanxi_cli.util.unicode import normalize_nfc, replace_surrogates

if TYPE_CHECKING:
    from shanxi_cli.matching.highlighter import TextPattern

MAX_NAME_CHARACTERS = 100
"""Characters of an id that a message repeats."""

MAX_IDS_COMPARED = 10_000
"""Ids of an archive up to which a similar one is searched for."""

IDS_HINT = "shanxi search -l WORDS gives ids"
"""The end of a message about an id that no article has."""

MATCH_ALL = QueryPlan(Group(()))
"""The plan that matches every article: a group without clauses."""


def compile_query(text: str, want: WordOperator, today: date | None = None) -> QueryPlan:
    """Parse, validate and plan a query. `QueryError` shows the place of a mistake; no engine is needed.

    `today` is the day that relative dates (`date:last-month`) count from; they are mistakes without it. `query:NAME` is
    replaced by the user's saved search; `StateError` if these cannot be read.
    """
    text = replace_surrogates(text)
    if len(text) <= 3 * MAX_CHARACTERS:  # a longer one is refused, with the length as typed
        text = normalize_nfc(text)  # as articles are
    query = parse_query(text, WordOperator.ANY)
    if "query:" in text:
        from shanxi_cli.search.saved_expansion import expand_own_searches  # reads a file, and rare

        query = expand_own_searches(query, text, today)
    query = check_query(query, text, today)
    return plan_query(drop_noise_words(query, text)).with_operator(want)


def narrow_to_days(plan: QueryPlan, want: WordOperator, days: Dated) -> QueryPlan:
    """Return a compiled query narrowed to articles whose date shares a day with `days`."""
    template = plan.query if plan.template is None else plan.template
    typed = isinstance(template, Group) and template.saved is None
    clauses = template.clauses if isinstance(template, Group) and typed else (Clause(Occur.MAY, template),)
    narrowed = Group((*clauses, Clause(Occur.FILTER, days)))
    return plan_like(plan, narrowed).with_operator(want)


def plan_like(plan: QueryPlan, query: Query) -> QueryPlan:
    """Plan a query near that of `plan`, which has the leaves that are planned already."""
    planned = plan_query(query, plan.leaves)
    return planned.without_derived() if plan.authored else planned


def search_matches(
    engine: Engine, plan: QueryPlan, order: HitOrder = HitOrder.RELEVANCE, within: Collection[str] | None = None
) -> Found:
    """Return what a plan finds, in order; with `within` only the articles with one of these ids."""
    found = engine.search(plan, order)
    return found if within is None else found.within(within)


def count_derived(engine: Engine, plan: QueryPlan) -> int:
    """Return the number of matches that only names derived from the text make matches."""
    return engine.count(plan) - engine.count(plan.without_derived()) if plan.reads_names() else 0


def make_hits(
    engine: Engine,
    plan: QueryPlan,
    matches: Matches,
    part: slice,
    *,
    with_passages: bool,
    collapse: bool = False,
) -> Results:
    """Return the hits of a `part` of the matches of a plan, ranked from 1 over all of them.

    With `collapse`, only the first match of each group of near-duplicates is a hit.
    """
    shown: Sequence[Match]
    if collapse:
        from shanxi_cli.search.near_duplicates import NearDuplicates

        collapsed = NearDuplicates(engine).collapse(matches, part.stop)
        shown, others, total = collapsed.shown[part], collapsed.others, collapsed.total
    else:
        shown, others, total = matches[part], {}, len(matches)
    patterns = _collect_patterns(plan) if with_passages else None
    hits: list[Hit] = []
    for batch in iterate_batches(shown):
        engine.fetch_ahead([number for match in batch for number in (match.number, *others.get(match.number, ()))])
        ranked = enumerate(batch, (part.start or 0) + len(hits) + 1)
        hits += [_make_hit(rank, match, others.get(match.number, ()), engine, patterns) for rank, match in ranked]
    return Results(total, tuple(hits), len(matches) - total)


def _collect_patterns(plan: QueryPlan) -> "Sequence[TextPattern]":
    from shanxi_cli.matching.highlighter import collect_patterns  # lines, ids and csv need no passages

    return collect_patterns(plan)


def _make_hit(
    rank: int, match: Match, others: Sequence[int], engine: Engine, patterns: "Sequence[TextPattern] | None"
) -> Hit:
    """Make a hit; without `patterns` it has the bare title and no passages."""
    article = engine.article(match.number)
    alike = tuple(engine.article(number).id for number in others)
    if patterns is None:
        return Hit(rank, match.score, article, Snippet("title", article.title), alike=alike)
    from shanxi_cli.matching.snippets import select_passages, title_snippet

    has_range = any(isinstance(pattern, QuantityRange) for pattern in patterns)
    quantities = shift_to_body(article.paragraphs, engine.quantities(match.number)) if has_range else ()
    snippets = select_passages(article, patterns, quantities=quantities)
    return Hit(rank, match.score, article, title_snippet(article, patterns), snippets, alike)


def find_number(engine: Engine, name: str) -> int | None:
    """Return the number of the article whose id is `name`, or None."""
    return engine.numbers_of([name]).get(name)


def find_article(engine: Engine, name: str) -> Article:
    """Return the article of an id, or of a unique beginning or last part of one; raises as `resolve_article_id`."""
    return engine.article(resolve_article_id(engine, name))


def resolve_article_id(engine: Engine, name: str) -> int:
    """Return the number of the article with the id `name`, or with the only id that begins with it.

    If none begins with it, the last part of an id (`install` of `guide/install`) will do. `NoSuchArticle` if there is
    no such id, `AmbiguousArticle` if there are several.
    """
    if not name:
        raise NoSuchArticle("an id cannot be empty")
    exact = find_number(engine, name)
    if exact is not None:
        return exact
    candidates = engine.articles_with_id_prefix(name) or engine.articles_with_id_suffix(f"/{name}")
    if not candidates:
        raise NoSuchArticle(f"there is no article {name[:MAX_NAME_CHARACTERS]}; {_suggest_article_id(engine, name)}")
    if len(candidates) > 1:
        raise AmbiguousArticle(name, tuple(article_id for article_id, _ in candidates))
    return candidates[0][1]


def _suggest_article_id(engine: Engine, name: str) -> str:
    """Return a hint: the id with the most similar beginning, else the command that lists ids."""
    ids = (
        [article_id for article_id, _ in engine.articles_with_id_prefix("")]
        if engine.article_count() <= MAX_IDS_COMPARED
        else []
    )
    by_beginning = {article_id[: len(name)]: article_id for article_id in ids}
    close = closest_names(name[:MAX_NAME_CHARACTERS], by_beginning, cutoff=0.75)
    return format_suggestion(by_beginning[close[0]] if close else None, IDS_HINT)
