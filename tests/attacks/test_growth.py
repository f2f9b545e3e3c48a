"""Time grows with the size of hostile input, not with its square: every reader and importer, at one size and at four.

Two measures, neither of them a clock: the number of function calls, and the ratio of processor times, the best of
several, which alone sees inside a regular expression.
"""

import contextlib
import gc
import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import NamedTuple

import pytest

from shanxi_cli.analysis.sentence_splitter import split_sentences
from shanxi_cli.errors import PageError
from shanxi_cli.extraction.quantities import read_quantities
from shanxi_cli.extraction.quotes.pipeline import read_speech
from shanxi_cli.importers import read_parts
from shanxi_cli.segmentation.pipeline import segment_page

FACTOR = 4
MOST_CALLS = FACTOR * 1.4
MOST_TIME = FACTOR * 1.8
CONSTANT = 0.02
"""Seconds of processor time below which a ratio says nothing."""
ATTEMPTS = 4

HEAD = "Coal town plants trees\n\nBy Li Wei\n\nMiners in the old town plant trees on slopes.\n\n"
BODY = "Miners in the old town plant trees on the slopes above the pit."
WEB_PAGE = "<html><body><article>" + "<p>Miners in the old town plant trees above the pit.</p>" * 5


class Shape(NamedTuple):
    """A hostile input: the ending of its file, or the name of a reader, its content by size, and its smaller size."""

    reader: str
    make: Callable[[int], str]
    size: int


