"""Every word of a file is in an article, a caption or left out, whatever its form."""

import io
import re
import struct
import zipfile
from collections.abc import Callable, Iterator, Sequence
from html import escape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shanxi_cli.importers import read_parts
from shanxi_cli.importers.text import ImportedPart
from shanxi_cli.util.frozen_record import Record
from tests.importers.test_office_files import workbook
from tests.support.compound_file import write_compound_file

Texts = Sequence[str]
WORD = st.text(alphabet="abcdefghijklmnop", min_size=3, max_size=8)
SLOTS = 7


def split_words(words: list[str]) -> list[str]:
    """Return seven sentences of words that occur once, so that none can stand for another."""
    size = len(words) // SLOTS
    return [" ".join(words[n * size : (n + 1) * size]).capitalize() + "." for n in range(SLOTS)]


SENTENCES = st.lists(WORD, min_size=3 * SLOTS, max_size=12 * SLOTS, unique=True).map(split_words)


def paragraphs(texts: Texts, tag: str = "p") -> str:
    return "".join(f"<{tag}>{text}</{tag}>" for text in texts)


def zipped(**files: str) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, text in files.items():
            archive.writestr(name.replace("__", "/").replace("_dot_", "."), text)
    return target.getvalue()


def make_text(texts: Texts) -> str:
    return "\n\n".join([f"# {texts[0].rstrip('.')}", *texts[1:]])


def make_html(texts: Texts) -> str:
    head = f"<title>{texts[1]}</title><meta property='og:title' content='{texts[0]}'>"
    menu = f"<nav>{texts[2]}</nav><div class='related'>{texts[3]}</div>"
    article = f"<article><h1>{texts[0]}</h1>{paragraphs(texts[4:])}</article>"
    return f"<!doctype html><html><head>{head}</head><body>{menu}{article}</body></html>"


def make_mhtml(texts: Texts) -> str:
    return (
        "From: <Saved by Blink>\nSnapshot-Content-Location: https://holm.example/1\nSubject: x\nMIME-Version: 1.0\n"
        'Content-Type: multipart/related; type="text/html"; boundary="B"\n\n--B\nContent-Type: text/html\n'
        f"\n{make_html(texts)}\n--B--\n"
    )


def make_warc(texts: Texts) -> str:
    http = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{make_html(texts)}"
    return (
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://holm.example/1\r\n"
        "WARC-Date: 2021-07-23T08:00:00Z\r\nContent-Type: application/http; msgtype=response\r\n"
        f"Content-Length: {len(http)}\r\n\r\n{http}\r\n\r\n"
    )


def make_factiva_html(texts: Texts) -> str:
    head = f"<div>{texts[1]}</div><div id='hd'><span class='enHeadline'>{texts[0]}</span></div>"
    source = "<div class='author'>Lena Fischer</div><div>120 words</div><div>3 May 2019</div><div>Holm Times</div>"
    lead = f"<div>HTIMES</div><div>English</div><div>Copyright 2019 Holm</div><div>{texts[2]}</div>"
    body = "".join(f"<p class='articleParagraph enarticleParagraph'>{text}</p>" for text in texts[3:6])
    end = f"<div>{texts[6]}</div><p>Document HTIMES0020190503ef530000a</p>"
    return f"<html><body><div class='article enArticle'>{head}{source}{lead}{body}{end}</div></body></html>"


def make_factiva_coded(texts: Texts) -> str:
    codes = [("SE", texts[1]), ("HD", texts[0]), ("BY", "Lena Fischer"), ("WC", "20 words"), ("PD", "3 May 2019")]
    codes += [("SN", "Holm Times"), ("LP", texts[2]), ("TD", "\n".join(texts[3:5])), ("NS", texts[5]), ("CO", texts[6])]
    return "\n".join(f"{code}\n{text}" for code, text in codes) + "\nAN\nDocument HTIMES0020190503ef530000a\n"


def make_factiva_text(texts: Texts) -> str:
    head = [texts[1], texts[0], "By Lena Fischer", "20 words", "3 May 2019", "Holm Times", "HTIMES", "English"]
    lines = [*head, "Copyright 2019 Holm", *texts[2:], "Document HTIMES0020190503ef530000a"]
    return "\n".join(lines)


def make_nexis_uni(texts: Texts) -> str:
    head = [texts[0].rstrip("."), "Holm Times", "May 3, 2019 Friday", "Copyright 2019 Holm", "Section: NEWS; Pg. 4"]
    head += ["Length: 24 words", "Byline: Lena Fischer", f"Highlight: {texts[1]}", "Body", *texts[2:5], "Graphic"]
    return "\n\n".join([*head, texts[5], "Classification", f"Subject: {texts[6]}", "End of Document"])


