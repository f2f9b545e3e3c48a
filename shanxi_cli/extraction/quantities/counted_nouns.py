"""Numbers without a unit of measure: counted nouns, shares, ages, frequencies, and bare numbers."""

from shanxi_cli.extraction.quantities import modifiers, noun_phrases, rates
from shanxi_cli.extraction.quantities.ages import is_age
from shanxi_cli.extraction.quantities.candidates import AmountCandidate, build_amount
from shanxi_cli.extraction.quantities.counts_alone import (
    find_count_alone,
    find_noun_behind_measure,
    find_noun_behind_share,
    is_casualty_count,
    is_one_of_counted,
    is_subject_count,
)
from shanxi_cli.extraction.quantities.false_positives import is_part_of_name, is_sentence_start
from shanxi_cli.extraction.quantities.magnitudes import NumberSpan
from shanxi_cli.extraction.quantities.numbers import parse_number_at
from shanxi_cli.extraction.quantities.plurals import STOP_WORDS, is_plural
from shanxi_cli.extraction.quantities.token_line import TokenLine
from shanxi_cli.extraction.quantities.unit_matcher import (
    AGE_UNIT,
    MULTIPLE_UNIT,
    OCCURRENCE_UNIT,
    PERCENT_UNIT,
    parse_unit_at,
)
from shanxi_cli.extraction.quantities.units import UNITS_BY_NAME, UnitDefinition
from shanxi_cli.extraction.quantities.year_expressions import is_year
from shanxi_cli.model.quantity import Dimension, Relation
from shanxi_cli.util.frozen_record import replace_fields
from shanxi_cli.util.lexicon import load_terms

_REACHING_VERBS = load_terms("extraction/reaching_verbs")
PERSON_UNIT = UnitDefinition("person", Dimension.COUNT)
_GROUPS_OF_PEOPLE = frozenset("family families household households crew party".split())
_METER_KINDS = load_terms("extraction/meter_kinds")
_YARD_KINDS = load_terms("extraction/yard_kinds")
_UNIT_THINGS = {
    "meters": _METER_KINDS,
    "metres": _METER_KINDS,
    "yards": _YARD_KINDS,
    "feet": frozenset(["left", "right"]),
}
_PEOPLE_VERBS = load_terms("extraction/people_verbs")
_ELLIPSIS_CUES = frozenset("at in on are were have had will from for is was".split())


def parse_count(line: TokenLine, number: NumberSpan, unit: UnitDefinition | None) -> tuple[AmountCandidate | None, int]:
    """Parse a number without a unit of measure: a share, a counted noun, an age, or a number alone.

    Return the amount or None, and the token to continue from.
    """
    j = number.last
    if number.is_share:
        return _parse_share(line, number, unit)
    of_people = AGE_UNIT if is_age(line, number) else PERSON_UNIT if _is_family_size(line, number) else None
    if of_people:
        return build_amount(line, number.first, number, j, of_people), j
    hyphened = noun_phrases.hyphenated_noun_at(line, j)
    if hyphened:
        return build_amount(line, number.first, number, hyphened.last, _count_unit(hyphened), hyphened), hyphened.last
    if one := _parse_one_of_counted(line, number):
        return one, j + 1
    extra, start = _parse_plus_suffix(line, j)
    if line.is_hyphen(start) and line.lower_at(start) != "\u2014":
        return None, start + 1
    noun = noun_phrases.counted_noun_at(line, start)
    if noun is None and number.value == 1 and not number.is_spelled_out and line.kind_at(start) == "word":
        noun = _singular_noun_at(line, start)
    if noun is None and (noun := find_noun_behind_measure(line, number)):
        return build_amount(line, number.first, number, j, _count_unit(noun), noun), j
    elliptical = noun is None and _is_elliptical(line, number)
    named = noun is not None and not line.is_capitalised(noun.last - 1)
    if not elliptical and is_part_of_name(line, number, before_noun=named):
        return None, j
    if noun is None:
        return _parse_number_without_noun(line, number, elliptical=elliptical)
    pronoun = number.value < 2 or line.is_capitalised(noun.last - 1)
    if number.is_spelled_out and pronoun and not _is_numeral_one(line, number):
        return None, j
    return _build_count(line, number, noun, extra)


