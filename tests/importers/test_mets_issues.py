"""METS as libraries write it: sections, adverts, dates, pages, folders, and the words that no article has."""

from pathlib import Path

import pytest

from shanxi_cli.errors import PageError
from shanxi_cli.importers import read_parts
from shanxi_cli.importers.mets_metadata import is_placeholder, normalize_date
from shanxi_cli.importers.text import ImportedPart


def alto(*blocks: str) -> str:
    lines = ("".join(f"<String CONTENT={word!r}/>" for word in block.split()) for block in blocks)
    content = "".join(
        f"<TextBlock ID='B{n}'><TextLine>{line}</TextLine></TextBlock>" for n, line in enumerate(lines, 1)
    )
    return f"<alto><Layout><Page PHYSICAL_IMG_NR='7'>{content}</Page></Layout></alto>"


def part(kind: str, *inner: str, label: str = "", described: str = "") -> str:
    named = f' LABEL="{label}"' if label else ""
    named += f' DMDID="{described}"' if described else ""
    areas = (f"<fptr><area FILEID='F1' BEGIN='{one}'/></fptr>" if one[0] == "B" else one for one in inner)
    return f'<div TYPE="{kind}"{named}>{"".join(areas)}</div>'


def mets(
    logical: str, *, date: str = "17.12.1918", descriptions: str = "", href: str = "page.xml", pages: str = ""
) -> str:
    return (
        '<mets xmlns:xlink="http://www.w3.org/1999/xlink"><dmdSec ID="ISSUE"><mods><titleInfo><nonSort>The</nonSort>'
        f"<title>Holm Courier</title></titleInfo><dateIssued>{date}</dateIssued></mods></dmdSec>{descriptions}"
        f'<fileSec><file ID="F1"><FLocat xlink:href="{href}"/></file></fileSec>'
        f'<structMap TYPE="PHYSICAL">{pages}</structMap><structMap TYPE="LOGICAL">{logical}</structMap></mets>'
    )


def parts(folder: Path, issue: str, page: str, href: str = "page.xml") -> list[ImportedPart]:
    target = folder / "issue" / href
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(page)
    (folder / "issue" / "mets.xml").write_text(issue)
    return list(read_parts(str(folder / "issue" / "mets.xml")))


BODY = part("BODY", part("PARAGRAPH", "B2"), part("INSIDEHEADING", part("TITLE", "B3")), part("PARAGRAPH", "B4"))
ARTICLE = part("ARTICLE", part("HEADING", part("TITLE", "B1")), BODY)
PAGE = alto("Frost closes the pass", "The pass is closed.", "Ferry", "The ferry waits.", "Buy new boots", "12")


def test_heading_in_a_body_is_text_and_other_words_are_left_out(tmp_path: Path) -> None:
    found = parts(tmp_path, mets(ARTICLE + part("ADVERTISEMENT", "B5")), PAGE)
    [article] = [article for one in found for article in one.page.articles]
    assert (article.title, article.date, article.publication) == (
        "Frost closes the pass",
        "1918-12-17",
        "The Holm Courier",
    )
    assert article.paragraphs == ["The pass is closed.", "Ferry", "The ferry waits."]
    assert [one.page.dropped for one in found] == [("advertisement: Buy new boots", "other text: 12")]
    assert article.page == "7"


def test_section_with_own_paragraphs_is_an_article(tmp_path: Path) -> None:
    section = part(
        "SECTION", part("HEADING", part("TITLE", "B3")), part("BODY", part("TEXT", "B4"), ARTICLE), label="Sea"
    )
    issue = mets(section.replace(part("PARAGRAPH", "B4"), "").replace(part("INSIDEHEADING", part("TITLE", "B3")), ""))
    found = [article for one in parts(tmp_path, issue, PAGE) for article in one.page.articles]
    assert [(one.title, one.section, one.body) for one in found] == [
        ("Sea", "", "The ferry waits."),
        ("Frost closes the pass", "Sea", "The pass is closed."),
    ]


def test_part_without_text_is_no_article(tmp_path: Path) -> None:
    picture = part("ARTICLE", part("HEADING", part("TITLE", "B5")), part("ILLUSTRATION", part("CAPTION", "B6")))
    found = parts(tmp_path, mets(ARTICLE + picture), PAGE)
    assert [len(one.page.articles) for one in found] == [1, 0]
    assert found[1].page.dropped == ("empty article: Buy new boots",)
    assert [caption.text for caption in found[1].page.captions] == ["12"]


def test_descriptions_of_an_article(tmp_path: Path) -> None:
    described = (
        '<dmdSec ID="A1"><mods><titleInfo><title>Frost</title><subTitle>Ferry waits</subTitle></titleInfo>'
        '<name><namePart type="given">Lena</namePart><namePart type="family">Fischer</namePart>'
        "<role><roleTerm>aut</roleTerm></role></name><language><languageTerm>fre</languageTerm></language></mods></dmdSec>"
    )
    issue = mets(part("ARTICLE", BODY, described="A1"), descriptions=described)
    [article] = [article for one in parts(tmp_path, issue, PAGE) for article in one.page.articles]
    assert (article.title, article.deck, article.author, article.language) == (
        "Frost",
        "Ferry waits",
        ("Lena Fischer",),
        "fr",
    )


def test_pages_of_an_issue_without_articles(tmp_path: Path) -> None:
    page = alto("Frost closes the pass", "By LENA FISCHER", "The pass above Holm is closed, and the ferry waits.")
    pages = '<div TYPE="np:page" ORDER="1" ORDERLABEL="A4"><fptr FILEID="F1"/></div>'
    [found] = parts(tmp_path, mets("", pages=pages), page)
    assert (found.page.date, found.page.page, found.page.publication) == ("1918-12-17", "A4", "The Holm Courier")
    assert [article.title for article in found.page.articles] == ["Frost closes the pass"]


def test_alto_files_in_a_folder_beside_the_issue(tmp_path: Path) -> None:
    found = parts(tmp_path, mets(ARTICLE, href="../ocr/page.xml"), PAGE, "../ocr/page.xml")
    assert [len(one.page.articles) for one in found] == [1]


@pytest.mark.parametrize("href", ["../../far/page.xml", "../page.xml", "../ocr/deep/page.xml"])
def test_alto_files_elsewhere_are_not_opened(tmp_path: Path, href: str) -> None:
    folder = tmp_path / "a"
    with pytest.raises(PageError, match="is not below the folder of the METS file, nor in one beside it"):
        parts(folder, mets(ARTICLE, href=href), PAGE, href)


@pytest.mark.parametrize("title", ["Untitled", "[Sans Titre]", "–", "", "Ohne Titel"])
def test_title_that_is_none(title: str) -> None:
    assert is_placeholder(title)


@pytest.mark.parametrize("title", ["Titles are won", "Untitled love", "No"])
def test_title_that_is_one(title: str) -> None:
    assert not is_placeholder(title)


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("17.12.1918", "1918-12-17"),
        ("1918-12-17", "1918-12-17"),
        ("17 décembre 1918", "1918-12-17"),
        ("1918-12", "1918-12"),
        ("1918", "1918"),
        ("soon", ""),
        ("", ""),
    ],
)
def test_date_of_an_issue(text: str, date: str) -> None:
    assert normalize_date(text) == date
