"""The country of a currency's name that several countries use: `20 rupees` in an article about Lahore is PKR.

The words of the sentence decide, else those of the article; where they name no country or several, the unit stays open.
"""

import re
from collections.abc import Sequence

from shanxi_cli.extraction.quantities.candidates import AmountCandidate
from shanxi_cli.extraction.quantities.currency_table import SHARED_NOUNS
from shanxi_cli.extraction.quantities.token_line import TokenLine
from shanxi_cli.extraction.quantities.units import OPEN_MONEY, UNITS_BY_NAME, UnitDefinition
from shanxi_cli.model.quantity import Dimension
from shanxi_cli.util.frozen_record import replace_fields

_WORDS_BY_NOUN = {
    noun: {code: frozenset(words.split()) for code, words in countries.items()}
    for noun, countries in SHARED_NOUNS.items()
}
_PRINTED_NOUNS = {form: noun for noun in SHARED_NOUNS for form in (noun, f"{noun}s")} | {
    "rs": "rupee",
    "re": "rupee",
    "sh": "shilling",
    "shs": "shilling",
    "riyal": "rial",
    "riyals": "rial",
    "kronor": "crown",
    "kroner": "crown",
}
_INDIAN_MAGNITUDES = frozenset(["crore", "crores", "lakh", "lakhs"])
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
    return [
        amount if noun is None else _resolve_amount(line, amount, noun, bounds, article)
        for amount in amounts
        for noun in [_find_shared_noun(line, amount)]
    ]


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
    unit = UnitDefinition(code, Dimension.MONEY, factor) if code else OPEN_MONEY._replace(factor=factor)
    return replace_fields(amount, unit=unit)


def _tell_country(noun: str, text: str) -> str:
    """Return the code that the words of a text tell; an empty string where they tell none or several."""
    words = frozenset(re.findall(r"[a-z]+", text.lower()))
    told = {code for code, names in _WORDS_BY_NOUN[noun].items() if names & words}
    if noun == "cent":
        signs = {code for code, pattern in _CENT_SIGNS if pattern.search(text)}
        told = signs or told
    return told.pop() if len(told) == 1 else ""
