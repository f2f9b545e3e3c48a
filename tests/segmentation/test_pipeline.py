"""Whole pages, each with converter faults, and the articles they become."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shanxi_cli.model.article import Article, Caption
from shanxi_cli.segmentation.page import JoinedColumnsError, Page
from shanxi_cli.segmentation.pipeline import segment_page
from shanxi_cli.segmentation.supplied_title import SUPPLIED_TITLE_NOTE

ONE = """\
# Coal town plants a forest

Former miners look after a million saplings

By ZHAO PENGFEI

Miners in the town of Guandi used to dig coal. Now 1,200 of them plant trees on the hills above the old pit.

"We know every stone of this hill," said Wu Gang, who leads the planters. "We took half of it away."

The county pays 3,000 yuan a month for the work and has promised to keep paying until 2030.

Sun Yu contributed to this story.
"""
BODY = [
    "Miners in the town of Guandi used to dig coal. Now 1,200 of them plant trees on the hills above the old pit.",
    '"We know every stone of this hill," said Wu Gang, who leads the planters. "We took half of it away."',
    "The county pays 3,000 yuan a month for the work and has promised to keep paying until 2030.",
]
CAPTION = "Two men water saplings on the hill above the old pit in Guandi."
CREDIT = "MA LI / FOR CHINA DAILY"


def only(page: Page) -> Article:
    [article] = page.articles
    return article


def test_segment_page_reads_one_article() -> None:
    article = only(segment_page(ONE))
    assert article.title == "Coal town plants a forest"
    assert article.deck == "Former miners look after a million saplings"
    assert (article.author, article.contributors) == (("ZHAO PENGFEI",), ("Sun Yu",))
    assert article.paragraphs == BODY
    assert (article.repairs, article.unsure, article.title_note) == ((), (), "")


LAYOUTS = {
    "no marks": ONE.replace("# ", ""),
    "headline over two lines": ONE.replace("# Coal town plants a", "# Coal town plants\n# a"),
    "two lines without marks": ONE.replace("# Coal town plants a", "Coal town plants\na"),
    "byline as a heading": ONE.replace("By ZHAO", "# By ZHAO"),
    "byline without By": ONE.replace("By ZHAO", "ZHAO"),
    "byline with a place": ONE.replace("PENGFEI", "PENGFEI in Xinzhou"),
    "byline with a role": ONE.replace("PENGFEI", "PENGFEI, Business Editor"),
    "role in a line of its own": ONE.replace("PENGFEI", "PENGFEI\nBusiness Editor"),
    "byline with an address": ONE.replace("PENGFEI", "PENGFEI\nzhao@paper.example"),
    "a label above": "Business\n\n" + ONE,
    "a label marked as a heading": "# Business\n\n" + ONE,
    "a masthead and a folio": "THE WESTERN GAZETTE\n\nFriday, July 23, 2021 | Page 7\n\n" + ONE,
    "a pointer": ONE + "\nSee page 3\n",
    "an index": "INSIDE\nLetters 14   Sport 22\n\n" + ONE,
    "an advert": ONE + "\nBEDALE FLOORING\nFree fitting on all orders\nTel 01642 555 0199\n",
    "a doubled line": ONE.replace("The county pays", f"{BODY[2]}\nThe county pays"),
    "deck above the headline": ONE.replace(
        "# Coal town plants a forest\n\nFormer miners look after a million saplings",
        "Former miners look after a million saplings\n\n# Coal town plants a forest",
    ),
    "deck behind the byline": ONE.replace(
        "Former miners look after a million saplings\n\nBy ZHAO PENGFEI",
        "By ZHAO PENGFEI\n\nFormer miners look after a million saplings",
    ),
    "CRLF": ONE.replace("\n", "\r\n"),
    "HTML": ONE.replace("# Coal town plants a forest", "<h1>Coal town plants a forest</h1>").replace(
        "1,200", "<b>1,200</b>"
    ),
    "LaTeX": ONE.replace("3,000", r"$3,000$").replace("old pit", r"${\it old}$ pit"),
}
"""Layouts of the same article -> the page."""


@pytest.mark.parametrize("page", LAYOUTS.values(), ids=LAYOUTS)
def test_segment_page_reads_every_layout(page: str) -> None:
    article = only(segment_page(page))
    assert article.title == "Coal town plants a forest"
    assert article.deck == "Former miners look after a million saplings"
    assert (article.author, article.contributors) == (("ZHAO PENGFEI",), ("Sun Yu",))
    assert article.paragraphs == BODY


@pytest.mark.parametrize(
    ("cut", "kind"),
    [
        ("Now 1,200 of them\n\nplant", "joined paragraph"),
        ("Now 1,200 of them pl-\n\nant", "joined word"),
        ("Now 1,200 of th\n\nem plant", "joined word"),
        (f"Now 1,200 of them\n\n{CAPTION} {CREDIT}\n\nplant", "joined paragraph"),
        (f"Now 1,200 of them\n{CAPTION} {CREDIT}\nplant", ""),
        (f"Now 1,200 of them {CAPTION} {CREDIT} plant", "joined paragraph"),
        (f"Now 1,200 of them\n\n{CAPTION}\n\nplant", "joined paragraph"),
        ("Now 1,200 of them\n\nContinued on page 4\n\nplant", "joined paragraph"),
    ],
    ids=["column", "hyphenated-word", "word", "credited-picture", "line", "inline", "picture", "jump-line"],
)
def test_cut_paragraph_is_joined(cut: str, kind: str) -> None:
    article = only(segment_page(ONE.replace("Now 1,200 of them plant", cut)))
    assert article.paragraphs == BODY
    assert any(repair.startswith(kind) for repair in article.repairs)
    if "Two men" in cut:
        assert article.captions == (Caption(CAPTION, CREDIT if CREDIT in cut else ""),)


def test_separated_halves_are_joined() -> None:
    apart = ONE.replace("has promised to keep", "has\n\npromised to keep")
    first, second = "Now 1,200 of them plant trees on the", "hills above the old pit."
    behind = apart.replace(f"{first} {second}", first).replace("\nSun Yu", f"\n{second}\n\nSun Yu")
    assert only(segment_page(behind)).paragraphs == BODY
    before = ONE.replace(
        f"Miners in the town of Guandi used to dig coal. {first} {second}",
        "An old start stands here first.\n\nhills above the old pit.\n\nMiners in the town of Guandi used to dig coal. "
        + first,
    )
    assert BODY[0] in only(segment_page(before)).paragraphs


@pytest.mark.parametrize(
    ("left", "word"),
    [("iners in the town", "Miners"), ("M iners in the town", "Miners"), ("M\n\niners in the town", "Miners")],
    ids=["lost", "detached", "own-line"],
)
def test_drop_cap_is_restored(left: str, word: str) -> None:
    article = only(segment_page(ONE.replace("Miners in the town", left)))
    assert article.paragraphs == BODY
    assert f"drop capital: {word}" in " ".join(article.repairs) or word in " ".join(article.repairs)


def test_ambiguous_drop_cap_is_doubtful() -> None:
    page = ONE.replace("Miners in the town of Guandi used", "ight miners of Guandi used")
    assert any("first letter" in doubt for doubt in only(segment_page(page)).unsure)


def test_captions_go_to_their_article() -> None:
    other = """\
