"""Articles on disk: what a file means, what is refused in which words, and that nothing is lost in writing."""

import os
import re
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shanxi_cli.analysis.document_fields import POSITION_GAP, ZONES
from shanxi_cli.analysis.tokenizer import tokenize
from shanxi_cli.corpus import field_reader, frontmatter, reader
from shanxi_cli.corpus.frontmatter import read_front_matter, write_front_matter
from shanxi_cli.corpus.reader import display_path, format_article, load_article, parse_article
from shanxi_cli.corpus.scanner import SourceFile, iterate_sources
from shanxi_cli.errors import ArticleError
from shanxi_cli.model.article import Article, Caption, Person
from tests.support.articles import ARTICLES
from tests.support.strategies import examples

WHOLE = """\
---
title: "Coal town: trees, not pits"
deck: Former miners look after a forest
author:
- Li Min
contributors:
- Wang Fang
- Sun Yu
date: 2021-07-22/2021-08-31
date_note: 'estimated, best mid-August: the page prints no date'
publication: Shanxi Daily News
section: Business
page: '004'
language: en
type: article
edition: retelling
places:
- Datong
- 太原
people:
- name: Zhao Lei
  role: forester
  organisation: Green Hills Cooperative
- name: Qian Xue
organisations:
- Green Hills Cooperative
keywords:
- coal mining
- 'no'
captions:
- text: Saplings wait beside an old pit.
  credit: Sun Yu / For Shanxi Daily News
- text: The forest, seen from above.
---

Miners in Datong used to dig coal.

Now they plant trees.
"""
ARTICLE = Article(
    id="coal-town",
    title="Coal town: trees, not pits",
    body="Miners in Datong used to dig coal.\n\nNow they plant trees.",
    deck="Former miners look after a forest",
    author=("Li Min",),
    contributors=("Wang Fang", "Sun Yu"),
    date="2021-07-22/2021-08-31",
    date_note="estimated, best mid-August: the page prints no date",
    publication="Shanxi Daily News",
    section="Business",
    page="004",
    language="en",
    type="article",
    edition="retelling",
    places=("Datong", "太原"),
    people=(Person("Zhao Lei", "forester", "Green Hills Cooperative"), Person("Qian Xue")),
    organisations=("Green Hills Cooperative",),
    keywords=("coal mining", "no"),
    captions=(
        Caption("Saplings wait beside an old pit.", "Sun Yu / For Shanxi Daily News"),
        Caption("The forest, seen from above."),
    ),
)


def read(text: str) -> Article:
    return parse_article(text.encode(), "x", "x.md")


def test_parse_complete_file() -> None:
    assert parse_article(WHOLE.encode(), "coal-town", "coal-town.md") == ARTICLE
    assert ARTICLE.paragraphs == ["Miners in Datong used to dig coal.", "Now they plant trees."]


def test_format_article_equals_file() -> None:
    assert format_article(ARTICLE) == WHOLE.replace('"Coal town: trees, not pits"', "'Coal town: trees, not pits'")


def test_parse_minimal_file() -> None:
    assert read("---\ntitle: Coal\n---") == Article("x", "Coal", "")
    assert Article("x", "Coal", "").paragraphs == []
    assert format_article(Article("x", "Coal", "")) == "---\ntitle: Coal\ntype: article\n---\n\n\n"


ALIASES = [
    ("headline: Coal", Article("x", "Coal", "")),
    ("Title: Coal", Article("x", "Coal", "")),
    ("title: T\nbyline: Li Min", Article("x", "T", "", author=("Li Min",))),
    ("title: T\nby: Li Min", Article("x", "T", "", author=("Li Min",))),
    ("title: T\ncreator: [Li Min, Sun Yu]", Article("x", "T", "", author=("Li Min", "Sun Yu"))),
    ("title: T\npublished: 2021", Article("x", "T", "", date="2021")),
    ("title: T\ndatePublished: 2021-07-14", Article("x", "T", "", date="2021-07-14")),
    ("title: T\nissued: 2021-07", Article("x", "T", "", date="2021-07")),
    ("title: T\nnewspaper: China Daily", Article("x", "T", "", publication="China Daily")),
    ("title: T\ncontainer-title: China Daily", Article("x", "T", "", publication="China Daily")),
    ("title: T\ntags: [coal, steel]", Article("x", "T", "", keywords=("coal", "steel"))),
    ("title: T\nkeyword: coal", Article("x", "T", "", keywords=("coal",))),
]


