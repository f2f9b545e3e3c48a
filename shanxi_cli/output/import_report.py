"""Reports of an import: for people, a block a page; for programs, a JSON object an article."""

import re
from collections import Counter
from collections.abc import Iterable
from typing import TextIO

from shanxi_cli.model.nouns import Article
from shanxi_cli.output import Imported
from shanxi_cli.output.jsonl import article_object, to_json
from shanxi_cli.places.gazetteer import named_places
from shanxi_cli.util.sanitize import clean_line

_LONGEST = 100
_NAMED = 6
"""Places that a line names."""
_LINES = re.compile(r"\d+ lines?")


class ImportReport:
    """The form for people: what each page became, what was mended, what is unsure, what was left out."""

    def __init__(self, out: TextIO) -> None:
        self._out = out

    def page(self, imported: Imported) -> None:
        """Writes the block of a page."""
        found = len(imported.filed)
        self._line(f"{imported.name}: {found:,} article{'' if found == 1 else 's'}")
        for article, outcome in imported.filed:
            note = " (title supplied)" if article.title_note else ""
            self._line(f"  {outcome.value:<10}{article.id}{note}")
            if article.repairs:
                self._line(f"  {'':<10}repaired: {_counted(article.repairs)}")
            if mentions := _places(article):
                named = ", ".join(f"{name} ({times:,})" for name, times in mentions[:_NAMED])
                self._line(f"  {'':<10}places: {named}{', ...' if len(mentions) > _NAMED else ''}")
            for doubt in article.unsure:
                self._line(f"  {'':<10}unsure: {_short(doubt)}")
        for caption in imported.page.captions:
            self._line(f"  {'caption':<10}of no article: {_short(caption.text)}")
        if imported.page.dropped:
            self._line(f"  {'left out':<10}{_counted(imported.page.dropped)}")

    def _line(self, text: str) -> None:
        self._out.write(clean_line(text) + "\n")


class ImportJsonl:
    """The form for programs: an article a line, as `shanxi show --json` has it, with `file` and `outcome`."""

    def __init__(self, out: TextIO) -> None:
        self._out = out

    def page(self, imported: Imported) -> None:
        """Writes the articles of a page."""
        for article, outcome in imported.filed:
            places = [{"place": name, "times": times} for name, times in _places(article)]
            shown = article_object(article, ())
            shown |= {"file": imported.name, "outcome": outcome.value, "places_named": places}
            self._out.write(to_json(shown) + "\n")


def _places(article: Article) -> list[tuple[str, int]]:
    """The places of an article that its text names, with how often."""
    return [(mention.name, mention.times) for mention in named_places(article) if mention.name in article.places]


def _counted(entries: Iterable[str]) -> str:
    """`LaTeX in 2 lines, 3 joined words`: entries of the form `kind: what`, counted by their kind."""
    kinds: Counter[str] = Counter()
    told = []
    for entry in entries:
        kind, _, what = entry.partition(": ")
        if _LINES.fullmatch(what):
            told.append(f"{kind} in {what}")
        else:
            kinds[kind] += 1
    return ", ".join([*told, *(f"{number:,} {_many(kind, number)}" for kind, number in kinds.items())])


def _many(kind: str, number: int) -> str:
    return kind if number == 1 else kind + ("es" if kind.endswith(("x", "s")) else "s")


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1].rstrip() + "…"
