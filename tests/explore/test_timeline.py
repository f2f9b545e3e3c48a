"""Timelines whose result must not depend on how the index was written."""

from itertools import permutations

import pytest

from shanxi_cli.engines import open_in_memory
from shanxi_cli.explore.timeline import build_timeline
from shanxi_cli.model.article import Article
from shanxi_cli.search.searcher import MATCH_ALL

ARTICLES = [
    Article("bridge", "Bridge", "The bridge opened.", date="2020-03-02"),
    Article("coal", "Coal", "A mine closed.", date="2021-07-14"),
    Article("dam", "Dam", "The dam was built.", date="2020-03-02"),
    Article("apples", "Apples", "The harvest was good.", date="2021-07-14"),
]


@pytest.mark.parametrize("articles", list(permutations(ARTICLES)), ids=lambda order: "-".join(a.id for a in order))
def test_timeline_references_do_not_depend_on_order(articles: tuple[Article, ...]) -> None:
    engine = open_in_memory(articles)
    timeline = build_timeline(engine, engine.search(MATCH_ALL), None)
    assert timeline.earliest is not None
    assert timeline.latest is not None
    assert (timeline.earliest.article, timeline.latest.article) == ("bridge", "apples")