def make_proquest(texts: Texts) -> str:
    rule = "_" * 60
    fields = [texts[0], "Author: Fischer, Lena", f"Abstract: {texts[1]}", f"Full text: {texts[2]}", *texts[3:5]]
    fields += [f"Subject: {texts[5]}", "Publication title: Holm Times", "Publication date: May 3, 2019"]
    return "\n\n".join([rule, *fields, f"Copyright: {texts[6]}", rule])


def make_ris(texts: Texts) -> str:
    lines = ["TY  - NEWS", f"TI  - {texts[0]}", "AU  - Fischer, Lena", "PY  - 2019/05/03/", f"KW  - {texts[1]}"]
    lines += [f"AB  - {texts[2]}", f"N1  - {texts[3]}", f"T2  - {texts[4]}", f"N2  - {texts[5]}", f"PB  - {texts[6]}"]
    return "\n".join([*lines, "ER  - "])


def make_docx(texts: Texts) -> bytes:
    name = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    style = '<w:pPr><w:pStyle w:val="Heading1"/></w:pPr>'
    head = f"<w:p>{style}<w:r><w:t>{texts[0].rstrip('.')}</w:t></w:r></w:p>"
    body = "".join(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in texts[1:])
    document = f'<w:document xmlns:w="{name}"><w:body>{head}{body}</w:body></w:document>'
    return zipped(word__document_dot_xml=document)


def make_odt(texts: Texts) -> bytes:
    target = io.BytesIO()
    body = f"<text:h>{texts[0].rstrip('.')}</text:h>{paragraphs(texts[1:], 'text:p')}"
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr(
            "content.xml",
            '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
            f'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0">{body}</office:document-content>',
        )
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
    return target.getvalue()


def make_rtf(texts: Texts) -> str:
    body = "".join(f"{text}\\par\\par\n" for text in [texts[0].rstrip("."), *texts[1:]])
    return f"{{\\rtf1\\ansi\\ansicpg1252 {body}}}"


def make_epub(texts: Texts) -> bytes:
    chapter = (
        f"<html><head><title>{texts[0]}</title></head><body><h1>{texts[0]}</h1>{paragraphs(texts[2:])}</body></html>"
    )
    book = (
        f"<package><metadata><title>{texts[1]}</title></metadata><manifest><item id='a' href='a.xhtml'/></manifest>"
        "<spine><itemref idref='a'/></spine></package>"
    )
    container = "<container><rootfiles><rootfile full-path='book.opf'/></rootfiles></container>"
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("META-INF/container.xml", container)
        archive.writestr("book.opf", book)
        archive.writestr("a.xhtml", chapter)
    return target.getvalue()


def make_alto_block(number: int, text: str) -> str:
    words = "".join(f"<String CONTENT={word!r}/>" for word in text.split())
    return f"<TextBlock ID='B{number}'><TextLine>{words}</TextLine></TextBlock>"


def make_alto(texts: Texts) -> str:
    blocks = "".join(make_alto_block(number, text) for number, text in enumerate([texts[0].rstrip("."), *texts[1:]]))
    return f"<alto><Layout><Page>{blocks}</Page></Layout></alto>"


def make_hocr(texts: Texts) -> str:
    lines = "".join(f"<p class='ocr_par'><span class='ocr_line'>{text}</span></p>" for text in texts)
    return f"<html><body><div class='ocr_page'>{lines}</div></body></html>"


def make_page_xml(texts: Texts) -> str:
    regions = "".join(
        f"<TextRegion><TextLine><TextEquiv><Unicode>{text}</Unicode></TextEquiv></TextLine></TextRegion>"
        for text in texts
    )
    return f"<PcGts xmlns='http://schema.primaresearch.org/PAGE'><Page>{regions}</Page></PcGts>"


def make_nitf(texts: Texts) -> str:
    head = f"<head><title>{texts[0]}</title><meta name='x' content='{texts[1]}'/></head>"
    top = f"<body.head><hedline><hl1>{texts[0]}</hl1></hedline><abstract>{texts[2]}</abstract></body.head>"
    media = f"<media><media-caption>{texts[3]}</media-caption></media>"
    end = f"<body.end><tagline>{texts[6]}</tagline></body.end>"
    return f"<nitf>{head}<body>{top}<body.content>{media}{paragraphs(texts[4:6])}</body.content>{end}</body></nitf>"


def make_newsml(texts: Texts) -> str:
    meta = f"<itemMeta><title>{texts[1]}</title></itemMeta><contentMeta><by>Lena Fischer</by>"
    meta += f"<headline>{texts[0]}</headline>"
    meta += f"<slugline>{texts[2]}</slugline><description>{texts[3]}</description></contentMeta>"
    page = f"<html><head><title>{texts[4]}</title></head><body>{paragraphs(texts[5:])}</body></html>"
    content = f"<inlineXML>{page}</inlineXML>"
    return (
        f"<newsMessage><itemSet><newsItem>{meta}<contentSet>{content}</contentSet></newsItem></itemSet></newsMessage>"
    )