def _build_count(
    line: TokenLine, number: NumberSpan, noun: noun_phrases.CountedNounPhrase, extra: Relation | None
) -> tuple[AmountCandidate, int]:
    """Return the count of a noun, or the amount of the unit that ends its phrase, and the token after it."""
    measured = UNITS_BY_NAME.get(line.lower_at(noun.last - 1))
    if measured and not _is_thing(line, noun):  # 10 consecutive years
        return build_amount(line, number.first, number, noun.last, measured), noun.last
    amount = build_amount(line, number.first, number, noun.last, _count_unit(noun), noun)
    if extra:
        amount = replace_fields(amount, relation=extra, has_relation_cue=True)
    return amount, noun.last


def _parse_one_of_counted(line: TokenLine, number: NumberSpan) -> AmountCandidate | None:
    """Return the count of `One minister holds a diploma`, kept where ministers were counted before; None for others."""
    if not number.is_spelled_out or number.value != 1 or not is_one_of_counted(line, number):
        return None
    j = number.last
    noun = noun_phrases.CountedNounPhrase(j, j + 1, noun_phrases.unit_of_noun(line.lower_at(j)))
    one = build_amount(line, number.first, number, j + 1, _count_unit(noun), noun)
    return replace_fields(one, is_subject=True)


def _is_thing(line: TokenLine, noun: noun_phrases.CountedNounPhrase) -> bool:
    """Return True for `11,000 prepaid meters`, `three timber yards`: things that share their name with a unit."""
    word = line.lower_at(noun.last - 1)
    return word in _UNIT_THINGS and any(
        line.lower_at(k) in _UNIT_THINGS[word] for k in range(noun.first, noun.last - 1)
    )


def _is_elliptical(line: TokenLine, number: NumberSpan) -> bool:
    """Return True where a number stands for itself and the noun of the one before: `five to Lyon`, `and Doyle 17`."""
    i, j = number.first, number.last
    if number.high is not None or number.value >= 1000 or not (number.is_plain_numeral or number.is_spelled_out):
        return False
    if line.lower_at(i - 1) in (":", ",", "and", ";") and line.lower_at(j) in ("to", "for", "from", "in"):
        return line.is_capitalised(j + 1) and number.value >= 2 and not is_year(line, i)
    joined = line.is_capitalised(i - 1) and line.lower_at(i - 2) in ("and", ",", ";")
    return joined and line.lower_at(j) in (".", ",", ";", "and", "") and not is_year(line, i)


def _is_family_size(line: TokenLine, number: NumberSpan) -> bool:
    """Return True for `a family of five`, whatever verb follows; not for `a family of five children`."""
    if line.lower_at(number.first - 1) != "of" or line.lower_at(number.first - 2) not in _GROUPS_OF_PEOPLE:
        return False
    noun = noun_phrases.counted_noun_at(line, number.last)
    return number.value < 1000 and (noun is None or noun.unit != "person")


def _count_unit(noun: noun_phrases.CountedNounPhrase) -> UnitDefinition:
    return UnitDefinition(noun.unit, Dimension.COUNT)


def _singular_noun_at(line: TokenLine, j: int) -> noun_phrases.CountedNounPhrase | None:
    """Return the noun of `1 person`: the one word after the digit, or None."""
    word = line.lower_at(j)
    if word in STOP_WORDS or word in UNITS_BY_NAME or line.is_capitalised(j) or not word.isalpha() or len(word) < 3:
        return None
    return noun_phrases.CountedNounPhrase(j, j + 1, noun_phrases.unit_of_noun(line.lower_at(j)))


def _is_numeral_one(line: TokenLine, number: NumberSpan) -> bool:
    """Return True for `at least one company`; in `one company` the word is most often a pronoun."""
    return number.value == 1 and modifiers.find_relation_before(line, number.first) is not None


