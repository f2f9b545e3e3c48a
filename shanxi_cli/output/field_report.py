"""Table of the fields that a query can name: for people, or a JSON object a field."""

import shutil
from collections.abc import Mapping
from typing import TextIO

from shanxi_cli.output.jsonl import SCHEMA_VERSION, to_json
from shanxi_cli.query.fields import DERIVED_FIELDS, FIELDS
from shanxi_cli.util.word_wrap import wrap_words

_COMPARISON_LABELS = {"text": "words", "name": "names", "code": "whole value", "date": "days", "quantity": "quantities"}
_LEAST_WIDTH = 78
_ANY_WIDTH = 10_000  # of a pipe
_INDENT = "  "


def write_fields_text(out: TextIO, article_counts: Mapping[str, int]) -> None:
    """Write the table for people; `article_counts` is the number of articles by field."""
    header = f"{'field':<13}{'articles':>8}  compared by"
    narrow = out.isatty() and shutil.get_terminal_size().columns < _LEAST_WIDTH
    out.write(header + ("" if narrow else f"  {'example':<26}description") + "\n")
    for field in FIELDS.values():
        kind = _COMPARISON_LABELS[field.kind.value]
        articles = article_counts.get(field.name, 0)
        about = field.about + _format_derived(field.name, article_counts)
        line = f"{field.name:<13}{articles:>8,}  {kind:<13}{field.example:<26}"
        window = shutil.get_terminal_size().columns if out.isatty() else _ANY_WIDTH
        if narrow:  # the description gets lines of its own
            out.write(f"{field.name:<13}{articles:>8,}  {kind}\n")
            lines = wrap_words(f"{field.example}  {about}", window - len(_INDENT))
            out.writelines(f"{_INDENT}{each}\n" for each in lines)
        else:
            first, *rest = wrap_words(about, window - len(line))
            out.write(f"{line}{first}\n")
            out.writelines(" " * len(line) + f"{each}\n" for each in rest)


def write_fields_json(out: TextIO, article_counts: Mapping[str, int]) -> None:
    """Write a JSON object a field."""
    for field in FIELDS.values():
        description = {"name": field.name, "kind": field.kind.value, "about": field.about, "example": field.example}
        articles = article_counts.get(field.name, 0)
        counts = {"articles": articles}
        if field.name in DERIVED_FIELDS:
            counts["derived"] = article_counts.get(DERIVED_FIELDS[field.name], 0)
        out.write(to_json({"schema": SCHEMA_VERSION, **description, **counts}) + "\n")


def _format_derived(name: str, article_counts: Mapping[str, int]) -> str:
    derived = article_counts.get(DERIVED_FIELDS.get(name, ""), 0)
    return f" (derived from the text in {derived:,})" if derived else ""
