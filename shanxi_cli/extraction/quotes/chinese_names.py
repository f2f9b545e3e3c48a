"""Speakers in Chinese: names with their offices, organisations, people without a name, pronouns.

李晓燕                          a name: family name, then one or two characters
临河机械有限公司总经理李晓燕        organisation, office, name
张女士 · 老李                    a family name with a form of address
专家 · 一位村民 · 省统计局         people without a name, an organisation
她 · 该公司                      words that refer back
"""

import re

from shanxi_cli.extraction.quotes.noun_phrase import NounPhrase, PhraseKind
from shanxi_cli.util.lexicon import load_terms
from shanxi_cli.util.unicode import HAN

HAN_PATTERN = re.compile(f"[{HAN}]")
_SURNAMES = load_terms("extraction/chinese_surnames")
ROLES_OF_PEOPLE = load_terms("extraction/chinese_roles")
"""Offices and occupations."""
_PERSON_NOUNS = load_terms("extraction/chinese_person_nouns") | ROLES_OF_PEOPLE
_ORGANISATION_ENDINGS = load_terms("extraction/chinese_organisation_endings")
_UNIQUE_BODIES = load_terms("extraction/chinese_unique_bodies")
_TRANSLITERATION = load_terms("extraction/chinese_transliteration")
_NO_NAMES = load_terms("extraction/chinese_non_names")
_NO_SPEAKERS = load_terms("extraction/chinese_nobody_words")
_PRONOUNS = {"他": "he", "她": "she", "他们": "they", "她们": "they", "它": "it", "他們": "they", "她們": "they"}
_QUANTITY_PATTERN = re.compile(
    r"(?:有|另)?(?:(?:一|两|兩|几|幾|数|數|多|不少|许多|許多|部分|这|這|那|该|該|众|眾)(?:位|名|个|個|些|家)?)"
)
_ADDRESS_PATTERN = re.compile(
    r"(?:老|小)?(?P<family>.{1,2}?)(?:先生|女士|小姐|大爷|大妈|阿姨|师傅|老师|老師|某某?|某)\Z"
)
_FOREIGN_PATTERN = re.compile(rf"[{HAN}]{{1,7}}(?:[·•][{HAN}A-Z.]{{1,9}})+\Z")
_LONGEST_ROLE = max(map(len, ROLES_OF_PEOPLE))
MAX_SPEAKER_CHARACTERS = 40


def is_name_in_characters(word: str) -> bool:
    """Return True for a Chinese name in characters: a family name and a given name of one or two."""
    family = word[:2] if word[:2] in _SURNAMES and len(word) > 2 else word[:1]
    given = word[len(family) :]
    return (
        family in _SURNAMES
        and 0 < len(given) < 3
        and given not in _PERSON_NOUNS
        and word not in _NO_NAMES
        and word not in _PERSON_NOUNS
    )


def parse_chinese_speaker(words: str, at: int) -> NounPhrase | None:
    """Return the speaker that `words`, at an offset of the text, are as a whole; None for none."""
    if not words or len(words) > MAX_SPEAKER_CHARACTERS or words in _NO_SPEAKERS:
        return None
    end = at + len(words)
    if pronoun := _PRONOUNS.get(words):
        return NounPhrase(PhraseKind.PRONOUN, at, end, pronoun)
    if is_name_in_characters(words) or _FOREIGN_PATTERN.fullmatch(words):
        return NounPhrase(PhraseKind.NAME, at, end, words)
    if named := _parse_name_and_office(words, at):
        return named
    if named := _parse_office_and_name(words, at):
        return named
    return _parse_unnamed(words, at)


def _parse_office_and_name(words: str, at: int) -> NounPhrase | None:
    """Parse `临河机械有限公司总经理李晓燕`: the name, the office before it, the organisation before that."""
    for size in (3, 2, 4, *range(5, 14)):
        name, before = words[-size:], words[:-size]
        if not before or len(name) < size:
            continue
        foreign = _FOREIGN_PATTERN.fullmatch(name) or (size < 7 and set(name) <= _TRANSLITERATION)
        whole = is_name_in_characters(name) or foreign
        role = _find_role_at_end(before)
        if whole and role:
            organisation = before[: len(before) - len(role)]
            organisation = organisation if ends_like_organisation(organisation) else ""
            return NounPhrase(
                PhraseKind.NAME, at + len(before), at + len(words), name, role, organisation, title=role, lead_start=at
            )
    return None


def _parse_name_and_office(words: str, at: int) -> NounPhrase | None:
    """Parse `张伟董事长`: the name, the office behind it. `李医生` has no more than the family name."""
    if words[1:] in ROLES_OF_PEOPLE:
        return None
    for size in (3, 2, 4):
        if words[size:] in ROLES_OF_PEOPLE and is_name_in_characters(words[:size]):
            return NounPhrase(PhraseKind.NAME, at, at + size, words[:size], words[size:])
    return None


def _find_role_at_end(words: str) -> str:
    """Return the longest office that ends `words`, with offices joined to it; an empty string for none."""
    for size in range(min(_LONGEST_ROLE, len(words)), 1, -1):
        if words[-size:] in ROLES_OF_PEOPLE:
            before = words[:-size].rstrip("、兼")
            joined = _find_role_at_end(before) if before != words[:-size] else ""
            return words[len(before) - len(joined) :] if joined else words[-size:]
    return ""


def ends_like_organisation(words: str) -> bool:
    """Return True for the name of an organisation, by its last characters."""
    return len(words) > 1 and any(words[-size:] in _ORGANISATION_ENDINGS for size in range(min(5, len(words)), 0, -1))


def _parse_unnamed(words: str, at: int) -> NounPhrase | None:
    """Parse an organisation, a form of address, or people without a name."""
    end = at + len(words)
    quantity = _QUANTITY_PATTERN.match(words)
    bare = words[quantity.end() :] if quantity else words
    bare = (bare if bare.startswith(("有关", "有關")) else bare.removeprefix("有")).removeprefix("的")
    refers = words[:1] in "该該" or words[:2] in ("这家", "這家", "这位", "這位")
    address = _ADDRESS_PATTERN.fullmatch(words)
    if address and address["family"] in _SURNAMES:
        return NounPhrase(PhraseKind.NAME, at, end, words, title=words[len(address["family"]) :])
    if words[0] in _SURNAMES and words[1:] in ROLES_OF_PEOPLE:
        return NounPhrase(PhraseKind.NAME, at, end, words, title=words[1:])  # 李医生
    if len(words) == 2 and words[0] in "老小" and words[1] in _SURNAMES:
        return NounPhrase(PhraseKind.NAME, at, end, words, title=words[0])
    if any(bare[-size:] in _PERSON_NOUNS for size in range(min(6, len(bare)), 1, -1)) or bare.endswith(("们", "們")):
        kind = PhraseKind.DESCRIPTION if refers else PhraseKind.PEOPLE
        return NounPhrase(kind, at, end, bare, definite=refers)
    definite = refers or (len(bare) < 3 and bare not in _UNIQUE_BODIES)
    if ends_like_organisation(bare) and (not quantity or refers):
        return NounPhrase(PhraseKind.ORGANISATION, at, end, bare, organisation=bare, definite=definite)
    return None
