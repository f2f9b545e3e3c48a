"""Exports of LexisNexis, Factiva, ProQuest and RIS: an article for each document, and every word accounted for."""

import io
import re
import zipfile
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shanxi_cli.errors import PageError
from shanxi_cli.importers import read_parts
from shanxi_cli.importers.exports import parse_export_names, parse_export_section
from shanxi_cli.importers.text import ImportedPart
from shanxi_cli.importers.written_dates import find_written_date, parse_date_line
from shanxi_cli.model.article import Article

OLD_FORM = """\ufeff
Download Request: Selected Items: 1-2

                               1 of 2 DOCUMENTS


                              The Western Gazette

                             July 23, 2021 Friday
                                 Late Edition

Coal town plants
a forest; Miners dig again

BYLINE: By ZHAO PENGFEI and Sun Yu

SECTION: NEWS; Pg. 4

LENGTH: 12 words

HIGHLIGHT: Old pits turn green

Miners in the town used to dig coal. Now they
plant trees.

Q: Is it work? It is: hard work.

LOAD-DATE: July 24, 2021

LANGUAGE: ENGLISH

GRAPHIC: Two men water saplings above the pit.

PUBLICATION-TYPE: Newspaper

                   Copyright 2021 The Western Gazette
                          All Rights Reserved

                               2 of 2 DOCUMENTS

                                Abendblatt

                         Mittwoch 31. August 2011

Nebel im Hafen

AUTOR: Weber, Anna

RUBRIK: LOKALES; S. 7

LÄNGE: 5 Wörter

Der Hafen blieb am Morgen geschlossen.

UPDATE: 2. September 2011

SPRACHE: GERMAN; DEUTSCH
"""

UNI_FORM = """User Name: A READER
Date and Time: Friday, July 30, 2021 9:31:00 CEST
Job Number: 1
Documents (2)
1. Coal town plants a forest
Coal town plants a forest
The Western Gazette
July 23, 2021 Friday
Copyright 2021 The Western Gazette All Rights Reserved
Section:\u00a0NEWS; Pg. 4
Length:\u00a012 words
Byline:\u00a0Zhao Pengfei, westerngazette.example
Body
Miners in the town used to dig coal.
Now they plant trees.
Graphic
Two men water saplings.
Classification
Language:\u00a0ENGLISH
Load-Date:\u00a0July 24, 2021
End of Document
Fog in the harbour
Evening Post
August 1, 2021
Length:\u00a05 words
Body
The harbour stayed closed in the morning.
Load-Date:\u00a0August 2, 2021
End of Document""".split("\n")

FACTIVA_HTML = """<html><body><div class="article enArticle"><p></p><div>Foreign Desk</div>
<div id="hd"><span class="enHeadline">1) Coal town plants a forest</span></div>
<div class="author">By Zhao Pengfei</div>
<div>1,012 words</div><div>23 July 2021</div><div>The Western Gazette</div><div>WGAZ</div><div>4</div><div>English</div>
<div>(c) 2021 The Western Gazette</div>
<p class="articleParagraph enarticleParagraph">Miners dug coal.</p>

<p class="articleParagraph enarticleParagraph">Now they <b>plant</b> trees.</p>
<p>Document WGAZ000020210723eh7n0000b</p></div>
<div class="article deArticle"><div id="hd"><span class="deHeadline">Nebel im Hafen</span></div><div>5 Wörter</div>
<div>1 August 2021</div><div>09:30</div><div>Abendblatt</div><div>ABBL</div><div>Deutsch</div><div>Copyright 2021</div>
<p class="articleParagraph dearticleParagraph">Der Hafen blieb geschlossen.</p>
<p>Dokument ABBL000020210801eh810000c</p></div>
</body></html>"""

FACTIVA_CODES = """SE  Business
HD  Coal town plants a forest
BY  By Zhao Pengfei
WC  12 words
PD  23 July 2021
SN  The Western Gazette
SC  WGAZ
LA  English
CY  (c) 2021 The Western Gazette
LP
Miners dug coal.
TD
Now they plant trees.
AN
Document WGAZ000020210723eh7n0000b
"""

