"""Amounts: a number with its unit or counted noun, and the relation said of it. No time, no rate, no change."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from shanxi_cli.language.quantities import nouns, relations
from shanxi_cli.language.quantities.names import part_of_code, part_of_name, starts_sentence
from shanxi_cli.language.quantities.numbers import Number, number_at, range_at
from shanxi_cli.language.quantities.units import ABBREVIATIONS, LONGEST, NAMES, SIGNS, Unit
from shanxi_cli.language.quantities.words import Line
from shanxi_cli.model import Dimension, Relation

_FIRST_WORDS = frozenset(name.split()[0] for name in NAMES)
_AGE = Unit("year of age", Dimension.AGE)
_TIME = Unit("time", Dimension.COUNT)
_TIMES = Unit("times", Dimension.TIMES)
_CHANGING = frozenset(
    """
    increase increased increases increasing rise rose rises rising risen grow grew grown growing expand expanded
    expanding climb climbed jump jumped surge surged soar soared raise raised raising boost boosted lift lifted
    fall fell fallen falling drop dropped dropping decline declined declining decrease decreased cut reduce reduced
    reducing shrink shrank shorten shortened lower lowered slash slashed up down went improve improved double doubled
    """.split()
)
_REACHING = frozenset(
    """
    reach reached reaching reaches to total totaled totalled totaling totals exceed exceeded exceeding hit hits number
    numbered numbering numbers stood stands was were is are be at from amounted surpassing surpassed topped by with
    """.split()
)
_ELLIPTIC = frozenset("at in on are were have had will from for is was".split())


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount at the pieces `first` to `last` (excluded); the number itself begins at `number`.

    `unit` is None for a number that names none; `noun` is the counted phrase after it, if any.
    `value` and `high` are as printed: the factor of `unit` is applied at the end.
    """

    first: int
    number: int
    last: int
    value: float
    high: float | None
    unit: Unit | None
    relation: Relation = Relation.EQUAL
    said: bool = False  # the relation was printed
    noun: nouns.Noun | None = None
    plain: bool = False
    spelled: bool = False
    adjective: bool = False  # 16-gigawatt project
    listed: bool = False  # counts only where an amount with a unit stands right beside it: six hours to two


def find(line: Line, taken: frozenset[int]) -> Iterator[Amount]:
    """The amounts of `line` in order. Pieces in `taken` belong to dates and begin none."""
    i = 0
    while i < len(line):
        if i in taken:
            i += 1
            continue
        amount, after = _at(line, i, taken)
        if amount is not None:
            yield amount
        i = max(after, i + 1)


def _at(line: Line, i: int, taken: frozenset[int]) -> tuple[Amount | None, int]:
    """The amount whose number begins at `i`, if any, and the piece to go on from."""
    code, first = _currency_before(line, i)
    number = number_at(line, i, bool(code))
    if number is None:
        return _without_number(line, i)
    alone = number
    ratio = _ratio(line, number) if not code else None
    if ratio:
        return ratio, ratio.last
    number = range_at(line, number, bool(code))
    if any(k in taken for k in range(alone.last, number.last)):
        number = alone
    unit, last = (Unit(code, Dimension.MONEY), number.last) if code else unit_at(line, number)
    if code:
        last = _doubled_currency(line, number.last)
    if unit is None or code:
        end = part_of_code(line, number)
        if end is not None and not (code and line.kind(number.last) != "word"):
            return None, end
    elif line.glued(i) and part_of_code(line, number._replace(last=last)) is not None:
        return None, last
    if unit is None or number.share:
        return _counted(line, number, unit)
    if _is_idle(line, number, unit):
        return None, last
    if number.high is not None and line.low(alone.last) == "to" and _changes_from(line, first):
        number, last, unit = alone, alone.last, unit
    elif number.high is None and unit.dimension is not Dimension.TIMES:
        number, last = _range_with_units(line, number, last, unit, code)
    return _amount(line, first, number, last, unit), last


