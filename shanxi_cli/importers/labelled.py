"""Exports of ProQuest, EBSCO and others: labelled text, and RIS with the text in a field.

RIS: https://en.wikipedia.org/wiki/RIS_(file_format) ; two capitals, two spaces, a hyphen; `ER` ends a record.
"""

import re
from collections.abc import Iterator

from shanxi_cli.errors import PageError
from shanxi_cli.importers.exports import make_export_part, parse_export_language, parse_export_names
from shanxi_cli.importers.text import ImportedPart, decode_text
from shanxi_cli.importers.written_dates import find_written_date

_RULE = re.compile(r"^_{20,}[ \t]*$", re.MULTILINE)
_LABEL = re.compile(r"([A-Z][A-Za-z/()-]*(?: [A-Za-z/()-]+){0,4}):(?: (.*)|)", re.DOTALL)
_FIELDS = {
    "title": "title",
    "author": "author",
    "full text": "text",
    "abstract": "deck",
    "publication title": "publication",
    "publication date": "date",
    "publication info": "info",
    "section": "section",
    "first page": "page",
    "start page": "page",
    "pages": "page",
    "language of publication": "language",
    "caption": "captions",
    "document url": "url",
    "url": "url",
}
_OTHER_LABELS = frozenset(
    (
        "subject|location|people|company / organization|company|copyright|database|"
        "document type|source type|publication year|publication subject|publisher|place of publication|"
        "country of publication|issn|identifier / keyword|proquest document id|last updated|links|"
        "column|volume|issue|number of pages|dateline|credit|publication|doi|document feature|"
        "illustration|classification|year|publication place|full text availability|isbn|edition|term"
    ).split("|")
)
_RIS_LINE = re.compile(r"([A-Z][A-Z0-9])  -(?: (.*)|)\Z")
_RIS_FIELDS = {
    "TI": "title",
    "T1": "title",
    "AU": "author",
    "A1": "author",
    "PY": "date",
    "Y1": "date",
    "DA": "date",
    "JF": "publication",
    "JO": "publication",
    "T2": "publication",
    "SP": "page",
    "LA": "language",
    "KW": "keywords",
    "N2": "text",
    "AB": "text",
    "SE": "section",
    "UR": "url",
    "L2": "url",
    "LK": "url",
}
_RIS_LISTS = frozenset(("author", "keywords"))


def read_proquest_text(data: bytes, shown: str) -> Iterator[ImportedPart]:
    """Yield the articles of an export of ProQuest as text. Raise `PageError` if there is none."""
    text = decode_text(data, shown).replace("\r\n", "\n").lstrip("\ufeff")
    number = 0
    for record in _RULE.split(text):
        paragraphs = [piece.strip() for piece in re.split(r"\n[ \t]*\n", record) if piece.strip()]
        if any(_read_label(paragraph)[0] == "text" for paragraph in paragraphs):
            number += 1
            yield _read_labelled_record(paragraphs, shown, number)
    if not number:
        raise PageError(shown, "an export of ProQuest without full texts; export them with the full text")


def _read_label(paragraph: str) -> tuple[str, str]:
    """Return the field of a labelled paragraph and its value: `other` for a label without a field of ours."""
    match = _LABEL.match(paragraph)
    name = match[1].lower() if match else ""
    field = _FIELDS.get(name, "other" if name in _OTHER_LABELS else "")
    return (field, (match[2] or "").strip()) if match and field else ("", "")


def _read_labelled_record(paragraphs: list[str], shown: str, number: int) -> ImportedPart:
    values: dict[str, object] = {}
    text: list[str] = []
    left_out: list[str] = []
    stage = "head"
    for paragraph in paragraphs:
        field, value = _read_label(paragraph)
        if field == "text":
            stage = "text"
            text += [value] if value else []
        elif not field and stage == "text":
            text.append(paragraph)
        elif not field and stage == "head" and "title" not in values:
            values["title"] = " ".join(paragraph.split())
        else:
            stage = "labels" if stage == "text" else stage
            left_out.append(paragraph)
            if field and field != "other" and value:
                values.setdefault(field, value)
    if found := find_written_date(str(values.get("date") or values.get("info", ""))):
        values["date"] = found.date
    if "author" in values:
        values["author"] = parse_export_names(str(values["author"]))
    if "publication" not in values and "info" in values:
        values["publication"] = str(values["info"]).split(";")[0].strip()
    if "language" in values:
        values["language"] = parse_export_language(str(values["language"]))
    return make_export_part(values, text, left_out, shown, number)


def read_ris_records(data: bytes, shown: str) -> Iterator[ImportedPart]:
    """Yield the records of a RIS file that have a text or an abstract. Raise `PageError` if none has."""
    number = 0
    for lines in _split_ris_records(decode_text(data, shown)):
        values: dict[str, object] = {}
        texts: list[str] = []
        left_out: list[str] = []
        for tag, value in lines:
            field = _RIS_FIELDS.get(tag, "")
            if field == "text" or (tag in ("N1", "U1", "M3", "C1") and len(value) > 1_000):
                texts.append(value)
            elif field in _RIS_LISTS:
                known = values.setdefault(field, [])
                known.append(" ".join(reversed(value.split(", ", 1))) if field == "author" else value)  # type: ignore[attr-defined]
            elif field and (field not in values or tag == "DA"):
                values[field] = value.rstrip("/").replace("/", "-") if field == "date" else value
            elif tag not in ("TY", "ER"):
                left_out.append(f"{tag} {value}")
        text = max(texts, key=len, default="")
        if not text:
            continue
        number += 1
        left_out += [other for other in texts if other is not text]
        if "language" in values:
            values["language"] = parse_export_language(str(values["language"])) or values["language"]
        yield make_export_part(values, re.split(r"\n\s*\n", text), left_out, shown, number)
    if not number:
        raise PageError(shown, "RIS without texts, only citations; export the full text")


def _split_ris_records(text: str) -> Iterator[list[tuple[str, str]]]:
    record: list[tuple[str, str]] = []
    for line in text.splitlines():
        match = _RIS_LINE.match(line)
        if match and match[1] == "ER":
            yield record
            record = []
        elif match:
            record.append((match[1], (match[2] or "").strip()))
        elif record:  # a field goes on in the next lines
            record[-1] = (record[-1][0], f"{record[-1][1]}\n{line.strip()}")
    if record:
        yield record
