"""Who speaks, as printed: the noun phrase that ends before a verb of saying, or that begins after `according to`.

    Yang Xia, founder and board chairwoman of Jinbo Biology,      a name with what is said of its bearer
    Mayor Li Ming · Party secretary Zhang Shuai                  a title, a role before the name
    he · the executive · local officials · many of the visitors   a pronoun, a description, people without a name
    the Shanxi Department of Commerce · the bureau                an organisation

It reads words, not grammar: what it does not recognise is nobody.
"""

import re
from enum import Enum

from shanxi_cli.language.speech.names import CAPITAL, is_chinese
from shanxi_cli.language.speech.quotations import MASK
from shanxi_cli.language.speech.words import (
    ADVERBS,
    AUXILIARIES,
    DOCUMENTS,
    FAMILY,
    NAMED_ORGANISATION,
    ORGANISATION_NOUNS,
    PERSON_NOUNS,
    PLURAL,
    PREPOSITIONS,
    PRONOUNS,
    SMALL,
    TITLES,
    WORD,
)
from shanxi_cli.record import Record, replace


class Kind(Enum):
    """What a noun phrase names."""

    NAME = "name"  # of a person, in full or in part, or of something whose kind the text does not tell
    PRONOUN = "pronoun"
    DESCRIPTION = "description"  # one person by what he or she is: the executive, a county official
    PEOPLE = "people"  # several, without names: officials, many of the visitors
    ORGANISATION = "organisation"


class Phrase(Record):
    """A noun phrase: half-open, in characters, into the text it was read from, with the name or words alone.

    `name` is without titles and articles. `role` and `organisation` are what the phrase itself says of a
    person. `definite` is True after `the`: it was spoken of before.
    """

    kind: Kind
    start: int
    end: int
    name: str
    role: str = ""
    organisation: str = ""
    definite: bool = False
    title: str = ""


_TITLED = re.compile(rf"(?P<title>{TITLES}(?:\s+{TITLES})*)\s+(?P<name>{CAPITAL}(?:\s+{CAPITAL}){{0,3}})\Z")
_NAMED = re.compile(
    rf"(?P<the>[Tt]he\s+)?(?P<name>{CAPITAL}(?:\s+(?:(?:of|and|for|de|van|von|der|bin|al|&)\s+(?:the\s+)?)?"
    rf"(?:{CAPITAL}|[A-Z]\.|\d+))*)\Z"
)
_QUANTITY = re.compile(
    r"(?:(?:(?:more|less|fewer) than |over |about |nearly |almost )?(?:half|a third|two-thirds|\d+ percent)|some|many|"
    r"several|most|both|one|two|three|four|five|a few|a number|all|dozens|hundreds|each|few)\s+of\s+",
    re.IGNORECASE,
)
_DETERMINER = re.compile(
    r"(?:the|an?|another|one|some|many|several|few|most|other|all|both|its|their|his|her|our|two|three|four|five|these|"
    r"those|this|that|local)\s+",
    re.IGNORECASE,
)
_PLAIN = frozenset("local provincial official municipal more less over about nearly half village rural senior".split())
"""Other words that are no names, at the beginning of a description."""
_LISTED = re.compile(rf"{CAPITAL},?\s+(?:and|or)\s+\Z")
"""Before a name: it is the last of a list (`tourists from Beijing, Tianjin and Hebei said`), and not the subject."""
_STOP = re.compile(
    rf"[,;:()\[\]—–{MASK}]|(?<!\b[A-Z])\.(?!\w)|[!?]|\s-\s|\s(?:who|which|that|when|as|while|where|but|is|are|was|were|"
    r"has|have|had|will|would|can|could)\b"
)
_TAIL = re.compile(
    r"\s+(?:on|in|at|during|after|before|following|through|via|to|last|this|with|by|for)\s+"
    r"(?:(?:an?|the|his|her|their|its|recent|last|this|exclusive)\s+)*"
    r"(?:[A-Z][a-z]+day|January|February|March|April|May|June|July|August|September|October|November|December|\d{4}|"
    r"interview|news|press|statement|speech|conference|meeting|ceremony|forum|report|letter|week|month|year|briefing|email|"
    r"reporters|essay|article|phone|China Daily|Xinhua)\b.*\Z"
    r"|\s+(?:yesterday|today|recently|earlier|here|there|[A-Z][a-z]+day)\b.*\Z",
    re.DOTALL,
)
MAX_WORDS = 16
"""Words of the longest phrase that is read."""
MAX_CHARACTERS = 160