def _amount(line: Line, first: int, number: Number, last: int, unit: Unit | None, noun: nouns.Noun | None = None) -> Amount:
    """The amount with the relation said before or after it."""
    number_first = number.first
    if number.high is not None and line.low(first - 1) in ("between", "from"):
        first -= 1
    first, number = _signed(line, first, number, unit)
    said = relations.before(line, first)
    relation = Relation.ABOUT if number.vague else Relation.EQUAL
    time = unit is not None and unit.dimension in (Dimension.DURATION, Dimension.AGE)
    if said and time and relations.is_over_a_time(line, said.edge):
        said = None
    printed = said is not None
    if said:
        relation, first = said.relation, said.edge
    elif following := relations.after(line, last):
        relation, last, printed = following.relation, following.edge, True
    adjective = line.hyphen(number.last) and unit is not None
    return Amount(
        first, number_first, last, number.value, number.high, unit, relation, printed, noun, number.plain, number.spelled,
        adjective,
    )  # fmt: skip


def _signed(line: Line, first: int, number: Number, unit: Unit | None) -> tuple[int, Number]:
    """`minus 5 C`, `-12 percent`: below zero, for temperatures and rates; elsewhere a dash is a dash."""
    if unit is None or unit.dimension not in (Dimension.TEMPERATURE, Dimension.PERCENT) or number.high is not None:
        return first, number
    sign = line.low(first - 1)
    dash = sign in ("-", "\u2212") and line.glued(first) and not line.glued(first - 1)
    if dash or (sign in ("minus", "negative") and line.low(first - 2) != "or"):
        return first - 1, number._replace(value=-number.value)
    return first, number


def unit_at(line: Line, number: Number) -> tuple[Unit | None, int]:
    """The unit printed after a number, and the piece after it; (None, number.last) when there is none."""
    j = number.last
    if line.hyphen(j) and line.glued(j + 1):
        j += 1
    low = line.low(j)
    if low == "times" or low == "fold":
        often = low == "times" and line.low(j + 1) in ("a", "an", "per", "each", "every", "in", "during")
        return (_TIME if often else _TIMES), j + 1
    if line.kind(number.last - 1) == "numeral" or not number.plain:
        short = _abbreviation(line, j, number)
        if short:
            return short
    if low not in _FIRST_WORDS:
        return None, number.last
    return _named(line, j, number)


def _named(line: Line, j: int, number: Number) -> tuple[Unit | None, int]:
    best: tuple[Unit | None, int] = (None, number.last)
    words: list[str] = []
    k = j
    while len(words) < LONGEST and line.kind(k):
        words.append(line.low(k))
        unit = NAMES.get(" ".join(words))
        k += 1
        if unit and not _is_other_word(line, k, number, words):
            best = unit, k
        if line.hyphen(k):
            k += 1
    if best[0] and best[0].canonical == "year" and best[0].factor == 1:
        return _age(line, best[1]) or best
    return best


def _age(line: Line, k: int) -> tuple[Unit, int] | None:
    """`20-year-old`, `12 years of age`, `seven-year-olds`, with `k` after the year."""
    j = k + 1 if line.hyphen(k) else k
    if line.low(j) in ("old", "olds"):
        return _AGE, j + 1
    return None


def _is_other_word(line: Line, k: int, number: Number, words: list[str]) -> bool:
    """True for a name of a unit that is an everyday word here: `the team won 3-2 won`, `20 second-hand cars`."""
    word = words[-1]
    if word in ("second", "minute", "foot", "yard", "quarter") and line.hyphen(k) and line.low(k + 1) in ("hand", "long"):
        return line.low(k + 1) == "hand"
    if word == "second":
        return not line.hyphen(number.last)
    if word in ("won", "dong", "rand", "li", "lira") and len(words) == 1:
        return number.spelled or (number.value < 1000 and word != "li" and word != "lira")
    return False


