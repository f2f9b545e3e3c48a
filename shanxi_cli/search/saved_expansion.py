"""Saved searches inside queries: `query:NAME` becomes the query of that name, as a group of its own.

The group finds the articles that the saved search finds, whatever the operator of the query around it. It counts to the
limits of that query as if it were typed there.
"""

from collections.abc import Mapping
from datetime import date

from shanxi_cli.errors import QueryError
from shanxi_cli.query.ast import (
    And,
    Clause,
    Dated,
    Fuzzy,
    Group,
    Leaf,
    Not,
    Occur,
    Or,
    Phrase,
    Prefix,
    Query,
    Word,
    WordOperator,
)
from shanxi_cli.query.date_values import parse_date_value
from shanxi_cli.query.parser import (
    MAX_DEPTH,
    MAX_OPEN_TERMS,
    MAX_SHORT_PREFIXES,
    MAX_TERMS,
    SHORT_PREFIX_LETTERS,
    parse_query,
)
from shanxi_cli.query.plan.noise_words import drop_noise_words
from shanxi_cli.query.validate import check_query
from shanxi_cli.query.visit import iterate_leaves, map_leaves, set_word_operator
from shanxi_cli.search.saved_searches import SavedSearch, load_saved_searches, suggest_search
from shanxi_cli.util import edtf
from shanxi_cli.util.edtf import DateInterval
from shanxi_cli.util.unicode import count_letters, is_cjk_run, normalize_nfc, replace_surrogates

FIELD = "query"
_EDIT = "change it with: shanxi saved add --force NAME QUERY"


def expand_saved_searches(
    query: Query, text: str, searches: Mapping[str, SavedSearch], today: date | None = None
) -> Query:
    """Return `query`, as parsed from `text`, with the saved searches that it names in their place, checked already.

    `today` is as of `check_query`. Raise `QueryError` at a name that there is not, that leads back to itself, or whose
    query has a mistake, and if the whole exceeds the limits of a query.
    """
    return _Expander(searches, today).expand(query, text, ())


def expand_own_searches(query: Query, text: str, today: date | None = None) -> Query:
    """Return `query` with the user's saved searches in place; raises as `expand_saved_searches`, and `StateError`."""
    if not any(leaf.field == FIELD for leaf in iterate_leaves(query, excluded=True)):
        return query
    return expand_saved_searches(query, text, load_saved_searches(), today)


class _Expander:
    """Expands queries; a search that is named several times is expanded once."""

    def __init__(self, searches: Mapping[str, SavedSearch], today: date | None) -> None:
        self._searches = searches
        self._today = today
        self._groups: dict[str, Group] = {}

    def expand(self, query: Query, text: str, path: tuple[str, ...]) -> Query:
        """Expand a query that is reached by the searches of `path`, one inside the other."""
        terms = 0

        def replace(leaf: Leaf) -> Query:
            nonlocal terms
            if leaf.field != FIELD:
                return leaf
            group = self._find_group(leaf, text, path)
            terms += sum(1 for _ in iterate_leaves(group, excluded=True))
            if terms > MAX_TERMS:  # at once: twenty searches that each name the next one twice are a million terms
                raise _too_large(MAX_TERMS, "terms", text)
            return group

        expanded = map_leaves(query, replace)
        if terms:
            _check_limits(expanded, text)
        return expanded

    def _find_group(self, leaf: Leaf, text: str, path: tuple[str, ...]) -> Group:
        name = leaf.text
        if not isinstance(leaf, (Word, Phrase)):
            raise QueryError("query: takes the name of a saved search", text, *leaf.span, "write query:NAME")
        if name in path:
            circle = " → ".join((*path[path.index(name) :], name))
            raise _NestedMistake(f"the saved search {name} leads back to itself: {circle}", text, *leaf.span, _EDIT)
        search = self._searches.get(name)
        if search is None:
            hint = suggest_search(name, self._searches)
            raise QueryError(f"there is no saved search {name}", text, *leaf.span, hint)
        if name not in self._groups:
            try:
                self._groups[name] = self._make_group(search, (*path, name))
            except _NestedMistake as error:
                raise _NestedMistake(error.message, text, *leaf.span, error.hint) from error
            except (QueryError, ValueError) as error:
                hint = getattr(error, "hint", "")
                message = f"the saved search {name} has a mistake: {error}"
                raise _NestedMistake(message, text, *leaf.span, hint or _EDIT) from error
        return self._groups[name]

    def _make_group(self, search: SavedSearch, path: tuple[str, ...]) -> Group:
        text = normalize_nfc(replace_surrogates(search.query))
        query = self.expand(parse_query(text, WordOperator.ANY), text, path)
        query = drop_noise_words(check_query(query, text, self._today), text)
        query = set_word_operator(query, search.words)
        clauses = query.clauses if isinstance(query, Group) and query.saved is None else (Clause(Occur.MAY, query),)
        days = parse_day_limits(search.since, search.until, self._today)
        return Group((*clauses, Clause(Occur.FILTER, days)) if days else clauses, search.name)


class _NestedMistake(QueryError):
    """A mistake inside a saved search, placed where the query names that."""


def parse_day_limits(since: str, until: str, today: date | None) -> Dated | None:
    """Return `since` and `until` as a range of dates; None for two empty ones. `ValueError` for any other text."""
    if not since and not until:
        return None
    if ".." in since + until:
        raise ValueError(f"a limit is one date, not a range: {since or until}")
    first = parse_date_value(since, today).first if since else edtf.FIRST_DAY
    last = parse_date_value(until, today).last if until else edtf.LAST_DAY
    if first > last:
        raise ValueError(f"{since} is after {until}")
    return Dated(f"{since}..{until}", DateInterval(first, last))


def _check_limits(query: Query, text: str) -> None:
    """Raise `QueryError` where a query with its saved searches exceeds what a typed query may have."""
    leaves = list(iterate_leaves(query, excluded=True))
    short = [
        leaf
        for leaf in leaves
        if isinstance(leaf, Prefix) and count_letters(leaf.text) <= SHORT_PREFIX_LETTERS and not is_cjk_run(leaf.text)
    ]
    for number, most, what in (
        (sum(len(leaf.text.split()) for leaf in leaves), MAX_TERMS, "terms"),
        (sum(isinstance(leaf, (Prefix, Fuzzy)) for leaf in leaves), MAX_OPEN_TERMS, "words with * or ~"),
        (len(short), MAX_SHORT_PREFIXES, f"prefixes of {SHORT_PREFIX_LETTERS} letters or fewer"),
        (_measure_depth(query), MAX_DEPTH, "levels"),
    ):
        if number > most:
            raise _too_large(most, what, text)


def _too_large(most: int, what: str, text: str) -> QueryError:
    message = f"the query has more than {most} {what} with its saved searches"
    return _NestedMistake(message, text, 0, len(text), "leave some out")


def _measure_depth(query: Query) -> int:
    match query:
        case Group(clauses):
            return 1 + max((_measure_depth(clause.node) for clause in clauses), default=0)
        case And(children) | Or(children):
            return 1 + max(map(_measure_depth, children))
        case Not(child):
            return 1 + _measure_depth(child)
        case _:
            return 0
