"""The result of rendering Markdown."""

from typing import NamedTuple


class RenderedText(NamedTuple):
    """The text of a page.

    `body` has its paragraphs separated by one empty line, each on one line except code. `layout` has an entry for each
    (`model.article.Article.layout`), none if all are plain paragraphs. `links` are the targets of its links, each once.
    """

    body: str
    layout: tuple[str, ...]
    links: tuple[str, ...]
