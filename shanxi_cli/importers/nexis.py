"""Exports of LexisNexis, Nexis and Nexis Uni: TXT, HTML, RTF and DOCX, with labels in several languages.

The older form begins each document with `3 of 161 DOCUMENTS`: newspaper, date, headline, labels, text, labels,
copyright. Nexis Uni ends each with `End of Document`: headline, newspaper, date, copyright, labels, `Body`, text,
`Classification`.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from shanxi_cli.errors import PageError
from shanxi_cli.importers.exports import (
    make_export_part,
    parse_export_language,
    parse_export_names,
    parse_export_section,
)
from shanxi_cli.importers.html_blocks import read_html_blocks
from shanxi_cli.importers.text import ImportedPart, decode_text
from shanxi_cli.importers.written_dates import find_written_date, parse_date_line

_LABELS = {
    name: field
    for field, names in {
        "author": "byline autor author auteur auteurs autore signature",
        "section": "section rubrik rubrique sección seccion sectie sezione",
        "words": "length länge longueur longitud extensión extension lengte lunghezza længde",
        "title": "headline titel titre título titulo titolo kop schlagzeile überschrift",
        "dateline": "dateline datumszeile ortszeile ortsmarke anchor anchors host hosts guest guests reporter "
        "reporters",
        "deck": "highlight",
        "captions": "graphic grafik graphique gráfico grafiek",
        "body": "body text tekst texte texto hauptteil chapeau corps cuerpo corpo testo",
        "language": "language sprache taal langue idioma lingua",
        "keywords": "subject",
        "tail": "load-date update mise-à-jour publication-type pub-type zeitungs-code journal-code acc-no organization "
        "company ticker industry geographic person city state country type document-type name classification "
        "correction-date encart",
        "url": "url",
    }.items()
    for name in names.split()
}
_TAIL_FIELDS = frozenset(("tail", "language", "keywords", "url"))
_LABEL = re.compile(r"([^\W\d_][^\W\d_]*(?:-[^\W\d_]+){0,2})\s?:[ \u00a0\n]*(.*)", re.DOTALL)
_COUNT = re.compile(
    r"(?:Document\s+)?\d+\s+(?:of|von|de|sur|van|di|af)\s+\d+"
    r"(?:\s+(?:DOCUMENTS?|DOKUMENTEN?|DOCUMENTOS?|DOCUMENTEN|DOCUMENTI|DOKUMENTER))?",
    re.IGNORECASE,
)
_END = re.compile(r"End of Document|Ende des Dokuments|Fin du document|Fin del documento", re.IGNORECASE)
_BODY = re.compile(r"Body|Hauptteil|Corps|Cuerpo|Corpo|Text", re.IGNORECASE)
_CLASSIFICATION = re.compile(
    r"Classification|Klassifizierung|Clasificación|Notes|Load-Date:.*", re.IGNORECASE | re.DOTALL
)
_COPYRIGHT = re.compile(
    r"\s*(?:Copyright\b|©|\(c\)\s*\d{4}|Alle Rechte vorbehalten|All Rights Reserved)", re.IGNORECASE
)
_EDITION = re.compile(r"\b(?:edition|editions?|ausgabe|édition|editie|edición|edizione|final)\b", re.IGNORECASE)
_CLOCK = re.compile(r"\d\d?:\d\d\s*(?:[AP]M\b)?[\w .+-]{0,40}", re.IGNORECASE)
_NOTICE = re.compile(
    r"\W*correction appended\W*|Prepared by .{5,120} transcription\.?|No .{5,80} may be republished.*", re.I
)
_SENTENCE_END = re.compile(r"[a-zß-ÿ0-9)\"”’][.!?](?:\s|\Z)")
_MIN_PROSE = 150
_ADDRESS = re.compile(r"[;\s]*(https?://[^\s;,]+)\s*\Z")
_LINK_ONLY = re.compile(r"(?:https?://\S+\s*)+|Link to (?:Image|PDF).*|View (?:the )?original article.*", re.IGNORECASE)


class _Document(NamedTuple):
    """The fields of a document, its paragraphs, and its other lines."""

    values: dict[str, object]
    body: list[str]
    left_out: list[str]


def is_nexis_text(paragraphs: Sequence[str]) -> bool:
    """Return True for the paragraphs of an export of LexisNexis."""
    ends = sum(bool(_END.fullmatch(paragraph.strip())) for paragraph in paragraphs)
    counts = [text for text in paragraphs if "DOCUMENT" in text.upper() and _COUNT.fullmatch(text.strip())]
    labels = {label for text in paragraphs if (label := _read_label(text)[0])}
    return bool(ends or counts) or (
        any(_BODY.fullmatch(text.strip()) for text in paragraphs) and {"words", "tail"} <= labels
    )


def read_nexis_html(data: bytes, shown: str) -> Iterator[ImportedPart]:
    """Return the articles of an export as HTML."""
    blocks = read_html_blocks(decode_text(data, shown))
    return read_nexis_paragraphs([block.text for block in blocks if "title" not in block.tags], shown)


def read_nexis_paragraphs(paragraphs: Sequence[str], shown: str) -> Iterator[ImportedPart]:
    """Yield the articles of an export. Raise `PageError` if there is none."""
    cover, documents = _split_documents([text.replace("\u00a0", " ").strip() for text in paragraphs])
    if not documents:
        raise PageError(shown, "an export of LexisNexis without documents")
    for number, lines in enumerate(documents, 1):
        if any(_BODY.fullmatch(line) for line in lines):
            document = _parse_uni_document(lines)
        else:
            document = _parse_document(lines)
        left_out = [*cover, *document.left_out] if number == 1 else document.left_out
        yield make_export_part(document.values, document.body, left_out, shown, number)


def _split_documents(lines: Sequence[str]) -> tuple[list[str], list[list[str]]]:
    """Return the lines before the first document, and those of each document."""
    lines = [line for line in lines if line]
    starts = [n for n, line in enumerate(lines) if len(line) < 60 and _COUNT.fullmatch(line)]
    if starts:
        ends = [*starts[1:], len(lines)]
        return lines[: starts[0]], [lines[start + 1 : end] for start, end in zip(starts, ends, strict=True)]
    documents: list[list[str]] = [[]]
    for line in lines:
        if _END.fullmatch(line):
            documents.append([])
        else:
            documents[-1].append(line)
    documents = [document for document in documents if document]
    cover = []
    if documents:
        start = _find_uni_start(documents[0])
        cover, documents[0] = documents[0][:start], documents[0][start:]
    return cover, documents


def _find_uni_start(lines: Sequence[str]) -> int:
    """Return the index of the headline of a document behind a cover and a table of contents; 0 without these."""
    has_cover = any(
        re.match(r"(?:Job Number|Documents? \(\d+\)|Date and Time|User Name|Dokumente \()", x) for x in lines
    )
    body = next((n for n, line in enumerate(lines) if _BODY.fullmatch(line)), 0)
    if not has_cover or not body:
        return 0
    for n in range(body - 1, 1, -1):
        if parse_date_line(lines[n].split("\n")[0]) and not _read_label(lines[n])[0]:
            return n - 2
    return max(0, body - 4)


def _read_label(line: str) -> tuple[str, str]:
    """Return the field of a labelled line and its value; empty fields for a line without a known label."""
    match = _LABEL.match(line) if ":" in line[:40] else None
    field = _LABELS.get(match[1].lower(), "") if match and (match[1].isupper() or match[1].istitle()) else ""
    return (field, match[2].strip()) if match and field else ("", "")


def _parse_document(lines: Sequence[str]) -> _Document:
    """Parse a document of the older form; labels behind the text end it."""
    first = next((n for n, line in enumerate(lines) if _read_label(line)[0] and _is_label_name(line)), len(lines))
    document = _parse_head(lines[:first], title_first=False)
    stage = "labels"
    for number, line in enumerate(lines[first:], first + 1):
        field, value = _read_label(line) if _is_label_name(line) else ("", "")
        if stage == "labels" and field == "body":
            stage = "body"
            document.body.extend([value] if value else [])
        elif stage == "labels" and field and field not in _TAIL_FIELDS:
            _take_field(document, field, value, line)
        elif stage == "tail" or field in _TAIL_FIELDS or field == "captions" or line.startswith("VIEW ORIGINAL PAGE:"):
            stage = "tail"
            _take_field(document, field or "tail", value, line)
        elif _COPYRIGHT.match(line) and len(line) < 300:
            document.left_out.append(line)
        elif field in ("section", "words") and any(map(_ends_text, lines[number : number + 1])):
            _take_field(document, field, value, line)
        else:
            stage = "body"
            document.body.append(line)
    return document


def _ends_text(line: str) -> bool:
    """Return True for a line that no text goes on with: a label or a copyright."""
    return bool(_COPYRIGHT.match(line) or (_is_label_name(line) and _read_label(line)[0]))


def _is_label_name(line: str) -> bool:
    """Return True for a label in capitals, as the older form has them."""
    return line.partition(":")[0].isupper()


def _parse_uni_document(lines: Sequence[str]) -> _Document:
    """Parse a document of Nexis Uni: head, labels, `Body`, text, `Classification`."""
    start = next(n for n, line in enumerate(lines) if _BODY.fullmatch(line))
    end = next((n for n in range(start + 1, len(lines)) if _CLASSIFICATION.fullmatch(lines[n])), len(lines))
    first = next((n for n, line in enumerate(lines[:start]) if _read_label(line)[0] or _COPYRIGHT.match(line)), start)
    document = _parse_head(lines[:first], title_first=True)
    for line in lines[first:start]:
        field, value = _read_label(line)
        _take_field(document, field or "tail", value, line)
    caption = False
    for line in lines[start + 1 : end]:
        if line in ("Graphic", "Grafik", "Graphique"):
            caption = True
        elif caption:
            _take_field(document, "captions", line, line)
        else:
            document.body.append(line)
    for line in lines[end:]:
        field, value = _read_label(line)
        _take_field(document, field if field in _TAIL_FIELDS else "tail", value, line)
    return document


def _parse_head(lines: Sequence[str], *, title_first: bool) -> _Document:
    """Parse newspaper, date, edition and headline, in the order of the older form or with the headline first."""
    values: dict[str, object] = {}
    left_out = [line for line in lines if _is_notice(line)]
    lines = [line for line in lines if not _is_notice(line)]
    at = next((n for n, line in enumerate(lines) if parse_date_line(line.split("\n")[0])), None)
    if at is None:
        before, behind = (list(lines), []) if title_first else (list(lines[:1]), list(lines[1:]))
    else:
        line, *edition = lines[at].split("\n")
        found = parse_date_line(line)
        values["date"] = found.date if found else ""
        left_out += [lines[at]] if edition or (found and (found.before or found.behind)) else []
        before, behind = list(lines[:at]), list(lines[at + 1 :])
    body: list[str] = []
    if title_first:
        values["publication"] = before.pop() if len(before) > 1 else ""
        title, left_out = before, left_out + behind
    else:
        values["publication"] = before.pop(0) if before else ""
        behind = _drop_head_lines(behind, left_out)
        title, body, others = _find_title(before, behind, str(values["publication"]))
        left_out += others
    values["title"] = " ".join(" ".join(title).split())
    source = str(values["publication"]) or next(iter(left_out), "")
    values["publication"] = re.sub(r"\ACopyright (?:\d{4} )?", "", " ".join(source.split())).rstrip(".")
    return _Document(values, body, left_out)


def _is_notice(line: str) -> bool:
    return bool(_COPYRIGHT.match(line) or _NOTICE.fullmatch(" ".join(line.split())))


def _drop_head_lines(lines: list[str], left_out: list[str]) -> list[str]:
    """Return the lines behind the date without a second date, a clock, an edition or a programme."""
    lines = list(lines)
    while lines and (parse_date_line(lines[0]) or _CLOCK.fullmatch(lines[0]) or lines[0].startswith("SHOW:")):
        left_out.append(lines.pop(0))
    while len(lines) > 1 and _EDITION.search(lines[0]) and len(lines[0].split()) <= 6:
        left_out.append(lines.pop(0))
    return lines


def _find_title(before: list[str], behind: list[str], publication: str) -> tuple[list[str], list[str], list[str]]:
    """Return the headline, the paragraphs and the other lines of a head whose labels may be behind the text.

    Agencies print the headline above the date, and the text below it.
    """
    at = next((n for n, line in enumerate(behind) if _is_prose(line)), len(behind))
    above = [line for line in before if line != publication and not line.endswith(".") and not _EDITION.search(line)]
    if above and (not behind or at < len(behind) or len(behind[0].split()) <= 3):
        return above[:1], behind, [line for line in before if line is not above[0]]
    if 0 < at < len(behind):
        return behind[:at], behind[at:], before
    return behind, [], before


def _is_prose(line: str) -> bool:
    """Return True for a paragraph of sentences, which no headline is."""
    text = " ".join(line.split())
    return len(text) > _MIN_PROSE and len(_SENTENCE_END.findall(text)) > 0 and text[-1] in ".!?\"'”’)"


def _take_field(document: _Document, field: str, value: str, line: str) -> None:
    """Put a labelled line into the values of a document, or under its lines left out."""
    values = document.values
    if field in ("deck", "url") and (address := _ADDRESS.search(value)):
        values.setdefault("url", address[1])
    if field == "author":
        values["author"] = parse_export_names(value)
    elif field == "section":
        values.update({**parse_export_section(value), **({"page": values["page"]} if "page" in values else {})})
    elif field == "title" and not values.get("title"):
        values["title"] = value
    elif field == "captions":
        values.setdefault("captions", [])
        values["captions"] += [] if _LINK_ONLY.fullmatch(value) else [value]  # type: ignore[operator]
    elif field in ("words", "deck"):
        values[field] = _ADDRESS.sub("", value)
    elif field == "language":
        values["language"] = parse_export_language(value)
    elif field == "tail" and not values.get("date") and line.lower().startswith(("load-date", "update")):
        found = find_written_date(value)
        values["date"] = found.date if found else ""
    if field != "title" or values.get("title") != value:
        document.left_out.append(line)
