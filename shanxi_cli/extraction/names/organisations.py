"""Organisations by the words of their names.

Gibson Motor Group, Fort Worth Police Department     the last word is one of organisations
Ministry of Finance, Bank of England                 such a word with `of`, `for` or `on` and a name
European Space Agency (ESA)                          an acronym in brackets, whose letters are those of the name
New York Times                                       a word of newspapers behind the name of a place
United Nations, Reuters                              a closed list of bodies without such a word
"""

import re
from collections.abc import Sequence
from functools import cache, lru_cache

from shanxi_cli.extraction.names.segments import Segment, cut_segment
from shanxi_cli.extraction.quotes.lexicon import FUNCTION_WORDS, PERSON_NOUNS
from shanxi_cli.places.world_gazetteer import load_world_places
from shanxi_cli.util.lexicon import load_list, load_terms

_LAST_WORDS = load_terms("extraction/organisation_last_words")
_GIVEN_NAMES = load_terms("extraction/census_given_names")
_DEMONYMS = load_terms("extraction/demonyms")
_HEADS_ALONE = frozenset(
    "ministry university bank bureau department academy institute college museum chamber council federation "
    "confederation association union church organisation organization".split()
)
"""Words that begin the name of an organisation before `of`: Ministry of Finance."""
_HEADS_OF = _HEADS_ALONE | frozenset(
    "court institution commission committee board agency authority office school society fund party embassy "
    "administration directorate congress centre center faculty foundation service league secretariat".split()
)
_HEADS_FOR = frozenset(
    "institute center centre society agency council academy association foundation commission committee fund".split()
)
"""Words before `for` and `on` in a name: Institute for Fiscal Studies."""
_NO_NAMES = frozenset(
    "the a this that our their its his her new first second third fourth fifth local news state national "
    "public former big great top central "
    "northern southern eastern western main city county world general every some such another".split()
)
"""Words that with a last word alone make no name: `State Department` is in it, `First Bank` may be one."""
_ROOMS = frozenset("box oval home front back head post".split())
_PARTIES = frozenset("republican democratic democrat conservative liberal labour labor socialist".split())
_NO_BODIES = frozenset(
    "UK US USA PM MP DA AG TV CEO CFO COO CTO DNA GDP VAT GPS MRI HIV PhD AM OK II III IV XI NY LA DC CCTV USB PDF URL "
    "API HTML CSS PR HR IT AI VIP ID AD BC BST GMT EST Internet God English Bible Church State Congress Parliament "
    "Party Government Company Group Bank Board Council Court Police".split()
)
"""Capitals and words that are no organisation by themselves."""
_COMMON_WORDS = (
    _PARTIES
    | load_terms("extraction/non_person_words")
    | load_terms("extraction/non_name_words")
    | frozenset("united international campaign growth forward census small large".split())
)
_NO_PART = frozenset("interim acting former key deputy fellow updated".split())
_FIRST_OF_PAIR = frozenset(
    "securities food iron health science sciences education trade industry arts culture oil coal gas power water land "
    "economic finance law labor labour radio film housing transport customs agriculture sports press research marine "
    "commerce employment planning technology engineering development business aeronautics oceanic mines reform".split()
)
"""First words of a pair of nouns in a name: Securities and Exchange Commission."""
_NAMING_ADJECTIVES = frozenset("state national central world general public".split())
_ABSTRACT = re.compile(r"[a-z]{2}(?:ing|ation|ition|ction|ment|ture|ics|ance|ence)\Z")
_PLURAL = re.compile(r"[a-z]{3}(?<!s)s\Z")
_BODIES = frozenset("coalition opposition parliament government nation times delegation parliaments".split())
_NEWSPAPERS = frozenset(
    "Times Journal Tribune Chronicle Mail Mirror Observer Examiner Inquirer Dispatch Globe Daily Weekly Review "
    "Telegraph Bulletin Courier Argus Echo Sun Star".split()
)
"""Words that make a newspaper's title of the name of a place before them: New York Times."""
_ACRONYM = re.compile(r" \((?:the )?(?P<letters>[A-Z][A-Za-z&.-]*[A-Z])\)")
_NO_ACRONYM_ENDINGS = frozenset(
    "product index system disease syndrome virus programme program project initiative act agreement treaty number day "
    "week rate test vehicle order technology zone area income standard standards conference summit games tax".split()
)


@cache
def _known_names() -> dict[str, list[tuple[str, ...]]]:
    """Return the names of the closed list by their first words, the longest first."""
    names: dict[str, list[tuple[str, ...]]] = {}
    for name in sorted(load_list("extraction/known_organisations"), key=len, reverse=True):
        names.setdefault(name.split()[0], []).append(tuple(name.split()))
    return names


def is_organisation_word(word: str) -> bool:
    """Return True for a word that alone is an organisation, or may begin the name of one."""
    return word in _known_names() or word.lower() in _HEADS_ALONE


@lru_cache(maxsize=1 << 14)
def may_be_body(word: str) -> bool:
    """Return False for a word that is no name of an organisation by itself: a place, a given name, a role, a people."""
    if len(word) < 3 or not word.isalpha() or word in load_world_places() or word in _GIVEN_NAMES:
        return len(word) == 2 and word.isupper() and word.isalpha() and word not in _NO_BODIES
    lower = word.lower()
    known = (
        lower in PERSON_NOUNS or lower in _LAST_WORDS or lower in _NO_NAMES or word in load_terms("extraction/demonyms")
    )
    return not known and word not in _NO_BODIES and lower not in FUNCTION_WORDS