def phrase_after(text: str, at: int) -> Phrase | None:
    """The noun phrase that begins at `at` (or after white space there); None when no speaker is recognised."""
    while at < len(text) and text[at].isspace():
        at += 1
    chunk = text[at : at + MAX_CHARACTERS]
    stop = _STOP.search(chunk)
    chunk = chunk[: stop.start()] if stop else chunk
    shorter = _TAIL.sub("", chunk)
    return _parse(shorter.rstrip(), at) or _parse(chunk.rstrip(), at)


def phrase_before(text: str, at: int) -> Phrase | None:
    """The noun phrase that ends at `at`, of the longest the one with the most words; None when nobody is recognised."""
    low = max(0, at - MAX_CHARACTERS)
    chunk = text[low:at].rstrip()
    stops = list(re.finditer(rf"[,;:()\[\]—–{MASK}]|[.!?]\s", chunk))
    begin = stops[-1].end() if stops else 0
    starts = [m.start() for m in re.finditer(r"\S+", chunk[begin:])][-MAX_WORDS:]
    for start in starts:
        found = _parse(chunk[begin + start :], low + begin + start)
        if found:
            listed = found.kind is Kind.NAME and " " not in found.name and _LISTED.search(chunk[: begin + start])
            return None if listed else found
    return None


def _parse(chunk: str, at: int) -> Phrase | None:
    """The phrase that `chunk` as a whole is; `at` is where it stands."""
    if not chunk:
        return None
    end = at + len(chunk)
    if pronoun := PRONOUNS.get(chunk.lower()):
        return Phrase(Kind.PRONOUN, at, end, pronoun)
    if found := _TITLED.match(chunk):
        title = found["title"]
        role = "" if re.fullmatch(r"(?:Dr|Mr|Mrs|Ms|Miss|Prof|Sir|Madam)\.?", title) else title
        return Phrase(Kind.NAME, at, end, _bare(found["name"]), role=role, title=title)
    if (found := _NAMED.match(chunk)) and (named := _named(found["name"], bool(found["the"]), at, end)):
        return named
    return _with_role_before(chunk, at) or _described(chunk, at)


def _named(name: str, definite: bool, at: int, end: int) -> Phrase | None:
    words = name.split()
    if words[0].lower() in SMALL or words[0].lower() in ADVERBS:
        return None  # But, However, In: the first word of a sentence
    if titled := _with_title(words):
        role, bearer = titled
        return Phrase(Kind.NAME, end - len(bearer), end, _bare(bearer), role=role, title=role)
    last = re.split(r"\s(?:of|for|in|at)\s", name)[0].split()[-1].lower().rstrip(".")
    if "and" in words and not definite and last not in ORGANISATION_NOUNS | NAMED_ORGANISATION | PLURAL:
        return Phrase(Kind.PEOPLE, at, end, name) if all(map(is_chinese, name.split(" and "))) else None
    if _is_person_noun(last):
        return None if len(words) == 1 else Phrase(Kind.PEOPLE, at, end, name) if last in PLURAL else None
    if words[-1].lower() in ("province", "county", "city", "village", "district", "town", "people"):
        return None
    of_organisation = last in ORGANISATION_NOUNS or last in NAMED_ORGANISATION or definite
    kind = Kind.ORGANISATION if of_organisation and not is_chinese(name) else Kind.NAME
    if (
        kind is Kind.ORGANISATION
        and len(words) == 1
        and definite
        and last not in ORGANISATION_NOUNS | NAMED_ORGANISATION
    ):
        return None  # the Chinese, the Internet
    return Phrase(kind, at, end, _bare(name), definite=definite)


def _with_title(words: list[str]) -> tuple[str, str] | None:
    """Role and name of `Board Chairman Zhang Wenhe`, `Jinbo Chairwoman Yang Xia`: a title in capitals before a name."""
    for n in range(len(words) - 2, -1, -1):
        if words[n].lower() in PERSON_NOUNS and len(words) - n - 1 <= 3 and "of" not in words[n:]:
            bearer = " ".join(words[n + 1 :])
            if is_chinese(bearer) or len(words) - n - 1 > 1:
                return " ".join(words[: n + 1]), bearer
    return None


