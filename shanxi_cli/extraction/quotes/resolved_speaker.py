"""The record of a resolved speaker, and the words that decide how one is identified."""

from typing import NamedTuple

from shanxi_cli.extraction.quotes.lexicon import PERSON_NOUNS, SPEAKING_DOCUMENTS
from shanxi_cli.extraction.quotes.noun_classes import names_organisation
from shanxi_cli.extraction.quotes.noun_phrase import NounPhrase
from shanxi_cli.extraction.quotes.person_names import is_chinese_name
from shanxi_cli.model.quote import SpeakerBasis


class ResolvedSpeaker(NamedTuple):
    """The speaker that a phrase refers to.

    `name` is empty when it stays open; for people without a name it is their description.
    """

    name: str
    role: str
    organisation: str
    basis: SpeakerBasis


def choose_basis(name: str, phrase: NounPhrase) -> SpeakerBasis:
    """Return the basis of a name that nothing introduces."""
    if is_chinese_name(name) or phrase.title or phrase.role:
        return SpeakerBasis.FULL_NAME
    return SpeakerBasis.ORGANISATION if names_organisation(name) else SpeakerBasis.NAME


def head_noun_of(name: str) -> str:
    """Return the noun of a description: `official` of `county official`."""
    words = name.lower().split()
    if words[0].endswith("-old"):
        return words[0]
    return next((word for word in words if word in PERSON_NOUNS or word in SPEAKING_DOCUMENTS), words[-1])
