"""The tokenizer shared by index, query and highlighter."""

import unicodedata
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from shanxi_cli.analysis.acronyms import plain_word
from shanxi_cli.analysis.folding import outline_words
from shanxi_cli.analysis.tokenizer import Token, count_words, fold_text, tokenize, word_forms
from shanxi_cli.util.unicode import is_cjk_run
from tests.support.case_ids import case_ids
from tests.support.strategies import TEXTS, examples


def words(text: str) -> list[str]:
    return [token.word for token in tokenize(text)]


WORDS = [
    ("", []),
    (" \n… – !? _ & ' ’ , .", []),
    ("Coal town plants trees.", ["coal", "town", "plants", "trees"]),
    # numbers
    ("1,200", ["1200"]),
    ("1200", ["1200"]),
    ("1,234,567 yuan", ["1234567", "yuan"]),
    ("1,200.5", ["1200.5"]),
    ("1,20", ["1", "20"]),
    ("1,2000", ["1", "2000"]),
    ("12345,678", ["12345", "678"]),
    ("1, 200", ["1", "200"]),
    ("12.5 percent", ["12.5", "percent"]),
    ("12.5%", ["12.5"]),
    ("$24.46 million", ["24.46", "million"]),
    ("1.2.3", ["1.2.3"]),
    ("in 2016.", ["in", "2016"]),
    ("in 2016.Then", ["in", "2016", "then"]),
    ("1,200.", ["1200"]),
    ("5G and 3D", ["5g", "and", "3d"]),
    ("164.24 million", ["164.24", "million"]),
    ("１,２００", ["1200"]),
    ("１，２００．５ １２．５", ["1200.5", "12.5"]),
    ("有120，300人", ["有", "120", "300", "人"]),
    ("Ｒ＆Ｄ Ｕ．Ｓ． Ｓｈａｎｘｉ＇ｓ", ["r&d", "us", "shanxi"]),
    # dashes and other marks separate
    ("coal-fired", ["coal", "fired"]),
    ("16-gigawatt", ["16", "gigawatt"]),
    ("2016–20", ["2016", "20"]),
    ("coal—steel", ["coal", "steel"]),
    ("and/or", ["and", "or"]),
    ("snake_case", ["snake", "case"]),
    ("12:30", ["12", "30"]),
    ("(coal)", ["coal"]),
    ("end.Start", ["end", "start"]),
    # apostrophes
    ("Xi'an", ["xi'an"]),
    ("Xi’an", ["xi'an"]),
    ("Xi‘an", ["xi'an"]),
    ("Xiʼan", ["xi'an"]),
    ("Xi＇an", ["xi'an"]),
    ("Lu'an's", ["lu'an"]),
    ("Shanxi's", ["shanxi"]),
    ("Shanxi’s", ["shanxi"]),
    ("SHANXI'S", ["shanxi"]),
    ("miners' homes", ["miners", "homes"]),
    ("'quoted'", ["quoted"]),
    ("it's don't", ["it", "don't"]),
    ("1990's 2021’s", ["1990", "2021"]),
    ("5G's", ["5g"]),
    ("太原's coal", ["太原", "原", "coal"]),
    # abbreviations
    ("U.S.", ["US"]),
    ("U.S", ["US"]),
    ("U.S. coal", ["US", "coal"]),
    ("the U.S.-led", ["the", "US", "led"]),
    ("a.m.", ["am"]),
    ("J.K. Rowling", ["jk", "rowling"]),
    ("Mr. Li", ["mr", "li"]),
    ("R&D", ["r&d"]),
    ("AT&T's", ["at&t", "s"]),
    ("black&white", ["black", "white"]),
    ("R & D", ["r", "d"]),
    # case, accents, compatibility forms
    ("COAL Coal coal", ["coal"] * 3),
    ("Café CAFÉ cafe\u0301", ["cafe"] * 3),
    ("Straße STRASSE", ["strasse"] * 2),
    ("İstanbul", ["istanbul"]),
    ("Ｃｏａｌ ℂoal 𝐂𝐨𝐚𝐥", ["coal"] * 3),
    ("ﬁre", ["fire"]),
    ("km² Ⅻ", ["km2", "xii"]),
    ("co\u00adal co\u200bal co\u200dal \ufeffcoal", ["coal"] * 4),
    # a word that folds to nothing is no token
    ("ﹰ ﾞ coal", ["coal"]),
    # Chinese
    ("太原市", ["太原", "原市", "市"]),
    ("太原", ["太原", "原"]),
    ("市", ["市"]),
    ("太原市的煤炭。", ["太原", "原市", "市的", "的煤", "煤炭", "炭"]),
    ("in太原2021", ["in", "太原", "原", "2021"]),
    ("太.原", ["太", "原"]),
    ("太&原 太'原", ["太", "原"] * 2),
    ("さくら カタカナ", ["さく", "くら", "ら", "カタ", "タカ", "カナ", "ナ"]),
    ("𠀀𠀁", ["𠀀𠀁", "𠀁"]),
    ("⽔⼒ ⻢", ["水力", "力", "马"]),
    ("ﾃﾞﾊﾟｰﾄ", ["デパ", "パー", "ート", "ト"]),
    ("水\u200b力\ufe00", ["水力", "力"]),
    # other alphabets
    ("Москва", ["москва"]),
    ("مُحَمَّد", ["محمد"]),
    ("हिन्दी में", ["हिन्दी", "में"]),
    ("ที่นี่", ["ทีนี"]),
    ("서울", [unicodedata.normalize("NFKD", "서울")]),
]


@pytest.mark.parametrize(("text", "expected"), WORDS, ids=case_ids(WORDS))
def test_tokenize_words(text: str, expected: list[str]) -> None:
    assert words(text) == expected