PROQUEST = """____________________________________________________________

Coal town plants a forest

Author: Zhao, Pengfei

Publication info: The Western Gazette ; Guandi [Guandi]. July 23, 2021: 4.

Full text: Miners dug coal.

Now they plant trees.

Subject: Forestry

Publication title: The Western Gazette

Publication date: Jul 23, 2021

____________________________________________________________
"""

RIS = """TY  - NEWS
TI  - Coal town plants a forest
AU  - Zhao, Pengfei
DA  - 2021/07/23/
JF  - The Western Gazette
N2  - Miners dug coal.
Now they plant trees.
ER  -\x20
"""


def parts(folder: Path, name: str, data: str | bytes) -> list[ImportedPart]:
    path = folder / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return list(read_parts(str(path)))


def articles(folder: Path, name: str, data: str | bytes) -> list[Article]:
    return [article for part in parts(folder, name, data) for article in part.page.articles]


def docx(paragraphs: list[str]) -> bytes:
    body = "".join(f"<w:p><w:r><w:t xml:space='preserve'>{text}</w:t></w:r></w:p>" for text in paragraphs)
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("word/document.xml", f"<w:document xmlns:w='w'><w:body>{body}</w:body></w:document>")
    return target.getvalue()


def html(text: str) -> str:
    lines = "".join(f"<DIV CLASS='c0'><P CLASS='c1'>{piece}</P></DIV>" for piece in re.split(r"\n\s*\n", text))
    return f"<HTML><BODY><A NAME='DOC_ID_1_0'></A>{lines}</BODY></HTML>"


@pytest.mark.parametrize(("name", "data"), [("old.txt", OLD_FORM), ("old.html", html(OLD_FORM))], ids=["text", "html"])
def test_older_form_of_lexisnexis(tmp_path: Path, name: str, data: str) -> None:
    first, second = articles(tmp_path, name, data)
    assert (first.title, first.date, first.publication) == (
        "Coal town plants a forest; Miners dig again",
        "2021-07-23",
        "The Western Gazette",
    )
    assert (first.author, first.section, first.page) == (("ZHAO PENGFEI", "Sun Yu"), "NEWS", "4")
    assert (first.deck, first.language) == ("Old pits turn green", "en")
    assert first.paragraphs == [
        "Miners in the town used to dig coal. Now they plant trees.",
        "Q: Is it work? It is: hard work.",
    ]
    assert [caption.text for caption in first.captions] == ["Two men water saplings above the pit."]
    assert (second.title, second.date, second.author, second.page) == (
        "Nebel im Hafen",
        "2011-08-31",
        ("Anna Weber",),
        "7",
    )
    assert (second.language, second.body) == ("de", "Der Hafen blieb am Morgen geschlossen.")


def test_nexis_uni_as_word(tmp_path: Path) -> None:
    first, second = articles(tmp_path, "uni.DOCX", docx(UNI_FORM))
    assert (first.title, first.date, first.publication) == (
        "Coal town plants a forest",
        "2021-07-23",
        "The Western Gazette",
    )
    assert (first.author, first.page, first.paragraphs) == (
        ("Zhao Pengfei",),
        "4",
        ["Miners in the town used to dig coal.", "Now they plant trees."],
    )
    assert [caption.text for caption in first.captions] == ["Two men water saplings."]
    assert (second.title, second.publication, second.body) == (
        "Fog in the harbour",
        "Evening Post",
        "The harbour stayed closed in the morning.",
    )


def test_nexis_uni_as_rtf(tmp_path: Path) -> None:
    rtf = "{\\rtf1\\ansi " + "\\par\n".join(line.replace("\u00a0", "\\~") for line in UNI_FORM) + "\\par}"
    assert [article.title for article in articles(tmp_path, "uni.rtf", rtf)] == [
        "Coal town plants a forest",
        "Fog in the harbour",
    ]


def test_zip_of_exports(tmp_path: Path) -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("one.docx", docx(UNI_FORM))
        archive.writestr("two.txt", OLD_FORM)
        archive.writestr("photo.png", b"\x89PNG")
        archive.writestr("__MACOSX/._one.docx", b"x")
    found = parts(tmp_path, "all.zip", target.getvalue())
    assert [article.title for part in found for article in part.page.articles] == [
        "Coal town plants a forest",
        "Fog in the harbour",
        "Coal town plants a forest; Miners dig again",
        "Nebel im Hafen",
    ]
    assert [part.problem for part in found if part.problem] == [
        "a picture; save it as text, or as PDF with a text layer"
    ]