def _with_role_before(chunk: str, at: int) -> Phrase | None:
    """`Party secretary Zhang Shuai`, `company president Wang Li`, `Taiyuan Mayor Li Ming`."""
    words = [m.span() for m in re.finditer(r"\S+", chunk)]
    for size in (2, 3, 1):
        if len(words) <= size:
            continue
        name, before = chunk[words[-size][0] :], chunk[: words[-size - 1][1]]
        run = re.fullmatch(rf"{CAPITAL}(?:\s+{CAPITAL})*", name)
        head = before.split()[-1].lower()
        if run and head in PERSON_NOUNS and (size > 1 or len(words) == 2 or (words[0] and before.split()[0].islower())):
            role = _DETERMINER.sub("", before, count=1) if before.split()[0].lower() in SMALL else before
            if all(w.lower() not in SMALL for w in role.split()) and not re.match(r"\d", role):
                return Phrase(Kind.NAME, at + words[-size][0], at + len(chunk), _bare(name), role=_bare_role(role))
    return None


def _described(chunk: str, at: int) -> Phrase | None:
    """Words before a noun for people or for an organisation, and phrases with prepositions after it."""
    if aged := re.fullmatch(r"(?P<the>[Tt]he\s+|[Aa]n?\s+)(?P<name>[\w-]+-years?-old(?:\s+[a-z]+)?)", chunk):
        return Phrase(Kind.DESCRIPTION, at, at + len(chunk), aged["name"], definite=aged["the"].lower() == "the ")
    quantity = _QUANTITY.match(chunk)
    rest = chunk[quantity.end() :] if quantity else chunk
    determiner = _DETERMINER.match(rest)
    words = rest[determiner.end() :].split() if determiner else rest.split()
    head = _head(words)
    if head is None or len(words) > MAX_WORDS:
        return None
    noun, after = _plain(words[head]), words[head + 1 :]
    document = noun in DOCUMENTS
    if document:
        return None
    article = (determiner.group().strip().lower() if determiner else "") if not quantity else ""
    definite = article in ("the", "this", "that", "these", "those")
    many = bool(quantity) or noun in PLURAL or (after[:1] == ["and"])
    if noun in ORGANISATION_NOUNS and noun not in PLURAL:
        kind = Kind.ORGANISATION
    else:
        kind = Kind.PEOPLE if many else Kind.DESCRIPTION
    if kind is Kind.DESCRIPTION and not article and not any(w[:1].isupper() or w.endswith("'s") for w in words[:head]):
        return None  # `mother said` has no article only in other languages, or is part of something longer
    shown = chunk if quantity else rest[determiner.end() :] if determiner and article in ("the", "a", "an") else rest
    role, organisation = role_of(" ".join(words)) if kind is Kind.DESCRIPTION else ("", "")
    if kind is Kind.PEOPLE:
        _, organisation = role_of(" ".join(words))
        role = ""
    return Phrase(kind, at, at + len(chunk), _uncapitalised(shown), role, organisation, definite)


def _uncapitalised(words: str) -> str:
    """The words of a description without the capital of a sentence's beginning; that of a name stays."""
    first = words.split()[0].lower()
    plain = first in SMALL or first in _PLAIN or _is_person_noun(first) or first in ORGANISATION_NOUNS
    return words[0].lower() + words[1:] if plain else words


def _head(words: list[str]) -> int | None:
    """The index of the noun for a speaker that the words before it belong to and phrases after it follow."""
    for n, word in enumerate(words):
        noun = _plain(word)
        known = _is_person_noun(noun) or noun in ORGANISATION_NOUNS
        rest = words[n + 1 :]
        if known and not word.endswith(("'s", "’s", "’")) and (not rest or rest[0] in PREPOSITIONS or rest[0] == "and"):
            if any(_plain(w) in AUXILIARIES for w in rest):
                return None
            if rest[:1] == ["and"] and not (len(rest) > 1 and _head(rest[1:]) is not None):
                return None
            return n
        if noun in SMALL or noun in PREPOSITIONS or not WORD.match(word):
            return None
        if noun.endswith("ly") or noun in AUXILIARIES:
            return None
    return None