STEMS = [
    ("mining", "mine"),
    ("Mines", "mine"),
    ("mined", "mine"),
    ("photovoltaics", "photovolta"),
    ("photovoltaic", "photovolta"),
    ("trees", "tree"),
    ("1,200", "1200"),
    ("12.5", "12.5"),
    ("Shanxi's", "shanxi"),
    ("U.S.", "us"),
    ("cafés", "cafe"),
    ("太", "太"),
    ("Москва", "москва"),
]


@pytest.mark.parametrize(("text", "stem"), STEMS, ids=case_ids(STEMS))
def test_tokenize_stems(text: str, stem: str) -> None:
    assert [token.stem for token in tokenize(text)] == [stem]


def test_tokenize_offsets() -> None:
    assert list(tokenize("«Xi’an's» coal: 太原市")) == [
        Token("xi'an", "xi'an", 1, 8),
        Token("coal", "coal", 10, 14),
        Token("太原", "太原", 16, 18),
        Token("原市", "原市", 17, 19),
        Token("市", "市", 18, 19),
    ]


SURFACES = [
    ("Coal-fired plants", ["Coal", "fired", "plants"]),
    ("about 1,200, or 12.5.", ["about", "1,200", "or", "12.5"]),
    ("the U.S. and R&D", ["the", "U.S.", "and", "R&D"]),
    ("cafe\u0301s, 'Xi’an's'", ["cafe\u0301s", "Xi’an's"]),
    ("co\u00adal mine", ["co\u00adal", "mine"]),
    ("in太原's", ["in", "太原", "原"]),
    ("水\u200b力⼭", ["水\u200b力", "力⼭", "⼭"]),
    ("ﾃﾞﾊﾟ", ["ﾃﾞﾊﾟ", "ﾊﾟ"]),
    ("«Łódź», مُحَمَّد.", ["Łódź", "مُحَمَّد"]),
]


@pytest.mark.parametrize(("text", "expected"), SURFACES, ids=case_ids(SURFACES))
def test_offsets_give_the_printed_words(text: str, expected: list[str]) -> None:
    assert [text[token.start : token.end] for token in tokenize(text)] == expected


FOLDED = [
    ("", ""),
    ("Coal Town", "coal town"),
    ("  Coal \n\t town ", "coal town"),
    ("CAFÉ Straße", "cafe strasse"),
    ("Xi’an", "xi'an"),
    ("ℂoal ﬁre", "coal fire"),
    ("old-walls_2", "old-walls_2"),
    ("太原", "太原"),
]


@pytest.mark.parametrize(("text", "expected"), FOLDED, ids=case_ids(FOLDED))
def test_fold_text(text: str, expected: str) -> None:
    assert fold_text(text) == expected


RUNS = [
    ("太", True),
    ("太原", True),
    ("カ", True),
    ("𠀀", True),
    ("", False),
    ("coal", False),
    ("é", False),
    ("々", False),
    ("서", False),
]


@pytest.mark.parametrize(("word", "expected"), RUNS, ids=case_ids(RUNS))
def test_is_cjk_run(word: str, expected: bool) -> None:
    assert is_cjk_run(word) is expected


def test_single_character_is_at_most_one_token() -> None:
    for code in [*range(0xD800), *range(0xE000, 0x20400), *range(0xE0000, 0xE0200)]:
        tokens = list(tokenize(chr(code)))
        assert len(tokens) <= 1
        assert all(t.word and t.stem and (t.start, t.end) == (0, 1) for t in tokens)


@examples(300)
@given(text=TEXTS)
def test_token_offsets_ascend_and_lie_in_the_text(text: str) -> None:
    tokens = list(tokenize(text))
    for token in tokens:
        assert 0 <= token.start < token.end <= len(text)
        assert token.word
        assert token.stem
        assert any(c.isalnum() for c in outline_words(text[token.start : token.end]))
    for one, other in pairwise(tokens):
        assert one.start < other.start
        assert one.end <= other.start or (
            is_cjk_run(one.word) and is_cjk_run(other.word) and other.start < one.end <= other.end
        )


@examples(300)
@given(text=TEXTS)
def test_folding_is_idempotent(text: str) -> None:
    assert fold_text(fold_text(text)) == fold_text(text)
    for token in tokenize(text):
        assert plain_word(token.word) == fold_text(token.word)


@examples(300)
@given(text=st.text(st.sampled_from("abcé 1,-’'RD\n"), max_size=30))
def test_words_ignore_case_accents_and_normal_form(text: str) -> None:
    expected = words(text)
    assert words(text.upper()) == expected
    assert words(unicodedata.normalize("NFD", text)) == expected
    assert words(text.replace("é", "e").replace("’", "'")) == expected


CHUNKS = st.lists(
    st.sampled_from(
        ["US", "IT,", "(W.H.O.)", "It", "太原市US", "ＩＴ", "\n\n", "\u3000", "the", "AI\u2019s", "\u00ad"]
    ),
    max_size=12,
).map(" ".join)


@given(TEXTS | CHUNKS)
@example("Xi\u2019an, R&D: 太原市's 1,200 caf\u00e9s U.S.")
@example("UNIT US it, IT is us")
def test_word_forms_equal_those_of_tokenize(text: str) -> None:
    forms = [(token.word, token.stem) for token in tokenize(text)]
    assert word_forms(text) == forms
    assert count_words(text) == len(forms)


@pytest.mark.parametrize(
    "text",
    ["Coal.", "coal,", 'steel"', "US.", "U.S.", "a.", "WHO)", "mine]", "x!", "?", "coal.,", "it's.", "über.", "R&D,"],
)
def test_word_forms_of_a_chunk_equal_its_tokens(text: str) -> None:
    assert list(word_forms(text)) == [token[:2] for token in tokenize(text)]
