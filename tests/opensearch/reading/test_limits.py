"""Answers do not change where they are larger than one page, one term or one list of the cluster."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from shanxi_cli.engines import open_in_memory
from shanxi_cli.engines.base import Engine
from shanxi_cli.engines.opensearch import engine as engine_module
from shanxi_cli.engines.opensearch import found as found_module
from shanxi_cli.engines.opensearch import generation, hit_counts, ranking, value_counts
from shanxi_cli.engines.opensearch.dsl import Dsl
from shanxi_cli.model.article import Article, Caption
from shanxi_cli.model.results import HitOrder
from shanxi_cli.query.ast import Fuzzy, WordOperator
from shanxi_cli.query.plan.lookups import ExpansionLookup, PhraseLookup, TermForm
from shanxi_cli.query.plan.query_plan import PlannedLeaf, QueryPlan
from shanxi_cli.search.searcher import MATCH_ALL, compile_query
from tests.contract.engines import opened
from tests.opensearch.reading.harbour_archive import harbour_articles

pytestmark = pytest.mark.cluster
LONG_WORD = "quay" * 10_000
OTHER_LONG_WORD = LONG_WORD[:-1] + "s"
LONG_ID = "logs/" + "deep/" * 200 + "end"
STRANGE_IDS = ["a b*c?d", 'quoted "id"', "back\\slash", "太原/一", "émigré", "ID", "id"]
"""Ids with the signs of the languages of queries, and two that differ in case."""
LONG_PLACE = "Very " * 3_000 + "Long Quay"


def harbour(article_id: str, body: str, **fields: object) -> Article:
    return Article(id=article_id, title="Harbour log", body=body, **fields)  # type: ignore[arg-type]


LOGS = [
    harbour("long-word", f"The {LONG_WORD} is a pier and a {OTHER_LONG_WORD} too."),
    harbour("many-figures", "\n\n".join(f"Crane {n} lifted {n + 1_000} tons." for n in range(3_000))),
    harbour("long-place", "A pier.", places=(LONG_PLACE, "Datong")),
    harbour(LONG_ID, "A pier at the end."),
    *(harbour(name, f"Pier {n}.", captions=(Caption("A pier", ""),)) for n, name in enumerate(STRANGE_IDS)),
]


class Both:
    """Whoosh and the cluster over the same articles."""

    def __init__(self, articles: list[Article], folder: Path) -> None:
        self.whoosh: Engine = open_in_memory(articles)
        self.cluster: Engine = opened("opensearch", folder, articles)

    def agree(self, plan: QueryPlan, order: HitOrder = HitOrder.RELEVANCE) -> int:
        """Check that both find the same, and return the number of matches."""
        answers = []
        for engine in (self.whoosh, self.cluster):
            found = engine.search(plan, order)
            ids = found.ids()
            ranked = [(ids[match.number], match.score) for match in found]
            hits = {ids[number]: count for number, count in found.hits().items()}
            numbers = sorted(ids[number] for number in found.numbers())
            among = sorted(ids[number] for number in found.among(list(ids)))
            answers.append((ranked, hits, numbers, among, found.counts("keyword"), found.counts("place")))
        assert answers[0] == answers[1]
        return len(answers[0][0])


@pytest.fixture(scope="module")
def logs(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Both]:
    both = Both(LOGS, tmp_path_factory.mktemp("logs"))
    yield both
    both.cluster.close()


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Both]:
    both = Both(list(harbour_articles(120, seed=3)), tmp_path_factory.mktemp("archive"))
    yield both
    both.cluster.close()


@pytest.fixture
def small_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages and lists of a few items, so that some dozen articles take several."""
    monkeypatch.setattr(generation, "MAX_PAGE", 7)
    monkeypatch.setattr(generation.GenerationIndex.walk, "__kwdefaults__", {"page": 7, "words": False})
    monkeypatch.setattr(ranking, "MAX_PAGE", 7)
    monkeypatch.setattr(ranking, "FIRST_PAGE", 3)
    monkeypatch.setattr(ranking, "MAX_BROUGHT", 2)
    monkeypatch.setattr(ranking, "DEEP", 10_000)
    monkeypatch.setattr(value_counts, "_MAX_AT_ONCE", 3)
    monkeypatch.setattr(found_module, "_MAX_ASKED", 2)
    monkeypatch.setattr(found_module, "_STOPS", (2, 5))
    monkeypatch.setattr(found_module, "_MAX_TERMS", 2)
    monkeypatch.setattr(engine_module, "_BATCH", 4)
    monkeypatch.setattr(hit_counts, "_MAX_PARTS", 2)


