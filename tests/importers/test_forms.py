"""What a file is, told by its contents; and what is refused, with the name of its form."""

import gzip
import io
import zipfile
from pathlib import Path

import pytest

from shanxi_cli.errors import PageError
from shanxi_cli.importers import read_parts
from shanxi_cli.importers.doubts import describe_non_prose, list_doubts
from shanxi_cli.importers.file_forms import FileForm, UnsupportedForm
from shanxi_cli.importers.forms import detect_form
from shanxi_cli.model.article import Article
from tests.conftest import Shanxi

ALTO = (
    "<alto><Layout><Page><TextBlock><TextLine><String CONTENT='Frost'/></TextLine></TextBlock></Page></Layout></alto>"
)


def zipped(*names: str, first: bytes = b"") -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name in names:
            archive.writestr(name, first or b"x")
    return target.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "form"),
    [
        ("xml-without-prolog", ALTO.encode(), FileForm.ALTO),
        ("xml-after-a-comment", b"<?xml version='1.0'?><!-- made by hand -->" + ALTO.encode(), FileForm.ALTO),
        ("xml-after-a-doctype", b"<!DOCTYPE alto [<!ELEMENT alto ANY>]>" + ALTO.encode(), FileForm.ALTO),
        ("utf-16-with-a-mark", ALTO.encode("utf-16"), FileForm.ALTO),
        ("utf-16-without-a-mark", ALTO.encode("utf-16-le"), FileForm.ALTO),
        ("utf-8-with-a-mark", ALTO.encode("utf-8-sig"), FileForm.ALTO),
        ("prefix", b"<m:mets xmlns:m='http://www.loc.gov/METS/'/>", FileForm.METS),
        ("page-xml", b"<PcGts xmlns='x'><Page/></PcGts>", FileForm.PAGE_XML),
        ("html-first", b"<!doctype html><p>One", FileForm.HTML),
        ("html-after-a-warning", b"Warning: mysql in line 3\n<html><head></head><body>", FileForm.HTML),
        ("html-after-a-script", b"<script>var a = '<alto>'</script><html><body>", FileForm.HTML),
        ("html-of-lines", b"<p>One</p>\n<p>Two</p>\n<p>Three</p>\n<p>Four</p>\n<p>Five</p>\n", FileForm.HTML),
        ("hocr", b"<html><body><div class='ocr_page'></div></body></html>", FileForm.HOCR),
        ("rss", b"<rss version='2.0'><channel/></rss>", FileForm.FEED),
        ("atom", b"<?xml version='1.0'?><feed xmlns='http://www.w3.org/2005/Atom'/>", FileForm.FEED),
        ("nitf", b"<nitf><body/></nitf>", FileForm.NITF),
        ("newsml", b"<newsMessage xmlns='http://iptc.org/std/nar/2006-10-01/'/>", FileForm.NEWSML),
        ("warc", b"WARC/1.0\r\nWARC-Type: response\r\n", FileForm.WARC),
        ("warc-packed", gzip.compress(b"WARC/1.0\r\nWARC-Type: response\r\n"), FileForm.WARC),
        ("mail", b"From: a@holm.example\nTo: b@holm.example\nSubject: Frost\n\nText", FileForm.MAIL),
        ("mail-folded", b"Received: from x\n by y\nFrom: a@x.example\nDate: Fri, 3 May 2024\n\nText", FileForm.MAIL),
        (
            "mbox",
            b"From a@x.example Fri May  3 08:00:00 2024\nFrom: a@x.example\nTo: b\nSubject: c\n\n",
            FileForm.MAILBOX,
        ),
        ("msg", b"\xd0\xcf\x11\xe0" + "__properties_version1.0".encode("utf-16-le"), FileForm.OUTLOOK),
        ("xls", b"\xd0\xcf\x11\xe0" + "Workbook".encode("utf-16-le"), FileForm.SHEET),
        ("xlsx", zipped("xl/workbook.xml"), FileForm.SHEET),
        ("gzip", gzip.compress(b"Frost"), FileForm.GZIP),
        ("arc", b"filedesc://a.arc 0.0.0.0 20210723080000 text/plain 73", FileForm.WARC),
        ("newsml-1", b"<?xml version='1.0'?><NewsML/>", FileForm.NEWSML),
        ("didl-in-an-answer", b"<OAI-PMH><GetRecord><didl:DIDL xmlns:didl='x'/></GetRecord></OAI-PMH>", FileForm.DIDL),
        ("text-of-delpher", b"<?xml version='1.0'?><text>\n<title/><p>Frost</p></text>", FileForm.DELPHER_TEXT),
        ("rtf", b"{\\rtf1\\ansi Frost}", FileForm.RTF),
        ("pdf-after-junk", b"\n\n%PDF-1.4", FileForm.PDF),
        ("docx", zipped("word/document.xml"), FileForm.DOCX),
        ("epub", zipped("META-INF/container.xml"), FileForm.EPUB),
        ("zip", zipped("one.txt"), FileForm.ZIP),
        ("ris", b"TY  - NEWS\nTI  - Frost\nER  - \n", FileForm.RIS),
        ("json-array", b'[{"title": "Frost"}]', FileForm.JSON),
        ("json-lines", b'{"title": "Frost"}\n{"title": "Thaw"}\n', FileForm.JSON),
        ("json-front-matter", b'{"title": "Frost"}\n\nText of the article.', FileForm.TEXT),
        ("header-lines-of-an-article", b"Title: Frost\nDate: 2021-07-23\n\nText", FileForm.TEXT),
        ("prose", b"Frost closed the pass.", FileForm.TEXT),
        ("prose-with-a-tag", b"Frost <b>closed</b> the pass.", FileForm.TEXT),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_form_is_told_by_the_contents(name: str, data: bytes, form: FileForm) -> None:
    assert detect_form(data, "") is form


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"\x16\x16\x01W2870 Frost", "a message of a wire service (ANPA 1312)"),
        (b"\x01eca062 4 i 211\r\n\nFrost", "a message of a wire service (IPTC 7901)"),
        (b"a.txt".ljust(257, b"\x00") + b"ustar\x0000", "a tar file"),
        (b"\xd0\xcf\x11\xe0" + "WordDocument".encode("utf-16-le"), "a Word file of before 2007"),
        (zipped("ppt/presentation.xml"), "a PowerPoint file (PPTX)"),
        (b"SQLite format 3\x00", "an SQLite database"),
        (b"<TEI xmlns='http://www.tei-c.org/ns/1.0'><text/></TEI>", "XML of an unknown kind, with the root <TEI>"),
        (
            b"<records>\n<record>\n<leader>1</leader>\n<datafield>\n</datafield>\n</record>\n</records>",
            "XML of an unknown kind, with the root <records>",
        ),
    ],
    ids=["anpa", "iptc-7901", "tar", "doc", "pptx", "sqlite", "tei", "xml-of-lines-of-tags"],
)
def test_unsupported_form_is_named(data: bytes, reason: str) -> None:
    with pytest.raises(UnsupportedForm) as error:
        detect_form(data, "")
    assert str(error.value).startswith(reason)


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("The frost closed the pass again, and the ferry waited. " * 20, ""),
        ("Frost", ""),
        ("1.25 3.50 88.1 | 12 ---- 77.3 %\n" * 30, "mostly digits and signs, not prose"),
        ("for (i = 0; i < 3; i++) {\n  call(first, second);\n}\n" * 20, "program code, not prose"),
        ("aGVsbG8gd29ybGQgaGVsbG8gd29ybGQgaGVsbG8gd29ybGQgaGVsbG8gd29ybGQ1\n" * 20, "encoded data (such as base64)"),
        ("The pass above Holm closed on Friday, and the ferry waits for the wind.\n\n" + "aGVsbG8gd29ybGQ1" * 40, ""),
        ("{'title': 'Frost', 'words': 12, 'kind': None, 'tags': ['a']}\n" * 20, "data of a program, not prose"),
        ("see <w:p w:x='1'><w:r>one</w:r></w:p> and <w:p>two</w:p>\n" * 20, "markup of an unknown kind"),
    ],
    ids=["prose", "short", "digits", "code", "base64", "text-with-attachment", "repr", "markup"],
)
def test_prose_is_told_from_other_text(text: str, what: str) -> None:
    found = describe_non_prose(text)
    assert found.startswith(what) and bool(found) == bool(what)