# Bakers of Pingyao rise early

By LI XIAOYU

The ovens of Pingyao are lit at two in the morning. A loaf costs 4 yuan and is gone by six.

Nobody sleeps late in the lane of the bakers, for the smell of bread is louder than a drum.
"""
    page = f"A baker lifts a loaf from an oven in Pingyao. SUN YU / XINHUA\n\n{ONE}\n{CAPTION} {CREDIT}\n\n{other}"
    forest, bread = segment_page(page).articles
    assert forest.captions == (Caption(CAPTION, CREDIT),)
    assert bread.captions == (Caption("A baker lifts a loaf from an oven in Pingyao.", "SUN YU / XINHUA"),)


def test_loose_caption_belongs_to_the_page() -> None:
    page = segment_page(ONE + "\nA yacht leaves Genoa at dusk. [Photo/Xinhua]\n")
    assert page.captions == (Caption("A yacht leaves Genoa at dusk.", "Photo/Xinhua"),)
    assert only(page).paragraphs == BODY


def test_photo_story_takes_its_caption_as_body() -> None:
    story = (
        "# Lantern day in Pingyao\n\nPeople of Pingyao light lanterns for the new year. **Left:** A girl hangs one on "
        f"the wall. {CREDIT} **Right:** Two men carry a dragon. SUN YU / XINHUA It went on until midnight.\n"
    )
    forest, lanterns = segment_page(f"{ONE}\n{story}").articles
    assert (lanterns.type, lanterns.title) == ("image", "Lantern day in Pingyao")
    assert lanterns.paragraphs == [
        "People of Pingyao light lanterns for the new year. Left: A girl hangs one on the wall. "
        "Right: Two men carry a dragon. It went on until midnight."
    ]
    assert lanterns.captions == (
        Caption("Left: A girl hangs one on the wall.", CREDIT),
        Caption("Right: Two men carry a dragon.", "SUN YU / XINHUA"),
    )
    assert forest.paragraphs == BODY


def test_lost_headline_is_supplied_with_a_note() -> None:
    article = only(segment_page(ONE.split("\n\n", 2)[2]))
    assert article.title == "Miners in the town of Guandi used to dig coal"
    assert article.title_note == SUPPLIED_TITLE_NOTE
    assert article.author == ("ZHAO PENGFEI",)


def test_pull_quote_and_pull_figure_are_dropped() -> None:
    quote = (
        '\n"We know every stone of this hill"\n\nWu Gang, head of the planters\n\n1 million\nsaplings on the hill\n\n'
    )
    page = segment_page(ONE.replace("\nThe county", quote + "The county"))
    assert only(page).paragraphs == BODY
    assert [what.partition(":")[0] for what in page.dropped] == ["pull quote", "pull quote", "pull figure"]


def test_introduction_above_byline_is_the_deck() -> None:
    text = "Many students live in Shanxi. This series, named From the Classroom, tells what they see there."
    article = only(segment_page(ONE.replace("Former miners look after a million saplings", text)))
    assert article.deck == text


def test_author_note_is_kept_apart() -> None:
    note = "The author is a student from Kenya at Shanxi University."
    article = only(segment_page(ONE.replace("Sun Yu contributed to this story.", note)))
    assert article.author_note == note
    assert article.paragraphs == BODY


def test_wrapped_page_is_joined() -> None:
    page = """\
