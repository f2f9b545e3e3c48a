"""Web archives, saved pages in one file, books, and scanned pages: hOCR and PAGE-XML."""

import gzip
import io
import zipfile
from pathlib import Path

import pytest

from shanxi_cli.errors import PageError
from shanxi_cli.importers import read_parts
from shanxi_cli.importers.text import ImportedPart

PAGE = (
    "<!doctype html><html><head><title>Frost</title></head><body><article><h1>Frost</h1>"
    "<p>The pass is closed.</p><p>The ferry waits.</p></article></body></html>"
)


def make_record(kind: str, status: str, body: str) -> str:
    http = f"HTTP/1.1 {status} X\r\nContent-Type: {kind}\r\n\r\n{body}"
    return (
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://holm.example/1\r\n"
        "WARC-Date: 2021-07-23T08:00:00Z\r\nContent-Type: application/http; msgtype=response\r\n"
        f"Content-Length: {len(http)}\r\n\r\n{http}\r\n\r\n"
    )


WARC = make_record("text/html", "200", PAGE) + make_record("image/png", "200", "x")

MHTML = (
    "From: <Saved by Blink>\nSnapshot-Content-Location: https://holm.example/1\nSubject: Frost\nMIME-Version: 1.0\n"
    'Content-Type: multipart/related; type="text/html"; boundary="B"\n\n--B\nContent-Type: text/html\n'
    f"Content-Transfer-Encoding: quoted-printable\n\n{PAGE.replace('=', '=3D')}\n--B\n"
    "Content-Type: text/css\n\np {}\n--B--\n"
)

HOCR = """<html><body><div class='ocr_page'>
<div class='ocr_carea'><p class='ocr_par'><span class='ocr_line' title='bbox 0 0 9 60; x_size 60'>
Frost closes the pass</span></p></div>
<div class='ocr_carea'><p class='ocr_par'>
<span class='ocr_line' title='bbox 0 70 9 90; x_size 20'>
<span class='ocrx_word'>The</span> pass is closed and the fer-</span>
<span class='ocr_line' title='bbox 0 95 9 115; x_size 20'>ry waits for better weather in the harbour.</span></p></div>
</div></body></html>"""

PAGE_XML = """<?xml version="1.0"?>
<PcGts xmlns="http://schema.primaresearch.org/PAGE/gts/pagecontent/2019-07-15"><Page>
<TextRegion type="heading">
<TextLine><TextEquiv><Unicode>Frost closes the pass</Unicode></TextEquiv></TextLine></TextRegion>
<TextRegion type="paragraph">
<TextLine><TextEquiv><Unicode>The pass is closed and the fer-</Unicode></TextEquiv></TextLine>
<TextLine><TextEquiv><Unicode>ry waits for better weather in the harbour.</Unicode></TextEquiv></TextLine></TextRegion>
</Page></PcGts>"""


def make_zip(files: dict[str, bytes | str]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return target.getvalue()


def parts(folder: Path, data: bytes | str) -> list[ImportedPart]:
    path = folder / "input"
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return list(read_parts(str(path)))


@pytest.mark.parametrize(
    "data",
    [
        WARC,
        gzip.compress(WARC.encode()),
        make_zip({"datapackage.json": "{}", "archive/data.warc.gz": gzip.compress(WARC.encode())}),
        MHTML,
    ],
    ids=["warc", "packed", "wacz", "mhtml"],
)
def test_saved_pages(tmp_path: Path, data: bytes | str) -> None:
    [article] = [article for part in parts(tmp_path, data) for article in part.page.articles]
    assert (article.title, article.paragraphs) == ("Frost", ["The pass is closed.", "The ferry waits."])


def test_other_records_are_left_out(tmp_path: Path) -> None:
    dropped = [line for part in parts(tmp_path, WARC) for line in part.page.dropped]
    assert dropped == ["record: 200 image/png https://holm.example/1"]


def test_archive_without_pages_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PageError, match="a web archive without web pages"):
        parts(tmp_path, make_record("image/png", "200", "x"))


def test_epub(tmp_path: Path) -> None:
    package = (
        "<package xmlns:dc='http://purl.org/dc/elements/1.1/'><metadata><dc:title>Holm Annual</dc:title>"
        "<dc:creator>Lena Fischer</dc:creator><dc:date>2021-07-23</dc:date><dc:language>en-GB</dc:language></metadata>"
        "<manifest><item id='a' href='text/a%20b.xhtml'/><item id='b' href='cover.xhtml'/></manifest>"
        "<spine><itemref idref='b'/><itemref idref='a'/></spine></package>"
    )
    book = make_zip(
        {
            "META-INF/container.xml": "<container><rootfiles><rootfile full-path='O/p.opf'/></rootfiles></container>",
            "O/p.opf": package,
            "O/cover.xhtml": "<html><body><img src='x'/></body></html>",
            "O/text/a b.xhtml": "<html><body><h1>Frost</h1><p>The pass is closed.</p></body></html>",
        }
    )
    [part] = parts(tmp_path, book)
    [article] = part.page.articles
    assert (article.title, article.publication, article.author, article.date, article.language) == (
        "Frost",
        "Holm Annual",
        ("Lena Fischer",),
        "2021-07-23",
        "en",
    )
    assert article.body == "The pass is closed."


@pytest.mark.parametrize("data", [HOCR, PAGE_XML], ids=["hocr", "page-xml"])
def test_scanned_pages(tmp_path: Path, data: str) -> None:
    [part] = parts(tmp_path, data)
    [article] = part.page.articles
    assert (article.title, article.body) == (
        "Frost closes the pass",
        "The pass is closed and the ferry waits for better weather in the harbour.",
    )