def test_factiva_html(tmp_path: Path) -> None:
    first, second = articles(tmp_path, "factiva.html", FACTIVA_HTML)
    assert (first.title, first.date, first.publication, first.author, first.section, first.page) == (
        "Coal town plants a forest",
        "2021-07-23",
        "The Western Gazette",
        ("Zhao Pengfei",),
        "Foreign Desk",
        "4",
    )
    assert first.paragraphs == ["Miners dug coal.", "Now they plant trees."]
    assert first.unsure == ("7 words, where the export states 1,012; compare it",)
    assert (second.title, second.date, second.publication, second.language) == (
        "Nebel im Hafen",
        "2021-08-01",
        "Abendblatt",
        "de",
    )


def test_factiva_codes(tmp_path: Path) -> None:
    [article] = articles(tmp_path, "factiva.txt", FACTIVA_CODES)
    assert (article.title, article.date, article.publication, article.author, article.section) == (
        "Coal town plants a forest",
        "2021-07-23",
        "The Western Gazette",
        ("Zhao Pengfei",),
        "Business",
    )
    assert article.paragraphs == ["Miners dug coal.", "Now they plant trees."]


@pytest.mark.parametrize(("name", "data"), [("pq.txt", PROQUEST), ("pq.ris", RIS)], ids=["labels", "ris"])
def test_proquest_and_ris(tmp_path: Path, name: str, data: str) -> None:
    [article] = articles(tmp_path, name, data)
    assert (article.title, article.date, article.publication, article.author) == (
        "Coal town plants a forest",
        "2021-07-23",
        "The Western Gazette",
        ("Pengfei Zhao",),
    )
    assert " ".join(article.body.split()) == "Miners dug coal. Now they plant trees."


def test_ris_without_texts_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PageError, match="RIS without texts, only citations"):
        parts(tmp_path, "a.ris", "TY  - NEWS\nTI  - Frost\nER  - \n")


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("By KURT SCHORK, --(Reuter)", ["KURT SCHORK"]),
        ("Von Anna Weber und Jan Pohl", ["Anna Weber", "Jan Pohl"]),
        ("Weber, Anna; Pohl, Jan", ["Anna Weber", "Jan Pohl"]),
        ("Mary Hill, Political Editor", ["Mary Hill"]),
        ("Anna Weber in Berlin", ["Anna Weber"]),
        ("Ludwig van Beek and Mia de Wit", ["Ludwig van Beek", "Mia de Wit"]),
        ("Staff", ["Staff"]),
    ],
)
def test_names_of_a_byline(line: str, names: list[str]) -> None:
    assert parse_export_names(line) == names


@pytest.mark.parametrize(
    ("line", "fields"),
    [
        ("NEWS; Pg. 4", {"section": "NEWS", "page": "4"}),
        ("S. 7 Ausg. 167", {"page": "7"}),
        ("Section A; Column 3; Pg. A10", {"section": "Section A", "page": "A10"}),
        ("WORLD NEWS", {"section": "WORLD NEWS"}),
    ],
)
def test_section_and_page(line: str, fields: dict[str, str]) -> None:
    assert parse_export_section(line) == fields


@pytest.mark.parametrize(
    ("line", "date"),
    [
        ("May 3, 2019 Friday", "2019-05-03"),
        ("Mittwoch 31. August 2011", "2011-08-31"),
        ("27. Februar 2012 Montag 9:50 PM GMT+1", "2012-02-27"),
        ("3 de mayo de 2019 viernes", "2019-05-03"),
        ("1er décembre 2009", "2009-12-01"),
        ("2018 年 10 月 7 日 17:04", "2018-10-07"),
        ("June 17, 1995, CITY EDITION", "1995-06-17"),
        ("He came on June 17, 1995 and left.", ""),
        ("The winter of the storm May 3, 2019", ""),
    ],
)
def test_line_of_a_date(line: str, date: str) -> None:
    found = parse_date_line(line)
    assert (found.date if found else "") == date


