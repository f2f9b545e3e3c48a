"""Findings of an examination: the result of each check, with what to do."""

from enum import Enum
from typing import NamedTuple


class FindingState(Enum):
    """Severity of a finding."""

    SOUND = "ok"
    NOTED = "note"  # not an error, but worth knowing
    WRONG = "wrong"


class Finding(NamedTuple):
    """Result of one check: its subject, its state, a message, and advice (empty if there is nothing to do)."""

    subject: str
    state: FindingState
    message: str
    advice: str = ""