@pytest.mark.parametrize(("front", "expected"), ALIASES)
def test_parse_field_aliases(front: str, expected: Article) -> None:
    assert read(f"---\n{front}\n---\n") == expected


VALUES = [
    # values are text
    ("title: no", Article("x", "no", "")),
    ("title: 12:30", Article("x", "12:30", "")),
    ("title: 2021", Article("x", "2021", "")),
    ("title: ! T", Article("x", "T", "")),
    ("title: T\npage: 004", Article("x", "T", "", page="004")),
    ("title: T\ndate: 2021-07-14", Article("x", "T", "", date="2021-07-14")),
    ("title: T\ndate: 2021~", Article("x", "T", "", date="2021~")),
    # absent values
    ("title: T\ndate:\nauthor:\npeople:\ncaptions:\ntype:", Article("x", "T", "")),
    ("title: T\nauthor: []\nkeywords: ['', ' ', a]", Article("x", "T", "", keywords=("a",))),
    ("title: T\npeople: [{role: mayor}]\ncaptions: [{credit: Sun Yu}]", Article("x", "T", "")),
    # white space, one line
    ("title:   Coal \t town  ", Article("x", "Coal town", "")),
    ("title: >\n  Coal\n  town\n", Article("x", "Coal town", "")),
    ('title: "Coal\\ntown"', Article("x", "Coal town", "")),
    ("title: |\n  Coal\n\n  town\n", Article("x", "Coal town", "")),
    ("title: T\nauthor: ' Li \u3000 Min '", Article("x", "T", "", author=("Li Min",))),
    # one for a list, a list of one, text for a record
    ("title: [T]", Article("x", "T", "")),
    ("title: T\nauthor: Li Min", Article("x", "T", "", author=("Li Min",))),
    ("title: T\npeople: Li Min", Article("x", "T", "", people=(Person("Li Min"),))),
    ("title: T\npeople: [Li Min, {name: Sun}]", Article("x", "T", "", people=(Person("Li Min"), Person("Sun")))),
    ("title: T\npeople: {name: Sun, age: 9}", Article("x", "T", "", people=(Person("Sun"),))),
    ("title: T\ncaptions: [A pit.]", Article("x", "T", "", captions=(Caption("A pit."),))),
    # names we do not know
    ("title: T\nrating: 5\nmore: {a: [b]}", Article("x", "T", "")),
    ("# a comment\ntitle: T # another", Article("x", "T", "")),
    ("title: T\n...", Article("x", "T", "")),
    # NFC, however it is spelled
    ("title: Cafe\u0301", Article("x", "Café", "")),
    ('title: "Cafe\\u0301"\nauthor: ["Rene\\u0301"]', Article("x", "Café", "", author=("René",))),
    ('title: T\npeople: [{name: "Rene\\u0301"}]', Article("x", "T", "", people=(Person("René"),))),
]


@pytest.mark.parametrize(("front", "expected"), VALUES)
def test_parse_front_matter(front: str, expected: Article) -> None:
    assert read(f"---\n{front}\n---\n") == expected


BODIES = [
    ("", ""),
    ("\n\n  \n", ""),
    ("One.", "One."),
    ("\n\nOne.\n\n\n\nTwo.\n\n", "One.\n\nTwo."),
    ("One\nline\n  after another.\n \t \nTwo.", "One line after another.\n\nTwo."),
    ("Much    space\there.", "Much space here."),
    ("One.\n\n---\nTwo.", "One.\n\nTwo."),
    ("Cafe\u0301", "Café"),
    ("[b]bold[/b] :fire: \x1b[31mred", "[b]bold[/b] :fire: \x1b[31mred"),
]


