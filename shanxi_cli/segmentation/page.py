"""Pages and the error of an unreadable one."""

from typing import NamedTuple

from shanxi_cli.model.article import Article, Caption
from shanxi_cli.util.frozen_record import Record


class JoinedColumnsError(Exception):
    """Rows of several columns are joined in one line, so the reading order is lost."""


class Decision(NamedTuple):
    """The label of a block, with its first line (from 1), its text, and the rules that spoke for a label.

    `margin` is the distance from the next label, in nats. `reasons` are names of rules with their weights; a pass that
    decided by itself is named with the weight 0.
    """

    line: int
    text: str
    label: str
    margin: float = 0.0
    reasons: tuple[tuple[str, float], ...] = ()


class Page(Record):
    """Articles of a page in reading order; their ids are empty and assigned by the writer of the corpus.

    `captions` are those of no article. `dropped` is the text that was left out, as `kind: text` (`masthead: ...`).
    `date` (EDTF), `page` and `publication` come from the masthead or folio, empty if neither gives them. `decisions`
    has the label of each block, and its reasons; it is empty for an article that is no part of a page.
    """

    articles: tuple[Article, ...]
    captions: tuple[Caption, ...] = ()
    dropped: tuple[str, ...] = ()
    date: str = ""
    page: str = ""
    publication: str = ""
    decisions: tuple[Decision, ...] = ()
