"""Every letter of a page is in an article, in a caption, or under left out."""

import re
from collections import Counter
from collections.abc import Sequence

from hypothesis import example, given, settings
from hypothesis import strategies as st

from shanxi_cli.segmentation.blocks import Block
from shanxi_cli.segmentation.classifier import PASSES
from shanxi_cli.segmentation.line_joiner import read_blocks
from shanxi_cli.segmentation.page import Page
from shanxi_cli.segmentation.pipeline import segment_page

LINES = """\
THE WESTERN GAZETTE
Friday, July 23, 2021 | Page 7
# Coal town plants a forest
## A forest on the hills
Former miners look after a million saplings
By ZHAO PENGFEI in Guandi
By ADA OBI, Business Editor
LI XIAOYU
Business Editor
Taiyuan
Miners in the town of Guandi used to dig coal. Now 1,200 of them plant trees.
The service to the northern ports, which was inter-
rupted by the floods of spring, will begin again on Friday.
"We know every stone of this hill," said Wu Gang, who leads the planters.
"We know every stone of this hill"
1,200 saplings planted on the hills
Two men water saplings on the hill above the old pit in Guandi.
MA LI / FOR CHINA DAILY
Two men water saplings above the old pit. MA LI / FOR CHINA DAILY
Photo provided to China Daily
Ada Oduya, a student at Velden College
The county pays 3,000 yuan a month for the work and has promised to
keep paying until 2030.
Sun Yu contributed to this story.
The author is a teacher in Datong.
Xinhua
Continued on page 8
COAL STRIKE ENDS.
Coopers and Riggers Go Back To-day.
Business
INSIDE
Trees
The county pays
""".split("\n")
FORMULAS = "By and contributed to this story"


def count_letters(text: str) -> Counter[str]:
    return Counter(re.findall(r"[^\W_]", text))


def collect_output(page: Page) -> str:
    parts = [*page.dropped, *(f"{caption.text} {caption.credit}" for caption in page.captions)]
    for article in page.articles:
        parts += ["" if article.title_note else article.title, article.deck, article.section, article.author_note]
        parts += [article.body, *article.author, *article.contributors]
        parts += [f"{caption.text} {caption.credit}" for caption in article.captions]
        parts += [repair for repair in article.repairs if repair.startswith("doubled line")]
    return " ".join(parts)


@settings(deadline=None)
@given(st.lists(st.sampled_from(LINES), max_size=20, unique=True), st.booleans())
@example(["By ADA OBI, Business Editor", "The service to the north will begin on"], True)
def test_every_letter_of_a_page_is_kept_or_left_out(lines: list[str], parted: bool) -> None:
    page = segment_page(("\n\n" if parted else "\n").join(lines))
    formulas = sum(line.startswith(("By ", "Sun Yu")) for line in lines)
    lost = count_letters("\n".join(lines)) - count_letters(collect_output(page))
    assert not lost - count_letters(FORMULAS * formulas), page


@settings(deadline=None)
@given(st.lists(st.sampled_from(LINES), max_size=20, unique=True), st.booleans())
def test_every_pass_keeps_the_letters_of_its_blocks(lines: list[str], parted: bool) -> None:
    reading = read_blocks(("\n\n" if parted else "\n").join(lines))
    blocks = reading.blocks
    for step in PASSES:
        after = step.run(blocks, reading.vocabulary)
        lost = count_block_letters(blocks) - count_block_letters(after)
        assert not lost, step.name
        blocks = after


def count_block_letters(blocks: Sequence[Block]) -> Counter[str]:
    return count_letters(" ".join(block.text for block in blocks).lower())
