"""Kinds of faults that converters leave, each on a page of its own, and the paragraphs that come of it."""

import pytest

from shanxi_cli.model.article import Article, Caption
from shanxi_cli.segmentation.page import Page
from shanxi_cli.segmentation.pipeline import segment_page

HEAD = "Bakers of the old town form a guild\n\nBy ADA OBI\n\n"
FIRST = "The bakers of the old town met on Sunday and formed a guild, its first master said."
LAST = "The guild has forty members and a hall by the river."


UNSTOPPED = (
    "Members of the guild have paid less for flour this year than the other bakers of the valley, they told reporters"
    " at the spring fair, according to their treasurer"
)


def only(page: Page) -> Article:
    [article] = page.articles
    return article


@pytest.mark.parametrize(
    ("printed", "middle"),
    [
        (
            "The guild will soon have rented\n\nments and sheds.\n\nA fee is due in May, it said.\n\nnew rooms, base-",
            ["The guild will soon have rented new rooms, basements and sheds.", "A fee is due in May, it said."],
        ),
        (
            "Nine old ovens were\n\nnine old ovens were mended with clay from the quarry.",
            ["Nine old ovens were mended with clay from the quarry."],
        ),
        (
            "A fee is due in May. Flour and dried yea-\n\nFlour and dried yeast are bought together.",
            ["A fee is due in May.", "Flour and dried yeast are bought together."],
        ),
        ("Flour prices\n\nFlour prices have risen since May.", ["Flour prices have risen since May."]),
        (
            f"{UNSTOPPED}\n\nThe fee is due in May.",
            [UNSTOPPED, "The fee is due in May."],
        ),
        (
            "The guild sells bread and will soon provide trans-\n\nOfficials said that it was welcome.",
            ["The guild sells bread and will soon provide trans-", "Officials said that it was welcome."],
        ),
        ("Flour comes by the mid-\n\ndleman in the port.", ["Flour comes by the middleman in the port."]),
        ("Sales were inter-\n\nrupted by the fair.", ["Sales were interrupted by the fair."]),
        (
            "Each member pays for the mar\nket stall, and the mar\nket is open on Sundays.",
            ["Each member pays for the market stall, and the market is open on Sundays."],
        ),
    ],
    ids=[
        "exchanged-lines",
        "doubled-line-in-another-case",
        "begun-and-repeated",
        "doubled-first-words",
        "lost-full-stop",
        "lost-rest-of-a-word",
        "prefix-and-doubled-letter",
        "prefix-of-a-word",
        "word-cut-twice",
    ],
)
def test_paragraphs_of_damaged_pages(printed: str, middle: list[str]) -> None:
    page = segment_page(f"{HEAD}{FIRST}\n\n{printed}\n\n{LAST}\n")
    paragraphs = only(page).paragraphs
    assert (paragraphs[0], paragraphs[-1]) == (FIRST, LAST)
    assert paragraphs[1:-1] == middle


def test_figure_in_display_type_begins_no_article() -> None:
    page = segment_page(
        f"{HEAD}{FIRST}\n\n900 loaves sold on market days\n\nA fee is due in May, he said.\n\n"
        f"On market days the guild sells 900 loaves, most of them dark.\n\n{LAST}\n"
    )
    article = only(page)
    assert article.paragraphs[1] == "A fee is due in May, he said."
    assert page.dropped == ("pull figure: 900 loaves sold on market days",)


def test_headline_with_a_figure_begins_an_article() -> None:
    page = segment_page(
        f"{HEAD}{FIRST}\n\n900 loaves sold on market days\n\nBy TOM REED\n\nBread sells well.\n\n{LAST}\n"
    )
    assert [article.title for article in page.articles][1:] == ["900 loaves sold on market days"]


def test_portrait_without_a_full_stop_is_a_caption() -> None:
    page = segment_page(f"{HEAD}{FIRST}\n\nAda Obi, a baker of the old town\n\n{LAST}\n")
    assert only(page).captions == (Caption("Ada Obi, a baker of the old town", ""),)
    assert only(page).paragraphs == [FIRST, LAST]


def test_two_sentences_below_a_byline_are_no_deck() -> None:
    lead = "I bake bread. My name is Ada Obi, and I have lived for nine years near the mill of the old town"
    article = only(segment_page(f"{HEAD}{lead}\n\nThe mill has taught me its hours.\n\n{LAST}\n"))
    assert (article.deck, article.paragraphs[0]) == ("", lead)


def test_marked_headline_under_a_label_begins_an_article_after_a_cut_one() -> None:
    page = segment_page(
        f"# TOWN\n## Bakers form a guild\n\n{FIRST}\n\nIts rules,\n\n# SPORT\n## Rowers win the cup\n\n{LAST}\n"
    )
    assert [(article.title, article.section) for article in page.articles] == [
        ("Bakers form a guild", "TOWN"),
        ("Rowers win the cup", "SPORT"),
    ]


@pytest.mark.parametrize("role", ["CONTRIBUTING WRITER", "MANAGING EDITOR", "ARTS EDITOR", "SENIOR STAFF WRITER"])
def test_role_in_capitals_is_no_name(role: str) -> None:
    page = segment_page(f"## Bakers form a guild\n\n### ADA OBI {role}\n\n{FIRST}\n\n{LAST}\n")
    assert only(page).author == ("ADA OBI",)