@pytest.mark.parametrize("text", ["harbour", "har* crane", "harbour crane", "", "NOT crane", '"old crane" OR crane'])
@pytest.mark.parametrize("order", HitOrder)
@pytest.mark.usefixtures("small_pages")
def test_pages_are_joined(archive: Both, text: str, order: HitOrder) -> None:
    assert archive.agree(compile_query(text, WordOperator.ANY) if text else MATCH_ALL, order) > 20


@pytest.mark.parametrize("text", ["har* crane", "harbour crane", ""])
@pytest.mark.parametrize("order", HitOrder)
@pytest.mark.usefixtures("small_pages")
def test_all_matches_are_sorted_here(
    archive: Both, monkeypatch: pytest.MonkeyPatch, text: str, order: HitOrder
) -> None:
    monkeypatch.setattr(ranking, "DEEP", 2)
    assert archive.agree(compile_query(text, WordOperator.ANY) if text else MATCH_ALL, order) > 20


def test_an_iteration_that_stops_early_fetches_a_page(archive: Both, monkeypatch: pytest.MonkeyPatch) -> None:
    sizes: list[int] = []
    search = generation.GenerationIndex.search

    def counted(self: generation.GenerationIndex, body: Dsl, *, words: bool = False) -> object:
        sizes.append(body["size"])
        return search(self, body, words=words)

    monkeypatch.setattr(generation.GenerationIndex, "search", counted)
    next(iter(archive.cluster.search(MATCH_ALL)))
    assert sizes == [ranking.FIRST_PAGE]


@pytest.mark.usefixtures("small_pages")
def test_lists_are_asked_for_in_parts(archive: Both) -> None:
    ids = sorted(archive.whoosh.search(MATCH_ALL).ids().values())
    numbers = archive.cluster.numbers_of([*ids, "nothing"])
    assert sorted(numbers) == ids
    narrowed = archive.cluster.search(MATCH_ALL).within(ids[::3])
    assert sorted(narrowed.ids().values()) == ids[::3]
    own = archive.whoosh.numbers_of(ids)
    assert archive.cluster.value_counts("place", list(numbers.values())) == archive.whoosh.value_counts(
        "place", list(own.values())
    )
    assert list(archive.cluster.terms_with_prefix()) == list(archive.whoosh.terms_with_prefix())


def lookup_plan(lookup: PhraseLookup | ExpansionLookup) -> QueryPlan:
    """The plan of one lookup, which no query could be long enough for."""
    leaf = Fuzzy("quay", 1)
    return QueryPlan(leaf, {leaf: PlannedLeaf(leaf, (lookup,))})


@pytest.mark.parametrize(
    ("lookup", "count"),
    [
        (PhraseLookup("", TermForm.WORDS, (LONG_WORD,)), 1),
        (PhraseLookup("", TermForm.WORDS, (LONG_WORD[:-2],)), 0),
        (PhraseLookup("", TermForm.WORDS, ("the", LONG_WORD, "is")), 1),
        (ExpansionLookup("", LONG_WORD[:-1], None), 1),
        (ExpansionLookup("", LONG_WORD + "s", None), 0),
        (ExpansionLookup("body", LONG_WORD[:20_000], None), 1),
        (ExpansionLookup("", LONG_WORD[:-1], 1), 1),
        (ExpansionLookup("", LONG_WORD[:-3], 1), 0),
    ],
    ids=["whole", "beginning", "phrase", "prefix", "longer prefix", "short prefix", "similar", "not similar"],
)
def test_words_longer_than_a_term(logs: Both, lookup: PhraseLookup | ExpansionLookup, count: int) -> None:
    assert logs.agree(lookup_plan(lookup)) == count


