"""Folding of letters: which forms are one, and which stay apart."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shanxi_cli.analysis.folding import PRIME_APOSTROPHES, QUOTE_APOSTROPHES, fold_letters, is_mark
from shanxi_cli.analysis.tokenizer import tokenize
from shanxi_cli.util.lexicon import load_list
from tests.support.case_ids import case_ids
from tests.support.strategies import TEXTS, examples


def words(text: str) -> list[str]:
    return [token.word for token in tokenize(text)]


FOLDED = [
    # Latin letters that have no decomposition
    ("Gdańsk Wrocław Bełchatów", "gdansk wroclaw belchatow"),
    ("Tromsø Østfold Ærø", "tromso ostfold aero"),
    ("Đà Nẵng Đakovo", "da nang dakovo"),
    ("Þingvellir Reyðarfjörður", "thingvellir reydarfjordur"),
    ("Diyarbakır IĞDIR iğdır", "diyarbakir igdir igdir"),
    ("Għaxaq ŋoro Ŧana Œuvre Gießen GIEẞEN", "ghaxaq noro tana oeuvre giessen giessen"),
    ("Ɓauchi Ƙano Ƴola", "bauchi kano yola"),
    # marks that another script can be written without
    ("مَدْرَسَة مدرسة مـدرسة", "مدرسة مدرسة مدرسة"),
    ("إيران أيران", "ايران ايران"),
    ("יְרוּשָׁלַיִם ירושלים", "ירושלים ירושלים"),
    ("ख़बर खबर", "खबर खबर"),
    ("ที่ ที", "ที ที"),
    ("Αθήνα ΑΘΗΝΑ", "αθηνα αθηνα"),
    # marks that make another word
    ("कील कल काल कल्प", "कील कल काल कल्प"),
    ("দিন দান", "দিন দান"),
    ("கொடி கடி", "கொடி கடி"),
    ("ดี ดู", "ดี ดู"),
    ("བོད བད", "བོད བད"),
    # compatibility forms
    ("⽔⽕⼭ ⻋⻔", "水火山 车门"),
    ("ＧＤＰ　１２", "gdp 12"),
    ("豈 \ufa1b", "豈 福"),
    # invisible characters
    ("co\u00adal \ufeffmi\u200bne ra\u2060il le\u200e\u200fft", "coal mine rail left"),
    ("نمی\u200cدانم क्\u200dष", "نمیدانم क्ष"),
    ("辻\U000e0101 ☺\ufe0f", "辻 ☺"),
]


@pytest.mark.parametrize(("text", "expected"), FOLDED, ids=case_ids(FOLDED))
def test_fold_letters(text: str, expected: str) -> None:
    assert " ".join(fold_letters(text).split()) == unicodedata.normalize("NFD", expected)


KANA = [("ガス", "ガス"), ("カ\u3099ス", "ガス"), ("ｶﾞｽ", "ガス"), ("カス", "カス"), ("ｶｽ", "カス"), ("ﾊﾟﾝ", "パン")]


@pytest.mark.parametrize(("text", "expected"), KANA, ids=case_ids(KANA))
def test_kana_keep_their_voicing(text: str, expected: str) -> None:
    assert fold_letters(text) == expected


@pytest.mark.parametrize("mark", QUOTE_APOSTROPHES + PRIME_APOSTROPHES, ids=lambda mark: f"U+{ord(mark):04X}")
def test_apostrophes_are_one(mark: str) -> None:
    assert words(f"near Lu{mark}an station") == ["near", "lu'an", "station"]
    assert fold_letters(f"Lu{mark}an") == "lu'an"
    assert words(f"the mayor{mark}s car") == ["the", "mayor", "car"]


@pytest.mark.parametrize("mark", ["′", "´", "`", "‵"])
def test_primes_of_measures_join_no_digits(mark: str) -> None:
    assert words(f"at 40{mark}25 north") == ["at", "40", "25", "north"]


def test_code_marks_are_no_letters() -> None:
    assert words("run `git pull` or ``make`` now") == ["run", "git", "pull", "or", "make", "now"]


def test_latin_list_agrees_with_the_names_of_unicode() -> None:
    """A letter WITH something folds to the letter that its name says."""
    checked = 0
    for char, folded in map(str.split, load_list("analysis/latin_letters")):
        name = unicodedata.name(char)
        start, _, rest = name.removeprefix("LATIN SMALL LETTER ").partition(" WITH ")
        if rest and len(start) == 1:
            assert folded == start.lower(), name
            checked += 1
    assert checked > 90


def test_kangxi_radicals_fold_to_ideographs() -> None:
    for code in range(0x2F00, 0x2FD6):
        assert "\u4e00" <= fold_letters(chr(code)) <= "\u9fff"


def test_marks_are_not_letters() -> None:
    assert [char for char in "aא太ト5-' \u0600" if is_mark(char)] == []
    assert all(map(is_mark, "\u0301\u05b8\u064e\u093e\u094d\u0e34\u200d\ufe0f\u00ad\u0640"))


@examples(300)
@given(text=TEXTS | st.text(max_size=20))
def test_fold_letters_is_idempotent(text: str) -> None:
    folded = fold_letters(text)
    assert fold_letters(folded) == folded


_SCRIPTS = "łøđæßéбиЙαΆبَحּשुकिकंी์ไกだパハ山煤木가"
_MARKED = st.text(st.sampled_from(_SCRIPTS + "abc"), min_size=1, max_size=12).filter(lambda t: not is_mark(t[0]))


@examples(300)
@given(word=_MARKED)
def test_a_word_is_found_in_each_of_its_forms(word: str) -> None:
    """Normal forms, full width, joiners inside and the folded form itself give the same words."""
    expected = words(word)
    for form in ("NFC", "NFD", "NFKC", "NFKD"):
        assert words(unicodedata.normalize(form, word)) == expected
    assert words(fold_letters(word)) == expected
    assert words("\u2060".join(word)) == expected
    assert words("".join(chr(ord(c) + 0xFEE0) if "a" <= c <= "z" else c for c in word)) == expected


@examples(300)
@given(before=TEXTS, word=_MARKED, after=TEXTS)
def test_offsets_are_those_of_the_text(before: str, word: str, after: str) -> None:
    text = f"{before} {word} {after}"
    start = len(before) + 1
    inside = [t for t in tokenize(text) if start <= t.start < start + len(word)]
    assert [(t.word, t.start - start, t.end - start) for t in inside] == [
        (t.word, t.start, t.end) for t in tokenize(word)
    ]
