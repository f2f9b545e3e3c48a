"""Table of the fields that a query can name: for people, or a JSON object a field."""

from collections.abc import Mapping
from typing import TextIO

from shanxi_cli.output.jsonl import SCHEMA_VERSION, to_json
from shanxi_cli.query.fields import DERIVED_FIELDS, FIELDS

_COMPARISON_LABELS = {"text": "words", "name": "names", "code": "whole value", "date": "days", "quantity": "quantities"}


def write_fields_text(out: TextIO, article_counts: Mapping[str, int]) -> None:
    """Write the table for people; `article_counts` is the number of articles by field."""
    out.write(f"{'field':<13}{'articles':>8}  {'compared by':<13}{'example':<26}description\n")
    for field in FIELDS.values():
        kind = _COMPARISON_LABELS[field.kind.value]
        articles = article_counts.get(field.name, 0)
        about = field.about + _format_derived(field.name, article_counts)
        out.write(f"{field.name:<13}{articles:>8,}  {kind:<13}{field.example:<26}{about}\n")


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
