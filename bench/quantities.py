"""Measure quality and speed of reading quantities: `python bench/quantities.py PARAGRAPHS QUANTITIES`.

PARAGRAPHS is a JSON file of pages, `{"pages": [{"date": {"earliest", "latest"}, "articles": [{"slug", "body":
[paragraph, ...]}]}]}`. QUANTITIES is a JSON file of what is printed on them, marked by hand: `{"quantities":
[{"article", "zone", "kind", "value", "unit", "relation", "period"}]}`. Quantities of bodies count, those with a value
that are no rank, ordinal or time ago; each is found when one of its article has its value and the class of its unit.

Printed: precision and recall; of those found the share with the right relation; of those whose period names days the
share with the same days; and the time of reading as a multiple of a bare token scan of the same text, the smallest of
several runs each. `--scorer FILE` runs that program instead on the two files, QUANTITIES and a file of JSON lines.
"""

import argparse
import json
import re
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from shanxi_cli.analysis.tokenizer import tokenize
from shanxi_cli.extraction.quantities import read_paragraphs
from shanxi_cli.extraction.quantities.units import UNITS_BY_ABBREVIATION, UNITS_BY_NAME
from shanxi_cli.model.quantity import Dimension
from shanxi_cli.util import edtf

ASIDE = ("rank", "ordinal", "relative_time")
SPELLED = {"m2": "square meters", "km2": "square kilometers", "tonne": "tonnes"}
LIMIT = 30
RUNS = 7
Json = dict[str, Any]


def main() -> None:
    """Print the measures, one per line; the exit status is 1 when reading costs more than `LIMIT` token scans."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paragraphs", type=Path)
    parser.add_argument("quantities", type=Path)
    parser.add_argument("--scorer", type=Path, help="a program to judge by: SCORER QUANTITIES FOUND")
    wanted = parser.parse_args()
    articles = list(_articles(json.loads(wanted.paragraphs.read_text(encoding="utf-8"))))
    found = [line for slug, body, days in articles for line in _lines(slug, body, days)]
    if wanted.scorer:
        _run(wanted.scorer, wanted.quantities, found)
    else:
        print(json.dumps(_score(json.loads(wanted.quantities.read_text(encoding="utf-8"))["quantities"], found)))
    sys.exit(_cost([body for _, body, _ in articles], [days for _, _, days in articles]))


def _articles(pages: Json) -> Iterator[tuple[str, list[str], edtf.DateInterval | None]]:
    for page in pages["pages"]:
        date = page.get("date") or {}
        first, last = date.get("earliest"), date.get("latest")
        days = edtf.parse_edtf(f"{first}/{last}") if first and last else None
        for article in page["articles"]:
            yield article["slug"], article["body"], days


def _lines(slug: str, body: list[str], days: edtf.DateInterval | None) -> Iterator[Json]:
    for paragraph, quantities in enumerate(read_paragraphs(body, days), 1):
        for q in quantities:
            yield {
                "article": slug,
                "paragraph": paragraph,
                "text": q.text,
                "value": q.value,
                "unit": q.unit,
                "relation": q.relation.value,
                "period": q.period,
            }


def _run(scorer: Path, quantities: Path, found: list[Json]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        lines = Path(folder) / "found.jsonl"
        lines.write_text("".join(json.dumps(line) + "\n" for line in found), encoding="utf-8")
        subprocess.run([sys.executable, str(scorer), str(quantities), str(lines)], check=True)


def _score(marked: list[Json], found: list[Json]) -> Json:
    marked = [m for m in marked if m["zone"] == "body" and m["value"] is not None]
    wanted: dict[tuple[str, str, str], list[Json]] = defaultdict(list)
    aside: Counter[tuple[str, float]] = Counter()
    for m in marked:
        if m["kind"] in ASIDE:
            aside[m["article"], m["value"]] += 1
        else:
            wanted[m["article"], *_key(m["value"], m["unit"])].append(m)
    total = sum(map(len, wanted.values()))
    counted = agree = relation = timed = period = 0
    for line in found:
        same = wanted.get((line["article"], *_key(line["value"], line["unit"])))
        if not same:
            ignored = aside[line["article"], line["value"]] > 0
            aside[line["article"], line["value"]] -= ignored
            counted += not ignored
            continue
        m = same.pop(0)
        counted, agree = counted + 1, agree + 1
        relation += m["relation"] in (line["relation"], "~<" if line["relation"] in ("<", "~") else "")
        if days := _days(m["period"]):
            timed += 1
            period += _days(line["period"]) == days
    return {
        "marked": total,
        "found": counted,
        "precision": _share(agree, counted),
        "recall": _share(agree, total),
        "relation": _share(relation, agree),
        "period": _share(period, timed),
        "periods": timed,
    }


def _key(value: float, unit: str) -> tuple[str, str]:
    """Return the class of the unit and the value in its canonical unit; all counts are one class."""
    unit = re.sub(r" per .*| a year\Z", "", unit)
    name = SPELLED.get(unit, unit)
    known = UNITS_BY_ABBREVIATION.get(name) or UNITS_BY_NAME.get(name.lower()) or UNITS_BY_NAME.get(f"{name}s".lower())
    if known is None or known.dimension is Dimension.TIMES:
        return "count", f"{float(value):.9g}"
    kind = "year" if known.dimension is Dimension.AGE else known.canonical
    return kind, f"{value * known.factor + known.offset:.9g}"


def _days(period: str | None) -> edtf.DateInterval | None:
    """Return the days of an EDTF date, or of one in brackets (`first half [2021-H1]`); None for other words."""
    text = str(period or "").strip()
    year = re.fullmatch(r"([A-Z][a-z]+) \[(\d{4})\]", text)
    months = "January February March April May June July August September October November December".split()
    if year and year[1] in months:
        return edtf.parse_edtf(f"{year[2]}-{months.index(year[1]) + 1:02}")
    if inner := re.search(r"\[([^\]]+)\]", text):
        text = inner[1]
    if half := re.fullmatch(r"(\d{4})-([QH])([1-4])", text):
        size = 3 if half[2] == "Q" else 6
        text = f"{half[1]}-{int(half[3]) * size - size + 1:02}/{half[1]}-{int(half[3]) * size:02}"
    text = re.sub(r"\A(\d{4})-(\d{4})\Z", r"\1/\2", text)
    try:
        return edtf.parse_edtf(text)
    except ValueError:
        return None


def _share(part: int, whole: int) -> float | None:
    return round(part / whole, 3) if whole else None


def _cost(bodies: list[list[str]], days: list[edtf.DateInterval | None]) -> int:
    def read() -> None:
        for body, when in zip(bodies, days, strict=True):
            read_paragraphs(body, when)

    texts = [text for body in bodies for text in body]
    reading = _best(read)
    words = _best(lambda: [re.findall(r"\w+", text) for text in texts])
    index = _best(lambda: [list(tokenize(text)) for text in texts])
    print(f"reading {1000 * reading:.1f} ms, {reading / words:.1f} times a scan for \\w+ (at most {LIMIT}), ", end="")
    print(f"{reading / index:.1f} times the scan of the index's tokens")
    return int(reading > LIMIT * words)


def _best(work: Callable[[], object]) -> float:
    times = []
    for _ in range(RUNS):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return min(times)


if __name__ == "__main__":
    main()
