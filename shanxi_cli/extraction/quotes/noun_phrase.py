"""The record of a noun phrase that names a speaker."""

from enum import Enum
from typing import NamedTuple


class PhraseKind(Enum):
    """The kind of speaker that a noun phrase names."""

    NAME = "name"  # of a person, in full or in part, or of something whose kind the text does not tell
    PRONOUN = "pronoun"
    DESCRIPTION = "description"  # one person by what he or she is: the executive, a county official
    PEOPLE = "people"  # several, without names: officials, many of the visitors
    ORGANISATION = "organisation"


class NounPhrase(NamedTuple):
    """A noun phrase: half-open, in characters, into the text it was read from.

    `name` is without titles and articles. `role` and `organisation` are those that the phrase itself gives a person.
    `definite` is True after `the`: it refers back. `lead_start` is where a description before the name begins
    (`the girl, Zhou Ting,`), -1 for none.
    """

    kind: PhraseKind
    start: int
    end: int
    name: str
    role: str = ""
    organisation: str = ""
    definite: bool = False
    title: str = ""
    lead_start: int = -1
