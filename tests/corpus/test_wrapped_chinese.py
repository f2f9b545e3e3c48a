"""Files in Chinese whose lines are broken by hand: the break is no space."""

import pytest

from shanxi_cli.corpus.reader import format_article, parse_article
from tests.support.case_ids import case_ids

FRONTS = [
    ("title: 水库大坝\n  开工\n", "水库大坝开工", ""),
    ('title: "水库大坝\n  开工"\n', "水库大坝开工", ""),
    ("title: '水库 大坝\n  开工'\n", "水库 大坝开工", ""),
    ("title: 水库\ndeck: >-\n  预计明年六月\n  发电，投资\n  12 亿元\n", "水库", "预计明年六月发电，投资 12 亿元"),
    ("title: 水库\ndeck: |\n  预计明年\n  发电\n", "水库", "预计明年发电"),
    ("title: 水库 Dam\n  Project\n", "水库 Dam Project", ""),
]


@pytest.mark.parametrize(("front", "title", "deck"), FRONTS, ids=case_ids(FRONTS))
def test_line_ends_in_yaml_are_no_spaces(front: str, title: str, deck: str) -> None:
    article = parse_article(f"---\n{front}---\n\nText.\n".encode(), "dam", "dam.md")
    assert (article.title, article.deck) == (title, deck)


def test_line_ends_in_toml_are_no_spaces() -> None:
    data = '+++\ntitle = "水库"\ndeck = """\n预计明年\n发电"""\n+++\n\nText.\n'
    assert parse_article(data.encode(), "dam", "dam.md").deck == "预计明年发电"


def test_line_ends_in_a_body_are_no_spaces() -> None:
    data = "---\ntitle: 水库\n---\n\n水库大\n坝昨天开工，\n由 Power\nChina 承建\n\n第二\n段。\n"
    article = parse_article(data.encode(), "dam", "dam.md")
    assert article.body == "水库大坝昨天开工，由 Power China 承建\n\n第二段。"
    assert parse_article(format_article(article).encode(), "dam", "dam.md") == article
