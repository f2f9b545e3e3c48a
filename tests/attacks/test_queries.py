"""Queries as attacks: by the thousand, enormous, and made of anything at all."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shanxi_cli.query.parser import WordOperator
from tests.attacks.asking import Engines, many, run, sample
from tests.attacks.conftest import where
from tests.support.strategies import QUERY_TEXTS

WANTS = st.sampled_from(WordOperator)
_ODD = (
    r'" ( ) + - ~ ~2 * : = .. , coal coa* coul~ NOT OR AND money: date: id: page: prefix: exact: fuzzy: money:1e99 '
    "percent:..-5 date:99999 count:1..households usd:$ area:1_mu \0 \x1b[31m \x1b]52;c;aGk=\x07 \x7f \x85 \x9b \ud800 "
    "\udcff \u202e \u200b \u200d \ufeff e\u0301\u0327 ﷺ ß İ ŉ 太 太原 원 \U000e0041 👨\u200d👩 ٣ ² ½ Ⅷ"
)
ODD = st.sampled_from(_ODD.split(" "))
ANYTHING = st.lists(ODD | st.text(max_size=4) | st.just(" "), max_size=24).map("".join)
BYTES = st.binary(max_size=120).map(lambda data: data.decode("utf-8", "surrogateescape"))


@sample(150)
@given(text=QUERY_TEXTS, want=WANTS)
def test_query_like_text_is_answered_or_refused(engines: Engines, text: str, want: WordOperator) -> None:
    engines.ask(text, want)


@sample(250)
@given(text=ANYTHING, want=WANTS)
def test_any_text_is_answered_or_refused(engines: Engines, text: str, want: WordOperator) -> None:
    engines.ask(text, want)


@sample(150)
@given(text=BYTES, want=WANTS)
def test_random_bytes_are_answered_or_refused(engines: Engines, text: str, want: WordOperator) -> None:
    engines.ask(text, want)


@pytest.mark.attacks
@many(20_000)
@given(text=QUERY_TEXTS | ANYTHING | BYTES, want=WANTS)
def test_thousands_of_queries(engines: Engines, text: str, want: WordOperator) -> None:
    engines.ask(text, want)


def words(number: int) -> str:
    return " ".join(f"w{n}" for n in range(number))


LONG = "the query has {:,} characters, the limit is 2,000"
FAR = '"..."~N goes up to 50'
ENORMOUS: dict[str, tuple[str, str]] = {
    "1,000 parentheses": ("(" * 500 + "coal" + ")" * 500, "the query is nested deeper than 50 levels"),
    "1,000 opening ones": ("(" * 1_000, "the query is nested deeper than 50 levels"),
    "1,000 closing ones": (")" * 1_000, "this parenthesis closes nothing"),
    "100,000 parentheses": ("(" * 50_000 + "coal" + ")" * 50_000, LONG.format(100_004)),
    "1,000 quotes": ('"' * 1_000, '"" has no value'),
    "999 quotes": ('"' * 999, "this quote is never closed"),
    "an unpaired quote": ('"coal', "this quote is never closed"),
    "a phrase of 20,000 words": (f'"{words(20_000)}"', LONG.format(len(words(20_000)) + 2)),
    "a phrase of 200 words": (f'"{words(200)}"', "the query has more than 64 terms"),
    "a nearness of thousands": (f'"{words(4_000)}"~50', LONG.format(len(words(4_000)) + 5)),
    "a nearness of 64": ('"' + "coal mine " * 32 + '"~50', ""),
    "a far nearness": ('"coal mine"~' + "9" * 1_000, FAR),
    "a word of 100 kB": ("a" * 100_000, LONG.format(100_000)),
    "a word of 2,000": ("a" * 2_000, ""),
    "a fuzzy word of 2,000": ("ab" * 999 + "~2", ""),
    "a prefix of 2,000": ("ab" * 999 + "*", ""),
    "thousands of prefixes": ("co* " * 5_000, LONG.format(20_000)),
    "400 prefixes": ("coal* " * 300, "the query has more than 16 words with * or ~"),
    "300 fuzzy words": ("coal~2 " * 250, "the query has more than 16 words with * or ~"),
    "edits by the thousand": ("coal~" + "9" * 1_900, "word~N goes up to 2 edits"),
    "a deep chain of NOT": ("NOT " * 450 + "coal", "the query is nested deeper than 50 levels"),
    "a deep chain of hyphens": ("-" * 1_900 + "coal", "the query is nested deeper than 50 levels"),
    "a long chain of AND": (" AND ".join(["coal"] * 64), ""),
    "a longer chain of AND": (" AND ".join(["coal"] * 200), "the query has more than 64 terms"),
    "a long chain of OR": (" OR ".join(["coal"] * 64), ""),
    "a long chain of NOTs": (" AND ".join(["NOT coal"] * 64), ""),
    "operators alone": ("AND OR NOT " * 100, "AND has nothing to join"),
    "signs alone": ("+" * 1_000, "+ has nothing to join"),
    "colons": (":" * 1_000, "there is nothing to search for"),
    "fields": ("title:" * 300 + "coal", ""),
    "stars": ("*" * 1_000, "* is allowed only at the end of a word"),
    "tildes": ("~" * 1_000, ""),
    "money without end": ("money:1e" + "9" * 300 + "..", ""),
    "a number without end": ("money:" + "9" * 1_900 + "..", ""),
    "a date too late": ("date:99999999999", ""),
    "a date of zeros": ("date:0000-00-00", ""),
    "accents in a row": ("e" + "\u0301\u0327" * 50_000, LONG.format(100_001)),
    "accents in a short row": ("e" + "\u0301\u0327" * 900, ""),
    "lone surrogates": ("\ud800" * 900, "there is nothing to search for"),
    "a surrogate in a prefix": ("id:co\ud800*", ""),
    "NUL": ("co\0al", ""),
    "NUL alone": ("\0" * 900, "there is nothing to search for"),
    "white space of every kind": ("\x1c\u2003\u3000\x85" * 400, "the query is empty"),
    "digits of every script": ("٣²½Ⅷ" * 100, ""),
    "one Chinese character, often": ("太 " * 64, ""),
    "Chinese without end": ("太原" * 900, ""),
}
"""What is asked -> the error that refuses it; where that is empty, anything but a crash will do."""


@pytest.mark.parametrize("want", WordOperator)
@pytest.mark.parametrize("name", ENORMOUS)
def test_huge_query_is_answered_or_refused(engines: Engines, name: str, want: WordOperator) -> None:
    text, refused = ENORMOUS[name]
    found = engines.ask(text, want)
    assert found == refused or not refused


@pytest.mark.parametrize("name", ENORMOUS)
def test_huge_query_on_command_line(place: Path, name: str) -> None:
    for verb in ("search", "list", "figures"):
        status, out, err = run(verb, ENORMOUS[name][0], *where(place))
        assert status == 0 or err.startswith("shanxi: "), err
        assert len(out + err) < 20_000


@sample(60)
@given(text=ANYTHING | BYTES, verb=st.sampled_from(["search", "list", "figures", "show", "cite"]), json=st.booleans())
def test_any_command_line(place: Path, text: str, verb: str, json: bool) -> None:
    form = ["--json"] if json and verb != "cite" else []
    status, _, err = run(verb, *where(place), *form, "--", text)
    assert status == 0 or err.startswith('{"schema": 1, ' if form else "shanxi: ")


@pytest.mark.attacks
@many(4_000)
@given(text=ANYTHING | BYTES, verb=st.sampled_from(["search", "list", "figures", "show", "cite"]), json=st.booleans())
def test_thousands_of_command_lines(place: Path, text: str, verb: str, json: bool) -> None:
    form = ["--json"] if json and verb != "cite" else []
    status, _, err = run(verb, *where(place), *form, "--", text)
    assert status == 0 or err.startswith('{"schema": 1, ' if form else "shanxi: ")


@sample(40)
@given(data=st.binary(max_size=300))
def test_batch_and_id_lists_with_any_bytes(place: Path, data: bytes) -> None:
    run("search", "--batch", "-", *where(place), stdin=data)
    run("search", "coal", "--within", "-", *where(place), stdin=data)
    run("show", "-", *where(place), stdin=data)


LISTS = {
    "a long line": b"coal " * 200_000,
    "NUL": b"coal\0mine\nsolar",
    "accents in a row": ("e" + "\u0301\u0327" * 100_000).encode(),
    "not UTF-8": b"\xff\xfe\x80coal\n\xc3\x28\n",
    "escapes": b"\x1b]52;c;aGk=\x07coal\n\x1b[2J\n",
    "no line end": b"coal",
    "ends of other systems": b"coal\r\nmine\r\n\x0bsolar",
}


@pytest.mark.parametrize("name", LISTS)
def test_hostile_list(place: Path, name: str) -> None:
    for arguments in (("search", "--batch", "-"), ("search", "coal", "--within", "-"), ("show", "-"), ("cite", "-")):
        _, out, err = run(*arguments, *where(place), stdin=LISTS[name])
        assert "\x1b" not in out + err


NUMBERS = ["9" * 5_000, "-1", "1e9", "0x10", "٣", "1_000", "", " 1", "99999999999999999999", "inf", "nan"]


@pytest.mark.parametrize("number", NUMBERS)
def test_meaningless_numbers(place: Path, number: str) -> None:
    for arguments in (
        ("search", "coal", "-n", number),
        ("search", "coal", "--offset", number),
        ("figures", "--min", number),
        ("figures", "--unit", number),
        ("list", "date:" + number[:1_900]),
        ("list", "money:" + number[:1_900] + ".."),
        ("list", "page:" + number[:1_900]),
        ("show", "@" + number),
    ):
        run(*arguments, *where(place))
