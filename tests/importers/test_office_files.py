"""Spreadsheets, messages of Outlook, and what is packed: gzip, ARC, zip files of issues."""

import gzip
import io
import struct
import zipfile
from pathlib import Path

import pytest

from shanxi_cli.errors import PageError
from shanxi_cli.importers import read_parts
from shanxi_cli.importers.text import ImportedPart
from tests.support.compound_file import write_compound_file


def parts(folder: Path, data: bytes, name: str = "input", text_field: str | None = None) -> list[ImportedPart]:
    path = folder / name
    path.write_bytes(data)
    return list(read_parts(str(path), text_field=text_field))


def zipped(files: dict[str, str]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return target.getvalue()


def cell(place: str, value: str | float) -> str:
    if isinstance(value, float):
        return f'<c r="{place}" s="1"><v>{value}</v></c>'
    return f'<c r="{place}" t="inlineStr"><is><t>{value}</t></is></c>'


def workbook(**sheets: list[list[str | float]]) -> bytes:
    """An XLSX file; a number is a date."""
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    linked = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    files = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "xl/styles.xml": f'<styleSheet xmlns="{main}"><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs>'
        "</styleSheet>",
    }
    entries, targets = "", ""
    for number, (name, rows) in enumerate(sheets.items(), 1):
        entries += f'<sheet name="{name}" sheetId="{number}" r:id="r{number}"/>'
        targets += f'<Relationship Id="r{number}" Type="{linked}/worksheet" Target="worksheets/sheet{number}.xml"/>'
        lines = "".join(
            f'<row r="{n}">{"".join(cell(f"{chr(64 + k)}{n}", value) for k, value in enumerate(row, 1))}</row>'
            for n, row in enumerate(rows, 1)
        )
        files[f"xl/worksheets/sheet{number}.xml"] = (
            f'<worksheet xmlns="{main}"><sheetData>{lines}</sheetData></worksheet>'
        )
    files["xl/workbook.xml"] = f'<workbook xmlns="{main}" xmlns:r="{linked}"><sheets>{entries}</sheets></workbook>'
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    root = f'<Relationship Id="r0" Type="{linked}/officeDocument" Target="xl/workbook.xml"/>'
    files["_rels/.rels"] = f'<Relationships xmlns="{package}">{root}</Relationships>'
    files["xl/_rels/workbook.xml.rels"] = f'<Relationships xmlns="{package}">{targets}</Relationships>'
    return zipped(files)


TEXT = "The pass above Holm is closed, and the ferry waits for better weather in the harbour."


def test_rows_of_a_spreadsheet(tmp_path: Path) -> None:
    sheet: list[list[str | float]] = [
        ["Clippings of the winter"],
        ["Headline", "Date", "Newspaper", "Text", "Box"],
        ["Frost closes the pass", 44400.0, "Holm Courier", TEXT, "7"],
    ]
    [part] = parts(tmp_path, workbook(Winter=sheet, Notes=[["Name", "Place"], ["Lena", "Holm"]]))
    [article] = part.page.articles
    assert (article.title, article.date, article.publication, article.body) == (
        "Frost closes the pass",
        "2021-07-23",
        "Holm Courier",
        TEXT,
    )
    assert part.page.dropped == (
        "sheet line: Winter: Clippings of the winter",
        "sheet line: Notes: Name Place",
        "sheet line: Notes: Lena Holm",
        "column: Box 7",
    )


def test_text_column_of_a_spreadsheet_by_name(tmp_path: Path) -> None:
    sheet: list[list[str | float]] = [["Title", "Remark"], ["Frost", "Closed."]]
    with pytest.raises(PageError, match="which column has the text"):
        parts(tmp_path, workbook(One=sheet))
    [part] = parts(tmp_path, workbook(One=sheet), text_field="Remark")
    assert [(article.title, article.body) for article in part.page.articles] == [("Frost", "Closed.")]


def test_damaged_spreadsheet(tmp_path: Path) -> None:
    with pytest.raises(PageError, match="a damaged spreadsheet"):
        parts(tmp_path, zipped({"xl/workbook.xml": "<workbook>"}))


def message(**changes: bytes | None) -> bytes:
    date = (13_271_500_800 + 3_600) * 10_000_000  # 2021-07-23 in units of 100 ns since 1601
    streams: dict[str, bytes | None] = {
        "__properties_version1.0": bytes(32) + struct.pack("<HHIQ", 0x40, 0x39, 0, date),
        "__substg1.0_0037001F": "Frost closes the pass".encode("utf-16-le"),
        "__substg1.0_0C1A001F": "Lena Fischer".encode("utf-16-le"),
        "__substg1.0_0C1F001F": "lena@holm.example".encode("utf-16-le"),
        "__substg1.0_0E04001F": "Desk".encode("utf-16-le"),
        "__substg1.0_1000001F": "The pass is closed.\r\n\r\nThe ferry waits.\r\n".encode("utf-16-le"),
        "__attach_version1.0_#00000000/__substg1.0_3707001F": "snow.jpg".encode("utf-16-le"),
        **changes,
    }
    return write_compound_file({name: data for name, data in streams.items() if data is not None})


