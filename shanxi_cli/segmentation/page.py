"""Pages and the error of an unreadable one."""

from shanxi_cli.model.article import Article, Caption
from shanxi_cli.util.frozen_record import Record


class JoinedColumnsError(Exception):
    """Rows of several columns are joined in one line, so the reading order is lost."""


class Page(Record):
    """Articles of a page in reading order; their ids are empty and assigned by the writer of the corpus.

    `captions` are those of no article. `dropped` is the text that was left out, as `kind: text` (`masthead: ...`).
    `date` (EDTF), `page` and `publication` come from the masthead or folio, empty if neither gives them.
    """

    articles: tuple[Article, ...]
    captions: tuple[Caption, ...] = ()
    dropped: tuple[str, ...] = ()
    date: str = ""
    page: str = ""
    publication: str = ""
