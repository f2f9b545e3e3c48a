"""Letters of all scripts: every part of the program takes their forms for one, on every engine."""

import json
from pathlib import Path

import pytest

from shanxi_cli.engines.base import Engine
from shanxi_cli.model.article import Article, Person
from shanxi_cli.query.ast import Word
from shanxi_cli.search.similar_words import find_similar_words
from tests.conftest import Run, Shanxi
from tests.contract.engines import KINDS, opened
from tests.contract.test_search import ids
from tests.support.case_ids import case_ids

ARTICLES = [
    Article(
        "poland",
        "Kopalnia Bełchatów",
        "The pit near Bełchatów closed. “We are proud,” said Michał Żądło, the director.",
        author=("Bogusław Kość",),
        places=("Bełchatów",),
        people=(Person("Michał Żądło"),),
        keywords=("węgiel",),
    ),
    Article("iceland", "Þórshöfn", "A ferry to Þórshöfn and Ærø.", author=("Boguslaw Kosc",), places=("Ærø",)),
    Article("hall", "The hall", "The hall at Lu`an, of Lu´an’s makers, by Lu′an.", places=("Lu´an",)),
    Article("arabic", "الفَحْم", "أُغْلِقَ مَنْجَم الفَحْم", author=("نُور حَسَن",)),
    Article("hindi", "कोयला", "कोयले की ख़दान बन्द हुई", author=("मुंशी",)),
    Article("hebrew", "פֶּחָם", "מִכְרֵה הַפֶּחָם נסגר"),
    Article("pdf", "⽔⼒发电", "⽔⼒发电站建在⻩河，ﾀﾞﾑは⼤きい。", places=("⽔⼝",)),
    Article("hidden", "Hidden", "hy\u00addro\u200bpower at 水\u200b坝\ufe00。", author=("陈\u2060平",)),
]


@pytest.fixture(scope="module", params=KINDS)
def engine(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Engine:
    return opened(request.param, tmp_path_factory.mktemp("letters"), ARTICLES)


FINDS = [
    ("belchatow", ["poland"]),
    ("Bełchatów", ["poland"]),
    ("=BELCHATÓW", ["poland"]),
    ("bełch*", ["poland"]),
    ("belchatov~", ["poland"]),
    ('"pit near belchatow"', ["poland"]),
    ("title:belchatow", ["poland"]),
    ("keyword:wegiel", ["poland"]),
    ("place:belchatow", ["poland"]),
    ("person:zadlo", ["poland"]),
    ("thorshofn", ["iceland"]),
    ("place:aero", ["iceland"]),
    ("lu'an", ["hall"]),
    ("Lu’an", ["hall"]),
    ("lu`an", ["hall"]),
    ("place:lu'an", ["hall"]),
    ("lu", []),
    ("الفحم", ["arabic"]),
    ("منجم", ["arabic"]),
    ("م", []),
    ("author:نور", ["arabic"]),
    ("कोयला", ["hindi"]),
    ("खदान", ["hindi"]),
    ("ख़दान", ["hindi"]),
    ("क", []),
    ("author:मुंशी", ["hindi"]),
    ("הפחם", ["hebrew"]),
    ("מִכְרֵה", ["hebrew"]),
    ("水力发电", ["pdf"]),
    ("⽔⼒", ["pdf"]),
    ("黄河", ["pdf"]),
    ("ダム", ["pdf"]),
    ("ﾀﾞﾑ", ["pdf"]),
    ("タム", []),
    ("place:水口", ["pdf"]),
    ("hydropower", ["hidden"]),
    ("hydro\u200dpower", ["hidden"]),
    ("水坝", ["hidden"]),
    ("author:陈平", ["hidden"]),
]


@pytest.mark.parametrize(("text", "expected"), FINDS, ids=case_ids(FINDS))
def test_forms_of_a_word_find_the_same(engine: Engine, text: str, expected: list[str]) -> None:
    assert ids(engine, text) == expected


def test_similar_words_of_other_scripts(engine: Engine) -> None:
    assert find_similar_words(engine, Word("bełchatóf")) == [("belchatow", 1)]
    assert find_similar_words(engine, Word("कोयली")) == [("कोयला", 1), ("कोयले", 1)]
    assert find_similar_words(engine, Word("م")) == []


@pytest.fixture
def run(shanxi: Shanxi, archive: Path, tmp_path: Path) -> Shanxi:
    """Run commands over the articles of this file alone."""
    from shanxi_cli.corpus.reader import format_article

    for file in archive.glob("*.md"):
        file.unlink()
    for article in ARTICLES:
        (archive / f"{article.id}.md").write_text(format_article(article), encoding="utf-8")
    assert shanxi("index").status == 0
    return shanxi


def lines_of(result: Run) -> list[list[str]]:
    return [line.split("\t") for line in result.out.splitlines()]


def test_commands_take_any_form(run: Shanxi) -> None:
    assert [row[2] for row in lines_of(run("quotes", "--by", "michal zadlo"))] == ["Michał Żądło"]
    assert lines_of(run("facets", "author", "--min", "2")) == [["Boguslaw Kosc", "2", 'author:"Boguslaw Kosc"']]
    assert [row[0] for row in lines_of(run("terms", "--prefix", "BEŁCH"))] == ["belchatow"]
    assert [row[0] for row in lines_of(run("terms", "--prefix", "ﾀﾞ"))] == ["ダム"]
    assert [row[3] for row in lines_of(run("kwic", "luʹan"))] == ["Lu`an", "Lu´an’s", "Lu′an"]
    assert [row[3] for row in lines_of(run("kwic", "水力发电"))] == ["⽔⼒发电"] * 2


def test_facets_of_a_hidden_character_can_be_searched(run: Shanxi) -> None:
    rows = lines_of(run("facets", "author"))
    clauses = [row[2] for row in rows]
    assert "author:陈平" in clauses
    assert [run("search", clause, "-c").out for clause in clauses] == [f"{row[1]}\n" for row in rows]


def test_marks_lie_on_the_text(run: Shanxi) -> None:
    hits = [json.loads(run("search", "-f", "jsonl", word).out) for word in ("水坝", "hydropower", "thorshofn")]
    assert [[snippet["text"][a:b] for snippet in hit["snippets"] for a, b in snippet["marks"]] for hit in hits] == [
        ["水\u200b坝\ufe00"],
        ["hy\u00addro\u200bpower"],
        ["Þórshöfn"] * 2,
    ]