@pytest.mark.parametrize(("text", "expected"), BODIES)
def test_parse_body(text: str, expected: str) -> None:
    assert read(f"---\ntitle: T\n---\n{text}").body == expected


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("start", ["", "\ufeff"])
def test_parse_ignores_line_ends_and_bom(newline: str, start: str) -> None:
    text = start + WHOLE.replace("\n", newline)
    assert parse_article(text.encode(), "coal-town", "coal-town.md") == ARTICLE


NO_DATE = "{} is not a date: write 2021, 2021-07, 2021-07-14 or two of them with / between"
BAD = [
    (b"---\ntitle: T\n\nText.\n", 1, "the front matter is not closed by a line of ---"),
    (b"---\n- title\n---\n", 2, "the front matter must consist of lines of name: value"),
    # titles
    (
        b"---\ndeck: D\ntitle: " + b"a" * 1001 + b"\n---\n",
        3,
        "the title has 1,001 characters; at most 1,000 are allowed",
    ),
    (
        b"---\ntitle: T\ndeck: " + b"a" * 20_001 + b"\n---\n",
        3,
        "the deck has 20,001 characters; at most 20,000 are allowed",
    ),
    # values of another shape
    (b"---\ntitle: T\nkeywords: [" + b"a," * 1001 + b"]\n---\n", 3, "keywords has more than 1,000 values"),
    (b"---\ntitle: T\ncaptions: [" + b"a," * 1001 + b"]\n---\n", 3, "captions has more than 1,000 values"),
    # said twice
    (b"---\ntitle: T\ndeck: D\ntitle: U\n---\n", 4, "title is given twice"),
    (
        b"---\ntitle: T\ndeck: D: E\ntitle: U\n---\n",
        3,
        "broken YAML: mapping values are not allowed in this context; put a value that has a colon in quotes",
    ),
    (b"---\nmore: {{ x }\ntitle: T\ntitle: U\n---\n", 3, "broken YAML: did not find expected ',' or '}'"),
    # YAML
    (b'---\ntitle: T\ndeck: "open\n---\n', 3, "broken YAML: found unexpected end of stream"),
    (b"---\ntitle: T\n--- more\n---\n", 3, "a second document in the front matter"),
    (b"---\ntitle: T\n--- {title: U}\n---\n", 3, "a second document in the front matter"),
    (b"---\ntitle: T\ndeck: \x07\n---\n", 3, "a control character in the front matter; remove it"),
    (b"---\ntitle: a\x00\n---\n", 2, "a control character in the front matter; remove it"),
    (
        b"---\ntitle: " + b"a" * 800_000 + b"\n---\n",
        1,
        "the front matter has 800,007 characters; is it closed by a line of ---?",
    ),
    # UTF-8
    (b"---\ntitle: T\n---\n\nCaf\xe9\n", 5, "not UTF-8; save it as UTF-8"),
    (b"\xef\xbb\xbf---\n\xff\n---\n", 2, "not UTF-8; save it as UTF-8"),
    ("---\ntitle: T\n---\n".encode("utf-16"), 1, "not UTF-8; save it as UTF-8"),
    (b"---\ntitle: \xed\xa0\x80\n---\n", 2, "not UTF-8; save it as UTF-8"),
]


@pytest.mark.parametrize(
    ("data", "line", "reason"), BAD, ids=[f"{n}-{reason[:30]}" for n, (_, _, reason) in enumerate(BAD)]
)
def test_parse_error_messages(data: bytes, line: int, reason: str) -> None:
    with pytest.raises(ArticleError) as error:
        parse_article(data, "x", "folder/x.md")
    found = error.value
    assert (found.path, found.line, found.reason) == ("folder/x.md", line, reason)
    assert str(found) == f"folder/x.md:{line}: {reason}"


