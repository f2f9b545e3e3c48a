"""The person whose age is given: `a 40-year-old man`, `Asha Rao, 28, said`, `two men, aged 30 and 32`."""

from shanxi_cli.extraction.quantities import noun_phrases
from shanxi_cli.extraction.quantities.candidates import AmountCandidate
from shanxi_cli.extraction.quantities.plurals import STOP_WORDS
from shanxi_cli.extraction.quantities.token_line import TokenLine

_CUES = frozenset("aged age ages between from over under about around just only and or to , – -".split())
_PERSON_WORDS = frozenset("man woman boy girl child baby toddler teenager pensioner kid lad son daughter".split())
_NAME_PARTICLES = frozenset("de van von der den al bin ibn da di la le el y".split())
_NO_NOUNS = STOP_WORDS | frozenset("who aged he she they it there then today yesterday".split())
_MAX_WORDS = 4


def find_aged_person(line: TokenLine, amount: AmountCandidate) -> str:
    """Return the person or thing, as printed, that an amount of age is of; an empty string where it is not plain."""
    j = amount.last + line.is_hyphen(amount.last)
    if j > amount.last or line.lower_at(j - 1) in ("old", "olds"):
        return _person_behind(line, j)
    k = amount.first - 1
    while line.lower_at(k) in _CUES or line.kind_at(k) == "numeral":
        k -= 1
        if line.kind_at(k + 1) == "numeral" and line.lower_at(k) not in _CUES:
            return ""
    if line.lower_at(k) == "(":
        k -= 1
    return _person_before(line, k + 1) if line.kind_at(k) == "word" else ""


def _person_behind(line: TokenLine, j: int) -> str:
    """Return the name or noun from token `j` on: `Madison Reyes`, `Fort Worth girl`, `farm worker`, `problem`."""
    k = j
    while line.is_capitalised(k) and k < j + _MAX_WORDS:
        k += 1
    names = k
    while k < names + _MAX_WORDS and line.kind_at(k) == "word" and line.lower_at(k) not in _NO_NOUNS:
        word = line.lower_at(k)
        k += 1
        if word in _PERSON_WORDS or noun_phrases.unit_of_noun(word) == "person":
            return line.printed_text(j, k)
    if names > j:
        return line.printed_text(j, names)
    ends = line.kind_at(k) != "word" or line.lower_at(k) in STOP_WORDS
    return line.printed_text(j, k) if j < k <= j + 2 and ends and not line.lower_at(k - 1).endswith("ed") else ""


def _person_before(line: TokenLine, end: int) -> str:
    """Return the name or noun that ends before token `end`."""
    k = end
    if line.is_capitalised(end - 1):
        while k > 0 and (
            line.is_capitalised(k - 1)
            or (line.lower_at(k - 1) in _NAME_PARTICLES and line.is_capitalised(k - 2))
            or (line.lower_at(k - 1) == "." and len(line.lower_at(k - 2)) <= 2 and line.is_capitalised(k - 2))
        ):
            k -= 1
        return line.printed_text(k, end) if end - k <= 2 * _MAX_WORDS else ""
    while k > max(end - _MAX_WORDS, 0) and line.kind_at(k - 1) == "word" and line.lower_at(k - 1) not in _NO_NOUNS:
        k -= 1
    noun = line.lower_at(end - 1)
    person = noun in _PERSON_WORDS or noun_phrases.unit_of_noun(noun) == "person"
    return line.printed_text(k, end) if person and k < end else ""
