"""Who speaks, as printed: the noun phrase that ends before a verb of saying, or that begins after `according to`.

    Yang Xia · Wang Li of the tourism bureau                     a name
    Mayor Li Ming · Party secretary Zhang Shuai                  a title, a role before the name
    he · the executive · local officials · many of the visitors   a pronoun, a description, people without a name
    the Shanxi Department of Commerce · the bureau                an organisation

It reads words, not grammar: what it does not recognise is nobody.
"""

import re
from enum import Enum

from shanxi_cli.extraction.quotes.lexicon import (
    ADVERBS,
    AUXILIARIES,
    DOCUMENTS,
    ORGANISATION_NOUNS,
    PERSON_NOUNS,
    PLURAL,
    PREPOSITIONS,
    PRONOUNS,
    SMALL,
    TITLES,
    WORD,
)
from shanxi_cli.extraction.quotes.noun_classes import bare, is_organisation, is_person_noun, organised, plain
from shanxi_cli.extraction.quotes.person_names import CAPITAL, is_chinese
from shanxi_cli.extraction.quotes.quotation_marks import MASK
from shanxi_cli.extraction.quotes.roles import bare_role, role_of
from shanxi_cli.util.frozen_record import Record


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
    person. `definite` is True after `the`: it was spoken of before. `lead` is where a description before the name
    begins (`the girl, Zhou Ting,`), -1 for none.
    """

    kind: Kind
    start: int
    end: int
    name: str
    role: str = ""
    organisation: str = ""
    definite: bool = False
    title: str = ""
    lead: int = -1


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
_LISTED = re.compile(rf"{CAPITAL},?\s+(?:and|or)\s+\Z|\b[Tt]he\s+\Z")
"""Before a name: it is the last of a list (`tourists from Beijing, Tianjin and Hebei said`), and not the subject;
or after an article it is no name."""
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
    return parse(shorter.rstrip(), at) or parse(chunk.rstrip(), at)


def phrase_before(text: str, at: int) -> Phrase | None:
    """The noun phrase that ends at `at`, of the longest the one with the most words; None when nobody is recognised."""
    low = max(0, at - MAX_CHARACTERS)
    chunk = text[low:at].rstrip()
    stops = list(re.finditer(rf"[,;:()\[\]—–{MASK}]|(?<!\b[MD]r)(?<!\bMs)(?<!\bMrs)(?<!\bProf)[.!?]\s", chunk))
    begin = stops[-1].end() if stops else 0
    starts = [m.start() for m in re.finditer(r"\S+", chunk[begin:])][-MAX_WORDS:]
    for start in starts:
        found = parse(chunk[begin + start :], low + begin + start)
        if found:
            single = found.kind is Kind.NAME and " " not in found.name
            return None if single and _LISTED.search(chunk[: begin + start]) else found
    return None


def parse(chunk: str, at: int) -> Phrase | None:
    """The phrase that `chunk` as a whole is, None for none; `at` is where it stands."""
    if not chunk:
        return None
    end = at + len(chunk)
    if pronoun := PRONOUNS.get(chunk.lower()):
        return Phrase(Kind.PRONOUN, at, end, pronoun)
    if found := _TITLED.match(chunk):
        title = found["title"]
        role = "" if re.fullmatch(r"(?:Dr|Mr|Mrs|Ms|Miss|Prof|Sir|Madam)\.?", title) else title
        return Phrase(Kind.NAME, at, end, bare(found["name"]), role=role, title=title)
    if (found := _NAMED.match(chunk)) and (named := _named(found["name"], bool(found["the"]), at, end)):
        return named
    return _with_role_before(chunk, at) or _of_organisation(chunk, at) or _described(chunk, at)


_BEARER = re.compile(rf"(?P<name>{CAPITAL}(?:\s+{CAPITAL}){{1,2}})\s+(?:of|from|with|at)\s+(?P<of>[^,;:]+)\Z")


def _of_organisation(chunk: str, at: int) -> Phrase | None:
    """`Wang Li of the county's tourism bureau`."""
    found = _BEARER.match(chunk)
    if not found or not is_chinese(found["name"]) or any(plain(w) in AUXILIARIES for w in found["of"].split()):
        return None
    organisation = re.sub(r"\Athe\s+", "", found["of"]) if organised(found["of"]) else ""
    return Phrase(Kind.NAME, at, at + len(chunk), found["name"], organisation=organisation)


def _named(name: str, definite: bool, at: int, end: int) -> Phrase | None:
    words = name.split()
    if words[0].lower() in SMALL or words[0].lower() in ADVERBS:
        return None  # But, However, In: the first word of a sentence
    if titled := _with_title(words):
        role, bearer = titled
        return Phrase(Kind.NAME, end - len(bearer), end, bare(bearer), role=role, title=role)
    last = re.split(r"\s(?:of|for|in|at)\s", name)[0].split()[-1].lower().rstrip(".")
    if "and" in words and not definite and not is_organisation(last) and last not in PLURAL:
        return Phrase(Kind.PEOPLE, at, end, name) if all(map(is_chinese, name.split(" and "))) else None
    if is_person_noun(last):
        return None if len(words) == 1 else Phrase(Kind.PEOPLE, at, end, name) if last in PLURAL else None
    if words[-1].lower() in ("province", "county", "city", "village", "district", "town", "people"):
        return None
    of_organisation = is_organisation(last) or definite
    kind = Kind.ORGANISATION if of_organisation and not is_chinese(name) else Kind.NAME
    if definite and len(words) == 1 and re.search(r"(?:an|ese|ish)\Z", name):
        return Phrase(Kind.DESCRIPTION, at, end, name, definite=True)  # the Russian
    if kind is Kind.ORGANISATION and len(words) == 1 and not is_organisation(last):
        return None  # the Chinese, the Internet
    return Phrase(kind, at, end, bare(name), definite=definite)


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
            if is_organisation(name.split()[-1].lower()):
                continue
            role = _DETERMINER.sub("", before, count=1) if before.split()[0].lower() in SMALL else before
            if all(w.lower() not in SMALL for w in role.split()) and not re.match(r"\d", role):
                return Phrase(Kind.NAME, at + words[-size][0], at + len(chunk), bare(name), role=bare_role(role))
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
    noun, after = plain(words[head]), words[head + 1 :]
    if noun in DOCUMENTS:
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
    if kind is Kind.ORGANISATION:
        shown = re.sub(r"\A(?:official|state-run|local)\s+(?=[A-Z])", "", shown)
    return Phrase(kind, at, at + len(chunk), _uncapitalised(shown), role, organisation, definite)


def _uncapitalised(words: str) -> str:
    """The words of a description without the capital of a sentence's beginning; that of a name stays."""
    first = words.split()[0].lower()
    plain = first in SMALL or first in _PLAIN or is_person_noun(first) or first in ORGANISATION_NOUNS
    return words[0].lower() + words[1:] if plain else words


def _head(words: list[str]) -> int | None:
    """The index of the noun for a speaker that the words before it belong to and phrases after it follow."""
    for n, word in enumerate(words):
        noun = plain(word)
        known = is_person_noun(noun) or noun in ORGANISATION_NOUNS
        rest = words[n + 1 :]
        if known and not word.endswith(("'s", "’s", "’")) and (not rest or rest[0] in PREPOSITIONS or rest[0] == "and"):
            if any(plain(w) in AUXILIARIES for w in rest):
                return None
            if rest[:1] == ["and"] and not (len(rest) > 1 and _head(rest[1:]) is not None):
                return None
            return n
        if noun in SMALL or noun in PREPOSITIONS or not WORD.match(word):
            return None
        if noun.endswith("ly") or noun in AUXILIARIES:
            return None
    return None
