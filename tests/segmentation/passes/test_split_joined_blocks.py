"""What stands in one line with text: a byline behind its headline, contributors behind the last sentence."""

import pytest

from shanxi_cli.model.article import Caption
from shanxi_cli.segmentation.pipeline import segment_page
from tests.segmentation.test_pipeline import BODY, ONE, only


@pytest.mark.parametrize("printed", ["By ZHAO PENGFEI", "By ZHAO PENGFEI in Xinzhou", "By Zhao Pengfei"])
def test_a_byline_in_the_line_of_its_headline(printed: str) -> None:
    page = ONE.replace("\n\nFormer miners look after a million saplings\n\nBy ZHAO PENGFEI", f" {printed}")
    article = only(segment_page(page))
    assert article.title == "Coal town plants a forest"
    assert [name.upper() for name in article.author] == ["ZHAO PENGFEI"]
    assert article.paragraphs == BODY


@pytest.mark.parametrize("headline", ["Farms Saved By Rain And Luck", "Bridge by Tom Lee is still the longest"])
def test_a_headline_that_has_a_by_of_its_own(headline: str) -> None:
    article = only(segment_page(ONE.replace("Coal town plants a forest", headline)))
    assert (article.title, article.author) == (headline, ("ZHAO PENGFEI",))


def test_contributors_behind_the_last_sentence() -> None:
    article = only(segment_page(ONE.replace("until 2030.\n\n", "until 2030. ")))
    assert (article.contributors, article.paragraphs) == (("Sun Yu",), BODY)


def test_a_sentence_about_what_somebody_contributed_stays_text() -> None:
    last = BODY[-1] + " Sun Yu contributed 400 yuan to the fund."
    article = only(segment_page(ONE.replace(BODY[-1], last)))
    assert article.paragraphs == [*BODY[:-1], last]


@pytest.mark.parametrize(
    ("printed", "mended"),
    [("t 9 am, the pit falls silent.", "At 9 am"), ("t the foot of the hill, a pit fell silent.", "At the foot")],
)
def test_the_letter_that_can_only_be_a_preposition(printed: str, mended: str) -> None:
    article = only(segment_page(ONE.replace(BODY[0], printed)))
    assert article.paragraphs[0].startswith(mended)


def test_the_line_that_tells_whose_the_page_is() -> None:
    assert only(segment_page(ONE + "\n© The Western Gazette. All rights reserved.\n")).paragraphs == BODY


def test_a_caption_with_a_mark_in_the_middle_of_a_sentence() -> None:
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
def test_bylines_of_other_countries(printed: str, author: str) -> None:
    article = only(segment_page(ONE.replace("By ZHAO PENGFEI", printed)))
    assert (article.author, article.paragraphs) == ((author,), BODY)


def test_words_by_somebody_under_the_article() -> None:
    signed = ONE.replace("By ZHAO PENGFEI\n\n", "").replace("Sun Yu contributed to this story.", "Words: Zhao Pengfei")
    second = "# Mill grinds on\n\nBy SUN YU\n\nThe mill is open again. It has two stones.\n"
    first, last = segment_page(f"{signed}\n{second}").articles
    assert (first.author, last.author) == (("Zhao Pengfei",), ("SUN YU",))


def test_with_files_from_somebody() -> None:
    article = only(segment_page(ONE.replace("Sun Yu contributed to this story.", "— with files from Sun Yu")))
    assert (article.contributors, article.paragraphs) == (("Sun Yu",), BODY)


def test_the_rest_of_an_article_under_the_word_of_its_pointer() -> None:
    told = "The county pays 3,000 yuan a month for the work of the planters."
    cut = ONE.partition("The county")[0] + told.removesuffix(" work of the planters.")
    other = "# Mill grinds on\n\nBy SUN YU\n\nThe mill is open again. It has two stones."
    rest = "TREES: A million so far\nFrom A7\n\nwork of the planters.\n\nIt rained."
    first, second = segment_page(f"{cut}\n\n» TREES: Continued on A9\n\n{other}\n\n{rest}\n").articles
    assert first.paragraphs == [*BODY[:2], told, "It rained."]
    assert second.paragraphs == ["The mill is open again. It has two stones."]


@pytest.mark.parametrize("name", ["SUN YU", "Sun Ruisheng"])
def test_a_family_name_that_is_also_short_for_a_day(name: str) -> None:
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
def test_the_preposition_before_a_date(printed: str, mended: str) -> None:
    assert only(segment_page(ONE.replace(BODY[0], printed))).paragraphs[0].startswith(mended)


def test_a_paragraph_cut_before_a_name_is_no_headline() -> None:
    page = ONE.replace("# ", "").replace("said Wu Gang, who", "said Wu\n\nGang, who")
    assert only(segment_page(page)).paragraphs == BODY


@pytest.mark.parametrize(
    "half", ["Since May, a train has left", "According to the people of", "The mine that closed is"]
)
def test_a_sentence_cut_before_a_name_is_no_headline_either(half: str) -> None:
    page = ONE.replace("# ", "").replace("The county pays", f"{half}\n\nGuandi twice. The county pays")
    assert only(segment_page(page)).paragraphs == [*BODY[:2], f"{half} Guandi twice. {BODY[2]}"]