@pytest.mark.parametrize(
    ("article", "doubts"),
    [
        (Article(id="", title="Frost", body="The pass is closed."), []),
        (Article(id="", title="Frost", body=""), ["an article without text"]),
        (
            Article(id="", title="Frost", body="The pass <a href='x'>is</a> closed."),
            ["more than a tenth of its text is markup or program code"],
        ),
        (
            Article(id="", title="Frost", body="ice " * 100_001),
            ["100,001 words; several documents may have been taken for one"],
        ),
        (Article(id="", title="Frost closes the pass again", body="It is."), ["its headline is longer than its text"]),
        (
            Article(
                id="", title="Report", body="\n\n".join(f"Holm Times, May {day}, 2019\n\nIt is." for day in range(1, 7))
            ),
            ["several lines of dates; several documents may have been taken for one"],
        ),
        (
            Article(id="", title="Years", body="\n\n".join(f"In {year} it was closed." for year in range(1990, 1999))),
            [],
        ),
    ],
    ids=["right", "empty", "markup", "long", "headline", "dates", "years"],
)
def test_articles_that_cannot_be_right_are_doubtful(article: Article, doubts: list[str]) -> None:
    assert list(list_doubts(article)) == doubts


def test_strict_import_fails_on_a_doubt(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    run = Shanxi(capsys)
    table = tmp_path / "rows.csv"
    table.write_text("title,text\nFrost closes the pass again,It is.\n")
    lenient = run("import", str(table), "--into", str(tmp_path / "out"))
    strict = run("import", str(table), "--into", str(tmp_path / "out"), "--strict")
    assert (lenient.status, strict.status) == (0, 2)
    assert (
        "1 unchanged (1 unsure) would go"
        in run("import", str(table), "--into", str(tmp_path / "out"), "-f", "terminal", "--dry-run").err
    )


def test_text_that_is_no_prose_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "x.txt"
    file.write_text("if (a) {\n  b();\n}\n" * 100)
    with pytest.raises(PageError, match="program code, not prose"):
        list(read_parts(str(file)))
