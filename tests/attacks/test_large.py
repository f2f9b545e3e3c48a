"""Files and words of enormous size: read, refused, never endless. The largest run with `-m attacks`."""

from collections.abc import Callable
from pathlib import Path

import pytest

from shanxi_cli.corpus.reader import MAX_BYTES
from tests.attacks.asking import run
from tests.attacks.conftest import where

UNITS: dict[str, str] = {
    "one word": "a",
    "words of 100,000 characters": "b" * 100_000 + " ",
    "the same word": "coal ",
    "short sentences": "Coal grew 5 percent. ",
    "figures compared": "5 million yuan of coal, up 5 percent from 4 million yuan in 2019. ",
    "paragraphs of a word": "coal\n\n",
    "digits": "1",
    "groups of digits": "1,000,",
    "full stops": ".",
    "quotes": '"',
    "Chinese": "太原",
    "accents": "\u0301\u0327",
    "sequences": "\x1b]8;;",
    "unended sequences": "\x1b[0",
    "white space": "coal \u3000\u00a0\t",
    "hyphens": "coal-",
}


def ask_all(folder: Path, unit: str, size: int) -> None:
    """An article of `size` bytes that repeats `unit` is indexed, found, shown and counted."""
    data = f"---\ntitle: Large coal\ndate: 2021\n---\n\n{unit}".encode()
    data += (unit * (size // len(unit.encode()) + 1)).encode()
    (folder / "corpus").mkdir()
    (folder / "corpus" / "large.md").write_bytes(data[:size].decode("utf-8", "ignore").encode())
    at = where(folder)
    assert run("index", *at)[0] == 0
    for query in ("coal", '"coal coal"~5 mine~', '"coal mine"~50', "title:coal 5", "coa*"):
        status, out = answer("search", query, *at, "--json")
        assert (status, out.count("\n")) in ((0, 1), (1, 0), TOO_COSTLY)
    answer("show", "large", *at, "--match", "coal")
    answer("figures", "coal", *at, "--group-by", "unit")
    answer("figures", "--check", *at)


TOO_COSTLY = 2, 0


def answer(*arguments: str) -> tuple[int, str]:
    """Status and stdout of a command, which may give up only by its limit of time, and then says so."""
    status, out, err = run(*arguments)
    assert status in (0, 1) or "timed out after 10 s" in err, err
    return status, out


@pytest.mark.parametrize("name", UNITS)
def test_large_article(tmp_path: Path, name: str) -> None:
    ask_all(tmp_path, UNITS[name], 60_000)


@pytest.mark.attacks
@pytest.mark.parametrize("name", UNITS)
def test_largest_article(tmp_path: Path, name: str) -> None:
    ask_all(tmp_path, UNITS[name], MAX_BYTES)


def test_huge_file_is_refused_unread(tmp_path: Path) -> None:
    (tmp_path / "corpus").mkdir()
    with open(tmp_path / "corpus" / "huge.md", "wb") as file:
        file.write(b"---\ntitle: Huge\n---\n\ncoal")
        file.truncate(50_000_000)
    status, _, err = run("index", *where(tmp_path))
    assert status == 2
    assert "50,000,000 bytes; at most 8,000,000 are allowed" in err


FRONTS: dict[str, Callable[[int], str]] = {
    "names": lambda n: "".join(f"n{i}: v\n" for i in range(n // 8)),
    "values": lambda n: "keywords: [" + "k, " * (n // 4) + "k]\n",
    "a long name": lambda n: "n" * n + ": v\n",
    "a long value": lambda n: "publication: " + "v" * n + "\n",
    "nesting": lambda n: "x: " + "[" * n + "\n",
    "mappings": lambda n: "{" * n + "\n",
    "question marks": lambda n: "? " * (n // 2) + "\n",
    "hyphens": lambda n: "- " * (n // 2) + "\n",
    "quotes": lambda n: 'x: "' + "\\u0301\\u0327" * (n // 12) + '"\n',
    "anchors": lambda n: "".join(f"a{i}: &a{i} [*a{i - 1}, *a{i - 1}]\n" for i in range(n // 30)),
    "comments": lambda n: "# x\n" * (n // 4),
    "lines": lambda n: "x: |\n" + "  y\n" * (n // 4),
}


@pytest.mark.parametrize("name", FRONTS)
@pytest.mark.parametrize("size", [20_000, pytest.param(790_000, marks=pytest.mark.attacks)])
def test_large_front_matter(tmp_path: Path, name: str, size: int) -> None:
    (tmp_path / "corpus").mkdir()
    text = f"---\ntitle: Large coal\n{FRONTS[name](size)}---\n\ncoal\n"
    (tmp_path / "corpus" / "large.md").write_text(text, encoding="utf-8")
    assert run("index", *where(tmp_path))[0] in (0, 2)
    assert run("search", "coal", *where(tmp_path), "--json")[0] in (0, 1)
