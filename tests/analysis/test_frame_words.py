"""Frame words: which words of a query only ask."""

import pytest

from shanxi_cli.analysis.frame_words import find_frame_words

QUERIES = [
    # (the words of a query, those that frame it)
    ("find articles tourism", {"find", "articles"}),
    ("papers steel output river valley", {"papers"}),
    ("information technology", set()),  # one of a few words: its subject
    ("trade report", set()),
    ("find articles", set()),  # nothing else to search for
    ("interest rates trade relations abroad", set()),  # forms that are subjects
]


@pytest.mark.parametrize(("query", "framing"), QUERIES, ids=[query for query, _ in QUERIES])
def test_find_frame_words(query: str, framing: set[str]) -> None:
    assert find_frame_words(query.split()) == framing
