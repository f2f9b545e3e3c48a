"""Accuracy and cost of the extraction of quantities: `python bench/quantities.py PARAGRAPHS QUANTITIES`.

PARAGRAPHS is a JSON file of pages, `{"pages": [{"date": {"earliest", "latest"}, "articles": [{"slug", "body":
[paragraph, ...]}]}]}`. QUANTITIES is a JSON file of the quantities on them, marked by hand: `{"quantities":
[{"article", "zone", "kind", "value", "unit", "relation", "period"}]}`. Quantities of bodies count, those with a value
that are no rank, ordinal or time ago; each is found when a quantity of its article has its value and class of unit.

It prints precision and recall; the share of correct relations; the share of correct periods among those with days; and
the time of extraction as a multiple of a bare token scan of the same text, each the best of several runs.
`--scorer FILE` runs that program instead, with QUANTITIES and a file of the extracted quantities as JSON lines.
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

UNSCORED_KINDS = ("rank", "ordinal", "relative_time")
UNIT_NAMES = {"m2": "square meters", "km2": "square kilometers", "tonne": "tonnes"}
MAX_SCANS = 30
RUNS = 7
Json = dict[str, Any]


def main() -> None:
    """Print the figures, one line each; exit with 1 when extraction costs more than `MAX_SCANS` token scans."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paragraphs", type=Path)
    parser.add_argument("quantities", type=Path)
    parser.add_argument("--scorer", type=Path, help="a program that scores: SCORER QUANTITIES EXTRACTED")
    options = parser.parse_args()
    articles = list(_articles(json.loads(options.paragraphs.read_text(encoding="utf-8"))))
    extracted = [line for slug, body, days in articles for line in _lines(slug, body, days)]
    if options.scorer:
        _run(options.scorer, options.quantities, extracted)
    else:
        print(json.dumps(_score(json.loads(options.quantities.read_text(encoding="utf-8"))["quantities"], extracted)))
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


def _run(scorer: Path, quantities: Path, extracted: list[Json]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        lines = Path(folder) / "extracted.jsonl"
        lines.write_text("".join(json.dumps(line) + "\n" for line in extracted), encoding="utf-8")
        subprocess.run([sys.executable, str(scorer), str(quantities), str(lines)], check=True)


def _score(marked: list[Json], extracted: list[Json]) -> Json:
    marked = [m for m in marked if m["zone"] == "body" and m["value"] is not None]
    expected: dict[tuple[str, str, str], list[Json]] = defaultdict(list)
    unscored: Counter[tuple[str, float]] = Counter()
    for m in marked:
        if m["kind"] in UNSCORED_KINDS:
            unscored[m["article"], m["value"]] += 1
        else:
            expected[m["article"], *_key(m["value"], m["unit"])].append(m)
    total = sum(map(len, expected.values()))
    counted = agree = relation = timed = period = 0
    for line in extracted:
        same = expected.get((line["article"], *_key(line["value"], line["unit"])))
        if not same:
            ignored = unscored[line["article"], line["value"]] > 0
            unscored[line["article"], line["value"]] -= ignored
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
    """The class of the unit and the value in its canonical unit; all that is counted is one class."""
    unit = re.sub(r" per .*| a year\Z", "", unit)
    name = UNIT_NAMES.get(unit, unit)
    known = UNITS_BY_ABBREVIATION.get(name) or UNITS_BY_NAME.get(name.lower()) or UNITS_BY_NAME.get(f"{name}s".lower())
    if known is None or known.dimension is Dimension.TIMES:
        return "count", f"{float(value):.9g}"
    kind = "year" if known.dimension is Dimension.AGE else known.canonical
    return kind, f"{value * known.factor + known.offset:.9g}"


def _days(period: str | None) -> edtf.DateInterval | None:
    """The days of an EDTF date, or of one in brackets (`first half [2021-H1]`); None for other words."""
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
    print(
        f"reading {1000 * reading:.1f} ms, {reading / words:.1f} times a scan for \\w+ (at most {MAX_SCANS}), ", end=""
    )
    print(f"{reading / index:.1f} times the scan of the index's tokens")
    return int(reading > MAX_SCANS * words)


def _best(work: Callable[[], object]) -> float:
    times = []
    for _ in range(RUNS):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return min(times)


if __name__ == "__main__":
    main()
