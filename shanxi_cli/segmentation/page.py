"""What a page becomes."""

from shanxi_cli.model.article import Article, Caption
from shanxi_cli.util.frozen_record import Record


class JoinedColumnsError(Exception):
    """The rows of several columns stand in one line; the text cannot be read in its order."""


class Page(Record):
    """The articles of a page, in its order; their ids are empty and given by whoever keeps them.

    `captions` are those that belong to none of the articles. `dropped` is what was left out, each
    with what it was (`masthead: ...`). `date` (EDTF) and `page` are what masthead or folio tell,
    empty where they tell nothing.
    """

    articles: tuple[Article, ...]
    captions: tuple[Caption, ...] = ()
    dropped: tuple[str, ...] = ()
    date: str = ""
    page: str = ""