def _parse_plus_suffix(line: TokenLine, j: int) -> tuple[Relation | None, int]:
    """Return the relation of `50-plus dealers`, `50+ dealers` or `50-odd dealers`, and where the noun begins.

    (None, j) where nothing of the kind follows the number.
    """
    if line.is_hyphen(j) and line.lower_at(j + 1) in ("plus", "odd"):
        return (Relation.MORE if line.lower_at(j + 1) == "plus" else Relation.ABOUT), j + 2
    if line.lower_at(j) == "+" and line.no_space_before(j):
        return Relation.MORE, j + 1
    return None, j


def _parse_share(
    line: TokenLine, number: NumberSpan, unit: UnitDefinition | None
) -> tuple[AmountCandidate | None, int]:
    """Parse `more than half of the output` and `two-thirds`, but not `the other half`, `half-hearted`, `half empty`."""
    j = number.last
    if line.is_hyphen(j) or line.lower_at(number.first - 1) in ("other", "in", "better", "back", "top", "bottom"):
        return None, j
    is_half = number.value == 50 and line.lower_at(j - 1) == "half"
    if line.lower_at(j) == "of" and line.lower_at(j + 1) in ("a", "an"):
        part = number._replace(value=float(f"{number.value / 100:.12g}"), last=j + 2)
        measure, last = parse_unit_at(line, part)
        if measure:  # a quarter of a mile
            return build_amount(line, number.first, part, last, measure), last
    said = modifiers.find_relation_before(line, number.first)
    meant = line.lower_at(j) in ("of", "the", "its", "their", "as", "that") or said is not None
    if is_half and not meant and line.lower_at(number.first - 1) != "by":
        return None, j
    return build_amount(line, number.first, number, j, PERCENT_UNIT), j


def _counts_people(line: TokenLine, i: int) -> bool:
    """Return True for `employs 154,000`, `a population of 230,000`, `a workforce of 50`."""
    words = _PEOPLE_VERBS
    return line.lower_at(i - 1) in words or (
        line.lower_at(i - 1) == "of" and line.lower_at(i - 2) in ("population", "workforce", "crowd")
    )


def _parse_number_without_noun(
    line: TokenLine, number: NumberSpan, *, elliptical: bool
) -> tuple[AmountCandidate | None, int]:
    """Parse a number that counts the noun before it, the first of a list (`at 101 and 99 points`), or a bare one."""
    j = number.last
    if is_casualty_count(line, number):
        return build_amount(line, number.first, number, j, PERSON_UNIT), j
    if shared := find_noun_behind_share(line, number):
        return build_amount(line, number.first, number, j, _count_unit(shared), shared), j
    if is_subject_count(line, number):
        return replace_fields(build_amount(line, number.first, number, j, None), is_subject=True), j
    if last := find_count_alone(line, number):
        return build_amount(line, number.first, number, last, None), last
    if elliptical:
        return replace_fields(build_amount(line, number.first, number, j, None), is_elliptical=True), j
    listed = line.lower_at(j) in ("and", ",") and line.kind_at(j + 1) == "numeral" and not is_year(line, j + 1)
    if listed and number.is_plain_numeral and line.lower_at(number.first - 1) in ("at", "of", "between"):
        return replace_fields(build_amount(line, number.first, number, j, None), is_list_item=True), j
    return _parse_bare_number(line, number)


