"""The country of a currency's name that several countries use: `20 rupees` in an article about Lahore is PKR.

The words of the sentence decide, else those of the article; where they name no country or several, the unit stays open.
"""

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

from shanxi_cli.analysis.text_runs import lower_runs
from shanxi_cli.extraction.quantities.candidates import AmountCandidate
from shanxi_cli.extraction.quantities.currency_table import DOLLAR_COUNTRIES, SHARED_NOUNS
from shanxi_cli.extraction.quantities.token_line import TokenLine
from shanxi_cli.extraction.quantities.units import OPEN_MONEY, UNITS_BY_NAME, UnitDefinition
from shanxi_cli.model.quantity import Dimension
from shanxi_cli.util.frozen_record import replace_fields

_WORDS_BY_NOUN = {
    noun: {code: frozenset(words.split()) for code, words in countries.items()}
    for noun, countries in SHARED_NOUNS.items()
}
_PRINTED_NOUNS = {form: noun for noun in SHARED_NOUNS for form in (noun, f"{noun}s")} | {
    "c": "cent",
    "ct": "cent",
    "cts": "cent",
    "rs": "rupee",
    "re": "rupee",
    "sh": "shilling",
    "shs": "shilling",
    "riyal": "rial",
    "riyals": "rial",
    "kronor": "crown",
    "kroner": "crown",
}
_INDIAN_MAGNITUDES = frozenset("crore crores lakh lakhs lac lacs cr crs l".split())
_DOLLAR_WORDS = {word.replace("_", " "): code for code, words in DOLLAR_COUNTRIES.items() for word in words.split()}
_DOLLAR_PHRASES = {word: code for word, code in _DOLLAR_WORDS.items() if " " in word}
_WORD_PATTERN = re.compile(r"[A-Z][A-Za-z]*(?:\.[A-Z]\.)*")
_SIGNS_BEFORE = "|".join(rf"(?<=\b{sign}\$)" for sign in "A AU C CA Can NZ S HK NT J Aus".split())
_COUNTRIES_BEFORE = "|".join(
    rf"(?<={name} dollar)" for name in ("HK", "Hong Kong", "Australian", "Canadian", "Singapore", "Taiwan")
)
_OTHER_DOLLAR_PATTERNS = (
    re.compile(rf"\$(?:{_SIGNS_BEFORE}|(?:NZ|A|C|HK)\b)"),
    re.compile(rf" dollar(?:{_COUNTRIES_BEFORE})"),
)
"""Dollars of other countries: `re` searches fastest for what begins with plain characters."""
_MARKED_DOLLAR_PATTERN = re.compile(r"\bU\.?S\.?\s?\$|\$US|\bUSD\b")
_CONVERTED_PATTERN = re.compile(
    r"(?:yuan|RMB|renminbi|rupees|crore|lakh|rand|ringgit|yen|won|baht|pounds|euros?)\W{0,3}\((?:about |around )?\$"
    r"|\$[\d.,]+\s?(?:m|bn|k|million|billion)?,? \((?:about |around )?[£€₹¥]"
)
_BRACKETED_PATTERN = re.compile(r"\((?:about |around )?[$£€₹¥]")
"""A part of `_CONVERTED_PATTERN` that is found much faster."""
_MIN_MENTIONS = 2
_MIN_MAJORITY = 3  # mentions of the country to one of any other
_MAX_CACHED_TEXTS = 16
_MIN_MARKS = 1000  # fewer marks may be those of an examination
_CENT_SIGNS = (
    ("USD", re.compile(r"(?<![A-Z])(?:US)?\$|(?<!n )\b(?:US )?dollars?\b")),
    ("EUR", re.compile(r"€|\beuros?\b")),
    ("ZAR", re.compile(r"\bR\d|\brand\b")),
    ("AUD", re.compile(r"\bAU?\$|Australian dollars?")),
    ("HKD", re.compile(r"HK\$")),
)


def resolve_shared_currencies(
    line: TokenLine, amounts: Sequence[AmountCandidate], bounds: Sequence[tuple[int, int]], article: str
) -> list[AmountCandidate]:
    """Return the amounts with the unit of each shared name resolved; `bounds` are the sentences in tokens."""
    dollar: str | None = None
    done = []
    for amount in amounts:
        noun = _find_shared_noun(line, amount)
        if noun:
            amount = _resolve_amount(line, amount, noun, bounds, article)
        elif _is_plain_dollar(line, amount):
            dollar = _tell_dollar(article) if dollar is None else dollar
            if dollar != "USD":
                unit = UnitDefinition(dollar, Dimension.MONEY, amount.unit.factor if amount.unit else 1.0)
                told = "dollar of the country of the text" if dollar else "currency not told"
                amount = replace_fields(amount, unit=unit, unit_rule=told)
        done.append(amount)
    return done


