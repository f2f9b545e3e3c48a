"""The figures of an archive: quantities of the sentences that a query finds, chosen, ordered and counted.

An article matches as it does in `list`; of its sentences (or paragraphs) those count that match by themselves. A part
of the query that is no word of the body (`place:`, `date:`, `title:`) holds for an article and so for
all its sentences. Where the query has limits on quantities, only quantities within one of them count.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from statistics import median

from shanxi_cli.engines import Engine
from shanxi_cli.explaining import leaves
from shanxi_cli.language.analysis import lookup
from shanxi_cli.language.matching import Pattern, find_marks
from shanxi_cli.language.measuring import Limit, inside
from shanxi_cli.language.quantities.checks import Flag, Passage, check
from shanxi_cli.language.sentences import sentences
from shanxi_cli.model import Article, Figure, Grouping, Order, Quantity, Scope, Sorting, Summary
from shanxi_cli.query import And, Group, Leaf, Measured, Not, Occur, Or, Query

ANY = Limit("", "")


def figures(engine: Engine, query: Query, within: Limit = ANY, scope: Scope = Scope.SENTENCE) -> list[Figure]:
    """The figures that a checked query finds, in the order of `list`, the newest article first.

    `within` leaves out those outside it.
    """
    truth = Truth(engine, query)
    limits = [item for leaf in leaves(query) if isinstance(item := _limit(leaf), Limit)]
    found = []
    for match in engine.search(query, Order.NEWEST):
        article = engine.article(match.number)
        for n, some in enumerate(engine.quantities(match.number)):
            for figure in _figures(article, n, some) if some else ():
                quantity = figure.quantity
                wanted = within.holds(quantity) and (not limits or any(limit.holds(quantity) for limit in limits))
                if wanted and (scope is Scope.ARTICLE or truth.of(match.number, *_area(figure, some, scope))):
                    found.append(figure)
    return found


def _figures(article: Article, paragraph: int, quantities: Sequence[Quantity]) -> Iterator[Figure]:
    text = article.paragraphs[paragraph]
    for start, end in sentences(text):
        for quantity in inside(quantities, start, end):
            twin = None if quantity.same_as is None else quantities[quantity.same_as]
            yield Figure(article, paragraph, text, start, end, quantity, twin)


def _area(figure: Figure, quantities: Sequence[Quantity], scope: Scope) -> tuple[str, Sequence[Quantity]]:
    """The text in which the words have to stand, and its quantities."""
    if scope is Scope.PARAGRAPH:
        return figure.text, quantities
    return figure.sentence, inside(quantities, figure.start, figure.end)


def _limit(leaf: Leaf) -> object:
    return lookup(leaf) if isinstance(leaf, Measured) else None


class Truth:
    """Whether sentences match a query. What is asked of articles is asked of the engine once, and a sentence is
    cut into words once for all that is asked of it."""

    def __init__(self, engine: Engine, query: Query) -> None:
        self._query = query
        self._last: tuple[int, str] | None = None
        self._holds = False
        self._articles: dict[Leaf, set[int]] = {}
        self._limits: dict[Leaf, Limit] = {}
        self._words: dict[Leaf, int] = {}  # the place of each in `_wanted`
        self._wanted: list[Pattern] = []
        for leaf in dict.fromkeys(leaves(query, excluded=True)):
            if not _is_of_sentence(leaf):
                self._articles[leaf] = {match.number for match in engine.search(leaf, Order.NEWEST)}
                continue
            item = lookup(leaf)  # type: ignore[arg-type]  # a date is of the article
            if isinstance(item, Limit):
                self._limits[leaf] = item
            elif item is not None:
                self._words[leaf] = len(self._wanted)
                self._wanted.append(item)  # type: ignore[arg-type]  # a code is of the article too

    def of(self, number: int, sentence: str, quantities: Sequence[Quantity]) -> bool:
        """True when a sentence of the article `number`, with its quantities, matches."""
        if self._last != (number, sentence):
            self._last, self._holds = (number, sentence), self._of(number, sentence, quantities)
        return self._holds

    def _of(self, number: int, sentence: str, quantities: Sequence[Quantity]) -> bool:
        found = {which for which, _ in find_marks(self._wanted, "body", sentence, ())}

        def leaf_holds(leaf: Leaf) -> bool:
            if leaf in self._articles:
                return number in self._articles[leaf]
            if leaf in self._limits:
                return any(self._limits[leaf].holds(quantity) for quantity in quantities)
            return self._words.get(leaf) in found

        def holds(query: Query) -> bool:
            match query:
                case Group(clauses):
                    of = {occur: [holds(c.node) for c in clauses if c.occur is occur] for occur in Occur}
                    some = any(of[Occur.MAY]) or not of[Occur.MAY] or bool(of[Occur.MUST])
                    return all(of[Occur.MUST] + of[Occur.FILTER]) and some and not any(of[Occur.NOT])
                case And(children):
                    return all(map(holds, children))
                case Or(children):
                    return any(map(holds, children))
                case Not(child):
                    return not holds(child)
                case _:
                    return leaf_holds(query)

        return holds(self._query)


def _is_of_sentence(leaf: Leaf) -> bool:
    """True for words of the body, and for limits on quantities."""
    return isinstance(leaf, Measured) or getattr(leaf, "field", "date") in ("", "body")


def ordered(found: Iterable[Figure], order: Sorting) -> list[Figure]:
    """The figures of `figures` in another order."""
    match order:
        case Sorting.DATE:
            return list(found)
        case Sorting.VALUE:
            return sorted(found, key=lambda f: (f.quantity.dimension.value, f.quantity.unit, -f.quantity.value))
        case Sorting.ARTICLE:
            return sorted(found, key=lambda f: f.article.id)


def grouped(found: Iterable[Figure], by: Grouping) -> list[Summary]:
    """A summary for each group and unit: units with the most figures first, years and articles in their order.

    Figures without a year come last.
    """
    values: dict[tuple[str, str], list[float]] = defaultdict(list)
    for figure in found:
        unit = figure.quantity.unit
        group = {Grouping.UNIT: unit, Grouping.YEAR: _year(figure), Grouping.ARTICLE: figure.article.id}[by]
        values[group, unit].append(figure.quantity.value)
    made = [Summary(g, u, len(v), min(v), median(v), max(v)) for (g, u), v in values.items()]
    return sorted(made, key=lambda s: (by is not Grouping.UNIT and (not s.group, s.group), -s.figures, s.unit))


def _year(figure: Figure) -> str:
    """The year of the period, of more years the last; of the article where the text names no period."""
    date = figure.quantity.period or figure.article.date
    last = date.split("/")[-1] if not date.endswith("..") else date.split("/")[0]
    return last[:4]


def units(found: Iterable[Figure]) -> list[tuple[str, int]]:
    """The units of some figures with how many have each, the most frequent first."""
    return [(summary.unit, summary.figures) for summary in grouped(found, Grouping.UNIT)]


def flags(engine: Engine, query: Query) -> list[tuple[Flag, tuple[Quantity, ...]]]:
    """What does not agree in the articles that a query finds, each with its quantities. All articles are compared."""
    passages: dict[tuple[str, int], Passage] = {}
    for match in engine.search(Group(()), Order.NEWEST):
        article = engine.article(match.number)
        for n, (text, some) in enumerate(zip(article.paragraphs, engine.quantities(match.number), strict=True)):
            if some:
                passages[article.id, n] = Passage(article.id, n, text, some, engine.days(match.number))
    wanted = {engine.article(match.number).id for match in engine.search(query, Order.NEWEST)}
    found = []
    for flag in check(list(passages.values())):
        if flag.article in wanted:
            quantities = passages[flag.article, flag.paragraph].quantities
            found.append((flag, tuple(quantities[n] for n in flag.quantities)))
    return found
