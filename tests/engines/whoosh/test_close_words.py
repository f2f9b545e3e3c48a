"""Documents in which words occur together, found by keys: those that the exact rule finds, document by document."""

from array import array
from itertools import chain

from hypothesis import given
from hypothesis import strategies as st

from shanxi_cli.engines.whoosh.close_words import find_close_documents
from shanxi_cli.engines.whoosh.posting_arrays import PostingArrays, encode_postings
from shanxi_cli.engines.whoosh.segment_reader import SegmentPostings
from shanxi_cli.matching.proximity import find_proximity_matches
from tests.support.strategies import examples

TITLE, BODY = 0, 8 << 20
_PLACES = st.sampled_from([*range(8), 250, 251, 65_534, 65_535]) | st.integers(65_536, 65_539)
_POSITIONS = st.sets(
    st.builds(lambda zone, place: zone + place, st.sampled_from([TITLE, BODY]), _PLACES), min_size=1, max_size=6
).map(sorted)
_TERM = st.dictionaries(st.sampled_from([*range(12), 0x7FFD, 0x7FFE, 0x7FFF]), _POSITIONS, max_size=12)
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


@given(
    st.lists(_TERM, min_size=1, max_size=4) | st.lists(_FITTING, min_size=1, max_size=4),
    st.lists(st.integers(0, 3), min_size=1, max_size=4),
    st.none() | st.integers(0, 60),
    st.sampled_from([None, range(1 << 20), range(BODY, 1 << 31)]),
    st.frozensets(st.integers(0, 12), max_size=2),
)
@examples(800)
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
    if len(set(words)) > 1 and max_gap is None and len(everywhere) and max(everywhere) < 1 << 16 and zone is None:
        assert set(found.sure) == expected  # one zone: keys tell all