def _is_person_noun(noun: str) -> bool:
    return noun in PERSON_NOUNS or noun in PLURAL


def _plain(word: str) -> str:
    return re.sub(r"['’]s?\Z", "", word).lower()


def _bare(name: str) -> str:
    return re.sub(r"['’]s\Z", "", " ".join(name.split()))


# What an apposition says of a person

_PLACE_ROLES = frozenset(
    "resident villager native farmer worker mayor governor magistrate secretary citizen student".split()
)
_PLACES = re.compile(r"\b(?:village|county|city|town|province|district|township|community)\b")
_OF = re.compile(r"\s+(?:of|at|in|from|with|for)\s+")


def role_of(apposition: str) -> tuple[str, str]:
    """Role and organisation of an apposition: `deputy general manager of Huayang Jolywood`, `the company's chairman`.

    A village or county that somebody is resident or secretary of stays in the role. `("", "")` when it is no role.
    """
    text = re.sub(r"\Awho\s+(?:is|was)\s+", "", " ".join(apposition.split()))
    text = re.sub(r"\A(?:also\s+|now\s+|currently\s+)?(?:(?:the|an?|one of the)\s+)?", "", text)
    text = re.split(r"\s(?:who|which|that|and is|and was)\s", text)[0]
    if re.match(r"(?:who|whose|which)\b", text):
        return "", ""
    words = text.split()
    head = next((n for n, word in enumerate(words) if _is_person_noun(_plain(word)) and not word.endswith("'s")), None)
    if head is None:
        return "", ""
    if _plain(words[head]) in FAMILY:
        return _bare_role(text), ""  # Wang's wife
    own = re.match(
        r"(.*?(?:company|firm|group|bureau|village|university|zone|county|city|province)['’]s)\s+(.*)\Z", text
    )
    if own and own[2] and _is_person_noun_in(own[2]):
        return role_of(own[2])  # `the company's chairman`: which company, the phrase does not say
    owner = re.match(rf"(?P<owner>{CAPITAL}(?:\s+{CAPITAL})*)['’]s\s+(?P<role>.*)\Z", text)
    owner = owner or re.match(rf"(?P<owner>{CAPITAL}(?:\s+{CAPITAL})*)['’]s?\s+(?P<role>.*)\Z", text)
    if owner and _is_person_noun_in(owner["role"]) and not _PLACES.search(owner["role"]):
        role, organisation = role_of(owner["role"])
        return role, organisation or _bare(owner["owner"])
    cut = next((m for m in _OF.finditer(text) if len(text[: m.start()].split()) > head), None)
    if cut is None:
        return _bare_role(text), ""
    role, organisation = text[: cut.start()], text[cut.end() :]
    organisation = re.sub(r"\A(?:the\s+)?(?:[A-Z][\w']*-based\s+)?", "", organisation)
    last = _plain(role.split()[-1])
    of_place = _PLACES.search(organisation) and not re.search(
        "|".join(map(re.escape, ("government", "bureau"))), organisation
    )
    if re.match(r"an?\s", organisation) or not re.search(r"[A-Z]|\bcounty\b|\bcity\b|['’]s\b", organisation):
        return _bare_role(text), ""  # head of a logistics company: the text does not say which
    vague = re.fullmatch(
        r"(?:company|firm|group|village|county|city|bureau|zone|university|charge.*|province|area)", organisation
    )
    if vague:
        return (_bare_role(text) if last in _PLACE_ROLES or organisation.startswith("charge") else _bare_role(role)), ""
    if (
        of_place
        or (last in _PLACE_ROLES and not _organised(organisation))
        or not _organised(organisation, loosely=True)
    ):
        return _bare_role(text), ""
    return _bare_role(role), organisation


def _organised(phrase: str, loosely: bool = False) -> bool:
    """True for words that name an organisation; `loosely`: for any that have a name in them."""
    nouns = {_plain(word) for word in phrase.split()}
    return bool(nouns & (ORGANISATION_NOUNS | NAMED_ORGANISATION)) or (loosely and bool(re.search(r"[A-Z]", phrase)))


def _is_person_noun_in(text: str) -> bool:
    return any(_is_person_noun(_plain(word)) for word in text.split())


def _bare_role(role: str) -> str:
    return re.sub(r"\A(?:the|an?|its|their)\s+", "", role.strip())