def measure_organisation(segment: Segment) -> tuple[int, int]:
    """Return the half-open range of the words of a segment that name an organisation; (0, 0) for none."""
    words = segment.words
    for at, word in enumerate(words):
        for name in _known_names().get(word, ()):
            if words[at : at + len(name)] == name and (at == 0 or len(name) > 1):
                return at, at + len(name)
    first = 1 if words[0] == "The" else 0
    if len(words) > first + 1 and words[-1] in _NEWSPAPERS and " ".join(words[first:-1]) in load_world_places():
        return first, len(words)
    for last in range(len(words) - 1, first, -1):
        if _bare(words[last]) in _LAST_WORDS and _names_something(words[first:last], _bare(words[last])):
            return first, last + 1
    return 0, 0


def _bare(word: str) -> str:
    return word.rstrip(".").lower()


def _names_something(words: Sequence[str], last: str) -> bool:
    """Return True if a word before the `last` is a name: `Acme` of `Acme Bank`, but nothing of `The Bank`."""
    lower = [word.lower() for word in words]
    if last == "office" and lower[-1] in _ROOMS:
        return False
    if len(lower) == 1 and lower[0] in PERSON_NOUNS:
        return False
    return any(word not in _NO_NAMES or word in _NAMING_ADJECTIVES for word in lower)


def extend_organisation(text: str, segments: Sequence[Segment], at: int, end: int) -> tuple[int, int]:
    """Return where a name that ends with word `end` of segment `at` continues after `of`: (segment, words) of its end.

    That is (at, end) where it does not.
    """
    segment = segments[at]
    head = _bare(segment.words[end - 1]) if end else ""
    allowed = _HEADS_OF if end > 1 else _HEADS_ALONE
    if end != len(segment.words) or head not in allowed or at + 1 == len(segments) or segment.possessive:
        return at, end
    after = segments[at + 1]
    link = text[segment.end : after.start]
    if link not in (" of ", " of the ") and (link not in (" for ", " for the ", " on ") or head not in _HEADS_FOR):
        return at, end
    at, end = at + 1, _count_name_words(after)
    if head in ("ministry", "department", "bureau", "commission", "institute", "college") and end == len(after.words):
        return _extend_by_and(text, segments, at, end)
    return at, end


def _extend_by_and(text: str, segments: Sequence[Segment], at: int, end: int) -> tuple[int, int]:
    """Continue `Ministry of Industry and Information Technology`."""
    if at + 1 < len(segments) and text[segments[at].end : segments[at + 1].start] == " and ":
        after = segments[at + 1]
        is_name = measure_organisation(after)[1] or after.name in load_world_places()
        is_name = is_name or after.words[0] in _GIVEN_NAMES or _bare(after.words[0]) in PERSON_NOUNS
        if not is_name and not segments[at].possessive and segments[at].name not in load_world_places():
            return at + 1, _count_name_words(after)
    return at, end


def _count_name_words(segment: Segment) -> int:
    """Return how many words of a segment behind `of` belong to the name: those before the role of a person."""
    for n, word in enumerate(segment.words):
        if n and _bare(word) in PERSON_NOUNS and len(segment.words) - n > 1:
            return n
    return len(segment.words)


def find_acronym(text: str, end: int, words: Sequence[str]) -> str:
    """Return the acronym in brackets behind a name that ends at `end`, if its letters are those of the words."""
    match = _ACRONYM.match(text, end)
    if not match:
        return ""
    letters = re.sub(r"[^A-Z]", "", match["letters"])
    initials = "".join(word[0] for word in words if word[0].isupper())
    return match["letters"] if letters in (initials, initials.removeprefix("T")) else ""


def is_acronym_of_organisation(text: str, acronym: str, last: str) -> bool:
    """Return True if an acronym whose long form has no last word of an organisation is used as one again."""
    if _bare(last) in _NO_ACRONYM_ENDINGS or _bare(last) in PERSON_NOUNS:
        return False
    acts = r"(?:['’]s?\b| (?:said|says|has|had|will|was|is|announced|chief|president|director|spokes\w+|official))"
    return bool(re.search(rf"(?<![\w(-]){re.escape(acronym)}{acts}", text))


def trim_organisation(segment: Segment, first: int, last: int) -> Segment:
    """Return the segment of an organisation's words, without people's roles and `interim` before it."""
    while (
        last - first > 2
        and _bare(segment.words[first]) not in _PARTIES
        and (_bare(segment.words[first]) in PERSON_NOUNS or _bare(segment.words[first]) in _NO_PART)
    ):
        first += 1
    return cut_segment(segment, first, last)


def find_pair_start(text: str, segments: Sequence[Segment], at: int) -> int:
    """Return where `Food and Drug Agency` begins if segment `at` is `Drug Agency`; the start of that otherwise."""
    segment = segments[at]
    before = segments[at - 1] if at else None
    if not before or before.possessive or text[before.end : segment.start] not in (" and ", " & "):
        return segment.start
    is_pair = _bare(before.words[-1]) in _FIRST_OF_PAIR or _is_named_pair(text, before, segment)
    return before.start if is_pair else segment.start


def _is_named_pair(text: str, before: Segment, segment: Segment) -> bool:
    """Return True for `the Rating and Valuation Department`: nouns of one form behind one article, or their acronym.

    Not for two bodies: `the Pentagon and Justice Department`.
    """
    last = _bare(before.words[-1])
    is_body = last in _LAST_WORDS or last in _BODIES or is_organisation_word(before.words[-1])
    if is_body or last in PERSON_NOUNS - {"nurse"} or before.name in load_world_places():
        return False
    if find_acronym(text, segment.end, (*before.words, *segment.words)):
        return True
    has_article = text.endswith((" the ", "The ", "\nthe "), 0, before.start)
    plurals = all(_PLURAL.search(word) for word in (last, _bare(segment.words[0])))
    return has_article and (plurals or _ABSTRACT.search(last) is not None)