def test_heading_marks_without_words_are_empty() -> None:
    article = only(segment_page(f"# Bakers form a guild\n## \n###\n{FIRST}\n\n{LAST}\n"))
    assert (article.title, article.paragraphs) == ("Bakers form a guild", [FIRST, LAST])


@pytest.mark.parametrize("credit", ["TESSA WYNN/\nThe Harbour Daily", "Tessa Wynn /\nFor China Daily"])
def test_credit_in_two_lines_is_left_out(credit: str) -> None:
    page = segment_page(
        f"# Bakers form a guild\n\n{FIRST}\n\n{LAST}\n\n\n{credit}\n# Rowers win\n### By PER HAUG\nThe rowers won.\n"
    )
    assert [article.author for article in page.articles] == [(), ("PER HAUG",)]
    assert page.dropped == (f"credit without a caption: {' '.join(credit.split())}",)


def test_passage_that_was_stored_twice_is_left_out() -> None:
    body = f"{FIRST}\nA fee is due\nin May.\n\n{LAST}\n"
    page = segment_page(f"## Bakers form a guild\n### By ADA OBI\n{body}{body}")
    assert only(page).paragraphs == [f"{FIRST} A fee is due in May.", LAST]
    assert [what.partition(":")[0] for what in page.dropped] == ["repeated passage"]


def test_signature_with_a_stop_begins_no_article() -> None:
    page = segment_page(
        f"# Bakers may form a guild\n\n{FIRST}\n\n# Lena Ost.\n\n# Rowers win the cup at the old bridge\n\n{LAST}\n"
    )
    assert [article.title for article in page.articles] == [
        "Bakers may form a guild",
        "Rowers win the cup at the old bridge",
    ]
    assert page.dropped == ("signature: Lena Ost.",)


def test_headlines_in_capitals_may_end_in_a_stop() -> None:
    page = segment_page(
        "BAKERS FORM A GUILD.\nForty Members Meet in the Old Hall.\nThe bakers of the old town met on\nSunday and"
        " formed a guild.\n"
        "ROWERS WIN.\nThe rowers of the mill won the cup\non Monday by a length.\n"
    )
    assert [(article.title, article.deck, article.paragraphs) for article in page.articles] == [
        (
            "BAKERS FORM A GUILD.",
            "Forty Members Meet in the Old Hall.",
            ["The bakers of the old town met on Sunday and formed a guild."],
        ),
        ("ROWERS WIN.", "", ["The rowers of the mill won the cup on Monday by a length."]),
    ]


@pytest.mark.parametrize("word", ["service", "team", "agency", "desk", "staff"])
def test_lead_with_a_word_of_roles_is_kept(word: str) -> None:
    lead = f"The {word} of the old town, which was inter-\n\nrupted by floods, will begin again on Friday."
    article = only(segment_page(f"{HEAD}{lead}\n\n{LAST}\n"))
    assert (
        article.paragraphs[0]
        == f"The {word} of the old town, which was interrupted by floods, will begin again on Friday."
    )


def test_chinese_headline_in_lines_and_numbered_subheads() -> None:
    page = segment_page(
        "# 烤面包\n\n# 成立行会\n\n本报记者 王一明\n\n老城的面包师成立了行会。\n\n# 一、会费\n\n五月缴纳会费。\n"
    )
    article = only(page)
    assert (article.title, article.paragraphs[1:]) == (
        "烤面包 成立行会",
        ["老城的面包师成立了行会。", "一、会费", "五月缴纳会费。"],
    )


def test_portrait_of_another_person_belongs_to_the_article_around_it() -> None:
    page = segment_page(f"{HEAD}{FIRST}\n\nTom Reed, who teaches rowing in Wexby\n\n{LAST}\n")
    assert only(page).captions == (Caption("Tom Reed, who teaches rowing in Wexby", ""),)


def test_paragraph_begun_with_one_word_and_a_cut_one_is_dropped() -> None:
    page = segment_page(f"{HEAD}{FIRST} The gui-\n\nThe guild has a hall by the river, and forty members.\n")
    assert only(page).paragraphs == [FIRST, "The guild has a hall by the river, and forty members."]


def test_headline_above_a_dateline_of_an_old_paper() -> None:
    page = segment_page(
        "THE DAILY HERALD. MAY 4, 1899.\nMAYOR TO RESIGN.\nIll Health Is Said to Be the Cause.\n"
        "Special to the Herald.\nThe mayor will resign in June because\nof his health, he said last night.\n"
    )
    article = only(page)
    assert (article.title, article.deck) == ("MAYOR TO RESIGN.", "Ill Health Is Said to Be the Cause.")
    assert (page.date, page.publication) == ("1899-05-04", "The Daily Herald")


@pytest.mark.parametrize(
    ("folio", "number"),
    [
        ("THE TAIYUAN HERALD    Thursday, May 6, 2021    B3", "B3"),
        ("7 | The Taiyuan Herald | May 6, 2021", "7"),
        ("The Taiyuan Herald, Vol. 8, No. 16, May 6, 2021", ""),
    ],
)
def test_page_of_a_masthead_without_the_word(folio: str, number: str) -> None:
    assert segment_page(f"{folio}\n\n{HEAD}{FIRST}\n").page == number