def _abbreviation(line: Line, j: int, number: Number) -> tuple[Unit, int] | None:
    if number.spelled:
        return None
    for size in (4, 3, 2, 1):
        if any(not line.glued(k) for k in range(j + 1, j + size)) or line.kind(j + size - 1) == "":
            continue
        text = line.printed(j, j + size)
        unit = ABBREVIATIONS.get(text) or (NAMES.get(text.lower()) if size > 1 else None)
        if unit and not (line.glued(j + size) and line.kind(j + size) in ("word", "numeral")):
            if text in ("m", "t", "g", "C", "V", "W", "L") and number.plain is False and not line.glued(j):
                continue
            return unit, j + size
    return None


def _currency_before(line: Line, i: int) -> tuple[str, int]:
    """The code of the currency printed before the number at `i`, and its first piece; ("", i) for none."""
    sign = line.at(i - 1)
    if not sign.text:
        return "", i
    if sign.kind == "word":
        return (SIGNS[sign.text], i - 1) if sign.text in SIGNS and sign.text not in ("R", "RM") else ("", i)
    before = line.at(i - 2)
    if before.kind == "word" and line.glued(i - 1) and before.text + sign.text in SIGNS:
        return SIGNS[before.text + sign.text], i - 2
    return (SIGNS[sign.text], i - 1) if sign.text in SIGNS else ("", i)


def _doubled_currency(line: Line, j: int) -> int:
    """The piece after a currency that is named a second time: `RMB 5 million yuan`."""
    return j + 1 if line.low(j) in ("yuan", "dollars", "euros", "rmb") else j


def _changes_from(line: Line, first: int) -> bool:
    """`rose from 20 to 30 percent` gives two quantities; `ranging from 20 to 30 percent` a range."""
    if line.low(first - 1) != "from":
        return False
    near = [line.low(k) for k in range(max(first - 9, 0), first - 1)]
    return any(word in _CHANGING for word in near) and not any(word.startswith(("rang", "var")) for word in near)


def _range_with_units(line: Line, number: Number, last: int, unit: Unit, code: str) -> tuple[Number, int]:
    """`5 percent to 10 percent`, `between 5 mu and 10 mu`: one range, where the unit is printed at both ends."""
    before = line.low(number.first - (2 if code else 1))
    joined = line.low(last) == "to" or (line.low(last) == "and" and before == "between")
    if not joined and not (line.hyphen(last) and line.glued(last + 1)):
        return number, last
    if before == "from" and _changes_from(line, number.first):
        return number, last
    j = last + 1
    other, start = _currency_before(line, j + 1) if line.at(j).text in SIGNS else ("", j)
    high = number_at(line, j + (1 if other else 0), bool(other))
    if high is None or start < last:
        return number, last
    upper, end = (Unit(other, Dimension.MONEY), high.last) if other else unit_at(line, high)
    if upper is None or upper.canonical != unit.canonical or high.value * upper.factor <= number.value * unit.factor:
        return number, last
    if upper.factor != unit.factor:
        return number, last
    return number._replace(high=high.value), end


def _is_idle(line: Line, number: Number, unit: Unit) -> bool:
    """`one day` as a manner of speaking, `at one time`, `one second`: no amounts."""
    if not number.spelled or number.value != 1 or line.hyphen(number.last):
        return number.spelled and number.value == 0 and unit.dimension is Dimension.TIMES
    if unit.dimension is Dimension.TIMES:
        return True
    return unit.canonical == "day" and line.low(number.first - 1) not in ("in", "for", "than", "least", "just", "only")