def test_impossible_day_is_no_date() -> None:
    assert find_written_date("February 31, 2019") is None


AGENCY_FORM = """1 of 1 DOCUMENTS

Holm Press Agency

LEADALL: Frost closes the pass above Holm

April 20, 2003, Sunday
23:22 Central European Time

DATELINE: Holm

The pass above Holm is closed, and the ferry waits for better weather in the harbour, the council said on Sunday
evening; nobody was hurt, and trains go on.

LENGTH: a boat of 19 metres is on its way.

The ferry goes on Monday.

SECTION: Politics; Pg. 3

LENGTH: 36 words

LOAD-DATE: April 21, 2003
"""


def test_headline_above_the_date_and_labels_behind_the_text(tmp_path: Path) -> None:
    [part] = parts(tmp_path, "a.txt", AGENCY_FORM)
    [article] = part.page.articles
    assert (article.title, article.date, article.publication) == (
        "LEADALL: Frost closes the pass above Holm",
        "2003-04-20",
        "Holm Press Agency",
    )
    assert (article.section, article.page, len(article.paragraphs)) == ("Politics", "3", 3)
    assert article.paragraphs[1:] == ["LENGTH: a boat of 19 metres is on its way.", "The ferry goes on Monday."]
    assert article.unsure == ()


@pytest.mark.parametrize(
    ("head", "title", "publication"),
    [
        ("Holm Times\n\nMay 3, 2019 Friday\n\nSHOW: Evening 7:00 PM\n\nFrost in Holm", "Frost in Holm", "Holm Times"),
        ("Holm Times\n\nMay 3, 2019 Friday\n\n6:49 PM PST\n\nFrost in Holm", "Frost in Holm", "Holm Times"),
        ("Holm Times\n\nCorrection Appended\n\nMay 3, 2019 Friday\n\nFrost in Holm", "Frost in Holm", "Holm Times"),
        (
            "Holm Times\n\nPrepared by Burr, which takes sole responsibility for accuracy of transcription.\n\n"
            "May 3, 2019 Friday\n\nFrost in Holm",
            "Frost in Holm",
            "Holm Times",
        ),
    ],
    ids=["programme", "clock", "correction", "transcript"],
)
def test_lines_of_a_head_that_are_no_headline(tmp_path: Path, head: str, title: str, publication: str) -> None:
    text = f"1 of 1 DOCUMENTS\n\n{head}\n\nLENGTH: 4 words\n\nThe pass is closed.\n\nLANGUAGE: ENGLISH\n"
    [part] = parts(tmp_path, "a.txt", text)
    [article] = part.page.articles
    assert (article.title, article.publication, article.body) == (title, publication, "The pass is closed.")


WORD = st.text(alphabet="abcdefghijklmnop", min_size=2, max_size=8)
SENTENCE = st.lists(WORD, min_size=3, max_size=12).map(lambda words: " ".join(words).capitalize() + ".")


def count_words(text: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", text.lower()))


@given(st.lists(SENTENCE, min_size=1, max_size=6), st.lists(SENTENCE, min_size=0, max_size=3), SENTENCE)
def test_every_word_of_an_export_is_kept_or_left_out(
    tmp_path_factory: pytest.TempPathFactory, body: list[str], tail: list[str], headline: str
) -> None:
    head = ["Holm Courier", "May 3, 2019 Friday", headline.rstrip("."), "BYLINE: Lena Fischer", "LENGTH: 24 words"]
    end = ["LOAD-DATE: May 4, 2019", *(f"SUBJECT: {text}" for text in tail), "Copyright 2019 Holm"]
    text = "\n\n".join(["Cover sheet", "1 of 1 DOCUMENTS", *head, *body, *end])
    found = parts(tmp_path_factory.mktemp("export"), "a.txt", text)
    [article] = [article for part in found for article in part.page.articles]
    kept = " ".join([article.title, article.body, *article.author, article.publication, *article.keywords])
    left_out = " ".join(line.partition(": ")[2] for part in found for line in part.page.dropped)
    asked = count_words(text) - count_words("1 of 1 DOCUMENTS May 3, 2019 Friday")
    assert not asked - count_words(f"{kept} {left_out}")
