"""Words of an article by field, and their sums over articles. Without a cluster."""

from collections import Counter
from pathlib import Path

from shanxi_cli.corpus.reader import parse_article
from shanxi_cli.engines.opensearch.vocabulary_writer import WordCounter, merge_counted
from shanxi_cli.engines.opensearch.word_counts import count_code_words, count_words
from shanxi_cli.model.article import Article
from shanxi_cli.util.dirfd import DirectoryHandle

PORT = """\
---
title: US ships
author: [Li Min]
section: World
page: "3"
---

The US ships coal to us.

    coal = port

Coal ships.
"""


def article(text: str) -> Article:
    return parse_article(text.encode(), "port", "port.md")


def test_words_are_counted_by_field() -> None:
    found = count_words(article(PORT))
    assert found["title"] == Counter({"US": 1, "us": 1, "ships": 1})
    assert found["title_stems"] == Counter({"us": 1, "ship": 1})
    assert {word: found["words"][word] for word in ("US", "us", "coal", "ships", "port", "min")} == {
        "US": 2,
        "us": 3,
        "coal": 3,
        "ships": 3,
        "port": 1,
        "min": 1,
    }
    assert found["stems"]["ship"] == 3
    assert found["author"] == Counter({"li": 1, "min": 1})
    assert found["page"] == Counter({"3": 1})
    assert "id" not in found


def test_words_of_code_are_counted_where_they_are_alone() -> None:
    found = {field: (sorted(alone), dict(often)) for field, alone, often in count_code_words(article(PORT))}
    assert found == dict.fromkeys(("words", "body"), (["port"], {"coal": 1, "port": 1}))


def test_counts_are_merged_from_several_files(tmp_path: Path) -> None:
    folder = DirectoryHandle(tmp_path)
    for part in ("1", "2"):
        counter = WordCounter(folder, part)
        counter.add(article(PORT))
        counter.spill()
        counter.add(article(PORT))
        counter.spill()
    rows = {(field, word): tuple(counts) for field, word, counts in merge_counted(folder)}
    assert rows["words", "coal"] == (4, 12, 0, 4)
    assert rows["body", "port"] == (4, 4, 4, 4)
    assert list(rows) == sorted(rows)


def test_changes_that_cancel_out_are_left_out(tmp_path: Path) -> None:
    folder = DirectoryHandle(tmp_path)
    other = "---\ntitle: US ships\n---\n\nThe US ships coal to me.\n"
    for part, text, sign in (("1", PORT, 1), ("gone", PORT, -1), ("2", other, 1)):
        counter = WordCounter(folder, part, sign)
        counter.add(article(text))
        counter.spill()
    assert {word for field, word, _ in merge_counted(folder) if field == "title"} == {"US", "us", "ships"}
    assert all(counts.articles == 1 for _, _, counts in merge_counted(folder))