def _counted(line: Line, number: Number, unit: Unit | None) -> tuple[Amount | None, int]:
    """A number without a unit of measure: a share, a counted noun, an age, or a number alone."""
    j = number.last
    if number.share:
        return _share(line, number, unit)
    if _is_age(line, number):
        return _amount(line, number.first, number, j, _AGE), j
    hyphened = nouns.hyphened_at(line, j)
    if hyphened:
        return _amount(line, number.first, number, hyphened.last, _count(hyphened), hyphened), hyphened.last
    extra, start = _plus(line, j)
    if line.hyphen(start) and line.low(start) != "\u2014":
        return None, start + 1
    noun = nouns.counted_at(line, start)
    if noun is None and number.value == 1 and not number.spelled and line.kind(start) == "word":
        noun = _single(line, start)
    if part_of_name(line, number, noun is not None and not line.capital(noun.last - 1)):
        return None, j
    if noun is None:
        return _alone(line, number)
    if number.spelled and (number.value < 2 or line.capital(noun.last - 1)) and not _one_is_meant(line, number):
        return None, j
    measured = NAMES.get(line.low(noun.last - 1))
    if measured and measured.dimension is not Dimension.TIMES:  # 10 consecutive years
        return _amount(line, number.first, number, noun.last, measured), noun.last
    amount = _amount(line, number.first, number, noun.last, _count(noun), noun)
    if extra:
        amount = replace(amount, relation=extra, said=True)
    return amount, noun.last


def _count(noun: nouns.Noun) -> Unit:
    return Unit(noun.unit, Dimension.COUNT)


def _single(line: Line, j: int) -> nouns.Noun | None:
    """`1 person`: the one word after the digit."""
    if line.low(j) in nouns.STOPS or line.capital(j):
        return None
    return nouns.Noun(j, j + 1, nouns.unit_of(line.low(j)))


def _one_is_meant(line: Line, number: Number) -> bool:
    """`at least one company`: a number; `one company` alone is most often a pronoun."""
    return number.value == 1 and relations.before(line, number.first) is not None


def _plus(line: Line, j: int) -> tuple[Relation | None, int]:
    """`50-plus dealers`, `50+ dealers`, `50-odd dealers` -> the relation, and where the noun begins."""
    if line.hyphen(j) and line.low(j + 1) in ("plus", "odd"):
        return (Relation.MORE if line.low(j + 1) == "plus" else Relation.ABOUT), j + 2
    if line.low(j) == "+" and line.glued(j):
        return Relation.MORE, j + 1
    return None, j


def _share(line: Line, number: Number, unit: Unit | None) -> tuple[Amount | None, int]:
    """`more than half of the output`, `two-thirds`; not `the other half`, `half-hearted`, `half empty`."""
    j = number.last
    if line.hyphen(j) or line.low(number.first - 1) in ("other", "in", "better", "back", "top", "bottom"):
        return None, j
    is_half = number.value == 50 and line.low(j - 1) == "half"
    said = relations.before(line, number.first)
    meant = line.low(j) in ("of", "the", "its", "their", "as", "that") or said is not None
    if is_half and not meant and line.low(number.first - 1) != "by":
        return None, j
    return _amount(line, number.first, number, j, Unit("percent", Dimension.PERCENT)), j


def _is_age(line: Line, number: Number) -> bool:
    """`aged between 15 and 17`, `at the age of 60`, `Li Hua, 45, said`."""
    i = number.first
    if number.value > 120 or number.value != int(number.value):
        return False
    before = [line.low(i - 1), line.low(i - 2)]
    if before[0] in ("aged", "ages", "age") or (before[0] in ("of", "between", "from", "over", "under") and
                                               before[1] in ("aged", "age", "ages")):  # fmt: skip
        return True
    named = before[0] == "," and line.capital(i - 2) and line.low(number.last) in (",", ";")
    return named and number.plain and number.high is None and 3 <= number.value


def _are_people(line: Line, i: int) -> bool:
    """`employs 154,000`, `a population of 230,000`, `a workforce of 50`."""
    words = ("employs", "employed", "employing", "killing", "killed", "injuring")
    return line.low(i - 1) in words or (line.low(i - 1) == "of" and line.low(i - 2) in ("population", "workforce", "crowd"))