BROKEN = [
    (b"---\ntitle: T\ndeck: one: two\n---\n", 3),
    (b"---\ntitle: T\n\tdeck: D\n---\n", 3),
    (b"---\ntitle: T\ndeck: @home\n---\n", 3),
    (b"---\n%YAML 1.1\n---\n", 3),
]


@pytest.mark.parametrize(("data", "line"), BROKEN)
def test_parse_broken_yaml_names_line(data: bytes, line: int) -> None:
    # the words are the parser's own, and differ between its two implementations
    with pytest.raises(ArticleError, match=rf"\Ax\.md:{line}: broken YAML: [a-z].+\Z"):
        parse_article(data, "x", "x.md")


def test_parse_expands_no_alias() -> None:
    lines = ["a: &a [lol, lol]"] + [f"{b}: &{b} [*{a}, *{a}]" for a, b in zip("abcdefgh", "bcdefghi", strict=True)]
    assert read("---\n" + "\n".join(lines) + "\ntags: *i\ntitle: T\n---\n") == Article("x", "T", "")


def test_parse_largest_front_matter() -> None:
    title, deck, keywords = "a" * 1000, "b" * 20_000, ["k"] * 1000
    article = read(f"---\ntitle: {title}\ndeck: {deck}\nkeywords: [{','.join(keywords)}]\n---\n")
    assert (article.title, article.deck, article.keywords) == (title, deck, tuple(keywords))


def test_parse_limits_fit_field_zones() -> None:
    # a character is at most one word, and a file has at most so many of them
    assert len(list(tokenize("太" * 100))) == 100
    assert len(ZONES["title"]) > field_reader.MAX_TITLE
    assert len(ZONES["deck"]) > field_reader.MAX_DECK
    for field in ("caption", "keyword"):
        assert len(ZONES[field]) > frontmatter.MAX_CHARACTERS + field_reader.MAX_VALUES * POSITION_GAP
    assert len(ZONES["body"]) > reader.MAX_BYTES


# Files


def only(root: Path) -> SourceFile:
    [found] = iterate_sources(str(root))
    return found


def refused(root: Path) -> str:
    with pytest.raises(ArticleError) as error:
        load_article(only(root))
    return str(error.value).replace(str(root) + "/", "")


def test_load_returns_bytes(tmp_path: Path) -> None:
    (tmp_path / "000").mkdir()
    (tmp_path / "000" / "coal-town.md").write_bytes(WHOLE.encode())
    assert load_article(only(tmp_path)) == (ARTICLE, WHOLE.encode())


