"""Noun phrases after a number: their extent, their head noun, and its singular as the unit."""

from typing import NamedTuple

from shanxi_cli.extraction.quantities.plurals import IRREGULAR_PLURALS, STOP_WORDS, is_plural, to_singular
from shanxi_cli.extraction.quantities.token_line import HYPHENS, TokenLine
from shanxi_cli.util.lexicon import load_terms

_MAX_PHRASE_TOKENS = 9  # tokens between a number and the end of its noun phrase
_PERSON_NOUNS = load_terms("extraction/person_nouns") | load_terms("extraction/counted_person_nouns")
_HOUSEHOLD_NOUNS = load_terms("extraction/household_nouns")
_COMPANY_NOUNS = load_terms("extraction/company_nouns")
_HYPHENATED_NOUNS = load_terms("extraction/hyphenated_nouns")


_FREQUENCY_ADVERBS = frozenset(
    "annually yearly monthly weekly daily overseas abroad nationwide worldwide overnight yesterday today"
    " tomorrow".split()
)


_WORDS_OF_ADDITION = frozenset("more most other such fewer".split())
_WORDS_AFTER_OF = frozenset("the its their his her our all such this these those a an".split())


class CountedNounPhrase(NamedTuple):
    """A noun phrase: the tokens `first` to `last` (half-open), and its unit, a singular noun."""

    first: int
    last: int
    unit: str


def unit_of_noun(head: str) -> str:
    """Return the unit of a counted noun: its singular, or the class that it belongs to.

    The classes are `person`, `household` and `company`.
    """
    word = to_singular(head)
    if word in _PERSON_NOUNS:
        return "person"
    if word in _HOUSEHOLD_NOUNS:
        return "household"
    return "company" if word in _COMPANY_NOUNS else word


def counted_noun_at(line: TokenLine, j: int) -> CountedNounPhrase | None:
    """Return the noun phrase that begins at token `j`: modifiers, then a plural.

    `digital and smart manufacturing companies`. None when no plural follows before the phrase must end.
    """
    head = _find_head_noun(line, j)
    if head is None:
        return None
    last = head + 1
    pair = line.lower_at(last) == "and" and is_plural(line.lower_at(last + 1)) and _ends_noun_phrase(line, last + 2)
    if pair and not _may_be_verb(line, last + 2):
        last += 2
    return CountedNounPhrase(j, last, unit_of_noun(line.lower_at(head)))


def _find_head_noun(line: TokenLine, j: int) -> int | None:
    """Return the index of the plural noun that ends the first run of words from `j` on, or None."""
    k = j
    while k < j + _MAX_PHRASE_TOKENS:
        word = line.lower_at(k)
        if line.kind_at(k) == "word":
            if word in STOP_WORDS and not _is_inside_phrase(line, k, j):
                return k if word in IRREGULAR_PLURALS else None
            if is_plural(word) and not (
                line.is_hyphen(k + 1) and line.kind_at(k + 2) == "word" and line.no_space_before(k + 2)
            ):
                while (
                    is_plural(line.lower_at(k + 1))
                    and line.token_at(k + 1).kind == "word"
                    and k < j + _MAX_PHRASE_TOKENS
                ):
                    k += 1
                return k
            if word == "and" and (k == j or not _is_modifier_pair(line, k)):
                return None
        elif not _is_inside_noun_phrase(line, k, j) and not _is_model_number(line, k, j):
            return None
        k += 1
    return None


def _is_inside_phrase(line: TokenLine, k: int, j: int) -> bool:
    """Return True for a stop word that a phrase from `j` on may hold: `650 more shops`, `two other towns`, `A320`."""
    if line.lower_at(k) not in _WORDS_OF_ADDITION:
        return k > j and _is_model_letter(line, k)
    return k > j or (line.kind_at(k + 1) == "word" and line.lower_at(k + 1) not in STOP_WORDS)


def _is_inside_noun_phrase(line: TokenLine, k: int, j: int) -> bool:
    """Return True for a mark that may occur inside a noun phrase: a hyphen, a quote, a comma between adjectives."""
    mark = line.lower_at(k)
    if mark in HYPHENS:
        return mark != "\u2014" and line.no_space_before(k) and line.no_space_before(k + 1)
    if mark in ("“", "”", '"', "‘", "&") and k > j:
        return line.kind_at(k + 1) == "word"
    if mark in ("“", '"', "‘"):
        return True
    return mark == "," and k > j and line.kind_at(k + 1) == "word" and _joins_adjectives(line, k)