def _ratio(line: Line, number: Number) -> Amount | None:
    """`one in five`, `nine out of 10`: a share in percent."""
    j = number.last
    out = line.phrase(j, j + 2) == "out of"
    if not (out or (line.low(j) == "in" and number.spelled)) or not 1 <= number.value < 100:
        return None
    total = number_at(line, j + 2 if out else j + 1)
    if total is None or total.share or not number.value < total.value <= 1000 or unit_at(line, total)[0]:
        return None
    if not out and (number.value > 9 or total.plain and total.value not in (10, 100, 1000)):
        return None
    share = Number(number.first, total.last, 100 * number.value / total.value, share=True, spelled=True)
    return _amount(line, share.first, share, share.last, Unit("percent", Dimension.PERCENT))


def _alone(line: Line, number: Number) -> tuple[Amount | None, int]:
    """A number that no noun follows: kept where the sentence clearly counts with it."""
    i, j = number.first, number.last
    before, following = line.low(i - 1), line.low(j)
    amount = _amount(line, i, number, j, None)
    if _are_people(line, i):
        return replace(amount, unit=Unit("person", Dimension.COUNT)), j
    if following == "of" and number.value >= 2:
        if line.low(j + 1) in ("them", "these", "those", "which", "whom"):
            return amount, j
        phrase = nouns.phrase_after_of(line, j)
        if phrase and nouns.is_plural(line.low(phrase.last - 1)):
            noun = phrase._replace(unit=nouns.unit_of(line.low(phrase.last - 1)))
            return replace(amount, unit=_count(noun), noun=noun, last=noun.last), noun.last
        return None, j
    if before in ("which", "whom") and following in _ELLIPTIC:  # 117 counties, of which 58 were poor
        return amount, j
    if before == "to" and (number.plain or number.spelled):
        return replace(amount, listed=True), j
    if number.spelled and number.value < 1000:
        lone = before == "another" or (starts_sentence(line, i) or before == ",") and following in _ELLIPTIC
        return (amount if lone and number.value >= 2 else None), j
    if number.plain:
        big = number.value >= 10 and before in _REACHING and (amount.said or following in (".", ",", ";", "by", "in"))
        return (amount if before == "another" or (big and before not in ("from", "by", "at")) else None), j
    return amount, j


def _without_number(line: Line, i: int) -> tuple[Amount | None, int]:
    """`about a year`, `once a day`, `twice a week`, `threefold`."""
    low = line.low(i)
    if low in ("a", "an"):
        return _article(line, i)
    if low in ("once", "twice", "thrice"):
        value = {"once": 1.0, "twice": 2.0}.get(low, 3.0)
        number = Number(i, i + 1, value, spelled=True)
        if line.low(i + 1) in ("a", "an", "every", "per", "each") and line.low(i + 2) in NAMES:
            return _amount(line, i, number, i + 1, _TIME), i + 1
        if low != "once" and line.low(i + 1) in ("the", "as", "that", "its", "their", "those"):
            return _amount(line, i, number, i + 1, _TIMES), i + 1
    if low.endswith("fold") and len(low) > 6:
        number_word = number_at(Line(low[:-4]), 0)
        if number_word and number_word.last == 1 and number_word.value >= 2:
            return _amount(line, i, Number(i, i + 1, number_word.value, spelled=True), i + 1, _TIMES), i + 1
    return None, i + 1


def _article(line: Line, i: int) -> tuple[Amount | None, int]:
    """`about a year`, `more than a hectare`: an article counts as one where a relation is said of it."""
    number = Number(i, i + 1, 1.0, spelled=True)
    if relations.before(line, i) is None:
        return None, i + 1
    unit, last = unit_at(line, number)
    if unit is None or unit.dimension in (Dimension.TIMES, Dimension.TEMPERATURE) or unit.canonical == "percent":
        return None, i + 1
    amount = _amount(line, i, number, last, unit)
    return (amount, last) if amount.said else (None, last)
