"""Passages with ids and dates as plain text, for pasting, within a number of words.

    Passages of 2 of 3 articles on: coal

    [coal-town-plants-trees] Coal town plants trees
    2021-07-22/2021-08-31, Shanxi Daily News
    - Miners in Datong used to dig coal. ...

All that is printed counts; a word is what `util.word_count` counts.
"""

from typing import TextIO

from shanxi_cli.errors import UsageError
from shanxi_cli.model.results import Hit, Results
from shanxi_cli.output.base import DEFAULT_BUDGET
from shanxi_cli.util.sanitize import sanitize_line
from shanxi_cli.util.text import pluralize
from shanxi_cli.util.word_count import count_words, limit_words

_MOST_QUERY_WORDS = 30
_MOST_TITLE_WORDS = 30
_MOST_SOURCE_WORDS = 15
_LEAST_PASSAGE_WORDS = 15
"""Words of the shortest beginning of a passage that is printed when there is no room for all of it."""


class ContextPrinter:
    """Prints passages of hits in order, as many as `budget` words hold.

    `query` is as typed, empty for every article.
    """

    def __init__(self, out: TextIO, budget: int = DEFAULT_BUDGET, query: str = "") -> None:
        self._out = out
        self._budget = budget
        self._query = sanitize_line(query)

    def results(self, results: Results) -> None:
        """Print the passages. Raise `UsageError` where the budget does not hold the first of them."""
        near = results.near or ()
        if not results.hits and not near:
            return
        left = self._budget - count_words(self._format_head(0, results.total))  # the longer form
        blocks: list[str] = []
        for hit in (*results.hits, *near):
            block = _format_hit(hit, left)
            if not block:
                break
            blocks.append(block)
            left -= count_words(block)
        if not blocks:
            raise UsageError(f"--budget {self._budget:,} does not hold the first passage; allow more words")
        shown = min(len(blocks), len(results.hits))
        self._out.write("\n\n".join([self._format_head(shown, results.total), *blocks]) + "\n")

    def _format_head(self, shown: int, total: int) -> str:
        articles = pluralize(total, "article") if shown == total else f"{shown:,} of {pluralize(total, 'article')}"
        on = f" on: {limit_words(self._query, _MOST_QUERY_WORDS)}" if self._query else ""
        return f"Passages of {articles}{on}"


def _format_hit(hit: Hit, room: int) -> str:
    """Return a hit with as many passages as `room` words hold; empty if that is none."""
    article = hit.article
    edition = "retelling" if article.is_retelling else ""
    source = ", ".join(filter(None, (article.publication, article.section, edition)))
    near = "near in meaning, without a word of the query" if hit.by_meaning else ""
    facts = filter(None, (article.date or "undated", limit_words(source, _MOST_SOURCE_WORDS), near))
    title = limit_words(article.title, _MOST_TITLE_WORDS)
    lines = [sanitize_line(f"[{article.id}] {title}"), sanitize_line(", ".join(facts))]
    room -= count_words("\n".join(lines))
    passages: list[str] = []
    for passage in [snippet.text for snippet in hit.snippets] or [article.title]:
        line = f"- {sanitize_line(passage)}"
        if count_words(line) > room:
            line = limit_words(line, room) if room >= _LEAST_PASSAGE_WORDS else ""
        if not line:
            break
        passages.append(line)
        room -= count_words(line)
    return "\n".join([*lines, *passages]) if passages else ""
