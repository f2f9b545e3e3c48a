"""What the words beside a name say of its bearer: the role, and the organisation that it is held in.

founder and board chairwoman of Jinbo Biology      founder and board chairwoman; Jinbo Biology
the company's board chairman                       board chairman; which company, the phrase does not say
a resident of Pianliang village                     all of it is the role
"""

import re

from shanxi_cli.extraction.quotes.lexicon import FAMILY, PERSON_NOUNS
from shanxi_cli.extraction.quotes.noun_classes import bare, has_person_noun, is_person_noun, organised, plain
from shanxi_cli.extraction.quotes.person_names import CAPITAL
from shanxi_cli.places.gazetteer import named

_OF_PLACES = frozenset(
    "resident villager native farmer worker mayor governor magistrate secretary citizen student".split()
)
"""Roles that one has in a place rather than in an organisation."""
_PLACE = re.compile(r"\b(?:village|county|city|town|province|district|township|community)\b")
_OF = re.compile(r"\s+(?P<of>of|at|in|from|with|for)\s+")
_GENERIC = re.compile(
    r"(.*?(?:company|firm|group|bureau|village|university|zone|county|city|province)['’]s)\s+(?P<role>.+)\Z"
)
_OWNER = re.compile(rf"(?P<owner>{CAPITAL}(?:\s+{CAPITAL})*)['’]s?\s+(?P<role>.*)\Z")
_VAGUE = re.compile(r"(?:company|firm|group|village|county|city|bureau|zone|university|charge.*|province|area)")
_KNOWN_PLACES = ("China", "Beijing", "Shanghai")

APPOSED = re.compile(
    r"(?:the|an?|one of|who|which|also|whose|from|head|\d{1,3}\b|(?:[\w'’-]+\s+){0,6}?(?:"
    + "|".join(sorted(PERSON_NOUNS))
    + r")\b)",
    re.IGNORECASE,
)
"""How an apposition begins."""


def role_of(apposition: str) -> tuple[str, str]:
    """Role and organisation of an apposition; `("", "")` when it is no role. The organisation is empty where it is
    not named, or is a place."""
    text = re.sub(r"\Awho\s+(?:is|was)\s+", "", " ".join(apposition.split()))
    text = re.sub(r"\A(?:also\s+|now\s+|currently\s+)?(?:(?:the|an?|one of the)\s+)?", "", text)
    text = re.split(r"\s(?:who|which|that|and is|and was)\s", text)[0]
    words = text.split()
    head = next((n for n, word in enumerate(words) if is_person_noun(plain(word)) and not word.endswith("'s")), None)
    if head is None or re.match(r"(?:who|whose|which)\b", text):
        return "", ""
    if plain(words[head]) in FAMILY:
        return bare_role(text), ""  # Wang's wife
    if (own := _GENERIC.match(text)) and has_person_noun(own["role"]):
        return role_of(own["role"])
    owner = _OWNER.match(text)
    if owner and has_person_noun(owner["role"]) and not _PLACE.search(owner["role"]):
        role, organisation = role_of(owner["role"])
        return role, organisation or bare(owner["owner"])
    return _held(text, head)


def _held(text: str, head: int) -> tuple[str, str]:
    """`text`, whose word of that index is the role's noun, cut where the organisation begins."""
    cuts = [m for m in _OF.finditer(text) if len(text[: m.start()].split()) > head]
    if not cuts:
        return bare_role(text), ""
    cut = cuts[0]
    if cut["of"] == "from":  # a student from Pakistan at North University
        cut = next((m for m in cuts if m["of"] == "at"), cut)
    role = text[: cut.start()]
    organisation = re.sub(r"\A(?:the\s+)?(?:[A-Z][\w']*-based\s+)?", "", text[cut.end() :])
    of_place = plain(role.split()[-1]) in _OF_PLACES
    if _VAGUE.fullmatch(organisation):
        return bare_role(text if of_place or organisation.startswith("charge") else role), ""
    if _is_place(organisation) or ((of_place or cut["of"] in ("in", "from")) and not organised(organisation)):
        return bare_role(text), ""  # the Party chief of Shanxi, a teacher in Linfen
    return (bare_role(role), organisation) if _says_which(organisation) else (bare_role(text), "")


def _is_place(name: str) -> bool:
    governed = re.search(r"government|bureau", name)
    return bool(named(name)) or name in _KNOWN_PLACES or (bool(_PLACE.search(name)) and not governed)


def _says_which(organisation: str) -> bool:
    """False for `a logistics company`, `the factory`: the text does not say which."""
    return not re.match(r"an?\s", organisation) and bool(re.search(r"[A-Z]|['’]s\b", organisation))


def bare_role(role: str) -> str:
    """A role without its article."""
    return re.sub(r"\A(?:the|an?|its|their)\s+", "", role.strip())


def after_name(text: str, at: int) -> tuple[str, str]:
    """Role and organisation of what follows a name after a comma at `at`; `("", "")` when it is no role."""
    found = re.match(
        r",\s+([^,;:()—–]{2,160}?)(?=[,;:()—–]|[.!?](?:\s|\Z)|\Z|\s(?:who|which|said|says|told)\b)", text[at : at + 200]
    )
    if not found or not APPOSED.match(found[1]):
        return "", ""
    age = re.fullmatch(r"\d{1,3}", found[1].strip())
    if age:
        return after_name(text, at + found.end())
    return role_of(found[1])
