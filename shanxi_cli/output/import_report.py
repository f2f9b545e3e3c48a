"""Import reports: one block per page for people, one JSON object per article for programs.

An explanation has a line, or an object, for each block of a page: what it was taken for, and which rules spoke.
"""

import re
from collections import Counter
from collections.abc import Iterable
from typing import TextIO

from shanxi_cli.output.base import ImportedPage
from shanxi_cli.output.jsonl import article_object, to_json
from shanxi_cli.util.display_width import display_width, truncate_end
from shanxi_cli.util.sanitize import sanitize_line
from shanxi_cli.util.text import pluralize

_MAX_TEXT_LENGTH = 100
_MAX_PLACES_NAMED = 6
_MAX_EXPLAINED_WIDTH = 40
_LINE_COUNT = re.compile(r"\d+ lines?")


class ImportTextPrinter:
    """Prints the articles of each page with repairs, places and doubts, then the text that is in no article."""

    def __init__(self, out: TextIO) -> None:
        self._out = out

    def page(self, imported: ImportedPage) -> None:
        """See `ImportPrinter`."""
        self._line(f"{imported.name}: {pluralize(len(imported.filed), 'article')}")
        for filed in imported.filed:
            article, places = filed.article, filed.places
            note = " (title supplied)" if article.title_note else ""
            self._line(f"  {filed.outcome.value:<10}{article.id}{note}")
            if article.repairs:
                self._line(f"  {'':<10}repaired: {_format_kind_counts(article.repairs)}")
            if places:
                named = ", ".join(f"{name} ({times:,})" for name, times in places[:_MAX_PLACES_NAMED])
                self._line(f"  {'':<10}places: {named}{', ...' if len(places) > _MAX_PLACES_NAMED else ''}")
            for doubt in article.unsure:
                self._line(f"  {'':<10}unsure: {_shorten_text(doubt)}")
        for caption in imported.page.captions:
            self._line(f"  {'caption':<10}in no article: {_shorten_text(caption.text)}")
        if imported.page.dropped:
            self._line(f"  {'left out':<10}{_format_kind_counts(imported.page.dropped)}")

    def _line(self, text: str) -> None:
        self._out.write(sanitize_line(text) + "\n")


class ImportJsonlPrinter:
    """Prints one object per article, as `shanxi show --json` does, with `file`, `outcome` and `places_named`."""

    def __init__(self, out: TextIO) -> None:
        self._out = out

    def page(self, imported: ImportedPage) -> None:
        """See `ImportPrinter`."""
        for filed in imported.filed:
            places = [{"place": name, "times": times} for name, times in filed.places]
            shown = article_object(filed.article)
            shown |= {"file": imported.name, "outcome": filed.outcome.value, "places_named": places}
            self._out.write(to_json(shown) + "\n")


class ExplainTextPrinter:
    """Prints a line for each block: where it begins, its label, the margin, its text, the rules with their weights."""

    def __init__(self, out: TextIO) -> None:
        self._out = out

    def page(self, imported: ImportedPage) -> None:
        """See `ImportPrinter`."""
        decisions = imported.page.decisions
        self._line(f"{imported.name}: {pluralize(len(decisions), 'decision')}")
        width = max((len(one.label) for one in decisions), default=0)
        for one in decisions:
            margin = f"{one.margin:.1f}" if one.margin else "-"
            shown = truncate_end(sanitize_line(one.text), _MAX_EXPLAINED_WIDTH, "…")
            shown += " " * (_MAX_EXPLAINED_WIDTH - display_width(shown))
            rules = ", ".join(f"{name} {weight:+.1f}" if weight else name for name, weight in one.reasons)
            self._line(f"{one.line:>6}  {one.label:<{width}}  {margin:>5}  {shown}  {rules}".rstrip())

    def _line(self, text: str) -> None:
        self._out.write(sanitize_line(text) + "\n")


class ExplainJsonlPrinter:
    """Prints an object for each block: `file`, `line`, `label`, `margin`, `text`, `rules` (`name`, `weight`)."""

    def __init__(self, out: TextIO) -> None:
        self._out = out

    def page(self, imported: ImportedPage) -> None:
        """See `ImportPrinter`."""
        for one in imported.page.decisions:
            rules = [{"name": name, "weight": weight} for name, weight in one.reasons]
            shown = {"file": imported.name, "line": one.line, "label": one.label, "margin": round(one.margin, 3)}
            self._out.write(to_json({**shown, "text": one.text, "rules": rules}) + "\n")


def _format_kind_counts(entries: Iterable[str]) -> str:
    """Return `LaTeX in 2 lines, 3 joined words` for entries of the form `kind: detail`, counted by their kind."""
    kinds: Counter[str] = Counter()
    with_lines = []
    for entry in entries:
        kind, _, detail = entry.partition(": ")
        if _LINE_COUNT.fullmatch(detail):
            with_lines.append(f"{kind} in {detail}")
        else:
            kinds[kind] += 1
    return ", ".join([*with_lines, *(pluralize(number, kind) for kind, number in kinds.items())])


def _shorten_text(text: str) -> str:
    return text if len(text) <= _MAX_TEXT_LENGTH else text[: _MAX_TEXT_LENGTH - 1].rstrip() + "…"
