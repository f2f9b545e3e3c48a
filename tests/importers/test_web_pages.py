"""Saved web pages: text in any markup, without menus, teasers and comments; byline and date in the page."""

from pathlib import Path

import pytest

from shanxi_cli.importers import read_parts
from shanxi_cli.importers.text import ImportedPart

LONG = [
    "The pass above Holm closed on Friday night after the third storm of the month, and no one knows when it opens.",
    "Lorries wait on both sides of the mountain, and the drivers sleep in the school that the council opened for them.",
    "The road office said that the snow would be cleared in two days if the wind fell, and in a week if it did not.",
]


def read_page(folder: Path, markup: str) -> ImportedPart:
    path = folder / "page.html"
    path.write_text(markup)
    [part] = read_parts(str(path))
    return part


def wrap(inside: str) -> str:
    return f"<!doctype html><html><head><title>Frost | The Holm Courier</title></head><body>{inside}</body></html>"


@pytest.mark.parametrize(
    ("inside", "paragraphs"),
    [
        ("<h1>Frost</h1><div><div>The pass is closed.</div><div>The ferry waits.</div></div>", None),
        ("<h1>Frost</h1><main><p>The pass is closed.</p><p>The ferry waits.</p></main>", None),
        (
            "<nav><p>Home is here for you.</p></nav><h1>Frost</h1><p>The pass is closed.</p><p>The ferry waits.</p>",
            None,
        ),
        (
            "<h1>Frost</h1><p>The pass is closed.</p><p>The ferry waits.</p><div id='related'><p>Rain.</p></div>",
            None,
        ),
        ("<article><h1>Frost</h1><p>The pass is closed.</p><ul><li>The ferry waits.</li></ul></article>", None),
        (
            "<article><h1>Frost</h1><p>The pass is closed.</p><h2>At sea</h2><p>The ferry waits.</p></article>",
            ["The pass is closed.", "At sea", "The ferry waits."],
        ),
    ],
    ids=["div", "main", "nav", "related", "list", "subhead"],
)
def test_text_of_a_short_page(tmp_path: Path, inside: str, paragraphs: list[str] | None) -> None:
    part = read_page(tmp_path, wrap(inside))
    [article] = part.page.articles
    got = [paragraph for paragraph in article.paragraphs if paragraphs or paragraph != "At sea"]
    assert got == (paragraphs or ["The pass is closed.", "The ferry waits."])
    assert (article.title, article.publication) == ("Frost", "The Holm Courier")


def test_byline_and_date_in_the_page(tmp_path: Path) -> None:
    inside = (
        "<article><h1>Frost</h1><p class='byline'>By <a rel='author' href='/x'>Lena Fischer</a></p>"
        "<span class='post-date'>Published 3 May 2021</span><p>The pass is closed.</p></article>"
    )
    [article] = read_page(tmp_path, wrap(inside)).page.articles
    assert (article.author, article.date, article.paragraphs) == (
        ("Lena Fischer",),
        "2021-05-03",
        ["The pass is closed."],
    )


def test_long_page_is_read_by_trafilatura(tmp_path: Path) -> None:
    text = "".join(f"<p>{paragraph}</p>" for paragraph in LONG)
    teaser = "<div class='related-stories'><p>Ferry fares rise again in spring, says the board.</p></div>"
    part = read_page(
        tmp_path, wrap(f"<nav><p>Home and all news</p></nav><article><h1>Frost</h1>{text}</article>{teaser}")
    )
    [article] = part.page.articles
    assert (article.paragraphs, article.unsure) == (LONG, ())
    assert set(part.page.dropped) >= {
        "web page: Home and all news",
        "web page: Ferry fares rise again in spring, says the board.",
    }


def test_page_without_the_extra_is_doubtful(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "trafilatura", None)
    text = "".join(f"<p>{paragraph}</p>" for paragraph in LONG)
    [article] = read_page(tmp_path, wrap(f"<article><h1>Frost</h1>{text}</article>")).page.articles
    assert article.paragraphs == LONG
    assert article.unsure == (
        "read without trafilatura, so menus or teasers may be in it; pip install 'shanxi[import]'",
    )