def test_load_error_names_file_and_line(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("---\ntitle: T\ntitle: U\n---\n")
    assert refused(tmp_path) == "a.md:3: title is given twice"


def test_load_link_inside_corpus(tmp_path: Path) -> None:
    (tmp_path / ".kept").write_text("---\ntitle: Kept\n---\n")
    (tmp_path / "a.md").symlink_to(".kept")
    assert load_article(only(tmp_path))[0] == Article("a", "Kept", "")


def test_load_corpus_that_is_a_link(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "real" / "a.md").write_text("---\ntitle: T\n---\n")
    (tmp_path / "link").symlink_to("real")
    assert load_article(only(tmp_path / "link"))[0] == Article("a", "T", "")


def test_load_refuses_link_outside_corpus(tmp_path: Path) -> None:
    root = tmp_path / "corpus"
    root.mkdir()
    (tmp_path / "corpus-secret.md").write_text("---\ntitle: T\n---\n")
    (root / "a.md").symlink_to("../corpus-secret.md")
    assert refused(root) == "a.md: a link to a file outside the corpus; copy the file instead"


def test_load_broken_link(tmp_path: Path) -> None:
    (tmp_path / "a.md").symlink_to("gone.txt")
    assert refused(tmp_path) == "a.md: cannot be read: No such file or directory"


def test_load_refuses_link_to_itself(tmp_path: Path) -> None:
    (tmp_path / "a.md").symlink_to("a.md")
    assert refused(tmp_path).startswith("a.md: cannot be read: Too many levels of symbolic links")


def test_load_refuses_link_to_folder(tmp_path: Path) -> None:
    (tmp_path / ".folder").mkdir()
    (tmp_path / "a.md").symlink_to(".folder")
    assert refused(tmp_path) == "a.md: not a regular file; remove it from the corpus"


def test_load_does_not_block_on_fifo(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.md")
    assert refused(tmp_path) == "a.md: not a regular file; remove it from the corpus"


def test_load_refuses_large_file(tmp_path: Path) -> None:
    with open(tmp_path / "a.md", "wb") as file:
        file.truncate(8_000_001)
    assert refused(tmp_path) == "a.md: 8,000,001 bytes; at most 8,000,000 are allowed"


def test_load_file_of_maximum_size(tmp_path: Path) -> None:
    head = b"---\ntitle: T\n---\n"
    (tmp_path / "a.md").write_bytes(head + b"a" * (8_000_000 - len(head)))
    assert load_article(only(tmp_path))[0] == Article("a", "T", "a" * (8_000_000 - len(head)))


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_load_unreadable_file(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("---\ntitle: T\n---\n")
    (tmp_path / "a.md").chmod(0)
    assert refused(tmp_path) == "a.md: cannot be read: Permission denied"


@pytest.mark.parametrize(("path", "shown"), [("000/", "{}/000/"), ("./", "{}/./")])
def test_load_unreadable_folder(tmp_path: Path, path: str, shown: str) -> None:
    with pytest.raises(ArticleError) as error:
        load_article(SourceFile(str(tmp_path), path, 0, 0, 0, 0))
    assert str(error.value) == shown.format(tmp_path) + ": the folder cannot be read"


NAMES = [
    ("-a.md", "-a.md: an id cannot begin with -; rename the file"),
    ("@a.md", "@a.md: an id cannot begin with @; rename the file"),
    ("a\tb.md", "a\\tb.md: the file name is not a valid id; rename the file with printable characters"),
    ("a\nb.md", "a\\nb.md: the file name is not a valid id; rename the file with printable characters"),
    ("a\x1b[31m.md", "a\\x1b[31m.md: the file name is not a valid id; rename the file with printable characters"),
    ("a\u202e.md", "a\\u202e.md: the file name is not a valid id; rename the file with printable characters"),
    ("a\udcff.md", "a\\udcff.md: the file name is not a valid id; rename the file with printable characters"),
]


@pytest.mark.parametrize(("name", "message"), NAMES)
def test_load_refuses_invalid_ids(tmp_path: Path, name: str, message: str) -> None:
    try:
        (tmp_path / name).write_text("---\ntitle: T\n---\n")
    except OSError:
        pytest.skip("this file system does not take the name")
    assert refused(tmp_path) == message


@pytest.mark.parametrize("name", ["coal town.md", "煤.md", "a.b.md", "_a.md", "it's.md"])
def test_load_accepts_valid_ids(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("---\ntitle: T\n---\n")
    assert load_article(only(tmp_path))[0] == Article(name.removesuffix(".md"), "T", "")


def test_load_normalizes_id_to_nfc() -> None:
    assert SourceFile("/corpus", "000/cafe\u0301.md", 0, 0, 0, 0).id == "café"


PATHS = [
    ("here/000/a.md", "000/a.md"),
    ("here/a.md", "a.md"),
    ("elsewhere/a.md", "{}/elsewhere/a.md"),
    ("here/太 原.md", "太 原.md"),
    ("here/a\x1b[31m.md", "a\\x1b[31m.md"),
    ("here/a\udcff.md", "a\\udcff.md"),
]


@pytest.mark.parametrize(("path", "expected"), PATHS)
def test_display_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, path: str, expected: str) -> None:
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    assert display_path(str(tmp_path / path)) == expected.format(tmp_path)


# Front matter by itself


def test_read_front_matter_values_and_lines() -> None:
    text = "a: no\n\nb:\n  - 12:30\n  - [x, '']\nc: {d: e}\nf:\n"
    assert read_front_matter(text, "x.md") == {
        "a": ("no", 2),
        "b": (["12:30", ["x", ""]], 4),
        "c": ({"d": "e"}, 7),
        "f": ("", 8),
    }


# Properties

LINE = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12).map(
    lambda text: unicodedata.normalize("NFC", " ".join(text.split()))
)
FULL_LINE = (
    LINE | st.sampled_from(["no", "~", "---", "- a", "a: b", "#", "'", '"', "&a", "*a", "!!str", "%", "[", "2021", "="])
).filter(bool)
LINES = st.lists(FULL_LINE, max_size=3).map(tuple)
ANY_ARTICLE = st.builds(
    Article,
    id=st.just("x"),
    title=FULL_LINE,
    body=st.lists(FULL_LINE, max_size=3).map("\n\n".join),
    deck=LINE,
    author=LINES,
    contributors=LINES,
    date=st.sampled_from(["", "2021", "2021-07~", "2021-07-22/2021-08-31", "../2020"]),
    date_note=LINE,
    publication=LINE,
    section=LINE,
    page=LINE,
    language=LINE,
    type=FULL_LINE,
    edition=LINE,
    places=LINES,
    people=st.lists(st.builds(Person, FULL_LINE, LINE, LINE), max_size=2).map(tuple),
    organisations=LINES,
    keywords=LINES,
    captions=st.lists(st.builds(Caption, FULL_LINE, LINE), max_size=2).map(tuple),
)


@examples(200)
@given(article=ANY_ARTICLE)
def test_format_and_parse_round_trip(article: Article) -> None:
    assert parse_article(format_article(article).encode(), "x", "x.md") == article


@pytest.mark.parametrize("name", ARTICLES)
def test_round_trip_of_sample_articles(name: str) -> None:
    assert parse_article(format_article(ARTICLES[name]).encode(), name, "x.md") == ARTICLES[name]


@examples(100)
@given(
    values=st.dictionaries(
        FULL_LINE,
        st.recursive(
            LINE, lambda inner: st.lists(inner, min_size=1, max_size=2) | st.dictionaries(LINE, LINE), max_leaves=3
        ),
        min_size=1,
        max_size=3,
    )
)
def test_front_matter_round_trip(values: dict[str, object]) -> None:
    assert {name: value for name, (value, _) in read_front_matter(write_front_matter(values), "x.md").items()} == values


FRAGMENTS = st.sampled_from(
    [
        "---",
        "\n",
        "\n",
        "\n",
        "title: T",
        "date: ",
        "2021",
        "deck",
        ":",
        " ",
        "  - ",
        "[",
        "]",
        "{",
        "}",
        ",",
        '"',
        "'",
        "|",
        ">",
        "&a",
        "*a",
        "!b",
        "?",
        "...",
        "#",
        "\t",
        "\r",
        "\x00",
        "\x85",
        "太",
        "people:",
    ]
)


@examples(500)
@given(
    data=st.lists(FRAGMENTS, max_size=16).map(lambda parts: "---\n" + "".join(parts)).map(str.encode)
    | st.binary(max_size=40)
)
def test_parse_any_bytes_or_one_line_error(data: bytes) -> None:
    try:
        article = parse_article(data, "x", "x.md")
    except ArticleError as error:
        assert re.fullmatch(r"x\.md:[1-9]\d*: [^\n]+", str(error))
        assert error.line <= re.sub(rb"\r\n?|\xc2\x85", b"\n", data).count(b"\n") + 1
        return
    assert article.title
    assert parse_article(format_article(article).encode(), "x", "x.md") == article