def _parse_bare_number(line: TokenLine, number: NumberSpan) -> tuple[AmountCandidate | None, int]:
    """Parse a number that no noun follows; it is kept only where the sentence clearly counts with it.

    Return the amount or None, and the token to continue from.
    """
    i, j = number.first, number.last
    before, following = line.lower_at(i - 1), line.lower_at(j)
    amount = build_amount(line, i, number, j, None)
    if _counts_people(line, i):
        return replace_fields(amount, unit=UnitDefinition("person", Dimension.COUNT)), j
    if following == "of" and number.value >= 2:
        if line.lower_at(j + 1) in ("them", "these", "those", "which", "whom"):
            return amount, j
        phrase = noun_phrases.noun_phrase_after_of(line, j)
        if phrase and is_plural(line.lower_at(phrase.last - 1)) and line.lower_at(phrase.last - 1) not in UNITS_BY_NAME:
            noun = phrase._replace(unit=noun_phrases.unit_of_noun(line.lower_at(phrase.last - 1)))
            return replace_fields(amount, unit=_count_unit(noun), noun=noun, last=noun.last), noun.last
        parts = any(line.kind_at(k) == "numeral" or parse_number_at(line, k) for k in range(j + 1, j + 5))
        return (amount if parts or not (number.is_plain_numeral or number.is_spelled_out) else None), j
    if before in ("and", "or") and following in ("in", "by") and is_year(line, j + 1):
        return amount, j  # 50 stores by 2025 and 100 by 2030
    if before in ("which", "whom") and following in _ELLIPSIS_CUES:  # 117 counties, of which 58 were poor
        return amount, j
    if before == "to" and (number.is_plain_numeral or number.is_spelled_out):
        return replace_fields(amount, is_list_item=True), j
    if number.is_spelled_out and number.value < 1000:
        lone = before == "another" or (
            (is_sentence_start(line, i) or before in (",", "and")) and following in _ELLIPSIS_CUES
        )
        return (amount if lone and number.value >= 2 else None), j
    if number.is_plain_numeral:
        big = number.value >= 10 and before in _REACHING_VERBS and following in (".", ",", ";", "by", "in")
        about_age = before in ("over", "under", "above", "below") and number.value <= 110
        kept = before in ("another", "further") or (amount.has_relation_cue and number.value >= 10 and not about_age)
        return (amount if kept or (big and before not in ("from", "by", "at")) else None), j
    return amount, j


def parse_count_without_number(line: TokenLine, i: int) -> tuple[AmountCandidate | None, int]:
    """Parse `about a year`, `once a day`, `twice a week`, `threefold`.

    Return the amount or None, and the token to continue from.
    """
    low = line.lower_at(i)
    if low in ("a", "an"):
        return _parse_article_as_one(line, i)
    if low in ("once", "twice", "thrice"):
        value = {"once": 1.0, "twice": 2.0}.get(low, 3.0)
        number = NumberSpan(i, i + 1, value, is_spelled_out=True)
        if rates.parse_rate_after(line, i + 1).noun in UNITS_BY_NAME and line.lower_at(i + 1) in (
            "a",
            "an",
            "every",
            "per",
            "each",
        ):
            return build_amount(line, i, number, i + 1, OCCURRENCE_UNIT), i + 1
        if low != "once" and line.lower_at(i + 1) in ("the", "as", "that", "its", "their", "those"):
            return build_amount(line, i, number, i + 1, MULTIPLE_UNIT), i + 1
    if low.endswith("fold") and len(low) > 6:
        number_word = parse_number_at(TokenLine(low[:-4]), 0)
        if number_word and number_word.last == 1 and number_word.value >= 2:
            return build_amount(
                line, i, NumberSpan(i, i + 1, number_word.value, is_spelled_out=True), i + 1, MULTIPLE_UNIT
            ), i + 1
    return None, i + 1


def _parse_article_as_one(line: TokenLine, i: int) -> tuple[AmountCandidate | None, int]:
    """Parse `about a year`, `more than a hectare`: an article counts as one after a relation."""
    number = NumberSpan(i, i + 1, 1.0, is_spelled_out=True)
    if modifiers.find_relation_before(line, i) is None:
        return None, i + 1
    unit, last = parse_unit_at(line, number)
    compared = line.lower_at(i - 1) == "than" and line.lower_at(i - 2) not in ("more", "less", "fewer")
    if compared and line.lower_at(last) in rates.TIME_SHIFTS:
        return None, last  # higher than a year earlier
    if unit is None or unit.dimension in (Dimension.TIMES, Dimension.TEMPERATURE) or unit.canonical == "percent":
        return None, i + 1
    amount = build_amount(line, i, number, last, unit)
    return (amount, last) if amount.has_relation_cue else (None, last)
