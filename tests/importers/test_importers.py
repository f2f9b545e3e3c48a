"""Every format that can be imported, and the errors of every other file."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from shanxi_cli.errors import PageError
from shanxi_cli.importers import read_parts
from shanxi_cli.importers.text import ImportedPart
from shanxi_cli.model.article import Article, Caption

PAGE = "# Bread is dearer\n\nBy LI XIAOYU\n\nA loaf costs 4 yuan. Bakers blame the price of flour.\n"


def parts(path: Path, text_field: str | None = None) -> list[ImportedPart]:
    return list(read_parts(str(path), text_field=text_field))


def articles(path: Path, text_field: str | None = None) -> list[Article]:
    return [article for part in parts(path, text_field) for article in part.page.articles]


@pytest.fixture
def write(tmp_path: Path) -> Callable[[str, str | bytes], Path]:
    def written(name: str, content: str | bytes) -> Path:
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True, parents=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return written


Write = Callable[[str, str | bytes], Path]


@pytest.mark.parametrize(
    "data",
    [
        PAGE.encode(),
        PAGE.replace("\n", "\r\n").encode(),
        b"\xef\xbb\xbf" + PAGE.encode(),
        PAGE.encode("utf-16"),
    ],
    ids=["utf-8", "crlf", "utf-8-bom", "utf-16"],
)
def test_text_page_in_every_encoding(write: Write, data: bytes) -> None:
    [article] = articles(write("page.txt", data))
    assert (article.title, article.author) == ("Bread is dearer", ("LI XIAOYU",))
    assert article.body == "A loaf costs 4 yuan. Bakers blame the price of flour."


def test_latin_1_and_gb18030_are_decoded(write: Write) -> None:
    [article] = articles(write("page.txt", PAGE.replace("flour", "flour in Orléans").encode("latin-1")))
    assert "Orléans" in article.body
    chinese = "# 太原市煤炭产量下降\n\n太原市的煤炭产量去年下降了百分之五。专家说，这是好消息，也是多年努力的结果。\n"
    [article] = articles(write("page.txt", chinese.encode("gb18030")))
    assert article.title == "太原市煤炭产量下降"


def test_form_feed_separates_pages(write: Write) -> None:
    found = parts(write("issue.txt", PAGE + "\f" + PAGE.replace("Bread", "Milk")))
    assert [(part.number, part.page.articles[0].title) for part in found] == [
        ("1", "Bread is dearer"),
        ("2", "Milk is dearer"),
    ]


def test_front_matter_of_other_programs_is_read(write: Write) -> None:
    yaml = (
        "---\nheadline: Bread is dearer\nauthors: [Li Xiaoyu]\npubdate: 2021-07-22 08:00:00 +0800\ndraft: true\n---\n"
        "A loaf costs 4 yuan.\n"
    )
    toml = (
        '+++\ntitle = "Bread is dearer"\nauthor = "Li Xiaoyu"\ndate = 2021-07-22T08:00:00Z\n+++\nA loaf costs 4 yuan.\n'
    )
    for text in (yaml, toml):
        [article] = articles(write("post.md", text))
        assert (article.title, article.author, article.date) == ("Bread is dearer", ("Li Xiaoyu",), "2021-07-22")
        assert article.body == "A loaf costs 4 yuan."


def test_invalid_date_is_doubtful(write: Write) -> None:
    [article] = articles(write("post.md", "---\ntitle: Bread\ndate: last week\n---\nA loaf.\n"))
    assert (article.date, article.unsure) == ("", ("its date could not be read: last week",))


def test_table_rows_become_articles(write: Write) -> None:
    row = 'Bread is dearer,2021-07-22,"Li Xiaoyu and Sun Yu","A loaf costs 4 yuan.\n\nIt cost 3."\n'
    csv = f"Title,Date,Author,Body\n{row}"
    rows = [
        {
            "headline": "Bread is dearer",
            "date": "2021-07-22",
            "byline": ["Li Xiaoyu", "Sun Yu"],
            "text": "A loaf costs 4 yuan.\n\nIt cost 3.",
        }
    ]
    for name, text in (
        ("a.csv", csv),
        ("a.tsv", csv.replace(",", "\t").replace('"Li Xiaoyu', '"Li Xiaoyu')),
        ("a.jsonl", json.dumps(rows[0])),
        ("a.json", json.dumps(rows)),
    ):
        [article] = articles(write(name, text))
        assert (article.title, article.date, article.author) == (
            "Bread is dearer",
            "2021-07-22",
            ("Li Xiaoyu", "Sun Yu"),
        ), name
        assert article.paragraphs == ["A loaf costs 4 yuan.", "It cost 3."]


def test_table_rows_without_titles_are_pages(write: Write) -> None:
    [article] = articles(write("pages.jsonl", json.dumps({"id": 3, "ocr_text": PAGE})))
    assert (article.title, article.author) == ("Bread is dearer", ("LI XIAOYU",))


def test_table_reads_texts_beside_it(write: Write) -> None:
    write("texts/bread.txt", "A loaf costs 4 yuan.")
    [article] = articles(write("list.csv", "title,file\nBread is dearer,bread.txt\n"))
    assert article.body == "A loaf costs 4 yuan."


def test_table_text_column_is_named(write: Write) -> None:
    path = write("a.csv", "title,first,second\nBread,one,two\n")
    with pytest.raises(PageError, match="which column has the text.*title, first, second"):
        articles(path)
    assert articles(path, "second")[0].body == "two"
    with pytest.raises(PageError, match="no column third; there are title, first, second"):
        articles(path, "third")


def test_html_page_becomes_an_article(write: Write) -> None:
    told = {
        "@graph": [
            {
                "@type": "NewsArticle",
                "headline": "Bread is dearer",
                "author": [{"name": "Li Xiaoyu"}],
                "datePublished": "2021-07-22T08:00:00+08:00",
                "publisher": {"name": "Leeds Courier"},
            }
        ]
    }
    html = (
        '<!doctype html><html lang="en"><head><title>Bread | Courier</title>'
        f'<script type="application/ld+json">{json.dumps(told)}'
        "</script></head><body><nav><p>Home and more of it here.</p></nav><article><h1>Bread is dearer</h1>"
        "<p>A loaf costs 4 yuan &amp; more.</p><figure><figcaption>A loaf on a table.</figcaption></figure>"
        "<p>Bakers blame <b>flour</b> for it.</p></article>"
        "<footer><p>All rights are reserved here.</p></footer></body></html>"
    )
    [article] = articles(write("saved.html", html))
    assert (article.title, article.author, article.date) == ("Bread is dearer", ("Li Xiaoyu",), "2021-07-22")
    assert (article.publication, article.language) == ("Leeds Courier", "en")
    assert article.paragraphs == ["A loaf costs 4 yuan & more.", "Bakers blame flour for it."]
    assert article.captions == (Caption("A loaf on a table."),)


ALTO = """<?xml version="1.0"?>
<alto xmlns="http://www.loc.gov/standards/alto/ns-v{version}#">
<Layout>
<Page ID="P1">
<PrintSpace>
<TextBlock ID="B1">
<TextLine>
<String CONTENT="Bread"/>
<SP/>
<String CONTENT="is"/>
<SP/>
<String CONTENT="dearer"/>
</TextLine>
</TextBlock>
<TextBlock ID="B2">
<TextLine>
<String CONTENT="By"/>
<String CONTENT="LI"/>
<String CONTENT="XIAOYU"/>
</TextLine>
</TextBlock>
<TextBlock ID="B3">
<TextLine>
<String CONTENT="Bakers"/>
<String CONTENT="blame"/>
<String CONTENT="the"/>
<String CONTENT="condi" SUBS_TYPE="HypPart1" SUBS_CONTENT="conditions"/>
<HYP CONTENT="-"/>
</TextLine>
<TextLine>
<String CONTENT="tions" SUBS_TYPE="HypPart2" SUBS_CONTENT="conditions"/>
<String CONTENT="of"/>
<String CONTENT="trade."/>
</TextLine>
</TextBlock>
</PrintSpace>
</Page>
</Layout>
</alto>"""

METS = """<mets:mets xmlns:mets="http://www.loc.gov/METS/" xmlns:xlink="http://www.w3.org/1999/xlink"
 xmlns:mods="http://www.loc.gov/mods/v3">
