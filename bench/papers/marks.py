"""Marks made by hand on articles that are not part of the project, and the articles they belong to."""

import hashlib
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FRONT_MATTER = re.compile(r"---\n.*?\n---\n", re.DOTALL)
Json = dict[str, Any]


@dataclass(frozen=True)
class Span:
    """A range of a paragraph (from 1): half-open, in characters of the paragraph."""

    paragraph: int
    start: int
    end: int

    def overlap(self, other: "Span") -> int:
        """Return the number of shared characters."""
        if self.paragraph != other.paragraph:
            return 0
        return max(0, min(self.end, other.end) - max(self.start, other.start))


@dataclass(frozen=True)
class FigureMark:
    """A figure, and what may be read of it; an optional one is neither required nor wrong."""

    span: Span
    value: float
    high: float | None
    dimension: str
    units: Sequence[str | None]
    periods: Sequence[str | None]
    counted: Sequence[str]
    relation: str | None
    alternatives: Sequence[Json]
    optional: bool


@dataclass(frozen=True)
class QuoteMark:
    """A sentence that quotes, and the names of its speaker that are accepted (`None`: no speaker)."""

    span: Span
    speakers: Sequence[str | None]
    kinds: Sequence[str]
    optional: bool


@dataclass(frozen=True)
class MarkedArticle:
    """The marks of one article, which is known by the SHA-256 of its file."""

    part: str
    source: str
    address: str
    sha256: str
    figures: Sequence[FigureMark]
    quotes: Sequence[QuoteMark]


@dataclass(frozen=True)
class FoundArticle:
    """A marked article whose file is there."""

    marks: MarkedArticle
    path: Path
    paragraphs: Sequence[str]


def load_marks(path: Path) -> list[MarkedArticle]:
    """Return the articles of a file of marks, in its order."""
    return [
        MarkedArticle(
            each["set"],
            each["source"],
            each["address"],
            each["sha256"],
            [_figure_mark(mark) for mark in each["figures"]],
            [_quote_mark(mark) for mark in each["quotes"]],
        )
        for each in json.loads(path.read_text(encoding="utf-8"))["articles"]
    ]


def _span(mark: Json) -> Span:
    return Span(mark["paragraph"], mark["start"], mark["end"])


def _figure_mark(mark: Json) -> FigureMark:
    return FigureMark(
        _span(mark),
        mark["value"],
        mark.get("high"),
        mark["dimension"],
        mark["units"],
        mark["periods"],
        mark.get("counted", ()),
        mark.get("relation"),
        mark.get("alternatives", ()),
        mark.get("optional", False),
    )


def _quote_mark(mark: Json) -> QuoteMark:
    return QuoteMark(_span(mark), mark["speakers"], mark["kinds"], mark.get("optional", False))


def find_articles(marked: Sequence[MarkedArticle], folder: Path) -> Iterator[FoundArticle]:
    """Yield the marked articles whose file is in the folder, at any depth and under any name ending in `.md`."""
    paths = {hashlib.sha256(path.read_bytes()).hexdigest(): path for path in sorted(folder.rglob("*.md"))}
    for marks in marked:
        if path := paths.get(marks.sha256):
            body = FRONT_MATTER.sub("", path.read_text(encoding="utf-8"), count=1)
            yield FoundArticle(marks, path, [p.strip() for p in re.split(r"\n\s*\n", body) if p.strip()])
