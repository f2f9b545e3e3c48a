"""A folder of Markdown is read back as the same articles, whatever their files were."""

from pathlib import Path

import pytest

from shanxi_cli.corpus.reader import load_article
from shanxi_cli.corpus.scanner import iterate_sources
from shanxi_cli.errors import LocationError
from shanxi_cli.exporters.collection import ExportCounts, ExportedArticle, ExportNote
from shanxi_cli.exporters.markdown_folder import choose_file_name, write_markdown_folder
from shanxi_cli.model.article import Article, DerivedNames
from shanxi_cli.util.frozen_record import replace_fields
from tests.support import articles

NOTE = ExportNote("coal", "2026-11-29", "1.2.3")

FILES = {
    "yaml.md": """\
---
title: "Coal: 'no' & yes"
author: [null-man, "12:30"]
keywords: ["#1", "- a"]
url: https://news.example.org/2021/coal?a=1&b=2
---
# Not a title
""",
    "marks.md": """\
# Mine *closes*

- one
- **two**

| a | b |
|---|---|
| 1 | 2 |

```
code  here

and here
```
""",
    "links.md": """\
---
title: Links
---
See [the quay](https://example.org/q) and <b>this</b> &amp; R&amp;D\\*.

> quoted
""",
    "plain.txt": "A first line\n\n* not a list *\n1. nor this\n    indented\n---\n",
    "2021-07-22-dated.md": "# Dated by its name\n\nText.\n",
    "2020/05/17/folders.md": "# Dated by its folders\n\nText.\n",
    "003/page.md": "# On page three\n\nText.\n",
    "shop/logging.md": "## Logging\n\nText.\n\n## Logging in the shop\n\nMore.\n",
    "guide/index.md": "# The guide\n\nText.\n",
    "guide/index.fr.md": "# Le guide\n\nTexte.\n",
    "vendor/kept.md": "# Kept by a pattern\n\nText.\n",
    "新闻/太原 市.md": "---\ntitle: 太原市\nplaces: [太原]\n---\n太原市的煤炭。\n",
    "quotes.md": """\
---
title: A *starred* title
deck: A <deck>
captions:
  - text: Saplings * wait
    credit: Sun Yu
---
A.
""",
    ".shanxiignore": "!vendor/\n",
}


def read_all(folder: Path) -> dict[str, Article]:
    return {article.id: article for article in (load_article(source)[0] for source in iterate_sources(str(folder)))}


@pytest.fixture
def written(tmp_path: Path) -> dict[str, Article]:
    """Articles of many kinds as they are read from their files."""
    folder = articles.write(tmp_path / "corpus")
    for name, text in FILES.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return read_all(folder)


def test_articles_are_read_back_as_they_were(written: dict[str, Article], tmp_path: Path) -> None:
    assert len(written) == 6 + len(FILES) - 1
    folder = tmp_path / "dossier"
    folder.mkdir()
    derived = DerivedNames(places=("Datong",))
    exported = [ExportedArticle(replace_fields(article, derived=derived)) for article in written.values()]
    assert write_markdown_folder(folder, exported, NOTE) == ExportCounts(len(written))
    assert read_all(folder) == written


def test_an_export_can_be_exported(written: dict[str, Article], tmp_path: Path) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    first.mkdir()
    second.mkdir()
    write_markdown_folder(first, map(ExportedArticle, written.values()), NOTE)
    write_markdown_folder(second, map(ExportedArticle, read_all(first).values()), NOTE)
    contents = [
        {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*.md")} for folder in (first, second)
    ]
    assert contents[0] == contents[1]


def test_articles_that_are_not_read_back_exactly_are_named(tmp_path: Path) -> None:
    article = Article(id="a", title="A", body="one\ntwo")  # a paragraph is one line
    assert write_markdown_folder(tmp_path, [ExportedArticle(article)], NOTE) == ExportCounts(1, altered=("a",))


def test_files_are_named_by_ids() -> None:
    assert choose_file_name("coal-town") == "coal-town.md"
    assert choose_file_name("guide/install.txt") == "guide/install.txt.md"
    assert choose_file_name("太原/市") == "太原/市.md"


@pytest.mark.parametrize(
    "name", ["", "..", "../x", "a/../../x", "/etc/x", "a//b", ".x", "a/.x/b", "a\0b", "a/index", "001/a"]
)
def test_ids_that_are_no_file_names_are_refused(name: str) -> None:
    with pytest.raises(LocationError, match="its id is not the name of a file"):
        choose_file_name(name)


def test_two_articles_never_share_a_file(tmp_path: Path) -> None:
    article = Article(id="a", title="A", body="Text.")
    with pytest.raises(LocationError, match=r"two articles would have the file name a\.md, one of them a"):
        write_markdown_folder(tmp_path, [ExportedArticle(article)] * 2, NOTE)
