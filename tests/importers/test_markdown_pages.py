"""Markdown in imported files: front matter that is found, and code, tables and quotations that keep their places."""

from pathlib import Path

import pytest

from shanxi_cli.corpus.reader import format_article, parse_article
from shanxi_cli.importers import read_parts
from shanxi_cli.model.article import Article
from shanxi_cli.segmentation.page import Page


def read_page(path: Path, text: str) -> Page:
    path.write_text(text, encoding="utf-8")
    [part] = read_parts(str(path))
    return part.page


@pytest.mark.parametrize(
    "text",
    [
        "\n\n---\ntitle: The well\ndate: 2020-02-01\n---\n\nIt is deep.\n\n## Depth\n\nVery.\n",
        "\ufeff---\ntitle: The well\ndate: 2020-02-01\n---\n\nIt is deep.\n\n## Depth\n\nVery.\n",
        "\r\n+++\r\ntitle = 'The well'\r\ndate = 2020-02-01\r\n+++\r\nIt is deep.\r\n\r\n## Depth\r\n\r\nVery.",
        '{\n"title": "The well",\n"date": "2020-02-01"\n}\nIt is deep.\n\n## Depth\n\nVery.',
        "---\ndate: 2020-02-01\n---\n# The *well*\n\nIt is deep.\n\n## Depth\n\nVery.\n",
    ],
    ids=["empty lines", "byte order mark", "toml", "json", "title in a heading"],
)
def test_front_matter_makes_one_article(tmp_path: Path, text: str) -> None:
    [article] = read_page(tmp_path / "a.md", text).articles
    assert (article.title, article.date) == ("The well", "2020-02-01")
    assert (article.body, article.layout) == ("It is deep.\n\nDepth\n\nVery.", ("", "2", ""))


PAGE = """# Orchard opens

By WU LAN

The orchard took in its first guests on a warm day in the middle of May.

> It smells of apples and of rain
> said a board at the gate

Every guest got a list of prices.

| Fruit | Price |
| :---- | ----: |
| Pears | 12 yuan |

~~~
open("gate")
~~~

The gate is shut at night.
"""


def test_code_tables_and_quotations_keep_their_places(tmp_path: Path) -> None:
    [article] = read_page(tmp_path / "a.md", PAGE).articles
    assert article.title == "Orchard opens"
    assert list(zip(article.layout, article.paragraphs, strict=True)) == [
        ("", "The orchard took in its first guests on a warm day in the middle of May."),
        ("> p", "It smells of apples and of rain said a board at the gate"),
        ("", "Every guest got a list of prices."),
        ("R", "Fruit | Price"),
        ("r", "Pears | 12 yuan"),
        ("c", 'open("gate")'),
        ("", "The gate is shut at night."),
    ]
    assert (article.repairs, article.unsure) == ((), ())


def test_written_page_is_read_back(tmp_path: Path) -> None:
    [article] = read_page(tmp_path / "a.md", PAGE).articles
    read: Article = parse_article(format_article(article).encode(), "", "a.md")
    assert read == article


def test_pull_quote_is_left_out(tmp_path: Path) -> None:
    text = PAGE.replace(
        "> It smells of apples and of rain\n> said a board at the gate", "> on a warm day in the middle of May"
    )
    page = read_page(tmp_path / "a.md", text)
    assert "orchard took" in page.articles[0].paragraphs[0]
    assert not any(kind.startswith(">") for kind in page.articles[0].layout)


def test_page_inside_a_fence_is_no_code(tmp_path: Path) -> None:
    [article] = read_page(tmp_path / "a.md", f"```\n{PAGE.replace('~~~', '')}```\n").articles
    assert article.title == "Orchard opens"


def test_table_outside_of_articles_is_told(tmp_path: Path) -> None:
    page = read_page(tmp_path / "a.md", "| Fruit | Price |\n| - | - |\n| Pears | 12 |\n")
    told = [*page.dropped, *(article.body for article in page.articles)]
    assert any("Pears | 12" in line for line in told)
