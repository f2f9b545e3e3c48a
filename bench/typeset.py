"""Newspaper pages in the manner of many papers, typeset from `bench/newspapers`, with their truth.

    python bench/typeset.py FOLDER [PAPERS]    writes page-*.txt and gt-*.json of PAPERS for bench/pages.py

A file holds the pages of one paper, parted by `===`, a piece a line: `P:` masthead or folio, `L:` section, `H:`
headline, `D:` deck, `B:` byline, `T:` paragraph, `S:` crosshead, `C:` caption (`|` and its credit), `K:`
contributors, `N:` note about the author, `X:` what belongs to no article. The comment at the top says how the paper
sets its lines. Text is of our own words throughout; what converters do to it is done here: lines are broken, words
cut, paragraphs cut by a column.
"""

import json
import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

FOLDER = Path(__file__).parent / "newspapers"
MIN_CUT_WORDS = 16
"""Words of a paragraph that a column cuts in two."""
MIN_HYPHENATED = 8
HYPHENATED_SHARE = 0.6
CUT_SHARE = 0.25


class Piece(NamedTuple):
    """A piece of a page: its kind (a letter), its text, and for a caption its credit."""

    kind: str
    text: str
    credit: str = ""


class MadePage(NamedTuple):
    """A page of a paper: its name, its pieces in order, the width of its lines (0: none), its empty lines between."""

    name: str
    pieces: tuple[Piece, ...]
    width: int
    gap: int


def read_made_pages(folder: Path = FOLDER) -> Iterator[MadePage]:
    """Yield the pages of all papers."""
    for file in sorted(folder.glob("*.txt")):
        text = file.read_text(encoding="utf-8")
        width = re.search(r"width (\d+)", text)
        gap = 0 if "no empty lines" in text else 1
        body = "\n".join(line for line in text.splitlines() if not line.startswith("#"))
        for n, page in enumerate(body.split("==="), 1):
            pieces = tuple(_parse_piece(line) for line in page.splitlines() if line.strip())
            yield MadePage(f"{file.stem}-{n}", pieces, int(width[1]) if width else 0, gap)


def _parse_piece(line: str) -> Piece:
    kind, _, text = line.partition(": ")
    text, _, credit = text.partition(" | ") if kind == "C" else (text, "", "")
    return Piece(kind, text.removesuffix(" |").strip(), credit.strip())


def typeset_page(page: MadePage) -> str:
    """Return the text of a page as a converter would leave it; the same for the same page."""
    rng = Random(page.name)
    blocks: list[tuple[str, str]] = []
    for piece in page.pieces:
        text = f"{piece.text} {piece.credit}".strip()
        words = text.split()
        if piece.kind == "T" and page.gap and len(words) >= MIN_CUT_WORDS and rng.random() < CUT_SHARE:
            at = rng.randrange(6, len(words) - 5)
            blocks += [("T", " ".join(words[:at])), ("T", " ".join(words[at:]))]
        elif piece.kind == "X" and blocks and blocks[-1][0] == "T" and piece.text[:1] in "'\"0123456789":
            blocks.append((piece.kind, text))
        else:
            blocks.append((piece.kind, text))
    lines: list[str] = []
    for kind, text in blocks:
        if lines and (page.gap or kind == "P"):
            lines += [""] * page.gap
        indent = "  " if kind == "T" and page.width and not page.gap else ""
        lines += _break_lines(indent + text, page.width if kind != "P" else 0, rng)
    return "\n".join(lines) + "\n"


def _break_lines(text: str, width: int, rng: Random) -> list[str]:
    """Return a text in lines of at most `width` characters, some words cut at their ends."""
    if not width:
        return [text]
    indent = text[: len(text) - len(text.lstrip())]
    lines, line = [], indent
    for word in text.split():
        added = f"{line} {word}" if line.strip() else f"{line}{word}"
        if len(added) <= width:
            line = added
            continue
        room = width - len(line) - 2
        may_cut = len(word) >= MIN_HYPHENATED and word.isalpha() and word.islower() and 3 <= room < len(word) - 2
        cut = may_cut and rng.random() < HYPHENATED_SHARE
        lines.append(f"{line} {word[:room]}-" if cut else line)
        line = word[room:] if cut else word
    return [*lines, line]


def make_truth(page: MadePage) -> list[dict[str, Any]]:
    """Return the articles of a page as the truth files of bench/pages.py have them."""
    articles: list[dict[str, Any]] = []
    loose: list[dict[str, str]] = []
    for piece in page.pieces:
        if piece.kind == "H":
            headline = piece.text.lstrip("# ")
            articles.append({"headline": headline, "byline": None, "deck": None, "paragraphs": [], "captions": loose})
            loose = []
        elif piece.kind == "C":
            caption = {"text": piece.text, "credit": piece.credit}
            (articles[-1]["captions"] if articles else loose).append(caption)
        elif articles:
            _add_piece(articles[-1], piece)
    return articles


def _add_piece(article: dict[str, Any], piece: Piece) -> None:
    if piece.kind in "TS":
        article["paragraphs"].append(piece.text)
    elif piece.kind == "D":
        article["deck"] = piece.text
    elif piece.kind == "B":
        article["byline"] = strip_byline(piece.text)


def strip_byline(text: str) -> str:
    """Return the names of a byline without `By`, places and roles in capitals."""
    names = re.sub(r"\A(?:#+\s*)?\(?(?:by|from)\s+", "", text, flags=re.IGNORECASE).strip(" ().")
    names = re.split(r"\s+in\s+[A-Z]|,\s", names)[0]
    return re.sub(r"\s+(?:CONTRIBUTING WRITER|(?:NEWS|SPORTS) EDITOR)\Z", "", names).replace(" and ", ", ")


def main(arguments: Sequence[str]) -> int:
    """Write the pages into a folder; return the exit status."""
    if len(arguments) not in (1, 2):
        print("usage: python bench/typeset.py FOLDER [PAPERS]", file=sys.stderr)
        return 2
    folder, papers = Path(arguments[0]), Path(arguments[1]) if len(arguments) > 1 else FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    for page in read_made_pages(papers):
        (folder / f"page-{page.name}.txt").write_text(typeset_page(page), encoding="utf-8")
        truth = {"articles": make_truth(page)}
        (folder / f"gt-{page.name}.json").write_text(json.dumps(truth, indent=1), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
