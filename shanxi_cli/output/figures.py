"""Figures for scripts, spreadsheets and programs: lines, csv, jsonl, as `docs/output.md` promises. No Rich here."""

from collections.abc import Callable, Sequence
from typing import Any, TextIO

from shanxi_cli.extraction.quantities.consistency import Flag
from shanxi_cli.model.nouns import Change, Figure, Grouping, Quantity, Relation, Summary
from shanxi_cli.output.columns import flat
from shanxi_cli.output.csv_format import write_rows
from shanxi_cli.output.jsonl import SCHEMA, to_json
from shanxi_cli.util.sanitize import clean_line

Flagged = tuple[Flag, Sequence[Quantity]]

RELATIONS = {
    Relation.EQUAL: "equal",
    Relation.ABOUT: "about",
    Relation.NEARLY: "nearly",
    Relation.LESS: "less than",
    Relation.AT_MOST: "at most",
    Relation.MORE: "more than",
    Relation.AT_LEAST: "at least",
}
"""In words, for spreadsheets: a cell that begins with = is a formula."""

COLUMNS: dict[str, Callable[[Figure], Any]] = {
    "article": lambda f: f.article.id,
    "date": lambda f: f.article.date,
    "value": lambda f: plain(f.quantity.value),
    "high": lambda f: None if f.quantity.high is None else plain(f.quantity.high),
    "unit": lambda f: f.quantity.unit,
    "relation": lambda f: RELATIONS[f.quantity.relation],
    "rate": lambda f: f.quantity.rate,
    "change": lambda f: change(f.quantity.change),
    "counted": lambda f: f.quantity.counted,
    "period": lambda f: f.quantity.period,
    "text": lambda f: f.quantity.text,
    "same_as": lambda f: f.same_as.text if f.same_as else "",
    "sentence": lambda f: f.sentence,
    "paragraph": lambda f: f.paragraph,
    "start": lambda f: f.quantity.start,
    "end": lambda f: f.quantity.end,
}
LINES = ("article", "date", "value", "unit", "counted", "period", "text", "sentence")


def plain(value: float) -> int | float:
    """A whole number without the point."""
    return int(value) if value.is_integer() and abs(value) < 1e15 else value


def change(said: Change | None) -> str:
    """`rise year-on-year`; empty for none."""
    return " ".join(part for part in said if part) if said else ""


def figure_object(figure: Figure) -> dict[str, Any]:
    """A figure as `docs/output.md` describes it."""
    quantity, same = figure.quantity, figure.same_as
    return {
        "schema": SCHEMA,
        "article": figure.article.id,
        "value": plain(quantity.value),
        "high": None if quantity.high is None else plain(quantity.high),
        "unit": quantity.unit or None,
        "dimension": quantity.dimension.value,
        "relation": quantity.relation.value,
        "rate": quantity.rate or None,
        "change": {k: v or None for k, v in quantity.change._asdict().items()} if quantity.change else None,
        "counted": quantity.counted or None,
        "period": quantity.period or None,
        "date": figure.article.date or None,
        "text": quantity.text,
        "sentence": figure.sentence,
        "paragraph": figure.paragraph,
        "start": quantity.start,
        "end": quantity.end,
        "same_as": _amount(same) if same else None,
    }


def _amount(quantity: Quantity) -> dict[str, Any]:
    shown = {"value": plain(quantity.value), "unit": quantity.unit or None, "text": quantity.text}
    return {**shown, "start": quantity.start, "end": quantity.end}


def _summary(summary: Summary, by: Grouping) -> dict[str, Any]:
    group = {} if by is Grouping.UNIT else {by.value: summary.group or None}
    numbers = {name: plain(getattr(summary, name)) for name in ("least", "median", "greatest")}
    return {**group, "unit": summary.unit or None, "figures": summary.figures, **numbers}


def _flag(flag: Flag) -> dict[str, Any]:
    return {"article": flag.article, "paragraph": flag.paragraph, "kind": flag.kind.value, "reason": flag.reason}


class FigureLines:
    """A line each, a tab between; what is absent is empty."""

    def __init__(self, out: TextIO) -> None:
        self._out = out

    def figures(self, figures: Sequence[Figure]) -> None:
        """See `FiguresPrinter`."""
        for figure in figures:
            self._line([COLUMNS[name](figure) for name in LINES])

    def summaries(self, summaries: Sequence[Summary], by: Grouping) -> None:
        """See `FiguresPrinter`."""
        for summary in summaries:
            self._line(_summary(summary, by).values())

    def flags(self, flags: Sequence[Flagged]) -> None:
        """See `FiguresPrinter`."""
        for flag, _ in flags:
            self._line(_flag(flag).values())

    def _line(self, values: Any) -> None:
        self._out.write("\t".join(clean_line(flat(value)) for value in values) + "\n")


class FigureCsv:
    """A header, and a row each."""

    def __init__(self, out: TextIO) -> None:
        self._out = out

    def figures(self, figures: Sequence[Figure]) -> None:
        """See `FiguresPrinter`."""
        write_rows(self._out, list(COLUMNS), ([of(figure) for of in COLUMNS.values()] for figure in figures))

    def summaries(self, summaries: Sequence[Summary], by: Grouping) -> None:
        """See `FiguresPrinter`."""
        header = [] if by is Grouping.UNIT else [by.value]
        header += ["unit", "figures", "least", "median", "greatest"]
        write_rows(self._out, header, (_summary(summary, by).values() for summary in summaries))

    def flags(self, flags: Sequence[Flagged]) -> None:
        """See `FiguresPrinter`."""
        header = ["article", "paragraph", "kind", "reason"]
        write_rows(self._out, header, (_flag(flag).values() for flag, _ in flags))


class FigureJsonl:
    """An object each."""

    def __init__(self, out: TextIO) -> None:
        self._out = out

    def figures(self, figures: Sequence[Figure]) -> None:
        """See `FiguresPrinter`."""
        for figure in figures:
            self._out.write(to_json(figure_object(figure)) + "\n")

    def summaries(self, summaries: Sequence[Summary], by: Grouping) -> None:
        """See `FiguresPrinter`."""
        for summary in summaries:
            self._out.write(to_json({"schema": SCHEMA, **_summary(summary, by)}) + "\n")

    def flags(self, flags: Sequence[Flagged]) -> None:
        """See `FiguresPrinter`."""
        for flag, quantities in flags:
            shown = {"schema": SCHEMA, **_flag(flag), "quantities": [_amount(quantity) for quantity in quantities]}
            self._out.write(to_json(shown) + "\n")
