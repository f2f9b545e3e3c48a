"""Sizes and positions of scanned and typeset pages: ALTO, hOCR, PAGE-XML and PDF."""

from collections.abc import Iterable

import pytest

from shanxi_cli.importers import read_parts
from shanxi_cli.importers.printed_lines import PrintedLine, compose_sized_text
from shanxi_cli.importers.reading_order import LineBox, order_lines
from shanxi_cli.model.article import Article

MILL = [
    "The mill at Anfeng will close in",
    "June, its owner said on Monday. It",
    "has ground wheat since 1911, and",
    "forty men will lose their work.",
]
ROAD = [
    "A road to the upper villages was",
    "opened on Sunday. It cuts the way",
    "to the market by an hour, farmers",
    "said at the opening.",
]
MILL_TEXT, ROAD_TEXT = " ".join(MILL), " ".join(ROAD)
BOTH = [("Old mill to close", [MILL_TEXT]), ("New road opened", [ROAD_TEXT])]


def read_articles(name: str, data: bytes) -> list[Article]:
    return [article for part in read_parts(name, data) for article in part.page.articles]


def outline(articles: Iterable[Article]) -> list[tuple[str, list[str]]]:
    return [(article.title, list(article.paragraphs)) for article in articles]


def alto(blocks: list[tuple[int, list[str]]]) -> bytes:
    """An ALTO page of text blocks of lines of one height; a word with a hyphen at the end of a line gets a HYP."""
    shown = ""
    for height, lines in blocks:
        shown += "<TextBlock>"
        for line in lines:
            words = "".join(f'<String HEIGHT="{height}" CONTENT="{word}"/>' for word in line.rstrip("-").split())
            words += '<HYP CONTENT="-"/>' if line[-1] == "-" else ""
            shown += f'<TextLine HPOS="100" HEIGHT="{height}">{words}</TextLine>'
        shown += "</TextBlock>"
    return f"<alto><Layout><Page><PrintSpace>{shown}</PrintSpace></Page></Layout></alto>".encode()


def test_alto_headlines_are_in_larger_type() -> None:
    data = alto([(60, ["Old mill to close"]), (20, MILL), (56, ["New road opened"]), (20, ROAD)])
    assert outline(read_articles("page.xml", data)) == BOTH


def test_alto_headline_is_told_from_the_text_of_its_block() -> None:
    data = alto([(20, MILL)]).replace(
        b"<TextBlock>",
        b'<TextBlock><TextLine HEIGHT="70"><String HEIGHT="70" CONTENT="Mill"/></TextLine>'
        b'<TextLine HEIGHT="70"><String HEIGHT="70" CONTENT="closes"/></TextLine>',
        1,
    )
    assert outline(read_articles("page.xml", data)) == [("Mill closes", [MILL_TEXT])]


def test_alto_sizes_are_those_of_its_styles() -> None:
    data = alto([(20, ["Old mill to close"]), (20, MILL)])
    styles = b'<alto><Styles><TextStyle ID="A" FONTSIZE="18"/><TextStyle ID="B" FONTSIZE="8"/></Styles>'
    data = data.replace(b"<alto>", styles).replace(b"<TextBlock>", b'<TextBlock STYLEREFS="A">', 1)
    data = data.replace(b"<TextBlock>", b'<TextBlock STYLEREFS="B">', 1)
    assert outline(read_articles("page.xml", data)) == BOTH[:1]


def test_alto_hyphen_joins_its_word() -> None:
    data = alto([(60, ["Old mill to close"]), (20, ["The mill at Anfeng belongs to the may-", "or of the town."])])
    assert outline(read_articles("page.xml", data)) == [
        ("Old mill to close", ["The mill at Anfeng belongs to the mayor of the town."])
    ]


def hocr(blocks: list[tuple[int, list[str]]]) -> bytes:
    shown = ""
    for size, lines in blocks:
        spans = "".join(
            f"<span class='ocr_line' title='bbox 0 0 900 {size}; x_size {size}'>{line}</span>\n" for line in lines
        )
        shown += f"<div class='ocr_carea'><p class='ocr_par'>{spans}</p></div>"
    head = "<head><meta name='ocr-system' content='x'/></head>"
    return f"<html>{head}<body><div class='ocr_page'>{shown}</div></body></html>".encode()


def test_hocr_headlines_are_in_larger_type() -> None:
    data = hocr([(60, ["Old mill to close"]), (20, MILL), (60, ["New road opened"]), (20, ROAD)])
    assert outline(read_articles("page.html", data)) == BOTH


def test_page_xml_is_read_in_its_order_with_the_height_of_its_lines() -> None:
    def region(name: str, height: int, lines: list[str]) -> str:
        shown = "".join(
            f'<TextLine><Coords points="0,0 900,0 900,{height} 0,{height}"/>'
            f"<TextEquiv><Unicode>{line}</Unicode></TextEquiv></TextLine>"
            for line in lines
        )
        return f'<TextRegion id="{name}">{shown}</TextRegion>'

    order = "".join(f'<RegionRefIndexed index="{n}" regionRef="{name}"/>' for n, name in enumerate("abcd"))
    regions = (
        region("b", 20, MILL)
        + region("a", 60, ["Old mill to close"])
        + region("d", 20, ROAD)
        + region("c", 60, ["New road opened"])
    )
    data = f"<PcGts><Page><ReadingOrder><OrderedGroup>{order}</OrderedGroup></ReadingOrder>{regions}</Page></PcGts>"
    assert outline(read_articles("page.xml", data.encode())) == BOTH