<mets:dmdSec ID="ISSUE">
<mods:title>Leeds Courier</mods:title>
<mods:dateIssued>1934-10-17</mods:dateIssued>
</mets:dmdSec>
<mets:fileSec>
<mets:file ID="F1">
<mets:FLocat xlink:href="file://./page.xml"/>
</mets:file>
</mets:fileSec>
<mets:structMap TYPE="LOGICAL">
<mets:div TYPE="ARTICLE">
<mets:div TYPE="HEADING">
<mets:fptr>
<mets:area FILEID="F1" BEGIN="B1"/>
</mets:fptr>
</mets:div>
<mets:div TYPE="BODY">
<mets:fptr>
<mets:area FILEID="F1" BEGIN="B2"/>
<mets:area FILEID="F1" BEGIN="B3"/>
</mets:fptr>
</mets:div>
</mets:div>
</mets:structMap>
</mets:mets>"""


@pytest.mark.parametrize("version", ["2", "3", "4"])
def test_alto_of_any_version(write: Write, version: str) -> None:
    [article] = articles(write("page.xml", ALTO.format(version=version)))
    assert (article.title, article.author) == ("Bread is dearer", ("LI XIAOYU",))
    assert article.body == "Bakers blame the conditions of trade."


def test_mets_uses_recorded_articles(write: Write) -> None:
    write("page.xml", ALTO.format(version="3"))
    [article] = articles(write("mets.xml", METS))
    assert (article.title, article.author, article.date) == ("Bread is dearer", ("LI XIAOYU",), "1934-10-17")
    assert (article.publication, article.body) == ("Leeds Courier", "Bakers blame the conditions of trade.")


def pdf(*pages: list[str]) -> bytes:
    """A PDF of one font with a line of text under the other."""
    kids = " ".join(f"{4 + 2 * n} 0 R" for n in range(len(pages)))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    for n, lines in enumerate(pages):
        shown = "".join(f"BT /F1 12 Tf 72 {720 - 20 * k} Td ({line}) Tj ET\n" for k, line in enumerate(lines) if line)
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents {5 + 2 * n} 0 R "
            "/Resources << /Font << /F1 3 0 R >> >> >>"
        )
        objects.append(f"<< /Length {len(shown)} >>\nstream\n{shown}endstream")
    out, places = "%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{content}\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    start = len(out)
    trailer = f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n"
    return f"{out}xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}{trailer}".encode()


TEXT = [
    "Bread is dearer",
    "By LI XIAOYU",
    "A loaf costs 4 yuan now. Bakers blame the condi-",
    "tions of trade and the rain.",
]


LINKED_METS = """<mets xmlns:xlink="http://www.w3.org/1999/xlink">
<dmdSec ID="D1"><title>Bread is dearer</title></dmdSec>
<fileSec><file ID="F1"><FLocat xlink:href="page.xml"/></file></fileSec>
<structMap TYPE="LOGICAL"><div ID="art1" TYPE="ARTICLE" DMDID="D1">
<div TYPE="AUTHOR"><fptr><area FILEID="F1" BEGIN="B0"/></fptr></div></div></structMap>
<structMap TYPE="PHYSICAL"><div ID="pa1" TYPE="pagearea">
<fptr><area FILEID="F1" BETYPE="IDREF" BEGIN="w1" END="w5"/></fptr></div>
<div ID="pa2" TYPE="pagearea">
<fptr><area FILEID="F1" BETYPE="IDREF" BEGIN="w6" END="w7"/></fptr></div></structMap>
<structLink><smLinkGrp>
<smLocatorLink xlink:href="#art1"/>
<smLocatorLink xlink:href="#pa1"/>
<smLocatorLink xlink:href="#pa2"/>
</smLinkGrp></structLink></mets>"""


def test_mets_follows_links_to_areas_of_pages(write: Write) -> None:
    words = "Bread is dearer Bakers blame flour. Again. More".split()
    lines = [words[:3], words[3:6], words[6:]]
    numbers = iter(range(1, 9))
    blocks = "".join(
        "<TextBlock><TextLine>"
        + "".join(f'<String ID="w{next(numbers)}" CONTENT="{word}"/>' for word in line)
        + "</TextLine></TextBlock>"
        for line in lines
    )
    author = '<TextBlock ID="B0"><TextLine><String CONTENT="Li"/><String CONTENT="Xiaoyu"/></TextLine></TextBlock>'
    write("page.xml", f"<alto><Layout><Page>{author}{blocks}</Page></Layout></alto>")
    [article] = articles(write("mets.xml", LINKED_METS))
    assert (article.title, article.author) == ("Bread is dearer", ("Li Xiaoyu",))
    assert article.paragraphs == ["Bakers blame", "flour.", "Again."]


def test_pdf_with_a_text_layer(write: Write) -> None:
    pytest.importorskip("pypdfium2")
    [article] = articles(write("page.pdf", pdf(TEXT)))
    assert (article.title, article.author) == ("Bread is dearer", ("LI XIAOYU",))
    assert article.body == "A loaf costs 4 yuan now. Bakers blame the conditions of trade and the rain."


def test_pdf_page_without_text_has_a_problem(write: Write) -> None:
    pytest.importorskip("pypdfium2")
    first, second = parts(write("page.pdf", pdf(TEXT, [])))
    assert (first.number, first.problem) == ("1", "")
    assert "no text layer" in second.problem
    with pytest.raises(PageError, match="no text layer"):
        parts(write("scan.pdf", pdf([])))
    with pytest.raises(PageError, match="cannot be opened"):
        parts(write("broken.pdf", b"%PDF-1.4 and then nothing"))


def test_pdf_without_its_extra_names_the_command(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "pypdfium2", None)
    with pytest.raises(PageError, match=r"pip install 'shanxi\[pdf\]'"):
        parts(write("page.pdf", pdf(TEXT)))


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("empty.txt", b"", "an empty file"),
        ("blank.txt", b" \n\n", "an empty file"),
        ("binary.txt", bytes(range(256)) * 40, "not text"),
        ("a.zip", b"PK\x03\x04rest", "a zip file that is damaged or empty"),
        ("a.png", b"\x89PNG\r\n", "a picture"),
        ("a.xml", b"<?xml version='1.0'?><plays/>", "XML of an unknown kind, with the root <plays>"),
        ("a.xml", b"<?xml version='1.0'?><alto><Page>", "broken XML"),
        ("a.xml", b"<?xml version='1.0'?><!DOCTYPE alto [<!ENTITY a 'b'>]><alto/>", "declares entities"),
        ("a.xml", b"<mets><structMap/></mets>", "without articles"),
        ("a.xml", b"<alto><Page/></alto>", "without words"),
        ("a.html", b"<html><body><p>Hi</p></body></html>", "without the text of an article"),
        ("a.csv", b"title,text\n", "a table without rows"),
        ("a.csv", b'title,text\n"one,two\n', "broken CSV"),
        ("a.csv", b"title,text\na,b,c\n", "more cells"),
        ("a.csv", b"title,text\na,\n", "nothing in text"),
        ("a.csv", b"title,file\na,../../etc/x.txt\n", "not below the folder"),
        ("a.jsonl", b"{nothing\n", "broken JSON in line 1"),
        ("a.jsonl", b"[1]\n", "object 1 is no object"),
        ("a.md", b"---\ntitle: [a\n---\nx\n", "front matter cannot be read"),
        ("a.md", b"+++\ntitle = \n+++\nx\n", "broken TOML"),
    ],
    ids=lambda value: value.replace(" ", "-") if isinstance(value, str) else "",
)
def test_unreadable_file_raises_page_error(write: Write, name: str, data: bytes, reason: str) -> None:
    with pytest.raises(PageError) as error:
        parts(write(name, data))
    assert reason in error.value.reason
    assert "\n" not in str(error.value)


def test_oversized_text_raises_page_error(write: Write) -> None:
    with pytest.raises(PageError, match="may have 8,000,000"):
        parts(write("long.txt", b"word " * 2_000_000))
    with pytest.raises(PageError, match="a line of 1,000,000 characters"):
        parts(write("long.txt", b"word " * 200_000))


def test_folder_or_missing_file_raises_page_error(tmp_path: Path) -> None:
    with pytest.raises(PageError, match="a folder without files that can be imported"):
        parts(tmp_path)
    with pytest.raises(PageError, match="cannot be read: No such file"):
        parts(tmp_path / "nothing.txt")


def test_joined_columns_are_a_problem_of_their_page(write: Write) -> None:
    row = "Miners in the town used to dig      Bakers of the lane rise at two       The river is low this year and\n"
    first, second = parts(write("issue.txt", row * 12 + "\f" + PAGE))
    assert "convert it again in column order" in first.problem
    assert second.page.articles[0].title == "Bread is dearer"


def test_newspaper_of_a_saved_page_is_named_behind_its_title(write: Write) -> None:
    body = "<article><h1>Dam holds</h1><p>The dam above Harbor Town held all night, and nobody was hurt.</p></article>"
    [named] = articles(write("a.html", f"<html><title>Dam holds | News | Harbor Daily</title>{body}</html>"))
    [unnamed] = articles(write("b.html", f"<html><title>Harbor Daily | Dam holds</title>{body}</html>"))
    assert (named.publication, unnamed.publication) == ("Harbor Daily", "")


def test_newspaper_of_a_page_is_its_masthead(write: Write) -> None:
    [part] = parts(write("page.txt", "THE HARBOR GAZETTE\nFriday, July 23, 2021 | Page 7\n\n" + PAGE))
    assert part.page.publication == "The Harbor Gazette"
