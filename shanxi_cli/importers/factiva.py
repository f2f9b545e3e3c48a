"""Exports of Factiva: HTML, text and RTF, as articles or with the codes of their fields (HD, BY, PD, SN, LP, TD ...).

https://developer.dowjones.com/ names the codes. Without codes, a line of the number of words divides headline and
author from date, newspaper, its code, edition, page, language and copyright. `Document` and an accession number end
an article.
"""

import re
from collections.abc import Iterator, Sequence

from shanxi_cli.errors import PageError
from shanxi_cli.importers.exports import make_export_part, parse_export_language, parse_export_names
from shanxi_cli.importers.html_blocks import HtmlBlock, read_html_blocks
from shanxi_cli.importers.text import ImportedPart, decode_text
from shanxi_cli.importers.written_dates import parse_date_line

_CODES = {
    "SE": "section",
    "HD": "title",
    "BY": "author",
    "WC": "words",
    "PD": "date",
    "SN": "publication",
    "PG": "page",
    "LA": "language",
    "LP": "text",
    "TD": "text",
    "ART": "captions",
}
_OTHER_CODES = frozenset("CR ET SC ED CY CX VOL CT RF CO IN NS RE IPC IPD PUB AN CLM DLN PMID SU".split())
_CODE_LINE = re.compile(r"([A-Z]{2,4})(?:[ \t]+(\S.*))?\s*")
_END = re.compile(r"(?:Document|Dokument|Documento|Document|文件|文档)\s+[A-Za-z0-9]{15,}\s*", re.IGNORECASE)
_ACCESSION = re.compile(r"(?:AN\s+)?(?:Document|Dokument|Documento|文件|文档)?\s*[A-Z0-9]{4,10}0{2,}[a-z0-9]{10,}\s*")
_WORDS = re.compile(r"\d[\d.,\u00a0 ]*\s*(?:[^\W\d]{2,12}|字|语)\.?")
_SOURCE_CODE = re.compile(r"[A-Z0-9]{3,8}")
_PAGE = re.compile(r"(?:[A-Z]{0,3}\d{1,4}(?:[-,]\d{1,4})?|[A-Z]\d{0,3})")
_COPYRIGHT = re.compile(r"(?:Copyright|©|\(c\)|Derechos|版权)", re.IGNORECASE)
_MIN_TEXT = 200
_MIN_LEAD_WORDS = 6
_MARK = re.compile(r"\w{2,4}Article|article")


def is_factiva_text(lines: Sequence[str]) -> bool:
    """Return True for the lines of an export of Factiva, with or without codes."""
    codes = {match[1] for line in lines if (match := _CODE_LINE.fullmatch(line.strip()))}
    return {"HD", "PD", "SN"} <= codes or any(_ACCESSION.fullmatch(line.strip()) for line in lines if len(line) < 80)


def read_factiva_html(data: bytes, shown: str) -> Iterator[ImportedPart]:
    """Yield the articles of an export as HTML. Raise `PageError` if there is none."""
    number = 0
    for blocks in _split_articles(read_html_blocks(decode_text(data, shown))):
        lines = [line for block in blocks for line in block.text.split("\n")]
        if is_factiva_coded(lines):
            number += 1
            yield _read_coded_article(lines, shown, number)
            continue
        body = [n for n, block in enumerate(blocks) if any("articleParagraph" in mark for mark in block.marks)]
        head = blocks[: body[0]] if body else blocks
        if not any("#hd" in block.marks for block in head) and not body:
            continue
        number += 1
        yield _read_marked_article(blocks, body, shown, number)
    if not number:
        raise PageError(shown, "an export of Factiva without whole articles; export them as Article Format")


def is_factiva_coded(lines: Sequence[str]) -> bool:
    """Return True for lines that begin with the codes of fields."""
    return {"HD", "PD"} <= {match[1] for line in lines if (match := _CODE_LINE.fullmatch(line.strip()))}


def _split_articles(blocks: Sequence[HtmlBlock]) -> Iterator[list[HtmlBlock]]:
    """Yield the blocks of each article: from one headline or article element to the number that ends it."""
    current: list[HtmlBlock] = []
    for block in blocks:
        if not any(_MARK.fullmatch(mark) for mark in block.marks):
            continue
        current.append(block)
        if _END.fullmatch(block.text) or _ACCESSION.fullmatch(block.text):
            yield current
            current = []
    if current:
        yield current


