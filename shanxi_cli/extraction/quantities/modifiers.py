"""Relations of a printed number to the true one: `about`, `more than`, `nearly`, `or more`.

The longest phrase right before the number counts; only `or more` and the like follow it.
"""

from typing import NamedTuple

from shanxi_cli.extraction.quantities.token_line import TokenLine
from shanxi_cli.model.quantity import Relation

_RELATION_PHRASES: dict[Relation, str] = {
    Relation.ABOUT: "about|around|some|roughly|approximately|approx|circa|an estimated|estimated|nearly about"
    "|in the region of|in the order of|on the order of|more or less|in the vicinity of|~|≈|or so|a rough"
    "|averaging about"
    "|estimated at|at about|at around",
    Relation.NEARLY: "nearly|almost|close to|nearing|approaching|just under|just short of|just below|near|virtually"
    "|not quite|a little under|slightly under|slightly less than|slightly below|a little less than|just less than",
    Relation.LESS: "less than|fewer than|under|below|shorter than|lower than|smaller than|younger than"
    "|cheaper than|lighter than"
    "|well under|well below|far less than|far fewer than|much less than|short of|<|narrower than|shallower than",
    Relation.AT_MOST: "up to|at most|no more than|not more than|no later than|as many as|as much as"
    "|a maximum of|maximum of"
    "|as high as|as long as|not exceeding|not over|maximum|a maximum|no longer than|no higher than|within|<="
    "|≤|as far as"
    "|not exceed|no fewer and no more than|at the most|capped at|limited to|not to exceed",
    Relation.MORE: "more than|over|above|exceeding|exceeds|exceeded|exceed|surpassing|surpasses|surpassed"
    "|surpass|topping|topped"
    "|tops|upward of|upwards of|in excess of|beyond|greater than|larger than|longer than|higher than"
    "|older than|bigger than"
    "|just over|just above|slightly more than|slightly over|slightly above|well over|well above|far more than"
    "|a little over"
    "|a little more than|far exceeding|north of|>|taller than|heavier than|deeper than|wider than|faster than"
    "|further than"
    "|passing|passed|much more than|many more than|crossed|crossing|past the|broke|breaking|has topped|to top",
    Relation.AT_LEAST: "at least|no less than|no fewer than|not less than|not fewer than|a minimum of"
    "|minimum of|minimum"
    "|>=|≥|at the least|as few as|a minimum|not lower than|no lower than|no earlier than",
}
_RELATIONS_BEFORE = {
    phrase: relation for relation, phrases in _RELATION_PHRASES.items() for phrase in phrases.split("|")
}
_MAX_RELATION_WORDS = max(len(phrase.split()) for phrase in _RELATIONS_BEFORE)
_RELATIONS_AFTER = {
    "or more": Relation.AT_LEAST,
    "or above": Relation.AT_LEAST,
    "or over": Relation.AT_LEAST,
    "or higher": Relation.AT_LEAST,
    "or older": Relation.AT_LEAST,
    "or longer": Relation.AT_LEAST,
    "or greater": Relation.AT_LEAST,
    "or better": Relation.AT_LEAST,
    "and above": Relation.AT_LEAST,
    "and over": Relation.AT_LEAST,
    "and older": Relation.AT_LEAST,
    "at least": Relation.AT_LEAST,
    "or less": Relation.AT_MOST,
    "or fewer": Relation.AT_MOST,
    "or below": Relation.AT_MOST,
    "or lower": Relation.AT_MOST,
    "or under": Relation.AT_MOST,
    "or younger": Relation.AT_MOST,
    "or so": Relation.ABOUT,
    "or thereabouts": Relation.ABOUT,
    "at most": Relation.AT_MOST,
}
_FILLER_WORDS = frozenset("a an the total of another additional combined whopping staggering record further".split())
_DURATION_CUES = frozenset(
    "for of in lasting lasts lasted took takes take spent spend spending with has had have was is after than and"
    " worked lived working living ran run runs history".split()
)


class RelationCue(NamedTuple):
    """A relation and the edge of its phrase.

    `cue_edge` is the token where the phrase begins (`find_relation_before`) or the one after it
    (`find_relation_after`).
    """

    relation: Relation
    cue_edge: int


def find_relation_before(line: TokenLine, i: int) -> RelationCue | None:
    """Return the relation printed right before the token `i`, or before `a total of` and the like; None for none."""
    return _relation_cue_ending_at(line, i) or _find_relation_before_filler(line, i)


def _relation_cue_ending_at(line: TokenLine, i: int) -> RelationCue | None:
    if signs := _parse_two_character_sign(line, i):
        return signs
    for size in range(_MAX_RELATION_WORDS, 0, -1):
        first = i - size
        if first >= 0 and (relation := _RELATIONS_BEFORE.get(line.lower_text(first, i))):
            return RelationCue(relation, first) if _is_relation_sense(line, first) else None
    return None


def _parse_two_character_sign(line: TokenLine, i: int) -> RelationCue | None:
    """Parse `<=`, `>=` and `~<`, each of two tokens."""
    sign = line.lower_at(i - 2) + line.lower_at(i - 1) if line.no_space_before(i - 1) else ""
    return RelationCue(_RELATION_SIGNS[sign], i - 2) if sign in _RELATION_SIGNS else None


_RELATION_SIGNS = {"<=": Relation.AT_MOST, ">=": Relation.AT_LEAST, "~<": Relation.NEARLY}


def _find_relation_before_filler(line: TokenLine, i: int) -> RelationCue | None:
    j = i
    while j > max(i - 4, 0) and line.lower_at(j - 1) in _FILLER_WORDS:
        j -= 1
    return _relation_cue_ending_at(line, j) if j < i and line.lower_text(j, i) in _FILLER_PHRASES else None


_FILLER_PHRASES = frozenset(
    ["a", "an", "a total of", "a further", "another", "an additional", "a combined", "a record"]
)


def _is_relation_sense(line: TokenLine, first: int) -> bool:
    """Return False where the word means something else: `the above 20 firms`, `passed 3 bills`, `from above`."""
    word, previous = line.lower_at(first), line.lower_at(first - 1)
    if word in ("above", "below", "minimum", "maximum", "past", "near", "over") and previous in (
        "the",
        "those",
        "from",
    ):
        return False
    if word == "up" and previous in ("went", "go", "goes", "gone", "going", "moved", "came", "add", "adds", "adding"):
        return False  # prices went up to 50 rupees
    return not (word == "as" and previous in ("well", "such"))


def is_over_duration(line: TokenLine, first: int) -> bool:
    """Return True where `over` before a duration means `in the course of`.

    It does not after `for`, `took` and the like.
    """
    return line.lower_at(first) == "over" and line.lower_at(first - 1) not in _DURATION_CUES


def find_relation_after(line: TokenLine, j: int) -> RelationCue | None:
    """Return the relation printed right after a quantity that ends before token `j`: `or more`; None for none."""
    if line.is_hyphen(j) and line.lower_at(j + 1) in ("plus", "odd") and line.no_space_before(j + 1):
        return RelationCue(Relation.MORE if line.lower_at(j + 1) == "plus" else Relation.ABOUT, j + 2)
    if line.lower_at(j) == "+" and line.no_space_before(j):
        return RelationCue(Relation.MORE, j + 1)
    relation = _RELATIONS_AFTER.get(f"{line.lower_at(j)} {line.lower_at(j + 1)}")
    return RelationCue(relation, j + 2) if relation else None
