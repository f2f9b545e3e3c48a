"""Figures for scripts, spreadsheets and programs: lines, csv, jsonl, as `docs/output.md` promises. No Rich here."""

from collections.abc import Callable, Sequence
from typing import Any, TextIO

from shanxi_cli.extraction.quantities.consistency import QuantityConflict
from shanxi_cli.model.options import FigureGrouping
from shanxi_cli.model.quantity import Change, Figure, FigureSummary, Quantity, Relation
from shanxi_cli.output.columns import flatten_value
from shanxi_cli.output.csv_format import write_rows
from shanxi_cli.output.jsonl import SCHEMA_VERSION, to_json
from shanxi_cli.util.sanitize import sanitize_line

FlaggedQuantities = tuple[QuantityConflict, Sequence[Quantity]]

RELATION_NAMES = {
    Relation.EQUAL: "equal",
    Relation.ABOUT: "about",
    Relation.NEARLY: "nearly",
    Relation.LESS: "less than",
    Relation.AT_MOST: "at most",
    Relation.MORE: "more than",
    Relation.AT_LEAST: "at least",
}
"""In words, for spreadsheets: a cell that begins with = is a formula."""

FIGURE_COLUMNS: dict[str, Callable[[Figure], Any]] = {
    "article": lambda f: f.article.id,
    "date": lambda f: f.article.date,
    "value": lambda f: strip_decimal_point(f.quantity.value),
    "high": lambda f: None if f.quantity.high is None else strip_decimal_point(f.quantity.high),
    "unit": lambda f: f.quantity.unit,
    "relation": lambda f: RELATION_NAMES[f.quantity.relation],
    "rate": lambda f: f.quantity.rate,
    "change": lambda f: format_change(f.quantity.change),
    "counted": lambda f: f.quantity.counted,
    "period": lambda f: f.quantity.period,
    "text": lambda f: f.quantity.text,
    "same_as": lambda f: f.same_as.text if f.same_as else "",
    "sentence": lambda f: f.sentence,
    "paragraph": lambda f: f.paragraph,
    "start": lambda f: f.quantity.start,
    "end": lambda f: f.quantity.end,
}
DEFAULT_FIGURE_LINE_COLUMNS = ("article", "date", "value", "unit", "counted", "period", "text", "sentence")


def strip_decimal_point(value: float) -> int | float:
    """A whole number without the point."""
    return int(value) if value.is_integer() and abs(value) < 1e15 else value


def format_change(said: Change | None) -> str:
    """`rise year-on-year`; empty for none."""
    return " ".join(part for part in said if part) if said else ""


def figure_object(figure: Figure) -> dict[str, Any]:
    """A figure as `docs/output.md` describes it."""
    quantity, same = figure.quantity, figure.same_as
    return {
        "schema": SCHEMA_VERSION,
        "article": figure.article.id,
        "value": strip_decimal_point(quantity.value),
        "high": None if quantity.high is None else strip_decimal_point(quantity.high),
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
        "same_as": _quantity_object(same) if same else None,
    }


def _quantity_object(quantity: Quantity) -> dict[str, Any]:
    shown = {"value": strip_decimal_point(quantity.value), "unit": quantity.unit or None, "text": quantity.text}
    return {**shown, "start": quantity.start, "end": quantity.end}


def _summary_object(summary: FigureSummary, by: FigureGrouping) -> dict[str, Any]:
    group = {} if by is FigureGrouping.UNIT else {by.value: summary.group or None}
    numbers = {name: strip_decimal_point(getattr(summary, name)) for name in ("least", "median", "greatest")}
    return {**group, "unit": summary.unit or None, "figures": summary.figures, **numbers}


def _flag_object(flag: QuantityConflict) -> dict[str, Any]:
    return {"article": flag.article, "paragraph": flag.paragraph, "kind": flag.kind.value, "reason": flag.reason}


class FigureLinesPrinter:
    """A line each, a tab between; what is absent is empty."""

    def __init__(self, out: TextIO) -> None:
        self._out = out

    def figures(self, figures: Sequence[Figure]) -> None:
        """See `FiguresPrinter`."""
        for figure in figures:
            self._line([FIGURE_COLUMNS[name](figure) for name in DEFAULT_FIGURE_LINE_COLUMNS])

    def summaries(self, summaries: Sequence[FigureSummary], by: FigureGrouping) -> None:
        """See `FiguresPrinter`."""
        for summary in summaries:
            self._line(_summary_object(summary, by).values())

    def flags(self, flags: Sequence[FlaggedQuantities]) -> None:
        """See `FiguresPrinter`."""
        for flag, _ in flags:
            self._line(_flag_object(flag).values())

    def _line(self, values: Any) -> None:
        self._out.write("\t".join(sanitize_line(flatten_value(value)) for value in values) + "\n")


class FigureCsvPrinter:
    """A header, and a row each."""

    def __init__(self, out: TextIO) -> None:
        self._out = out

    def figures(self, figures: Sequence[Figure]) -> None:
        """See `FiguresPrinter`."""
        write_rows(
            self._out, list(FIGURE_COLUMNS), ([of(figure) for of in FIGURE_COLUMNS.values()] for figure in figures)
        )

    def summaries(self, summaries: Sequence[FigureSummary], by: FigureGrouping) -> None:
        """See `FiguresPrinter`."""
        header = [] if by is FigureGrouping.UNIT else [by.value]
        header += ["unit", "figures", "least", "median", "greatest"]
        write_rows(self._out, header, (_summary_object(summary, by).values() for summary in summaries))

    def flags(self, flags: Sequence[FlaggedQuantities]) -> None:
        """See `FiguresPrinter`."""
        header = ["article", "paragraph", "kind", "reason"]
        write_rows(self._out, header, (_flag_object(flag).values() for flag, _ in flags))


class FigureJsonlPrinter:
    """An object each."""

    def __init__(self, out: TextIO) -> None:
        self._out = out

    def figures(self, figures: Sequence[Figure]) -> None:
        """See `FiguresPrinter`."""
        for figure in figures:
            self._out.write(to_json(figure_object(figure)) + "\n")

    def summaries(self, summaries: Sequence[FigureSummary], by: FigureGrouping) -> None:
        """See `FiguresPrinter`."""
        for summary in summaries:
            self._out.write(to_json({"schema": SCHEMA_VERSION, **_summary_object(summary, by)}) + "\n")

    def flags(self, flags: Sequence[FlaggedQuantities]) -> None:
        """See `FiguresPrinter`."""
        for flag, quantities in flags:
            shown = {
                "schema": SCHEMA_VERSION,
                **_flag_object(flag),
                "quantities": [_quantity_object(quantity) for quantity in quantities],
            }
            self._out.write(to_json(shown) + "\n")