def pdf(lines: list[tuple[float, float, float, str]]) -> bytes:
    """A PDF page of lines, each at its place (from the left and from the bottom) and in its size, in points."""
    shown = "".join(f"BT /F1 {size} Tf {left} {bottom} Td ({text}) Tj ET\n" for left, bottom, size, text in lines)
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [4 0 R] /Count 1 >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 5 0 R "
        "/Resources << /Font << /F1 3 0 R >> >> >>",
        f"<< /Length {len(shown)} >>\nstream\n{shown}endstream",
    ]
    out, places = "%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{content}\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    trailer = f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{len(out)}\n%%EOF\n"
    return f"{out}xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}{trailer}".encode()


def test_pdf_columns_are_read_one_after_the_other() -> None:
    pytest.importorskip("pypdfium2")
    lines = [
        (50.0, 740.0, 30.0, "THE ANFENG HERALD"),
        (50.0, 700.0, 20.0, "Old mill to close"),
        (310.0, 700.0, 20.0, "New road opened"),
    ]
    for n, (left, right) in enumerate(zip(MILL, ROAD, strict=True)):
        lines += [(50.0, 670.0 - 13 * n, 10.0, left), (310.0, 670.0 - 13 * n, 10.0, right)]
    assert outline(read_articles("page.pdf", pdf(lines))) == BOTH


def test_pdf_headline_may_span_the_columns_of_its_article() -> None:
    pytest.importorskip("pypdfium2")
    lines = [(50.0, 700.0, 24.0, "Old mill to close after a century of wheat")]
    for n, (left, right) in enumerate(zip(MILL, ["It was", "the last", "mill of", "the valley."], strict=True)):
        lines += [(50.0, 670.0 - 13 * n, 10.0, left), (310.0, 670.0 - 13 * n, 10.0, right)]
    [article] = read_articles("page.pdf", pdf(lines))
    assert article.title == "Old mill to close after a century of wheat"
    assert " ".join(article.paragraphs) == f"{MILL_TEXT} It was the last mill of the valley."


def box(text: str, left: float, top: float, width: float = 100, height: float = 10) -> LineBox:
    return LineBox(text, left, top, left + width, top + height, height)


def test_order_lines_reads_below_a_headline_that_spans_two_of_three_columns() -> None:
    lines = [box("head", 0, 0, 210, 20)]
    lines += [box(f"{name}{n}", left, 30 + 12 * n) for n in range(3) for name, left in (("a", 0), ("b", 110))]
    lines += [box(f"c{n}", 220, 12 * n) for n in range(5)]
    found = [[line.text for line in region] for region in order_lines(lines)]
    assert found == [["head"], ["a0", "a1", "a2"], ["b0", "b1", "b2"], ["c0", "c1", "c2", "c3", "c4"]]


def test_compose_sized_text_marks_indents() -> None:
    lines = [PrintedLine(text, 10, left, 10) for text, left in (("one", 0), ("two", 9), ("three", 0), ("four", 0.5))]
    assert compose_sized_text([lines, [PrintedLine("HEAD", 25)]]) == (
        "one\n  two\nthree\nfour\n\nHEAD",
        (1.0, 1.0, 1.0, 1.0, 0.0, 2.5),
    )


def test_name_of_a_section_in_larger_type_is_no_headline() -> None:
    data = alto([(90, ["Town"]), (60, ["Old mill to close"]), (20, MILL)])
    assert outline(read_articles("page.xml", data)) == BOTH[:1]


def test_headings_above_a_label_are_left_out() -> None:
    data = alto([(80, ["Got one!"]), (30, ["NEWS IN BRIEF"]), (60, ["Old mill to close"]), (20, MILL)])
    assert outline(read_articles("page.xml", data)) == BOTH[:1]


def test_lines_of_a_headline_in_blocks_of_their_own_are_joined() -> None:
    data = alto([(60, ["Old mill"]), (60, ["Anfeng to close"]), (20, MILL)])
    assert outline(read_articles("page.xml", data)) == [("Old mill Anfeng to close", [MILL_TEXT])]


def test_display_type_begins_an_article_below_a_cut_one() -> None:
    data = alto([(60, ["Old mill to close"]), (20, MILL[:3]), (60, ["New road opened to the villages"]), (20, ROAD)])
    assert [article.title for article in read_articles("page.xml", data)] == [
        "Old mill to close",
        "New road opened to the villages",
    ]


@pytest.mark.parametrize("credit", ["EMILY REED/ itemizer-Observer", "RIVERTIMES/Lyle A. Stone"])
def test_photographer_and_paper_are_no_authors(credit: str) -> None:
    data = alto([(60, ["Old mill to close"]), (16, [credit]), (20, MILL)])
    [article] = read_articles("page.xml", data)
    assert (article.author, list(article.paragraphs)) == ((), [MILL_TEXT])
