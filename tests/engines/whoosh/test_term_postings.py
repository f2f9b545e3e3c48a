"""Postings collected in memory: occurrences of a term become documents, frequencies and positions."""

import pytest

from shanxi_cli.engines.positioned_terms import PositionedTerms
from shanxi_cli.engines.whoosh.term_postings import CollectedPostings, OccurrencesByTerm, PostingsByTerm


def positions_of(*runs: tuple[str, int]) -> PositionedTerms:
    made = PositionedTerms()
    for words, start in runs:
        some = words.split()
        made.add(some, range(start, start + len(some)))
    return made


def test_positioned_terms_map_terms_to_ascending_positions() -> None:
    made = positions_of(("coal and coal", 0), ("steel and coal", 2000))
    assert dict(made) == {"coal": [0, 2, 2002], "and": [1, 2001], "steel": [2000]}
    assert len(made) == 3
    assert made["coal"] == [0, 2, 2002]
    with pytest.raises(KeyError):
        made["iron"]


def test_positioned_terms_of_no_text_are_empty() -> None:
    assert dict(PositionedTerms()) == {}


@pytest.mark.parametrize("high", [0, (1 << 31) - 10], ids=["first positions", "last positions"])
def test_occurrences_give_documents_frequencies_and_positions(high: int) -> None:
    found = OccurrencesByTerm()
    found.add(0, positions_of(("coal and coal", high)))
    found.add(70_000, positions_of(("steel", high)))
    found.add(70_001, {"coal": [high + 5], "steel": [high + 1, high + 2]})
    assert sorted(found) == ["and", "coal", "steel"]
    assert {term: tuple(map(list, found.postings(term))) for term in found} == {
        "and": ([0], [1], [high + 1]),
        "coal": ([0, 70_001], [2, 1], [high, high + 2, high + 5]),
        "steel": ([70_000, 70_001], [1, 2], [high, high + 1, high + 2]),
    }


def test_lone_occurrences_have_one_document_and_position() -> None:
    found, postings = OccurrencesByTerm(), PostingsByTerm()
    others: CollectedPostings = postings
    found.add(70_000, positions_of(("coal and coal", 5)))
    postings["coal"][0].append(1)
    assert (found.lone_occurrence("and"), found.lone_occurrence("coal")) == ((70_000, 6), None)
    assert others.lone_occurrence("coal") is None


def test_occurrences_of_as_many_documents_have_frequency_one() -> None:
    found = OccurrencesByTerm()
    for number in (3, 8, 9):
        found.add(number, positions_of(("coal", number)))
    assert tuple(map(list, found.postings("coal"))) == ([3, 8, 9], [1, 1, 1], [3, 8, 9])


def test_postings_of_a_new_term_are_empty() -> None:
    found = PostingsByTerm()
    numbers, weights, values = found["coal"]
    numbers.append(4)
    weights.append(2)
    assert tuple(map(list, found.postings("coal"))) == ([4], [2], [])
    assert list(values) == []