def _is_model_letter(line: TokenLine, k: int) -> bool:
    """Return True for the letter of `A320`."""
    return len(line.lower_at(k)) == 1 and line.kind_at(k + 1) == "numeral" and line.no_space_before(k + 1)


def _is_model_number(line: TokenLine, k: int, j: int) -> bool:
    """Return True for the digits of `Embraer E190 aircraft`, joined to a word or behind a capitalised one."""
    if line.kind_at(k) != "numeral" or k == j or not line.token_at(k).text.isdigit():
        return False
    return line.is_capitalised(k - 1) and (line.no_space_before(k) or k - 1 > j or line.is_capitalised(k + 1))


def _joins_adjectives(line: TokenLine, k: int) -> bool:
    """Return True for the comma of `two large, modern plants`.

    The phrase ends in a plural within three tokens after the comma.
    """
    if line.lower_at(k - 1).endswith(("ed", "ly")) or line.lower_at(k - 1) in STOP_WORDS:
        return False
    return any(is_plural(line.lower_at(n)) for n in (k + 2, k + 3)) and line.lower_at(k + 1) not in STOP_WORDS | {"and"}


def _is_modifier_pair(line: TokenLine, k: int) -> bool:
    """Return True for `emerging and high-tech industries`: a modifier follows `and`, not a new clause."""
    return line.kind_at(k + 1) == "word" and line.lower_at(k + 1) not in STOP_WORDS


def _ends_noun_phrase(line: TokenLine, k: int) -> bool:
    return (
        line.kind_at(k) != "word"
        or line.lower_at(k) in STOP_WORDS
        or line.lower_at(k) in ("and", "overseas", "nationwide", "worldwide")
    )


def _may_be_verb(line: TokenLine, k: int) -> bool:
    """Return True when the word before `k` could be a verb with an object: `30 countries and makes a profit`."""
    return line.lower_at(k) in ("a", "an", "the", "its", "their", "his", "her", "that")


def hyphenated_noun_at(line: TokenLine, j: int) -> CountedNounPhrase | None:
    """Return the noun of `10-member team`, with `j` at the hyphen; None where the compound counts nothing."""
    if line.is_hyphen(j) and line.no_space_before(j + 1) and line.lower_at(j + 1) in _HYPHENATED_NOUNS:
        return CountedNounPhrase(j + 1, j + 2, unit_of_noun(line.lower_at(j + 1)))
    return None


def noun_phrase_after_year(line: TokenLine, k: int) -> bool:
    """Return True where the one word at `k` ends a noun phrase: `its 1986 profits.`."""
    return line.kind_at(k) == "word" and line.lower_at(k) not in STOP_WORDS and _ends_noun_phrase(line, k + 1)


def noun_phrase_after_of(line: TokenLine, j: int) -> CountedNounPhrase | None:
    """Return the noun phrase of `hectares of apple orchards`, with `j` at `of`, or None."""
    if line.lower_at(j) == "worth" and line.lower_at(j + 1) == "of":
        j += 1
    if line.lower_at(j) != "of":
        return None
    first = k = j + 1
    while line.lower_at(k) in _WORDS_AFTER_OF:
        k += 1
    start = k
    for n in range(k, k + 4):
        if line.lower_at(n).endswith(("'s", "’s")) and line.kind_at(n + 1) == "numeral":
            year = line.token_at(n + 1).text
            if len(year) != 4 or year[:2] not in ("19", "20") or not noun_phrase_after_year(line, n + 2):
                return None  # 20 of Mexico's 192 districts
            return CountedNounPhrase(first, n + 3, to_singular(line.lower_at(n + 2)))  # of the firm's 1986 profits
    while k < start + _MAX_PHRASE_TOKENS and (
        line.kind_at(k) == "word"
        and (line.lower_at(k) not in STOP_WORDS or line.lower_at(k) == "total")
        and line.lower_at(k) != "and"
    ):
        k += 1
        joined = line.is_hyphen(k) or (line.lower_at(k) == "&" and line.no_space_before(k))
        if joined and line.no_space_before(k + 1) and line.kind_at(k + 1) == "word":
            k += 1  # R&D paper
    while (
        k > start
        and (line.lower_at(k - 1).endswith("ed") or line.lower_at(k - 1) in _FREQUENCY_ADVERBS)
        and line.kind_at(k) in ("word", "mark")
    ):
        k -= 1
    return CountedNounPhrase(first, k, to_singular(line.lower_at(k - 1))) if k > start else None