_APPOSED = re.compile(
    r"(?:the|an?|one of|who|also|whose|from|head|\d{1,3}\b|(?:[\w'’-]+\s+){0,6}?(?:"
    + "|".join(sorted(PERSON_NOUNS))
    + r")\b)",
    re.IGNORECASE,
)


def named_before(text: str, at: int) -> Phrase | None:
    """`Bai Feng, chairman of Yinsheng,` before `at`: the name with the role that the apposition gives.

    None unless a comma stands there and, before the appositions, a name at the beginning of its clause.
    """
    low = max(0, at - 3 * MAX_CHARACTERS)
    chunk = text[low:at].rstrip()
    if not chunk.endswith(","):
        return None
    stops = list(re.finditer(rf"[;:()\[\]—–{MASK}]|(?<!\b[A-Z])[.!?]\s", chunk))
    begin = stops[-1].end() if stops else 0
    parts = [(m.start(), m.end()) for m in re.finditer(r"[^,]+", chunk[begin:-1])]
    if len(parts) > 1 and (bearer := _named_last(chunk, begin, parts, low)):
        return bearer
    for n in range(len(parts) - 2, -1, -1):
        start, end = parts[n]
        following = chunk[begin + parts[n + 1][0] : begin + parts[n + 1][1]].strip()
        piece = chunk[begin + start : begin + end]
        found = _apposed(piece, low + begin + start, following, first=n == 0)
        if found and found.kind is Kind.PEOPLE:
            return found
        if found:
            role, organisation = "", ""
            for later in range(n + 1, len(parts)):
                role, organisation = role_of(chunk[begin + parts[later][0] : begin + parts[later][1]])
                if role:
                    break
            return replace(found, role=found.role or role, organisation=found.organisation or organisation)
    return None


def _named_last(chunk: str, begin: int, parts: list[tuple[int, int]], low: int) -> Phrase | None:
    """`the company's president, Liu Yang,`: the name with the role before it."""
    (start, end), (last, stop) = parts[-2:]
    name = chunk[begin + last : begin + stop].strip()
    if not re.fullmatch(rf"{CAPITAL}(?:\s+{CAPITAL}){{1,3}}", name) or not (is_chinese(name) or len(parts) == 2):
        return None
    before = phrase_before(chunk[begin + start : begin + end], end - start)
    if before is None or before.kind is not Kind.DESCRIPTION:
        return None
    at = low + begin + last + 1
    return Phrase(Kind.NAME, at, at + len(name), name, before.role, before.organisation)


def _apposed(piece: str, at: int, following: str, first: bool) -> Phrase | None:
    joined = re.match(r"\s*(?:(?:and|but|while|whereas)\s+)?", piece)
    lead = joined.end() if joined else 0
    whole = _parse(piece[lead:].rstrip(), at + lead)
    found = whole or (phrase_before(piece, len(piece)) if first else None)
    if not found or found.kind is Kind.PRONOUN:
        return None
    if found.kind is Kind.PEOPLE:
        return found if whole and re.match(r"(?:most|many|some|all|mostly|including|who|both)\b", following) else None
    if not _APPOSED.match(following) and not is_chinese(found.name):
        return None
    if whole is None:
        found = replace(found, start=found.start + at, end=found.end + at)
        if not is_chinese(found.name) and len(found.name.split()) < 2:
            return None
    person = is_chinese(found.name) or found.title or len(found.name.split()) > 1
    if found.kind is Kind.NAME and not person and not re.match(r"(?:which|an?|the|who|\d)", following):
        return None
    if found.kind is Kind.DESCRIPTION and not re.match(r"who\b", following):
        return None
    return found


def after_name(text: str, at: int) -> tuple[str, str]:
    """Role and organisation of what follows a name after a comma at `at`; `("", "")` when it is no role."""
    found = re.match(
        r",\s+([^,;:()—–]{2,160}?)(?=[,;:()—–]|[.!?](?:\s|\Z)|\Z|\s(?:who|which|said|says|told)\b)", text[at : at + 200]
    )
    if not found or not _APPOSED.match(found[1]):
        return "", ""
    age = re.fullmatch(r"\d{1,3}", found[1].strip())
    if age:
        return after_name(text, at + found.end())
    return role_of(found[1])