def _read_marked_article(blocks: list[HtmlBlock], body: list[int], shown: str, number: int) -> ImportedPart:
    head = blocks[: body[0]] if body else blocks
    last = body[-1] if body else len(blocks)
    at = next((n for n, block in enumerate(head) if "#hd" in block.marks), 0)
    title = " ".join(block.text for block in head if "#hd" in block.marks)
    values: dict[str, object] = {"title": re.sub(r"\A\d{1,4}\)\s+", "", title)}
    if at:
        values["section"] = head[0].text
    left_out = [block.text for block in head[:at]]
    rest = [block for block in head[at:] if "#hd" not in block.marks]
    authors = [block.text for block in rest if "author" in block.marks]
    if authors:
        values["author"] = parse_export_names(" ".join(authors))
        left_out += authors
    lines = [block.text for block in rest if "author" not in block.marks]
    found, unused = _parse_source_lines(lines)
    end = next((n for n, line in enumerate(lines) if _COPYRIGHT.match(line)), len(lines))
    lead = [line for line in lines[end + 1 :] if len(line.split()) > _MIN_LEAD_WORDS]
    if lead:
        values["deck"] = " ".join(lead)
    text = [block.text for block in blocks[body[0] : last + 1]] if body else []
    behind = [block.text for block in blocks[last + 1 :]]
    text += [line for line in behind if len(line) >= _MIN_TEXT]  # tables, live blogs: no paragraphs of the article
    tail = [line for line in behind if len(line) < _MIN_TEXT]
    return make_export_part({**values, **found}, text, [*left_out, *unused, *tail], shown, number)


def _parse_source_lines(lines: Sequence[str]) -> tuple[dict[str, object], list[str]]:
    """Return the fields in the lines about the source, and the lines that are not whole in a field."""
    values: dict[str, object] = {}
    unused: list[str] = []
    at = next((n for n, line in enumerate(lines) if parse_date_line(line)), None)
    for n, line in enumerate(lines):
        date = parse_date_line(line) if at == n else None
        if date:
            values["date"] = date.date
        elif (at is not None and n == at + 1) or (at is not None and n == at + 2 and "publication" not in values):
            if re.fullmatch(r"\d\d?[:.]\d\d(?:\s?[AaPp][Mm])?", line):
                unused.append(line)
            else:
                values["publication"] = line.strip()
            continue
        elif _WORDS.fullmatch(line) and "words" not in values:
            values["words"] = line
        elif code := parse_export_language(line):
            values["language"] = code
        elif at is not None and n > at + 2 and _PAGE.fullmatch(line) and "page" not in values:
            values["page"] = line
            continue
        unused.append(line)
    return values, unused


def read_factiva_paragraphs(lines: Sequence[str], shown: str) -> Iterator[ImportedPart]:
    """Yield the articles of an export as text or RTF. Raise `PageError` if there is none."""
    documents: list[list[str]] = [[]]
    for line in lines:
        documents[-1].append(line.strip())
        if _ACCESSION.fullmatch(line.strip()) and len(documents[-1]) > 4:
            documents.append([])
    number = 0
    for document in documents:
        if is_factiva_coded(document):
            number += 1
            yield _read_coded_article(document, shown, number)
        elif any(_WORDS.fullmatch(line) for line in document):
            number += 1
            yield _read_plain_article(document, shown, number)
    if not number:
        raise PageError(shown, "an export of Factiva without whole articles; export them as Article Format")


def _read_coded_article(lines: Sequence[str], shown: str, number: int) -> ImportedPart:
    """Read an article whose fields begin with codes: alone on a line, or before the value."""
    fields: dict[str, list[str]] = {}
    left_out: list[str] = []
    code = ""
    for line in lines:
        match = _CODE_LINE.fullmatch(line.strip())
        if match and (match[1] in _CODES or match[1] in _OTHER_CODES):
            code = match[1]
            line = match[2] or ""
        if not line.strip():
            continue
        field = _CODES.get(code, "")
        if field:
            fields.setdefault(field, []).append(line.strip())
        else:
            left_out.append(f"{code} {line.strip()}".strip())
    values: dict[str, object] = {name: " ".join(parts) for name, parts in fields.items() if name != "text"}
    if "author" in values:
        values["author"] = parse_export_names(str(values["author"]))
    if date := parse_date_line(str(values.get("date", ""))):
        values["date"] = date.date
    if "language" in values:
        values["language"] = parse_export_language(str(values["language"]))
    return make_export_part(values, fields.get("text", []), left_out, shown, number)


def _read_plain_article(lines: Sequence[str], shown: str, number: int) -> ImportedPart:
    lines = [line for line in lines if line]
    at = next(n for n, line in enumerate(lines) if _WORDS.fullmatch(line))
    end = next((n for n, line in enumerate(lines[at:], at) if _COPYRIGHT.match(line)), min(len(lines) - 1, at + 6))
    head = lines[:at]
    authors = [line for line in head[1:] if re.match(r"(?:by|von|par|por)\s", line, re.IGNORECASE)]
    titles = [line for line in head if line not in authors]
    values: dict[str, object] = {"title": titles[-1] if titles else ""}
    if authors:
        values["author"] = parse_export_names(" ".join(authors))
    found, unused = _parse_source_lines(lines[at : end + 1])
    body = [line for line in lines[end + 1 :] if not _ACCESSION.fullmatch(line)]
    rest = [line for line in lines[end + 1 :] if _ACCESSION.fullmatch(line)]
    return make_export_part({**values, **found}, body, [*titles[:-1], *unused, *rest], shown, number)
