"""Precision and recall of the names that are derived from text: `python bench/names.py FOLDER [MARKS]`.

FOLDER has articles as text files (`*.txt`, at any depth). MARKS is a JSON file of the names in them, marked by hand
(default: `bench/names_marks.json`): `{"articles": [{"sha256", "part", "person": [...], "place": [], "org": []}]}`,
where `|` separates other forms of a name, and `?` begins one that is neither required nor wrong. An article is found
by the SHA-256 of its file; others are not read. Without any of the articles nothing is measured.
"""

import argparse
import hashlib
import json
import re
import sys
from collections import Counter
from pathlib import Path
from typing import Any

from shanxi_cli.extraction.names import read_names

KINDS = {"person": "people", "place": "places", "org": "organisations"}
Json = dict[str, Any]


def main() -> None:
    """Print precision and recall of each kind, in each part of the marks."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("marks", type=Path, nargs="?", default=Path(__file__).with_name("names_marks.json"))
    options = parser.parse_args()
    texts = {hashlib.sha256(path.read_bytes()).hexdigest(): path for path in options.folder.rglob("*.txt")}
    marks = [
        each for each in json.loads(options.marks.read_text(encoding="utf-8"))["articles"] if each["sha256"] in texts
    ]
    if not marks:
        print("none of the marked articles is there; nothing is measured", file=sys.stderr)
        return
    counts: Counter[tuple[str, str, str]] = Counter()
    for each in marks:
        _count_article(each, texts[each["sha256"]].read_text(encoding="utf-8"), counts)
    for part in dict.fromkeys(each["part"] for each in marks):
        for kind in KINDS:
            right, wrong, missed = (counts[part, kind, outcome] for outcome in ("right", "wrong", "missed"))
            precision, recall = right / max(1, right + wrong), right / max(1, right + missed)
            print(f"{part:<10} {kind:<7} precision {precision:.3f}  recall {recall:.3f}  ({right + wrong} derived)")


def _count_article(marks: Json, text: str, counts: Counter[tuple[str, str, str]]) -> None:
    paragraphs = (" ".join(paragraph.split()) for paragraph in re.split(r"\n\s*\n", text))
    names = read_names("\n\n".join(paragraphs))
    for kind, attribute in KINDS.items():
        forms = [({_fold(form) for form in mark.lstrip("?").split("|")}, mark[0] == "?") for mark in marks[kind]]
        found = [
            {n for n, (known, _) in enumerate(forms) if _fold(name) in known} for name in getattr(names, attribute)
        ]
        optional = {n for n, (_, may_be) in enumerate(forms) if may_be}
        counts[marks["part"], kind, "wrong"] += sum(not hits for hits in found)
        counts[marks["part"], kind, "right"] += sum(bool(hits - optional) for hits in found)
        counts[marks["part"], kind, "missed"] += len(set(range(len(forms))) - optional - set().union(*found))


def _fold(name: str) -> str:
    return name.strip().replace("’", "'").removeprefix("The ").removeprefix("the ").lower().rstrip(".")


if __name__ == "__main__":
    main()
