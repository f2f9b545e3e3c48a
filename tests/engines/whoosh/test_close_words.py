"""Documents in which words occur together, found by keys: those that the exact rule finds, document by document."""

from array import array
from itertools import chain
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shanxi_cli.analysis.document_fields import ZONES
from shanxi_cli.engines import open_backend
from shanxi_cli.engines.whoosh import close_keys
from shanxi_cli.engines.whoosh.close_words import find_close_documents
from shanxi_cli.engines.whoosh.posting_arrays import PostingArrays, encode_postings
from shanxi_cli.engines.whoosh.segment_reader import SegmentPostings
from shanxi_cli.matching.proximity import find_proximity_matches
from shanxi_cli.model.article import Article, Caption
from shanxi_cli.model.results import HitOrder
from shanxi_cli.query.parser import WordOperator
from shanxi_cli.search.searcher import compile_query
from shanxi_cli.util.dirfd import DirectoryHandle
from tests.support.articles import put
from tests.support.strategies import examples

TITLE, DECK, ORG, BODY = (ZONES[zone].start for zone in ("title", "deck", "org", "body"))
_PLACES = st.sampled_from([*range(8), 250, 251, 8_191, 8_192, 65_534, 65_535]) | st.integers(65_536, 65_539)
_POSITIONS = st.sets(
    st.builds(lambda zone, place: zone + place, st.sampled_from([TITLE, DECK, ORG, BODY]), _PLACES),
    min_size=1,
    max_size=6,
).map(sorted)
_TERM = st.dictionaries(st.sampled_from([*range(10), 4_095, 4_096, 0x7FFD, 0x7FFE, 0x7FFF]), _POSITIONS, max_size=12)
_FITTING = _TERM.map(
    lambda term: {n: [p for p in at if p & 0xFFFFF < 65_536] or [3] for n, at in term.items() if n < 0x7FFF}
)


def make_postings(positions: dict[int, list[int]], base: int, deleted: frozenset[int]) -> list[SegmentPostings]:
    if not positions:
        return []
    numbers = array("I", sorted(positions))
    weights = array("I", [len(positions[number]) for number in numbers])
    values = array("I", chain.from_iterable(positions[number] for number in numbers)).tobytes()
    data = encode_postings(numbers, weights, values, 4)
    stored = PostingArrays(lambda start, length: data[start : start + length], len(numbers))
    return [SegmentPostings(stored, base, deleted)]


@pytest.fixture(params=[1, 1_000], ids=["mostly looked up", "merged"], autouse=True)
def _way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(close_keys, "_RARE_FRACTION", request.param)


@given(
    st.lists(_TERM, min_size=1, max_size=4) | st.lists(_FITTING, min_size=1, max_size=4),
    st.lists(st.integers(0, 3), min_size=1, max_size=4),
    st.none() | st.integers(0, 60),
    st.sampled_from([None, range(1 << 20), range(BODY, 1 << 31)]),
    st.frozensets(st.integers(0, 12), max_size=2),
)
@examples(400)
def test_close_documents_equal_those_of_the_exact_rule(
    terms: list[dict[int, list[int]]],
    phrase: list[int],
    max_gap: int | None,
    zone: range | None,
    deleted: frozenset[int],
) -> None:
    base = 1_000
    lists = [make_postings(term, base, deleted) for term in terms]
    words = [number % len(terms) for number in phrase]

    def matches(document: int) -> bool:
        positions = [[p for p in terms[word][document] if zone is None or p in zone] for word in words]
        return any(True for _ in find_proximity_matches(positions, max_gap))

    common = set.intersection(*(set(terms[word]) for word in words)) - deleted
    expected = {base + document for document in common if matches(document)}
    found = find_close_documents([lists[word] for word in words], max_gap, zone)
    assert set(found.sure) <= expected <= {*found.sure, *found.possible} <= {base + document for document in common}
    assert len({*found.sure, *found.possible}) == len(found.sure) + len(found.possible)
    everywhere = {p for word in words for at in terms[word].values() for p in at}
    if len(set(words)) > 1 and max_gap is None and all(p & 0xFFFFF < 8_192 for p in everywhere):
        assert set(found.sure) == expected or max(map(max, terms)) > 0x7FFE  # keys tell all


def test_phrase_does_not_go_on_in_the_next_document() -> None:
    before, after = {3: [BODY + 65_535], 4: [BODY + 7]}, {3: [BODY + 9], 4: [BODY]}
    lists = [make_postings(term, 0, frozenset()) for term in (before, after)]
    assert find_close_documents(lists, None, None) == ([], [])
    assert find_close_documents(lists, 0, None) == ([], [])


def test_words_at_one_position_are_left_to_the_exact_rule() -> None:
    plain, acronym = {3: [BODY + 1, BODY + 2], 5: [BODY + 1, BODY + 4]}, {3: [BODY + 2], 5: [BODY + 3]}
    lists = [make_postings(term, 0, frozenset()) for term in (plain, acronym)]
    assert find_close_documents(lists, 2, None) == ([5], [3])
    assert find_close_documents(lists, None, None) == ([3], [])


def test_far_nearness_is_left_to_the_exact_rule() -> None:
    lists = [make_postings({2: [place]}, 0, frozenset()) for place in (1, 200)]
    assert find_close_documents(lists, 250, None) == ([], [2])


@pytest.mark.parametrize("third", [{1: [ORG + 8_191]}, {2: [0]}], ids=["before the body", "in the next document"])
def test_three_words_are_near_only_in_one_zone(third: dict[int, list[int]]) -> None:
    terms = [{1: [BODY, BODY + 65_534], 2: [BODY]}, {1: [BODY + 1, BODY + 65_535], 2: [BODY + 1]}]
    third = {1: [9], 2: [9]} | third
    lists = [make_postings(term, 0, frozenset()) for term in (*terms, third)]
    assert find_close_documents(lists, 5, None) == ([], [])


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ('"heron lake"', ["early", "late"]),
        ('caption:"heron lake"', ["early", "late"]),
        ('"lake heron"', []),
        ('"lake heron"~3', ["early", "late"]),
        ('"mill heron lake"~4', ["late"]),
        ('title:"heron lake"', []),
    ],
)
def test_captions_of_a_long_gallery_are_searched(tmp_path: Path, query: str, found: list[str]) -> None:
    def gallery(article_id: str, heron: int) -> Article:
        texts = ["heron lake" if number == heron else "mill by a lake" for number in range(60)]
        texts[-1] = "mill above heron lake" if article_id == "late" else "heron"
        return Article(id=article_id, title="Heron", body="A lake.", captions=tuple(map(Caption, texts)))

    folder = DirectoryHandle(tmp_path)
    put(open_backend(), folder, [gallery("early", 2), gallery("late", 55), Article(id="other", title="Lake", body="")])
    engine = open_backend().open(folder)
    matches = engine.search(compile_query(query, WordOperator.ANY), HitOrder.RELEVANCE)
    assert sorted(engine.article(match.number).id for match in matches) == found


def test_three_words_are_near_only_where_all_are() -> None:
    terms = [{1: [BODY + 10], 2: [BODY + 10]}, {1: [BODY + 12], 2: [BODY + 12]}, {1: [BODY + 40], 2: [BODY + 14]}]
    lists = [make_postings(term, 0, frozenset()) for term in terms]
    assert find_close_documents(lists, 5, None) == ([2], [])
    assert find_close_documents([*lists, lists[0]], 5, None) == ([], [2])
