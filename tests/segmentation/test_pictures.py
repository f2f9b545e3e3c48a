"""Captions cut by a page or hard to recognize, and photo stories."""

import pytest

from shanxi_cli.model.article import Caption
from shanxi_cli.segmentation.pipeline import segment_page
from tests.segmentation.test_pipeline import BODY, CAPTION, CREDIT, ONE, only


@pytest.mark.parametrize("cut", [" / ", " / FOR ", " / FOR CHINA "])
def test_credit_cut_by_a_column_break_is_joined(cut: str) -> None:
    first, rest = CREDIT.split(cut)
    article = only(segment_page(f"{CAPTION} {first}{cut.rstrip()}\n\n{rest}\n\n{ONE}"))
    assert article.captions == (Caption(CAPTION, CREDIT),)
    assert article.paragraphs == BODY


def test_pointing_caption_after_a_cut_part_is_a_caption() -> None:
    cut = ONE.replace("to keep paying until 2030.\n\nSun Yu contributed to this story.\n", "to keep")
    shown = "Wu Gang (right) shows a sapling to visitors."
    other = "# Mill grinds on\n\nBy SUN YU\n\nThe mill is open again.\n\npaying until 2030.\n\nIt has two stones.\n"
    first, second = segment_page(f"{cut}\n\n{shown}\n\n{other}").articles
    assert first.paragraphs == BODY
    assert second.paragraphs == ["The mill is open again.", "It has two stones."]
    assert Caption(shown) in first.captions


def test_pictures_above_the_byline_are_no_photo_story() -> None:
    above = f"Above: {CAPTION} {CREDIT} Left: A miner digs a hole. {CREDIT}"
    page = ONE.replace("Former miners look after a million saplings", above).replace("# ", "")
    article = only(segment_page(page))
    assert article.title == "Coal town plants a forest"
    assert article.author == ("ZHAO PENGFEI",)
    assert article.paragraphs == BODY
    assert len(article.captions) == 2


def test_photo_story_of_two_paragraphs() -> None:
    first = "Villagers carry lanterns past the old drum tower in Xinzhou."
    last = "On the first evening, the stalls sold 300 bowls of noodles."
    story = segment_page(f"{ONE}\n# Lanterns light up the tower\n\n{first}\n\n{last} {CREDIT}\n").articles[1]
    assert story.paragraphs == [f"{first} {last}"]
    assert story.captions == (Caption(f"{first} {last}", CREDIT),)


def test_photo_story_excludes_the_next_picture() -> None:
    shown, other = "Girls race ponies over 25 kilometers of grass.", "Roses bloom in front of a museum in Hohhot."
    page = f"{ONE}\n# Small riders\n\n{shown} {CREDIT}\n\n{other} WANG PU / XINHUA\n"
    assert [article.paragraphs for article in segment_page(page).articles] == [BODY, [shown]]


def test_single_fragment_is_joined_across_articles() -> None:
    cut = ONE.replace("on the hills above the old pit.", "on the hills")
    other = "# Mill grinds on\n\nBy SUN YU\n\nThe mill is open again.\n\nabove the old pit.\n\nIt has two stones.\n"
    first, second = segment_page(f"{cut}\n\n{other}").articles
    assert (first.paragraphs, second.paragraphs) == (BODY, ["The mill is open again.", "It has two stones."])


def test_paragraph_cut_before_a_figure_is_joined() -> None:
    article = only(
        segment_page(ONE.replace("The county pays 3,000", f"The county pays\n\n{CAPTION} {CREDIT}\n\n3,000"))
    )
    assert article.paragraphs[:2] == BODY[:2]
    assert article.paragraphs[2] != BODY[2]  # three words are no half of a sentence for sure
    long = "The county, which has no other work for them, pays 3,000 yuan a month for the work."
    article = only(
        segment_page(ONE.replace(BODY[2], long.replace("pays 3,000", f"pays\n\n{CAPTION} {CREDIT}\n\n3,000")))
    )
    assert article.paragraphs == [*BODY[:2], long]


def test_series_introduction_below_byline_is_the_deck() -> None:
    told = "In Letters From the Hills, a series of this page, readers write about the places where they grew up."
    essay = f"# My wall\n\nBy TOM LISLE\n\n{told}\n\nI moved to Xinzhou in spring.\n\nThe wall was mine.\n"
    article = only(segment_page(essay))
    assert (article.deck, article.paragraphs[0]) == (told, "I moved to Xinzhou in spring.")
    report = essay.replace("I moved", "He moved").replace("mine", "his")
    assert only(segment_page(report)).paragraphs[0] == told


@pytest.mark.parametrize("agency", ["AAP", "GNA", "SWNS"])
def test_foreign_agency_signature_is_dropped(agency: str) -> None:
    assert only(segment_page(ONE.replace("Sun Yu contributed to this story.", agency))).paragraphs == BODY
