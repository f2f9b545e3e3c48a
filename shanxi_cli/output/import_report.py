"""Reports of an import: for people, a block a page; for programs, a JSON object an article."""

import re
from collections import Counter
from collections.abc import Iterable
from typing import TextIO

from shanxi_cli.model.article import Article
from shanxi_cli.output import ImportedPage
from shanxi_cli.output.jsonl import article_object, to_json
from shanxi_cli.places.gazetteer import article_place_mentions
from shanxi_cli.util.sanitize import sanitize_line
from shanxi_cli.util.text import pluralize

_MAX_TEXT_LENGTH = 100
_MAX_PLACES_NAMED = 6
"""Places that a line names."""
_LINE_COUNT = re.compile(r"[\d,]+ lines?")


class ImportTextPrinter:
    """The form for people: what each page became, what was mended, what is unsure, what was left out."""

    def __init__(self, out: TextIO) -> None:
        self._out = out

    def page(self, imported: ImportedPage) -> None:
        """Writes the block of a page."""
        found = len(imported.filed)
        self._line(f"{imported.name}: {pluralize(found, 'article')}")
        for article, outcome in imported.filed:
            note = " (title supplied)" if article.title_note else ""
            self._line(f"  {outcome.value:<10}{article.id}{note}")
            if article.repairs:
                self._line(f"  {'':<10}repaired: {_format_kind_counts(article.repairs)}")
            if mentions := _count_places(article):
                named = ", ".join(f"{name} ({times:,})" for name, times in mentions[:_MAX_PLACES_NAMED])
                self._line(f"  {'':<10}places: {named}{', ...' if len(mentions) > _MAX_PLACES_NAMED else ''}")
            for doubt in article.unsure:
                self._line(f"  {'':<10}unsure: {_shorten_text(doubt)}")
        for caption in imported.page.captions:
            self._line(f"  {'caption':<10}of no article: {_shorten_text(caption.text)}")
        if imported.page.dropped:
            self._line(f"  {'left out':<10}{_format_kind_counts(imported.page.dropped)}")

    def _line(self, text: str) -> None:
        self._out.write(sanitize_line(text) + "\n")


class ImportJsonlPrinter:
    """The form for programs: an article a line, as `shanxi show --json` has it, with `file` and `outcome`."""

    def __init__(self, out: TextIO) -> None:
        self._out = out

    def page(self, imported: ImportedPage) -> None:
        """Writes the articles of a page."""
        for article, outcome in imported.filed:
            places = [{"place": name, "times": times} for name, times in _count_places(article)]
            shown = article_object(article, ())
            shown |= {"file": imported.name, "outcome": outcome.value, "places_named": places}
            self._out.write(to_json(shown) + "\n")


def _count_places(article: Article) -> list[tuple[str, int]]:
    """The places of an article that its text names, with how often."""
    return [
        (mention.name, mention.times) for mention in article_place_mentions(article) if mention.name in article.places
    ]


def _format_kind_counts(entries: Iterable[str]) -> str:
    """`LaTeX in 2 lines, 3 joined words`: entries of the form `kind: what`, counted by their kind."""
    kinds: Counter[str] = Counter()
    told = []
    for entry in entries:
        kind, _, what = entry.partition(": ")
        if _LINE_COUNT.fullmatch(what):
            told.append(f"{kind} in {what}")
        else:
            kinds[kind] += 1
    return ", ".join([*told, *(pluralize(number, kind) for kind, number in kinds.items())])


def _shorten_text(text: str) -> str:
    return text if len(text) <= _MAX_TEXT_LENGTH else text[: _MAX_TEXT_LENGTH - 1].rstrip() + "…"
