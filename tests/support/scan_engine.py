"""A brute-force engine that reads every article for every query: slow, obvious, and the oracle of the contract tests.

It shares the tokenizer, the query plan, the zones and the weights with the program, because these define the
question; how an article matches and scores is implemented here a second time.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from datetime import date
from itertools import combinations, pairwise, permutations
from pathlib import Path
from typing import Any, overload

from shanxi_cli.analysis.acronyms import plain_word
from shanxi_cli.analysis.document_fields import code_values, facet_values, name_values, running_texts
from shanxi_cli.analysis.edit_distance import edit_distance
from shanxi_cli.analysis.minhash import are_near_duplicates, minhash_signature
from shanxi_cli.analysis.sentence_splitter import split_sentences
from shanxi_cli.analysis.shaanxi_rule import is_neighbour_province
from shanxi_cli.analysis.tokenizer import fold_text, tokenize
from shanxi_cli.engines import bm25 as ranking
from shanxi_cli.engines.base import FirstSeenLoader, Match, PublishedIndex, TermStats, never_seen
from shanxi_cli.engines.identity import EngineIdentity
from shanxi_cli.errors import IndexUnusable
from shanxi_cli.extraction.quotes import read_speech
from shanxi_cli.matching.highlighter import TextPattern, collect_patterns
from shanxi_cli.model.article import Article
from shanxi_cli.model.quote import Speech
from shanxi_cli.model.results import HitOrder
from shanxi_cli.query.ast import And, Group, Not, Occur, Or, Query
from shanxi_cli.query.plan.lookups import (
    AddedLookup,
    CodeLookup,
    DateLookup,
    ExpansionLookup,
    Lookup,
    PhraseLookup,
    TermForm,
)
from shanxi_cli.query.plan.planner import normalize_code
from shanxi_cli.query.plan.query_plan import QueryPlan
from shanxi_cli.query.plan.range import Quantities, QuantityRange, article_quantities
from shanxi_cli.util import edtf
from shanxi_cli.util.dirfd import DirectoryHandle

PARAGRAPH_BORDER = ("", "")
"""What stands between two paragraphs: no word, but in the way of a phrase."""
TEXT_FIELDS = ("title", "deck", "caption", "keyword", "body")


class ScanBackend:
    """Keeps the articles of each folder in memory."""

    def __init__(self) -> None:
        self.folders: dict[Path, dict[str, Article]] = {}  # by where they are
        self.published: list[Path] = []

    @property
    def local(self) -> bool:
        return False

    def identity(self) -> EngineIdentity:
        return EngineIdentity("scan", "1", "1")

    def reserve(self, wait: float) -> AbstractContextManager[None]:
        return nullcontext()

    def newer(self, folder: DirectoryHandle | None) -> PublishedIndex | None:
        return None

    def adopt(self, folder: DirectoryHandle) -> tuple[Any, Any]:
        raise IndexUnusable("nobody else publishes")

    def begin(self, folder: DirectoryHandle) -> None:
        self.folders.setdefault(folder.path, {})

    def write(self, folder: DirectoryHandle, articles: Iterable[Article], number: int) -> list[Article]:
        return list(articles)

    def join(self, folder: DirectoryHandle, parts: Iterable[list[Article]], gone: Iterable[str]) -> None:
        held = self.folders.setdefault(folder.path, {})
        for article_id in gone:
            held.pop(article_id, None)
        held.update((article.id, article) for part in parts for article in part)

    def open(self, folder: DirectoryHandle) -> "ScanEngine":
        return ScanEngine(list(self.folders[folder.path].values()))

    def publish(self, folder: DirectoryHandle) -> None:
        self.published.append(folder.path)

    def discard(self, folder: DirectoryHandle) -> None:
        self.folders.pop(folder.path, None)

    def alive(self, folder: DirectoryHandle) -> bool:
        return folder.path in self.folders


class ScanFound(Sequence[Match]):
    """Some articles, scored and sorted at once."""

    def __init__(self, engine: "ScanEngine", plan: QueryPlan, order: HitOrder, numbers: list[int]) -> None:
        self.asked = engine, plan, order
        matches = [Match(n, engine.score(plan.query, plan, n)) for n in numbers]
        self.matches = sorted(matches, key=lambda match: engine.place(match, order))

    def __len__(self) -> int:
        return len(self.matches)

    @overload
    def __getitem__(self, at: int, /) -> Match: ...

    @overload
    def __getitem__(self, at: slice, /) -> list[Match]: ...

    def __getitem__(self, at: int | slice, /) -> Match | list[Match]:
        return self.matches[at]

    def __iter__(self) -> Iterator[Match]:
        return iter(self.matches)

    def counts(self, field: str) -> dict[str, int]:
        return self.asked[0].value_counts(field, self.numbers())

    def numbers(self) -> list[int]:
        return sorted(match.number for match in self.matches)

    def hits(self) -> dict[int, int]:
        engine, plan, _ = self.asked
        found = {n: engine.places(collect_patterns(plan), n) for n in self.numbers()}
        return {n: places for n, places in found.items() if places}

    def among(self, numbers: Collection[int]) -> set[int]:
        return {n for n in self.numbers() if n in numbers}

    def values(self, field: str) -> dict[int, tuple[str, ...]]:
        return {n: tuple(dict(facet_values(self.asked[0].article(n)))[field]) for n in self.numbers()}

    def ids(self) -> dict[int, str]:
        return {n: self.asked[0].article(n).id for n in self.numbers()}

    def in_order(self, order: HitOrder) -> "ScanFound":
        engine, plan, _ = self.asked
        return ScanFound(engine, plan, order, self.numbers())

    def within(self, ids: Collection[str]) -> "ScanFound":
        return ScanFound(*self.asked, [n for n in self.numbers() if self.asked[0].article(n).id in ids])


def spelled(word: str, lookup: PhraseLookup) -> str:
    """The word as the lookup spells it: an acronym is also the common word that it looks like."""
    return word if word in lookup.terms else plain_word(word)


class ScanEngine:
    """Reads all articles for each answer."""

    def __init__(self, articles: list[Article]) -> None:
        self.held = articles
        self.first_seen: FirstSeenLoader = never_seen

    def set_first_seen(self, load: FirstSeenLoader) -> None:
        self.first_seen = load

    def search(self, plan: QueryPlan, order: HitOrder = HitOrder.RELEVANCE) -> "ScanFound":
        return ScanFound(self, plan, order, self.matching(plan))

    def matching(self, plan: QueryPlan) -> list[int]:
        return [n for n in self.all() if self.matches(plan.query, plan, n)]

    def count(self, plan: QueryPlan) -> int:
        return len(self.matching(plan))

    def article(self, number: int) -> Article:
        return self.held[number]

    def articles(self, numbers: Sequence[int]) -> list[Article]:
        return [self.held[n] for n in numbers]

    def fetch_ahead(self, numbers: Sequence[int]) -> None:
        pass

    def quantities(self, number: int) -> Quantities:
        return article_quantities(self.held[number])

    def speech(self, number: int) -> tuple[Speech, ...]:
        article = self.held[number]
        return tuple(read_speech(article.paragraphs, article.people, article.organisations))

    def date_interval(self, number: int) -> edtf.DateInterval | None:
        date = self.held[number].date
        return edtf.parse_edtf(date) if date else None

    def articles_with_id_prefix(self, prefix: str) -> list[tuple[str, int]]:
        return sorted((a.id, n) for n, a in enumerate(self.held) if a.id.startswith(prefix))

    def articles_with_id_suffix(self, suffix: str) -> list[tuple[str, int]]:
        return sorted((a.id, n) for n, a in enumerate(self.held) if a.id.endswith(suffix))

    def numbers_of(self, ids: Collection[str]) -> dict[str, int]:
        return {a.id: n for n, a in enumerate(self.held) if a.id in ids}

    def terms_with_prefix(self, field: str = "", prefix: str = "") -> Iterator[TermStats]:
        everything = range(len(self.held))
        if field in ("id", "page", "type", "edition"):
            found = [[normalize_code(f, v) for f, v in code_values(self.held[n]) if f == field] for n in everything]
        else:
            found = [[word for text in self.texts(field, n) for word, _ in text] for n in everything]
        for word in sorted({word for words in found for word in words if word.startswith(prefix)}):
            yield TermStats(word, sum(word in words for words in found), sum(words.count(word) for words in found))

    def code_terms(self, field: str = "", prefix: str = "") -> Iterator[TermStats]:
        found = [[word for text in self.texts(field, n) for word, _ in text] for n in self.all()]
        code = [[token.word for text in article.code for token in tokenize(text)] for article in self.held]
        for word in sorted({word for words in code for word in words if word.startswith(prefix)}):
            counts = [(inside.count(word), words.count(word)) for inside, words in zip(code, found, strict=True)]
            only_there = sum(0 < inside == everywhere for inside, everywhere in counts)
            yield TermStats(word, only_there, sum(inside for inside, _ in counts))

    def term_stats(self, words: Iterable[str], layer: TermForm) -> dict[str, TermStats]:
        found = {}
        for word in words:
            each = [
                [pair[layer is TermForm.STEMS] for text in self.texts("", n) for pair in text].count(word)
                for n in self.all()
            ]
            if any(each):
                found[word] = TermStats(word, sum(map(bool, each)), sum(each))
        return found

    def value_counts(self, field: str, numbers: Collection[int]) -> dict[str, int]:
        found: dict[str, int] = {}
        for n in numbers:
            for value in dict(facet_values(self.held[n]))[field] or ("",):
                found[value] = found.get(value, 0) + 1
        return found

    def places(self, wanted: list[TextPattern], n: int) -> int:
        article = self.held[n]
        limits = [item for item in wanted if isinstance(item, QuantityRange)]
        number = sum(any(limit.contains(q) for limit in limits) for some in article_quantities(article) for q in some)
        for field, text in running_texts(article):
            words = split_words(text, PARAGRAPH_BORDER)
            number += clusters([each for item in wanted if item.field in ("", field) for each in windows(item, words)])
        return number

    def near_duplicate_groups(self) -> list[tuple[int, ...]]:
        prints = [minhash_signature(article.body) for article in self.held]
        group = {n: {n} for n in self.all()}
        for n, other in combinations(self.all(), 2):
            if are_near_duplicates(prints[n], prints[other]) and group[n] is not group[other]:
                group[n] |= group[other]
                group.update(dict.fromkeys(group[n], group[n]))
        return sorted({tuple(sorted(some)) for some in group.values() if len(some) > 1})

    def similar_terms(self, word: str, edits: int, field: str = "") -> list[tuple[str, int]]:
        named = "" if field in TEXT_FIELDS else field
        words = {other for n in self.all() for text in self.texts(named, n) for other, _ in text}
        near = [
            (other, edit_distance(word, other, edits))
            for other in sorted(words)
            if not is_neighbour_province(word, other)
        ]
        return [(other, distance) for other, distance in near if distance is not None]

    def article_count(self) -> int:
        return len(self.held)

    def outdated_documents(self, numbers: Iterable[int] | None = None) -> Iterator[int]:
        return iter(())  # there is nothing but the articles

    def word_count(self) -> int:
        return sum(len(text) for n in self.all() for text in self.texts("", n))

    def all(self) -> range:
        return range(len(self.held))

    def close(self) -> None:
        pass

    # What matches

    def matches(self, query: Query, plan: QueryPlan, n: int) -> bool:
        match query:
            case Group(clauses):
                of = {occur: [self.matches(c.node, plan, n) for c in clauses if c.occur is occur] for occur in Occur}
                needed = of[Occur.MUST] + of[Occur.FILTER]
                may_match = any(of[Occur.MAY]) or not of[Occur.MAY] or bool(of[Occur.MUST])
                return all(needed) and may_match and not any(of[Occur.NOT])
            case And(children):
                return all(self.matches(child, plan, n) for child in children)
            case Or(children):
                return any(self.matches(child, plan, n) for child in children)
            case Not(child):
                return not self.matches(child, plan, n)
            case _:
                return any(self.has(lookup, n) for lookup in plan.lookups(query))

    def has(self, lookup: Lookup, n: int) -> bool:
        article = self.held[n]
        if isinstance(lookup, DateLookup):
            return bool(article.date) and edtf.parse_edtf(article.date).overlaps(lookup.days)
        if isinstance(lookup, AddedLookup):
            added = self.first_seen([a.id for a in self.held]).get(article.id)
            return added is not None and lookup.days.first <= date.fromtimestamp(added).toordinal() <= lookup.days.last
        if isinstance(lookup, QuantityRange):
            return any(lookup.contains(quantity) for some in article_quantities(article) for quantity in some)
        if isinstance(lookup, CodeLookup):
            value = {f: normalize_code(f, v) for f, v in code_values(article)}.get(lookup.field)
            return value is not None and (value.startswith(lookup.value) if lookup.prefix else value == lookup.value)
        if isinstance(lookup, ExpansionLookup):
            return any(lookup.matches(word) for text in self.texts(lookup.field, n) for word, _ in text)
        stems = lookup.layer is TermForm.STEMS
        return any(
            has_terms([stem if stems else spelled(word, lookup) for word, stem in text], lookup.terms, lookup.max_gap)
            for text in self.texts(lookup.field, n, PARAGRAPH_BORDER)
        )

    def texts(self, field: str, n: int, *border: tuple[str, str]) -> list[list[tuple[str, str]]]:
        """The texts of a field (empty: all) as (word, stem) in order, with `border` between paragraphs."""
        article = self.held[n]
        if field in TEXT_FIELDS or not field:
            found = [text for name, text in running_texts(article) if field in ("", name)]
        else:
            found = list(dict(name_values(article))[field])
            return [[(plain_word(t.word), t.stem) for t in tokenize(text)] for text in found]
        return [split_words(text, *border) for text in found]

    # How much it scores, and in which order it comes

    def score(self, query: Query, plan: QueryPlan, n: int) -> float:
        match query:
            case Group(clauses):
                total = sum(
                    weight * self.score(clause.node, plan, n)
                    for clause, weight in zip(clauses, ranking.clause_weights(query, plan), strict=True)
                    if clause.occur is not Occur.NOT and self.matches(clause.node, plan, n)
                )
                for first, second in (pair.terms for pair in ranking.adjacent_pairs(query, plan)):
                    total += ranking.PAIR_WEIGHT * self.pair(first, second, n)
                stems, limits = ranking.sentence_boost_terms(query, plan)
                for stem in stems:
                    if any(self.shares(stem, limit, n) for limit in limits):
                        total += ranking.SENTENCE_WEIGHT * self.bm25(stem, n, "", TermForm.STEMS)
                return total
            case And(children) | Or(children):
                return sum(self.score(child, plan, n) for child in children if self.matches(child, plan, n))
            case Not():
                return 0.0
            case _:
                return max(self.lookup_score(lookup, n) for lookup in plan.lookups(query) if self.has(lookup, n))

    def shares(self, stem: str, limit: QuantityRange, n: int) -> bool:
        """True when a sentence of the body has both the stem and a quantity within the limit."""
        article = self.held[n]
        for paragraph, quantities in zip(article.paragraphs, article_quantities(article), strict=True):
            for start, end in split_sentences(paragraph):
                inside = any(limit.contains(q) for q in quantities if start <= q.start < end)
                if inside and stem in [token.stem for token in tokenize(paragraph[start:end])]:
                    return True
        return False

    def lookup_score(self, lookup: Lookup, n: int) -> float:
        if isinstance(lookup, (DateLookup, AddedLookup, QuantityRange)):
            return 0.0
        if not isinstance(lookup, PhraseLookup) or (lookup.field and lookup.field not in TEXT_FIELDS):
            return ranking.FLAT_SCORE
        total = sum(self.bm25(term, n, "", lookup.layer) for term in lookup.terms)
        if len(lookup.terms) == 1 and not lookup.field and lookup.layer is TermForm.STEMS:
            total += ranking.TITLE_WEIGHT * self.bm25(lookup.terms[0], n, "title", TermForm.STEMS)
        return total

    def pair(self, first: str, second: str, n: int) -> float:
        """Score two stems side by side as if they were a word, with the sum of their idfs."""
        flat = [[stem for text in self.texts("", number) for _, stem in text] for number in self.all()]
        texts = [[stem for _, stem in text] for text in self.texts("", n, PARAGRAPH_BORDER)]
        tf = sum(pair == (first, second) for text in texts for pair in pairwise(text))
        containing = (sum(stem in words for words in flat) for stem in (first, second))
        norm = 1 - ranking.BM25_B + ranking.BM25_B * len(flat[n]) / (sum(map(len, flat)) / len(flat))
        return ranking.pair_idf(len(flat), *containing) * tf * (ranking.BM25_K1 + 1) / (tf + ranking.BM25_K1 * norm)

    def bm25(self, term: str, n: int, field: str, layer: TermForm) -> float:
        def words(number: int) -> list[str]:
            flat = [pair for text in self.texts(field, number) for pair in text]
            return [stem if layer is TermForm.STEMS else word for word, stem in flat]

        everything = [words(number) for number in range(len(self.held))]
        tf = everything[n].count(term)
        if not tf:
            return 0.0
        mean = sum(map(len, everything)) / len(everything)
        idf = ranking.idf(len(everything), sum(term in each for each in everything))
        norm = 1 - ranking.BM25_B + ranking.BM25_B * len(everything[n]) / mean
        return idf * tf * (ranking.BM25_K1 + 1) / (tf + ranking.BM25_K1 * norm)

    def place(self, match: Match, order: HitOrder) -> tuple[object, ...]:
        article = self.held[match.number]
        days = edtf.parse_edtf(article.date) if article.date else edtf.DateInterval(edtf.LAST_DAY + 1, 0)
        match order:
            case HitOrder.RELEVANCE:
                return (-round(match.score, 9), -days.last, article.id)
            case HitOrder.NEWEST:
                return (-days.last, -days.first, article.id)
            case HitOrder.OLDEST:
                return (days.first, days.last, article.id)
            case HitOrder.TITLE:
                return (fold_text(article.title), -days.last, article.id)
            case HitOrder.ADDED:
                return (-self.first_seen([a.id for a in self.held]).get(article.id, 0), -days.last, article.id)


def split_words(text: str, *border: tuple[str, str]) -> list[tuple[str, str]]:
    """The words and stems of a text, with `border` between its paragraphs."""
    words: list[tuple[str, str]] = []
    for number, paragraph in enumerate(text.split("\n\n")):
        words += (border if number else ()) + tuple((t.word, t.stem) for t in tokenize(paragraph))
    return words


def has_terms(words: list[str], terms: tuple[str, ...], max_gap: int | None) -> bool:
    """Return True if `terms` occur together in `words`, as `PhraseLookup` defines it; every window is tried."""
    size = len(terms)
    if max_gap is None:
        return any(tuple(words[at : at + size]) == terms for at in range(len(words)))
    for at in range(len(words)):
        window = words[at : at + size + max_gap]
        if any(tuple(window[i] for i in chosen) == terms for chosen in permutations(range(len(window)), size)):
            return True
    return False


def windows(item: TextPattern, words: list[tuple[str, str]]) -> list[set[int]]:
    """The words, by their places, that each match of a pattern covers; every window is tried."""
    if isinstance(item, QuantityRange):
        return []
    if isinstance(item, ExpansionLookup):
        return [{at} for at, (word, _) in enumerate(words) if item.matches(word)]
    flat = [stem if item.layer is TermForm.STEMS else word for word, stem in words]
    size = len(item.terms)
    widths = [size] if item.max_gap is None else range(size, size + item.max_gap + 1)
    found = []
    for at in range(len(flat)):
        for width in widths:
            inside = flat[at : at + width]
            orders = [item.terms] if item.max_gap is None else permutations(item.terms)
            if len(inside) == width and any(ends(inside, order) for order in orders):
                found.append(set(range(at, at + width)))
                break  # the tightest that begins here
    return found


def ends(inside: list[str], terms: tuple[str, ...]) -> bool:
    """True when `terms` stand in `inside` in this order, the first at its beginning and the last at its end."""
    rest = iter(inside[1:-1])
    edges = (inside[0], inside[-1]) == (terms[0], terms[-1])
    return edges and all(term in rest for term in terms[1:-1])


def clusters(found: list[set[int]]) -> int:
    """How many are left when those that share a word are put together."""
    left: list[set[int]] = []
    for each in found:
        sharing = [one for one in left if one & each]
        left = [one for one in left if not one & each] + [each.union(*sharing)]
    return len(left)