Bus depot to go
electric by 2027

By HELEN OSGOOD
Business Editor

ALL 64 buses at the Stockton depot
will be replaced by battery vehi-
cles by the summer of 2027 under an
£18m plan.

The first 20 will enter service in
Novem
ber. Chargers are to be installed.
"""
    article = only(segment_page(page))
    assert article.title == "Bus depot to go electric by 2027"
    assert article.author == ("HELEN OSGOOD",)
    assert article.paragraphs == [
        "ALL 64 buses at the Stockton depot will be replaced by battery vehicles by the summer of 2027 under an "
        "£18m plan.",
        "The first 20 will enter service in November. Chargers are to be installed.",
    ]


def test_agency_signature_ends_an_article() -> None:
    page = segment_page(
        ONE.replace("Sun Yu contributed to this story.", "Xinhua")
        + "\n# Bread is dearer\n\nBy LI XIAOYU\n\nA loaf costs 4 yuan.\n"
    )
    assert [article.title for article in page.articles] == ["Coal town plants a forest", "Bread is dearer"]
    assert page.articles[0].paragraphs == BODY


def test_joined_columns_raise_an_error() -> None:
    row = "Miners in the town used to dig      Bakers of the lane rise at two       The river is low this year and\n"
    with pytest.raises(JoinedColumnsError):
        segment_page(row * 12)


def test_chinese_page_is_kept_whole() -> None:
    text = "# 太原市煤炭产量下降\n\n本报记者 李敏\n\n太原市的煤炭产量去年下降了百分之五。\n专家说，这是好消息。\n\n"
    text += "# 平遥古城\n\n游客很多。\n"
    first, second = segment_page(text).articles
    assert (first.title, second.title) == ("太原市煤炭产量下降", "平遥古城")
    assert first.language == "zh"
    assert first.paragraphs == ["本报记者 李敏", "太原市的煤炭产量去年下降了百分之五。", "专家说，这是好消息。"]


@pytest.mark.parametrize(
    "text",
    ["", "\n\n\n", "7", "hello world", "THE WESTERN GAZETTE\n\nPage 7", "A yacht leaves Genoa. [Photo/Xinhua]"],
    ids=["empty", "blank", "folio", "words", "masthead", "caption"],
)
def test_page_without_an_article_has_none(text: str) -> None:
    assert segment_page(text).articles == ()


@given(st.lists(st.sampled_from(ONE.split("\n")), max_size=24))
def test_segment_page_invents_no_word(lines: list[str]) -> None:
    text = "\n".join(lines)
    letters = re.sub(r"\W", "", text)
    for article in segment_page(text).articles:
        for word in re.findall(r"\w+", article.body):
            assert word in letters


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=400))
def test_segment_page_accepts_any_text(text: str) -> None:
    segment_page(text)
