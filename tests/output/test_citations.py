"""Citations, read back by the parsers of other projects."""

import json
import warnings

import pytest

from shanxi_cli.model.article import Article
from shanxi_cli.output.citations import format_bibtex, format_csl_json, format_text_citations, make_csl_item
from tests.support.articles import ARTICLES

with warnings.catch_warnings():  # importing these libraries raises warnings
    warnings.simplefilter("ignore")
    import bibtexparser
    from citeproc.source.json import CiteProcJSON


@pytest.mark.parametrize("name", ARTICLES)
def test_bibtex_is_parsed(name: str) -> None:
    article = ARTICLES[name]
    [entry] = bibtexparser.loads(format_bibtex([article])).entries
    assert entry["ENTRYTYPE"] == "article"
    assert entry["ID"] == name
    assert entry["title"] == "{" + article.title + "}"
    assert entry.get("date", "") == article.date
    assert entry.get("journal", "") == article.publication
    assert ("retelling" in entry.get("note", "")) == (article.edition == "retelling")


def test_bibtex_escapes_special_characters() -> None:
    article = Article("a,b{c}", r"50% & {more} $5 #1 a_b c~d e^f \x", "", author=("Lü & Co.", "O'Brien"))
    text = format_bibtex([article])
    [entry] = bibtexparser.loads(text).entries
    assert entry["ID"] == "a-b-c-"
    assert entry["author"] == r"{Lü \& Co.} and {O'Brien}"
    assert entry["title"] == (
        r"{50\% \& \{more\} \$5 \#1 a\_b c\textasciitilde{}d e\textasciicircum{}f \textbackslash{}x}"
    )


def test_csl_json_is_read_by_citeproc() -> None:
    items = json.loads(format_csl_json(ARTICLES.values()))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it does not know every field of the schema
        read = CiteProcJSON(items)
    assert [str(read[name]["title"]) for name in ARTICLES] == [a.title for a in ARTICLES.values()]
    assert {item["type"] for item in items} == {"article-newspaper"}


@pytest.mark.parametrize(
    ("edtf", "issued"),
    [
        ("2021", {"date-parts": [[2021]]}),
        ("2021-07", {"date-parts": [[2021, 7]]}),
        ("2021-07-14", {"date-parts": [[2021, 7, 14]]}),
        ("2021-07-22/2021-08-31", {"date-parts": [[2021, 7, 22], [2021, 8, 31]], "circa": True}),
        ("2021~", {"date-parts": [[2021, 1, 1], [2021, 12, 31]], "circa": True}),
        ("2021-21", {"date-parts": [[2021, 3, 1], [2021, 5, 31]], "circa": True}),
        ("2021-07-21", {"date-parts": [[2021, 7, 21]]}),
        ("2021/..", {"date-parts": [[2021, 1, 1]], "circa": True}),
        ("", None),
    ],
    ids=lambda value: value or "undated" if isinstance(value, str) else "",
)
def test_csl_date_is_as_precise_as_the_article(edtf: str, issued: object) -> None:
    item = make_csl_item(Article("a", "A", "", date=edtf))
    assert item.get("issued") == issued
    assert ("note" in item) == (edtf not in ("", "2021", "2021-07", "2021-07-14", "2021-07-21"))


@pytest.mark.parametrize("page", ["0", "000", "004", "013"])
def test_page_numbered_by_the_archive_is_not_cited(page: str) -> None:
    article = Article("wells", "Wells", "Text.", page=page)
    assert "page" not in format_text_citations([article])
    assert "pages" not in format_bibtex([article])
    assert "page" not in make_csl_item(article)


@pytest.mark.parametrize("page", ["4", "13", "08", "A4", "104"])
def test_page_of_the_newspaper_is_cited(page: str) -> None:
    article = Article("wells", "Wells", "Text.", page=page)
    assert f"page {page}" in format_text_citations([article])
    assert f"  pages = {{{page}}}," in format_bibtex([article])
    assert make_csl_item(article)["page"] == page


def keys_of(*ids: str) -> list[str]:
    entries = bibtexparser.loads(format_bibtex([Article(name, "T", "") for name in ids])).entries
    return [entry["ID"] for entry in entries]


def test_bibtex_keys_do_not_collide() -> None:
    ids = ["ore train", "ore-train", "ore;train", "ore,train", "Ore-Train"]
    keys = keys_of(*ids)
    assert len({key.casefold() for key in keys}) == len(ids)
    assert keys[4] == "Ore-Train"
    assert all(key.startswith("ore-train-") for key in keys[:4])
    assert dict(zip(reversed(ids), keys_of(*reversed(ids)), strict=True)) == dict(zip(ids, keys, strict=True))


def test_bibtex_key_that_looks_like_a_hashed_one_does_not_collide() -> None:
    hashed = keys_of("ore train", "ore;train")[0]
    keys = keys_of("ore train", "ore;train", hashed)
    assert len(set(keys)) == 3
    assert keys[2] == hashed
    assert keys[0].startswith(hashed)
