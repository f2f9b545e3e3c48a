"""Passages of articles for vectors: about a hundred words, a quarter shared, so that nothing of a long text is cut."""

import re
from typing import NamedTuple

from shanxi_cli.model.article import Article

PASSAGE_WORDS = 100
STEP_WORDS = 75
_CUT_FROM = 130
"""Words from which a text is cut: a rest of thirty is better read with what is before it."""

_WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]|[^\s\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]+")
"""A word, or one character of a script without spaces."""


class TextSpan(NamedTuple):
    """A half-open range of the body of an article, in characters."""

    start: int
    end: int


def split_passages(body: str) -> list[TextSpan]:
    """Return the passages of a body; one for a short body, an empty one for an empty body."""
    words = [match.span() for match in _WORD.finditer(body)]
    if len(words) < _CUT_FROM:
        return [TextSpan(0, len(body))]
    last = len(words) - (PASSAGE_WORDS - STEP_WORDS)
    starts = range(0, last, STEP_WORDS)
    return [TextSpan(words[n][0], words[min(n + PASSAGE_WORDS, len(words)) - 1][1]) for n in starts]


def make_passage_text(article: Article, span: TextSpan) -> str:
    """Return what is read of a passage: the title before its words; of an article without words its captions."""
    words = article.body[span.start : span.end] or " ".join((article.deck, *(c.text for c in article.captions)))
    return f"{article.title}. {words}".strip()