def test_long_words_are_listed_whole(logs: Both) -> None:
    expected = list(logs.whoosh.terms_with_prefix("body", "quay"))
    assert [len(term.word) for term in expected] == [len(LONG_WORD)] * 2
    assert list(logs.cluster.terms_with_prefix("body", "quay")) == expected


def test_long_values_are_counted_whole(logs: Both) -> None:
    assert logs.cluster.search(MATCH_ALL).counts("place") == {LONG_PLACE: 1, "Datong": 1, "": len(LOGS) - 1}
    [values] = [v for v in logs.cluster.search(MATCH_ALL).values("place").values() if v]
    assert sorted(values) == sorted([LONG_PLACE, "Datong"])


@pytest.mark.parametrize("name", [*STRANGE_IDS, LONG_ID])
def test_any_id_is_found(logs: Both, name: str) -> None:
    [number] = logs.cluster.numbers_of([name]).values()
    assert logs.cluster.article(number).id == name
    assert (name, number) in logs.cluster.articles_with_id_prefix(name[:3])
    assert (name, number) in logs.cluster.articles_with_id_suffix(name[-200:])
    assert len(logs.cluster.search(MATCH_ALL).within([name])) == 1
    expected = list(logs.whoosh.terms_with_prefix("id", name.lower()))
    assert list(logs.cluster.terms_with_prefix("id", name.lower())) == expected


def test_ids_are_sorted_by_code_points(logs: Both) -> None:
    expected = [name for name, _ in logs.whoosh.articles_with_id_prefix("")]
    assert [name for name, _ in logs.cluster.articles_with_id_prefix("")] == expected


@pytest.mark.parametrize(("text", "count"), [("weight:3999", 1), ("weight:4001", 0), ("weight:1000..1001 crane", 1)])
def test_thousands_of_figures_in_an_article(logs: Both, text: str, count: int) -> None:
    assert logs.agree(compile_query(text, WordOperator.ANY)) == count


def test_articles_come_back_as_they_were(logs: Both) -> None:
    found = logs.cluster.search(MATCH_ALL)
    by_id = {article.id: article for article in LOGS}
    for article in logs.cluster.articles([match.number for match in found]):
        assert article == by_id[article.id]


def test_more_articles_than_are_kept(logs: Both, monkeypatch: pytest.MonkeyPatch) -> None:
    from shanxi_cli.engines.opensearch import article_store

    monkeypatch.setattr(article_store, "_MAX_KEPT", 2)
    monkeypatch.setattr(article_store, "BATCH", 3)
    numbers = [match.number for match in logs.cluster.search(MATCH_ALL)]
    for asked in (numbers, numbers[:2], numbers[::-1]):
        assert [article.id for article in logs.cluster.articles(asked)] == [
            logs.cluster.article(number).id for number in asked
        ]


def test_a_long_query(archive: Both) -> None:
    words = [term.word for term in archive.whoosh.terms_with_prefix() if term.word.isascii()][:60]
    assert archive.agree(compile_query(" ".join(words), WordOperator.ANY)) > 100
    assert archive.agree(compile_query(f"{' '.join(words)} weight:1..", WordOperator.ANY)) > 10


def test_a_deep_query(archive: Both) -> None:
    text = "(" * 45 + "harbour OR NOT crane" + ")" * 45
    nested = "crane"
    for word in "quay pilot tide grain barge ferry".split():
        nested = f"({nested} AND NOT {word}) OR ({word} AND harbour)"
    assert archive.agree(compile_query(text, WordOperator.ANY)) > 20
    assert archive.agree(compile_query(nested, WordOperator.ANY)) > 20