def repeat(unit: str, before: str = "", after: str = "") -> Callable[[int], str]:
    return lambda size: before + unit * (size // len(unit)) + after


def count(unit: Callable[[int], str], before: str = "", after: str = "") -> Callable[[int], str]:
    """Content of units that differ by their number."""
    step = len(unit(1_000))
    return lambda size: before + "".join(map(unit, range(size // step))) + after


def linked_data(make: Callable[[int], object]) -> Callable[[int], str]:
    return lambda size: f'{WEB_PAGE}<script type="application/ld+json">{json.dumps(make(size))}</script>'


def front_matter(make: Callable[[int], str], fence: str = "---", title: str = "title: Coal") -> Callable[[int], str]:
    return lambda size: f"{fence}\n{title}\n{make(size)}\n{fence}\n\n{BODY}\n"


def alto(make: Callable[[int], str]) -> Callable[[int], str]:
    return lambda size: f'<?xml version="1.0"?><alto><Layout><Page>{make(size)}</Page></Layout></alto>'


def mets(make: Callable[[int], str]) -> Callable[[int], str]:
    files = '<file ID="f"><FLocat href="alto.xml"/></file>'
    return lambda size: f"<mets>{files}{make(size)}</mets>"


def letters(number: int) -> str:
    return "".join(chr(97 + int(digit)) for digit in str(number))


def speaker(number: int) -> str:
    name = f"{letters(number).capitalize()} Be{letters(number * 7)}"
    return f'"We plant trees," said {name}, a miner. He said it was good.\n'


LINES = {
    "digits then a letter": repeat("1", HEAD, "X\n"),
    "capitals and hyphens": repeat("A-", HEAD),
    "digits and commas": repeat("1,", HEAD),
    "initials": repeat("A.", HEAD),
    "capitals and spaces": repeat("A ", HEAD),
    "open tags": repeat("<a ", HEAD),
    "open sections": repeat("<![CDATA[", HEAD),
    "open comments": repeat("<!--", HEAD),
    "open pictures": repeat("![", HEAD),
    "open links": repeat("[a](#", HEAD),
    "open bold": repeat("**a ", HEAD),
    "nested commands": repeat(r"\emph{", HEAD),
    "open formulas": repeat(r"\(", HEAD),
    "base64": repeat("QUJDRGVmZ2hp", HEAD),
    "addresses": repeat("a.b@", HEAD),
    "web addresses": repeat("www.", HEAD),
    "mojibake": repeat("Ã¤", HEAD),
    "tabs": repeat("\t", HEAD, "x"),
    "hyphens": repeat("-", HEAD, "x"),
    "names": repeat("Ann Bee and ", HEAD),
    "credits": repeat("PHOTO BY ", HEAD),
}
PAGES = {
    "short paragraphs": repeat("A B C\n\n", HEAD),
    "bylines": repeat("By Li Wei\n\n", HEAD),
    "headings": repeat("# Coal town\n\n", HEAD),
    "lines in capitals": repeat("ABC DEF\n", HEAD),
    "cut words": repeat("abc-\ndef ", HEAD),
    "cut paragraphs": count(lambda n: f"Miners {n} of the town plant and\n\n", HEAD),
    "captions": count(lambda n: f"Two men{n} plant trees on Monday. LI WEI / AGENCY\n\n", HEAD),
    "the same paragraph": repeat("Miners of the town plant and sell trees.\n\n", HEAD),
}
WEB_PAGES = {
    "open tags": repeat("<a ", WEB_PAGE),
    "open elements": repeat("<div>", WEB_PAGE),
    "open sections": repeat("<![CDATA[", WEB_PAGE),
    "open comments": repeat("<!--", WEB_PAGE),
    "open attributes": repeat('<a b="', WEB_PAGE),
    "end tags": repeat("</x", WEB_PAGE),
    "open scripts": repeat("<script>", WEB_PAGE),
    "linked lists": linked_data(lambda size: [[] for _ in range(size // 4)]),
    "linked graphs": linked_data(lambda size: {"@graph": [{"@type": "x"}] * (size // 16)}),
}
TABLES = {
    "rows.csv": count(lambda n: f"Coal town {n},{BODY}\n", "title,text\n"),
    "columns.csv": lambda size: (
        ",".join(["title", "text", *(f"c{n}" for n in range(size // 8))]) + f"\nA,{BODY}" + "," * (size // 8)
    ),
    "quotes.csv": repeat('""', 'title,text\nA,"', f'{BODY}"\n'),
    "rows.json": lambda size: json.dumps([{"title": f"Coal {n}", "text": BODY} for n in range(size // 90)]),
    "spaces.json": lambda size: json.dumps({"title": "Coal", "author": " " * size, "text": BODY}),
    "rows.jsonl": count(lambda n: json.dumps({"title": f"Coal {n}", "text": BODY}) + "\n"),
    "open.jsonl": repeat('\\"', '{"title": "'),
    "list.yaml": front_matter(repeat("- a\n", "tags:\n")),
    "keys.yaml": front_matter(count(lambda n: f"k{n}: v\n")),
    "list.toml": front_matter(repeat("1,\n", "a = [\n", "]"), "+++", 'title = "x"'),
    "keys.toml": front_matter(count(lambda n: f"k{n} = 1\n"), "+++", 'title = "x"'),
    "tables.toml": front_matter(repeat("[[t]]\n"), "+++", 'title = "x"'),
}
SCANS = {
    "words": alto(repeat('<String CONTENT="coal"/>', "<TextBlock><TextLine>", "</TextLine></TextBlock>")),
    "blocks": alto(repeat('<TextBlock><TextLine><String CONTENT="coal"/></TextLine></TextBlock>')),
    "hyphens": alto(repeat("<HYP/>", '<TextBlock><TextLine><String CONTENT="a"/>', "</TextLine></TextBlock>")),
    "nested": alto(lambda size: "<TextBlock>" * (size // 24) + "</TextBlock>" * (size // 24)),
    "articles": mets(repeat('<div TYPE="ARTICLE" LABEL="x"><area FILEID="f" BEGIN="b1"/></div>')),
    "areas": mets(
        count(lambda n: f'<area FILEID="f" BEGIN="b{n % 999}"/>', '<div TYPE="ARTICLE" LABEL="x">', "</div>")
    ),
    "nested articles": mets(lambda size: '<div TYPE="ARTICLE">' * (size // 26) + "</div>" * (size // 26)),
}
SPEECH = {
    "speakers": count(speaker),
    "speakers in one paragraph": lambda size: count(speaker)(size).replace("\n", " "),
    "open quotations": repeat('"We know it\n'),
    "verbs": repeat("he said "),
    "appositions": repeat("Li Wei, a miner, a father, "),
}
FIGURES = {
    "digits": repeat("1"),
    "groups": repeat("1,000,"),
    "amounts": repeat("5 million yuan, up 5 percent "),
    "sentences": repeat("Coal grew 5 percent. "),
}
SHAPES = {
    **{f"line: {name}": Shape(".txt", make, 40_000) for name, make in LINES.items()},
    **{f"page: {name}": Shape("page", make, 10_000) for name, make in PAGES.items()},
    **{f"web page: {name}": Shape(".html", make, 40_000) for name, make in WEB_PAGES.items()},
    **{
        f"table: {name}": Shape(".md" if name.endswith("ml") else f".{name.partition('.')[2]}", make, 40_000)
        for name, make in TABLES.items()
    },
    **{f"scan: {name}": Shape(".xml", make, 40_000) for name, make in SCANS.items()},
    **{f"quotes: {name}": Shape("quotes", make, 10_000) for name, make in SPEECH.items()},
    **{f"figures: {name}": Shape("figures", make, 10_000) for name, make in FIGURES.items()},
    **{f"sentences: {name}": Shape("sentences", make, 40_000) for name, make in FIGURES.items()},
}


def read(reader: str, text: str, folder: Path) -> None:
    """Read a text by one of the readers; that it is refused is an answer too."""
    if reader == "page":
        segment_page(text)
    elif reader == "quotes":
        read_speech(text.split("\n"))
    elif reader == "figures":
        read_quantities(text)
    elif reader == "sentences":
        list(split_sentences(text))
    else:
        with contextlib.suppress(PageError):
            list(read_parts(str(folder / f"file{reader}"), text.encode()))


def count_calls(action: Callable[[], None]) -> int:
    """The number of functions that are called, of Python and of C."""
    calls = 0

    def note(frame: FrameType, event: str, argument: object) -> None:
        nonlocal calls
        calls += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        action()
    finally:
        sys.setprofile(before)
    return calls


def processor_time(action: Callable[[], None]) -> float:
    """The seconds of an action; what other tests have left in memory is not collected meanwhile."""
    gc.collect()
    gc.freeze()
    start = time.process_time()
    action()
    seconds = time.process_time() - start
    gc.unfreeze()
    return seconds


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("growth")
    block = '<TextBlock ID="b{}"><TextLine><String CONTENT="coal{}"/></TextLine></TextBlock>'
    (path / "alto.xml").write_text("<alto>" + "".join(block.format(n, n) for n in range(1_000)) + "</alto>")
    read("page", HEAD, path)  # word lists and modules are loaded
    read("figures", BODY, path)
    return path


def test_enough_shapes() -> None:
    assert len(SHAPES) >= 40


@pytest.mark.parametrize("name", SHAPES)
def test_time_is_linear(folder: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    shape = SHAPES[name]
    if shape.reader == "page":  # many sections, in a test that is short
        monkeypatch.setattr("shanxi_cli.segmentation.sections.MAX_LINES", 200)
    small, large = shape.make(shape.size), shape.make(shape.size * FACTOR)

    def read_small() -> None:
        read(shape.reader, small, folder)

    def read_large() -> None:
        read(shape.reader, large, folder)

    read_small()  # what is loaded once counts in neither
    few, many = processor_time(read_small), processor_time(read_large)
    attempts = 1
    while many > MOST_TIME * few + CONSTANT and attempts < ATTEMPTS:
        few, many = min(few, processor_time(read_small)), min(many, processor_time(read_large))
        attempts += 1
    assert many <= MOST_TIME * few + CONSTANT, f"{many:.2f} s against {few:.2f} s for a quarter of it"
    assert count_calls(read_large) <= MOST_CALLS * count_calls(read_small) + 2_000