def test_message_of_outlook(tmp_path: Path) -> None:
    [part] = parts(tmp_path, message())
    [article] = part.page.articles
    assert (article.title, article.author, article.date) == ("Frost closes the pass", ("Lena Fischer",), "2021-07-23")
    assert article.paragraphs == ["The pass is closed.", "The ferry waits."]
    assert part.page.dropped == ("export line: attachment snow.jpg", "export line: X-To: Desk")


def test_html_of_an_outlook_message(tmp_path: Path) -> None:
    html = b"<html><body><p>The pass is closed.</p><p>The ferry waits.</p></body></html>"
    [part] = parts(tmp_path, message(**{"__substg1.0_1000001F": None, "__substg1.0_10130102": html}))
    assert part.page.articles[0].paragraphs == ["The pass is closed.", "The ferry waits."]


def test_outlook_message_of_rtf_alone_is_refused(tmp_path: Path) -> None:
    data = message(**{"__substg1.0_1000001F": None, "__substg1.0_10090102": b"LZFu"})
    with pytest.raises(PageError, match="only in RTF; save it as .eml"):
        parts(tmp_path, data)


def test_damaged_outlook_message(tmp_path: Path) -> None:
    data = message()
    with pytest.raises(PageError, match="a damaged Outlook message"):
        parts(tmp_path, data[:600] + "__properties_version1.0".encode("utf-16-le"))


@pytest.mark.parametrize(
    ("data", "name", "library"),
    [
        (message(), "a.msg", "olefile"),
        (workbook(One=[["Title", "Text"], ["Frost", TEXT]]), "a.xlsx", "python_calamine"),
    ],
    ids=["message", "spreadsheet"],
)
def test_without_the_extra_the_command_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, data: bytes, name: str, library: str
) -> None:
    monkeypatch.setitem(__import__("sys").modules, library, None)
    with pytest.raises(PageError, match=r"install the extra: pip install 'shanxi\[import\]'"):
        parts(tmp_path, data, name)


def test_file_packed_with_gzip(tmp_path: Path) -> None:
    data = b'{"title": "Frost", "text": "The pass is closed."}\n'
    [part] = parts(tmp_path, gzip.compress(data), "articles.jsonl.gz")
    assert [(article.title, article.body) for article in part.page.articles] == [("Frost", "The pass is closed.")]


def test_damaged_gzip(tmp_path: Path) -> None:
    with pytest.raises(PageError, match="a damaged gzip file"):
        parts(tmp_path, gzip.compress(bytes(9_000))[:-9], "a.gz")


def test_web_pages_of_an_arc_file(tmp_path: Path) -> None:
    page = (
        "<html><body><article><h1>Frost</h1><p>The pass is closed.</p><p>The ferry waits.</p></article></body></html>"
    )
    http = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{page}"
    head = "1 0 Example\nURL IP-address Archive-date Content-type Archive-length\n"
    data = (
        f"filedesc://a.arc 0.0.0.0 20210723080000 text/plain {len(head)}\n{head}\n"
        f"http://holm.example/1 1.2.3.4 20210723080000 text/html {len(http)}\n{http}\n"
    )
    found = [article for part in parts(tmp_path, data.encode()) for article in part.page.articles]
    assert [(article.title, article.paragraphs) for article in found] == [
        ("Frost", ["The pass is closed.", "The ferry waits."])
    ]


def test_issue_in_a_zip_file(tmp_path: Path) -> None:
    mets = (
        '<mets><fileSec><file ID="F"><FLocat href="alto/1.xml"/></file></fileSec><div TYPE="ARTICLE" LABEL="Frost">'
        '<fptr><area FILEID="F" BEGIN="B"/></fptr></div></mets>'
    )
    alto = '<alto><TextBlock ID="B"><TextLine><String CONTENT="Closed."/></TextLine></TextBlock></alto>'
    files = {"1918/mets.xml": mets, "1918/alto/1.xml": alto, "1918/manifest.txt": "0" * 900, "__MACOSX/x": "y"}
    [part] = parts(tmp_path, zipped(files), "issues.zip")
    assert [(article.title, article.body) for article in part.page.articles] == [("Frost", "Closed.")]
    assert part.name == f"{tmp_path}/issues.zip: 1918/mets.xml article 1"


def test_zip_file_that_would_unpack_elsewhere(tmp_path: Path) -> None:
    with pytest.raises(PageError, match=r"\.\./mets\.xml would be unpacked outside its folder"):
        parts(tmp_path, zipped({"../mets.xml": "<mets/>"}), "issues.zip")
