"""The sentence splitter: English and Chinese, abbreviations, quotes, paragraphs."""

from itertools import pairwise

import pytest
from hypothesis import given

from shanxi_cli.analysis.sentence_splitter import split_sentences
from tests.support.case_ids import case_ids
from tests.support.strategies import TEXTS, examples


def sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in split_sentences(text)]


CUT = [
    ("", []),
    (" \n\n ", []),
    ("Coal", ["Coal"]),
    ("One sentence.", ["One sentence."]),
    ("One. Two! Three? Four… Five", ["One.", "Two!", "Three?", "Four…", "Five"]),
    ("  One.   Two.  ", ["One.", "Two."]),
    ("One...  Two?!  Three", ["One...", "Two?!", "Three"]),
    # quotes and brackets belong to the sentence that they open or close
    ('He said: "Coal." She left.', ['He said: "Coal."', "She left."]),
    ("He said “Coal.” “Solar,” she said.", ["He said “Coal.”", "“Solar,” she said."]),
    ("One. (Two.) Three.", ["One.", "(Two.)", "Three."]),
    # a number may begin a sentence, a lower-case letter may not
    ("It grew. 1,200 came.", ["It grew.", "1,200 came."]),
    ("It grew 12.5 percent. then fell", ["It grew 12.5 percent. then fell"]),
    ("He asked why? and left.", ["He asked why? and left."]),
    # abbreviations and initials
    ("Mr. Li spoke. Dr. Wang left.", ["Mr. Li spoke.", "Dr. Wang left."]),
    ("Doors open at 7 p.m. Friday. Sgt. Voss came.", ["Doors open at 7 p.m. Friday.", "Sgt. Voss came."]),
    ("Doors open at 7 p.m. The hall is full.", ["Doors open at 7 p.m.", "The hall is full."]),
    ("Green Hills Co. Ltd. Shanxi grew.", ["Green Hills Co. Ltd. Shanxi grew."]),
    ("The U.S. Senate met.", ["The U.S. Senate met."]),
    ("J. K. Li and W. Sun met.", ["J. K. Li and W. Sun met."]),
    ("No. 5 mine closed. On Aug. 15 it rained.", ["No. 5 mine closed.", "On Aug. 15 it rained."]),
    ("They met Sept. 3. Then they left.", ["They met Sept. 3.", "Then they left."]),
    ("Taco. Disco. Macao.", ["Taco.", "Disco.", "Macao."]),
    ("Is this Co.? Yes.", ["Is this Co.?", "Yes."]),
    # paragraphs
    ("A title\n\nThe text", ["A title", "The text"]),
    ("One.\n\nTwo.\n\n\n\nthree", ["One.", "Two.", "three"]),
    ("They work for Green Hills Co.\n\nThe mine closed.", ["They work for Green Hills Co.", "The mine closed."]),
    ("Made in the U.S.\n\nThe mine closed.", ["Made in the U.S.", "The mine closed."]),
    ("One line\nof two. Next\nline.", ["One line\nof two.", "Next\nline."]),
    ("It cost Rs. 2 lakh. A hut is Ksh. 300.", ["It cost Rs. 2 lakh.", "A hut is Ksh. 300."]),
    # Chinese
    (
        "太原市的煤炭产量下降。很好！Output fell. 太原 too.",
        ["太原市的煤炭产量下降。", "很好！", "Output fell.", "太原 too."],
    ),
    ("“好。”他说。", ["“好。”", "他说。"]),
]


@pytest.mark.parametrize(("text", "expected"), CUT, ids=case_ids(CUT))
def test_split_sentences(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


def test_split_sentences_yields_half_open_ranges() -> None:
    assert list(split_sentences(" One.  太原。Two.\n\nThree ")) == [(1, 5), (7, 10), (10, 14), (16, 21)]


@examples(300)
@given(text=TEXTS)
def test_sentences_cover_the_text_without_white_space(text: str) -> None:
    ranges = list(split_sentences(text))
    assert all(start < end for start, end in ranges)
    assert all(a[1] <= b[0] for a, b in pairwise(ranges))
    assert all(text[s:e] == text[s:e].strip() for s, e in ranges)
    assert "".join("".join(text[s:e].split()) for s, e in ranges) == "".join(text.split())
    assert not any("\n\n" in text[s:e] for s, e in ranges)
