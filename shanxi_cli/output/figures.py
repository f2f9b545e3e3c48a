"""Figures as tables for lines, csv and jsonl, as `docs/output.md` specifies."""

from collections.abc import Callable, Sequence
from typing import Any, TypeAlias

from shanxi_cli.extraction.quantities.consistency import QuantityConflict
from shanxi_cli.model.options import FigureGrouping
from shanxi_cli.model.quantity import Change, Figure, FigureSummary, Quantity, Relation
from shanxi_cli.output.day_columns import make_day_columns
from shanxi_cli.output.labels import format_change
from shanxi_cli.output.table import ColumnGetters, DataTable, RowWriter

FlaggedQuantities: TypeAlias = tuple[QuantityConflict, Sequence[Quantity]]

RELATION_NAMES = {
    Relation.EQUAL: "equal",
    Relation.ABOUT: "about",
    Relation.NEARLY: "nearly",
    Relation.LESS: "less than",
    Relation.AT_MOST: "at most",
    Relation.MORE: "more than",
    Relation.AT_LEAST: "at least",
}
"""Relations in words, for spreadsheets: a cell that begins with = is a formula."""

FIGURE_COLUMNS: ColumnGetters = {
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
    "title": lambda f: f.article.title,
    "place": lambda f: list(f.article.places),
    **make_day_columns(lambda f: f.article),
    "speaker": lambda f: f.speaker,
}
RULES_COLUMN: ColumnGetters = {"rules": lambda f: list(f.rules)}
DEFAULT_FIGURE_LINE_COLUMNS = (
    *("article", "date", "value", "unit", "counted", "period", "text", "sentence"),
    *("title", "place", "speaker"),
)
CONFLICT_COLUMNS: ColumnGetters = {
    "article": lambda flagged: flagged[0].article,
    "paragraph": lambda flagged: flagged[0].paragraph,
    "kind": lambda flagged: flagged[0].kind.value,
    "reason": lambda flagged: flagged[0].reason,
}


class FigureTablePrinter:
    """Prints figures as lines, csv or jsonl."""

    def __init__(self, writer: RowWriter) -> None:
        self.writer = writer

    def figures(self, figures: Sequence[Figure]) -> None:
        """See `FiguresPrinter`."""
        columns: ColumnGetters = FIGURE_COLUMNS
        lines: tuple[str, ...] = DEFAULT_FIGURE_LINE_COLUMNS
        if any(figure.rules for figure in figures):
            columns, lines = {**columns, **RULES_COLUMN}, (*lines, *RULES_COLUMN)
        self.writer.write(DataTable(columns, figures, lines, make_object=_make_figure_object))

    def summaries(self, summaries: Sequence[FigureSummary], by: FigureGrouping) -> None:
        """See `FiguresPrinter`."""
        columns: ColumnGetters = {} if by is FigureGrouping.UNIT else {by.value: lambda s: s.group or None}
        columns |= {"unit": lambda s: s.unit or None, "figures": lambda s: s.figures}
        columns |= {name: _number_getter(name) for name in ("least", "median", "greatest")}
        self.writer.write(DataTable(columns, summaries, tuple(columns)))

    def flags(self, flags: Sequence[FlaggedQuantities]) -> None:
        """See `FiguresPrinter`."""
        self.writer.write(
            DataTable(CONFLICT_COLUMNS, flags, tuple(CONFLICT_COLUMNS), make_object=_make_conflict_object)
        )


def strip_decimal_point(value: float) -> int | float:
    """Return a whole number as an int, any other number as it is."""
    return int(value) if value.is_integer() and abs(value) < 1e15 else value


def _number_getter(name: str) -> Callable[[FigureSummary], int | float]:
    return lambda summary: strip_decimal_point(getattr(summary, name))


def _make_figure_object(figure: Figure) -> dict[str, Any]:
    quantity, same = figure.quantity, figure.same_as
    rules = {"rules": list(figure.rules)} if figure.rules else {}
    return {
        "article": figure.article.id,
        "value": strip_decimal_point(quantity.value),
        "high": None if quantity.high is None else strip_decimal_point(quantity.high),
        "unit": quantity.unit or None,
        "dimension": quantity.dimension.value,
        "relation": quantity.relation.value,
        "rate": quantity.rate or None,
        "change": _make_change_object(quantity.change) if quantity.change else None,
        "counted": quantity.counted or None,
        "period": quantity.period or None,
        "date": figure.article.date or None,
        "text": quantity.text,
        "sentence": figure.sentence,
        "paragraph": figure.paragraph,
        "start": quantity.start,
        "end": quantity.end,
        "same_as": _make_quantity_object(same) if same else None,
        "title": figure.article.title,
        "place": list(figure.article.places),
        "speaker": figure.speaker or None,
        **rules,
    }


def _make_change_object(change: Change) -> dict[str, str | None]:
    return {name: value or None for name, value in change._asdict().items()}


def _make_quantity_object(quantity: Quantity) -> dict[str, Any]:
    shown = {"value": strip_decimal_point(quantity.value), "unit": quantity.unit or None, "text": quantity.text}
    return {**shown, "start": quantity.start, "end": quantity.end}


def _make_conflict_object(flagged: FlaggedQuantities) -> dict[str, Any]:
    columns = {name: get(flagged) for name, get in CONFLICT_COLUMNS.items()}
    return {**columns, "quantities": [_make_quantity_object(quantity) for quantity in flagged[1]]}
