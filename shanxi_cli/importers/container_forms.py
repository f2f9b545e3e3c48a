"""Forms of binary files: zip, gzip and files of old Office programs; others are refused by their first bytes."""

import zlib

from shanxi_cli.importers.file_forms import FileForm, UnsupportedForm
from shanxi_cli.importers.zip_files import list_zip_names

_SAVE_AS_TEXT = "save it as text, or as PDF with a text layer"
_SIGNATURES = (
    (b"\x89PNG", f"a picture; {_SAVE_AS_TEXT}"),
    (b"\xff\xd8\xff", f"a picture; {_SAVE_AS_TEXT}"),
    (b"GIF8", f"a picture; {_SAVE_AS_TEXT}"),
    (b"II*\x00", f"a picture; {_SAVE_AS_TEXT}"),
    (b"MM\x00*", f"a picture; {_SAVE_AS_TEXT}"),
    (b"\x00\x00\x00\x0cjP", f"a picture; {_SAVE_AS_TEXT}"),
    (b"AT&TFORM", "a DjVu file; convert it with djvutxt, or to PDF"),
    (b"7z\xbc\xaf", "a 7z file; unpack it and import the files in it"),
    (b"Rar!", "a RAR file; unpack it and import the files in it"),
    (b"BZh", "a bzip2 file; unpack it with bunzip2"),
    (b"\xfd7zXZ", "an xz file; unpack it with unxz"),
    (b"\x28\xb5\x2f\xfd", "a Zstandard file; unpack it with unzstd"),
    (b"SQLite format 3", "an SQLite database; export its table as CSV"),
    (b"PAR1", "a Parquet file; save it as CSV or JSON lines"),
    (b"bplist", "a web archive of Safari or a property list; save the page as HTML"),
    (b"\x7fELF", "a program, not a page"),
    (b"\x16\x16\x01", "a message of a wire service (ANPA 1312); save it as text"),
    (b"\x01", "a message of a wire service (IPTC 7901); save it as text"),
    (b"%!PS", "a PostScript file; convert it with ps2pdf"),
)
_OLE_KINDS = (  # names of streams, in UTF-16: [MS-OXMSG], [MS-DOC], [MS-XLS], [MS-PPT]
    ("__properties_version1.0", FileForm.OUTLOOK),
    ("WordDocument", "a Word file of before 2007; save it as .docx or as text"),
    ("Workbook", FileForm.SHEET),
    ("PowerPoint Document", f"a PowerPoint file; {_SAVE_AS_TEXT}"),
)
_ZIP_KINDS = (
    ("word/document.xml", FileForm.DOCX),
    ("xl/workbook.xml", FileForm.SHEET),
    ("xl/workbook.bin", FileForm.SHEET),
    ("META-INF/container.xml", FileForm.EPUB),
    ("datapackage.json", FileForm.WACZ),
)
_ZIP_REFUSALS = (
    ("ppt/presentation.xml", f"a PowerPoint file (PPTX); {_SAVE_AS_TEXT}"),
    ("META-INF/MANIFEST.MF", "a Java archive, not pages"),
)
_ARCHIVE_STARTS = (b"WARC/", b"filedesc://")  # ISO 28500, and its forerunner ARC
_TAR_SIGN = slice(257, 262)


def detect_container(data: bytes) -> FileForm | None:
    """Return the form of a binary file; None for one of text. Raise `UnsupportedForm` for a form that is not read."""
    if b"%PDF-" in data[:1024]:
        return FileForm.PDF
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _detect_zip(data)
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        return _detect_ole(data)
    if data.startswith(b"\x1f\x8b"):
        return _detect_gzip(data)
    if data.startswith(_ARCHIVE_STARTS):
        return FileForm.WARC
    for sign, what in _SIGNATURES:
        if data.startswith(sign):
            raise UnsupportedForm(what)
    if data[_TAR_SIGN] == b"ustar":
        raise UnsupportedForm("a tar file; unpack it and import its folder")
    if data[60:68] in (b"BOOKMOBI", b"TEXtREAd"):
        raise UnsupportedForm("a Kindle book; convert it to EPUB")
    return None


def _detect_zip(data: bytes) -> FileForm:
    names = list_zip_names(data)
    if not names:
        raise UnsupportedForm("a zip file that is damaged or empty; copy it again")
    for name, form in _ZIP_KINDS:
        if name in names:
            return form
    for name, what in _ZIP_REFUSALS:
        if name in names:
            raise UnsupportedForm(what)
    if "content.xml" in names and "META-INF/manifest.xml" in names:
        if b"opendocument.text" in data[:200]:
            return FileForm.ODT
        if b"opendocument.spreadsheet" in data[:200]:
            return FileForm.SHEET
        raise UnsupportedForm("an OpenDocument file that is neither text nor a table; save it as PDF")
    return FileForm.ZIP


def _detect_gzip(data: bytes) -> FileForm:
    try:
        head = zlib.decompressobj(wbits=31).decompress(data[:4096], 64)
    except zlib.error:
        head = b""
    return FileForm.WARC if head.startswith(_ARCHIVE_STARTS) else FileForm.GZIP


def _detect_ole(data: bytes) -> FileForm:
    for name, kind in _OLE_KINDS:
        if name.encode("utf-16-le") in data:
            if isinstance(kind, FileForm):
                return kind
            raise UnsupportedForm(kind)
    raise UnsupportedForm(f"a file of an old Office program; {_SAVE_AS_TEXT}")