def make_newsml_1(texts: Texts) -> str:
    lines = f"<NewsLines><HeadLine>{texts[0]}</HeadLine><SubHeadLine>{texts[1]}</SubHeadLine></NewsLines>"
    content = f"<ContentItem><DataContent>{paragraphs(texts[2:5])}</DataContent></ContentItem>"
    more = f"<ContentItem><DataContent><p>{texts[5]}</p></DataContent></ContentItem><Comment>{texts[6]}</Comment>"
    return f"<NewsML><NewsItem><NewsComponent>{lines}{content}{more}</NewsComponent></NewsItem></NewsML>"


def make_csv(texts: Texts) -> str:
    names = "title,text,headline,remark,section,url,link"
    return f"{names}\n" + ",".join(f'"{text}"' for text in texts) + "\n"


def make_json(texts: Texts) -> str:
    names = ("title", "body", "headline", "remark", "section", "uri", "link")
    return "[{" + ", ".join(f'"{name}": "{text}"' for name, text in zip(names, texts, strict=True)) + "}]"


def make_xlsx(texts: Texts) -> bytes:
    return workbook(One=[[texts[3]], ["title", "text", "remark"], [*texts[:3]]], Two=[[*texts[4:]]])


def make_mail(texts: Texts) -> str:
    head = f"From: Lena <lena@holm.example>\nTo: desk\nSubject: x {texts[0]}\nMIME-Version: 1.0\n"
    plain = "\n\n".join(texts[1:4])
    rich = f"<html><body>{paragraphs(texts[4:])}</body></html>"
    return (
        f"{head}Content-Type: multipart/alternative; boundary=B\n\n--B\nContent-Type: text/plain\n\n{plain}\n"
        f"--B\nContent-Type: text/html\n\n{rich}\n--B--\n"
    )


def make_msg(texts: Texts) -> bytes:
    streams = {
        "__properties_version1.0": bytes(32) + struct.pack("<HHIQ", 0x40, 0x39, 0, 132_715_008_000_000_000),
        "__substg1.0_0037001F": texts[0].encode("utf-16-le"),
        "__substg1.0_0C1A001F": "Lena Fischer".encode("utf-16-le"),
        "__substg1.0_0E04001F": texts[1].encode("utf-16-le"),
        "__substg1.0_1000001F": "\r\n\r\n".join(texts[2:]).encode("utf-16-le"),
    }
    return write_compound_file(streams)


def make_rss(texts: Texts) -> str:
    item = f"<item><title>{texts[1]}</title><description>{escape(paragraphs(texts[2:]))}</description></item>"
    return f"<rss version='2.0'><channel><title>{texts[0]}</title>{item}</channel></rss>"


def make_front_matter(texts: Texts) -> str:
    return f"---\ntitle: {texts[0]}\nremark: {texts[1]}\nheadline: {texts[2]}\n---\n\n" + "\n\n".join(texts[3:]) + "\n"


MAKERS: tuple[Callable[[Texts], str | bytes], ...] = (
    make_text,
    make_html,
    make_mhtml,
    make_warc,
    make_factiva_html,
    make_factiva_coded,
    make_factiva_text,
    make_nexis_uni,
    make_proquest,
    make_ris,
    make_docx,
    make_odt,
    make_rtf,
    make_epub,
    make_alto,
    make_hocr,
    make_page_xml,
    make_nitf,
    make_newsml,
    make_newsml_1,
    make_csv,
    make_json,
    make_xlsx,
    make_mail,
    make_msg,
    make_rss,
    make_front_matter,
)
FORMS = {maker.__name__.removeprefix("make_"): maker for maker in MAKERS}
ENDINGS = {"csv": ".csv"}


def find_words(text: str) -> set[str]:
    return set(re.findall(r"[a-z]{3,}", text.lower()))


def iterate_texts(value: object) -> Iterator[str]:
    """Yield every string in an article or a page."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Record):
        for name in value._fields:
            yield from iterate_texts(getattr(value, name))
    elif isinstance(value, (list, tuple)):
        for item in value:
            yield from iterate_texts(item)


def collect_text(parts: list[ImportedPart]) -> str:
    return " ".join(text for part in parts for text in iterate_texts(part.page))


@pytest.mark.parametrize("form", sorted(FORMS))
@settings(max_examples=15, deadline=None)
@given(texts=SENTENCES)
def test_every_word_is_kept_or_left_out(tmp_path_factory: pytest.TempPathFactory, form: str, texts: list[str]) -> None:
    content = FORMS[form](texts)
    path = tmp_path_factory.mktemp("form") / f"input{ENDINGS.get(form, '')}"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    found = find_words(collect_text(list(read_parts(str(path)))))
    assert not find_words(" ".join(texts)) - found