def _is_plain_dollar(line: TokenLine, amount: AmountCandidate) -> bool:
    """Return True for `$5m` and `5 million dollars`, without a country."""
    if amount.unit is None or amount.unit.canonical != "USD" or amount.unit.factor != 1:
        return False
    if line.lower_at(amount.number_start - 1) == "$":
        return not (line.no_space_before(amount.number_start - 1) and line.kind_at(amount.number_start - 2) == "word")
    last = amount.last - 1
    return line.lower_at(last) in ("dollars", "dollar") and line.lower_at(last - 1) not in (
        "us",
        "american",
        "states",
        ".",
    )


@lru_cache(maxsize=_MAX_CACHED_TEXTS)
def _tell_dollar(article: str) -> str:
    """Return the code of the dollar that `$` is in an article: USD, another where it names that country, "" for open.

    `$` beside `A$` or `HK$`, or in brackets behind yuan or rupees, is that of the United States; beside `US$` it is
    not, where the article names another country with a dollar.
    """
    counts = Counter(_DOLLAR_WORDS[word] for word in _WORD_PATTERN.findall(article) if word in _DOLLAR_WORDS)
    for phrase, phrase_code in _DOLLAR_PHRASES.items():
        counts[phrase_code] += article.count(phrase)
    others = {code: n for code, n in counts.items() if code != "USD"}
    if not others or any(pattern.search(article) for pattern in _OTHER_DOLLAR_PATTERNS):
        return "USD"
    if _BRACKETED_PATTERN.search(article) and _CONVERTED_PATTERN.search(article):
        return "USD"
    code, most = max(others.items(), key=lambda item: item[1])
    rest = counts.total() - most - (counts["USD"] if counts["USD"] and _MARKED_DOLLAR_PATTERN.search(article) else 0)
    if most >= _MIN_MENTIONS and most >= _MIN_MAJORITY * rest:
        return code
    return "USD" if counts["USD"] >= most else ""


def _find_shared_noun(line: TokenLine, amount: AmountCandidate) -> str | None:
    """Return the shared noun, in the singular, that an amount of money is printed with; None for any other."""
    if amount.unit is None or amount.unit.dimension is not Dimension.MONEY:
        return None
    for k in range(amount.last - 1, max(amount.first, amount.last - 3) - 1, -1):
        if noun := _PRINTED_NOUNS.get(line.lower_at(k)):
            named = line.lower_text(k - 1, k + 1) in UNITS_BY_NAME or line.is_capitalised(k - 1)
            return None if named and k - 1 >= amount.number_start else noun
    before = line.lower_at(amount.number_start - 1)
    before = line.lower_at(amount.number_start - 2) if before == "." else before
    return _PRINTED_NOUNS.get(before) if before in ("rs", "re", "sh", "shs") else None


def _resolve_amount(
    line: TokenLine, amount: AmountCandidate, noun: str, bounds: Sequence[tuple[int, int]], article: str
) -> AmountCandidate:
    start, end = next((b for b in bounds if b[0] <= amount.number_start < b[1]), (0, len(line)))
    sentence = line.printed_text(start, end)
    factor = 0.01 if noun == "cent" else 1.0
    code = _tell_country(noun, sentence) or _tell_country(noun, article)
    if (
        not code
        and noun == "rupee"
        and any(line.lower_at(k) in _INDIAN_MAGNITUDES for k in range(amount.first, amount.last))
    ):
        code = "INR"
    if not code and noun == "mark" and amount.value < _MIN_MARKS:
        return replace_fields(amount, unit=UnitDefinition("mark", Dimension.COUNT))  # 90 marks of an examination
    unit = UnitDefinition(code, Dimension.MONEY, factor) if code else OPEN_MONEY._replace(factor=factor)
    return replace_fields(amount, unit=unit, unit_rule="currency told by the text" if code else "currency not told")


@lru_cache(maxsize=_MAX_CACHED_TEXTS)
def _tell_country(noun: str, text: str) -> str:
    """Return the code that the words of a text tell; an empty string where they tell none or several."""
    words = frozenset(lower_runs(text.lower()))
    told = {code for code, names in _WORDS_BY_NOUN[noun].items() if names & words}
    if noun == "cent":
        signs = {code for code, pattern in _CENT_SIGNS if pattern.search(text)}
        told = signs or told
    return told.pop() if len(told) == 1 else ""
