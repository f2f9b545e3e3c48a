"""Blocks with a byline, contributors or a caption joined to text."""

import pytest

from shanxi_cli.model.article import Caption
from shanxi_cli.segmentation.pipeline import segment_page
from tests.segmentation.test_pipeline import BODY, ONE, only


@pytest.mark.parametrize("printed", ["By ZHAO PENGFEI", "By ZHAO PENGFEI in Xinzhou", "By Zhao Pengfei"])
def test_byline_in_the_headline_is_split(printed: str) -> None:
    page = ONE.replace("\n\nFormer miners look after a million saplings\n\nBy ZHAO PENGFEI", f" {printed}")
    article = only(segment_page(page))
    assert article.title == "Coal town plants a forest"
    assert [name.upper() for name in article.author] == ["ZHAO PENGFEI"]
    assert article.paragraphs == BODY


@pytest.mark.parametrize("headline", ["Farms Saved By Rain And Luck", "Bridge by Tom Lee is still the longest"])
def test_headline_with_its_own_by_is_kept(headline: str) -> None:
    article = only(segment_page(ONE.replace("Coal town plants a forest", headline)))
    assert (article.title, article.author) == (headline, ("ZHAO PENGFEI",))


def test_contributors_after_last_sentence_are_split() -> None:
    article = only(segment_page(ONE.replace("until 2030.\n\n", "until 2030. ")))
    assert (article.contributors, article.paragraphs) == (("Sun Yu",), BODY)


def test_sentence_about_a_contribution_stays_text() -> None:
    last = BODY[-1] + " Sun Yu contributed 400 yuan to the fund."
    article = only(segment_page(ONE.replace(BODY[-1], last)))
    assert article.paragraphs == [*BODY[:-1], last]


@pytest.mark.parametrize(
    ("printed", "mended"),
    [("t 9 am, the pit falls silent.", "At 9 am"), ("t the foot of the hill, a pit fell silent.", "At the foot")],
)
def test_drop_cap_of_at_is_restored(printed: str, mended: str) -> None:
    article = only(segment_page(ONE.replace(BODY[0], printed)))
    assert article.paragraphs[0].startswith(mended)


def test_copyright_line_is_dropped() -> None:
    assert only(segment_page(ONE + "\n© The Western Gazette. All rights reserved.\n")).paragraphs == BODY


def test_marked_caption_inside_a_sentence_is_split() -> None:
    article = only(segment_page(ONE.replace("on the hills", "on ► A man digs. Photo: Tom Lisle the hills")))
    assert article.paragraphs[0] == BODY[0]
    assert article.captions == (Caption("A man digs.", "Photo: Tom Lisle"),)


@pytest.mark.parametrize(
    ("printed", "author"),
    [
        ("Reuters in Taiyuan", "Reuters"),
        ("From Zhao Pengfei, Xin Zhou", "Zhao Pengfei"),
        ("A Daily Gazette Report", "A Daily Gazette Report"),
        ("ZHAO PENGFEI\n0491 570 110", "ZHAO PENGFEI"),
    ],
)
def test_byline_forms_of_other_countries(printed: str, author: str) -> None:
    article = only(segment_page(ONE.replace("By ZHAO PENGFEI", printed)))
    assert (article.author, article.paragraphs) == ((author,), BODY)


def test_words_by_line_signs_the_article_above() -> None:
    signed = ONE.replace("By ZHAO PENGFEI\n\n", "").replace("Sun Yu contributed to this story.", "Words: Zhao Pengfei")
    second = "# Mill grinds on\n\nBy SUN YU\n\nThe mill is open again. It has two stones.\n"
    first, last = segment_page(f"{signed}\n{second}").articles
    assert (first.author, last.author) == (("Zhao Pengfei",), ("SUN YU",))


def test_with_files_from_names_a_contributor() -> None:
    article = only(segment_page(ONE.replace("Sun Yu contributed to this story.", "— with files from Sun Yu")))
    assert (article.contributors, article.paragraphs) == (("Sun Yu",), BODY)


def test_jump_head_continues_its_article() -> None:
    told = "The county pays 3,000 yuan a month for the work of the planters."
    cut = ONE.partition("The county")[0] + told.removesuffix(" work of the planters.")
    other = "# Mill grinds on\n\nBy SUN YU\n\nThe mill is open again. It has two stones."
    rest = "TREES: A million so far\nFrom A7\n\nwork of the planters.\n\nIt rained."
    first, second = segment_page(f"{cut}\n\n» TREES: Continued on A9\n\n{other}\n\n{rest}\n").articles
    assert first.paragraphs == [*BODY[:2], told, "It rained."]
    assert second.paragraphs == ["The mill is open again. It has two stones."]


@pytest.mark.parametrize("name", ["SUN YU", "Sun Ruisheng"])
def test_surname_like_a_weekday_is_an_author(name: str) -> None:
    assert only(segment_page(ONE.replace("ZHAO PENGFEI", name))).author == (name,)


@pytest.mark.parametrize(
    ("printed", "mended"),
    [
        ("n Monday, the pit fell silent.", "On Monday"),
        ("n July 1, the pit fell silent.", "On July"),
        ("n July, the pit fell silent.", "In July"),
        ("n 2019, the pit fell silent.", "In 2019"),
    ],
)
def test_drop_cap_before_a_date_is_restored(printed: str, mended: str) -> None:
    assert only(segment_page(ONE.replace(BODY[0], printed))).paragraphs[0].startswith(mended)


def test_paragraph_cut_before_a_name_is_no_headline() -> None:
    page = ONE.replace("# ", "").replace("said Wu Gang, who", "said Wu\n\nGang, who")
    assert only(segment_page(page)).paragraphs == BODY


@pytest.mark.parametrize(
    "half", ["Since May, a train has left", "According to the people of", "The mine that closed is"]
)
def test_sentence_cut_before_a_name_is_no_headline(half: str) -> None:
    page = ONE.replace("# ", "").replace("The county pays", f"{half}\n\nGuandi twice. The county pays")
    assert only(segment_page(page)).paragraphs == [*BODY[:2], f"{half} Guandi twice. {BODY[2]}"]
