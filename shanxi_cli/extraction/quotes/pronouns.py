"""The person a pronoun refers to: the subject of the nearest sentence that fits, or who spoke last."""

from collections.abc import Callable

from shanxi_cli.extraction.quotes.mention_timeline import Mention, MentionTimeline
from shanxi_cli.extraction.quotes.people_index import TextPosition

_MAX_PARAGRAPHS_TO_SPEAKER = 2
_MAX_TITLE = 20
"""Characters before a name that is not explained, if it begins its sentence: `But Senator Garrow`."""
_MAX_CANDIDATES = 50
"""People of the sentences nearby above which a pronoun means none of them in particular."""


def find_antecedent(
    timeline: MentionTimeline,
    place: TextPosition,
    speaker: tuple[TextPosition, str] | None,
    fits: Callable[[str], bool],
    *,
    goes_on: bool,
) -> str:
    """Return the person that a pronoun at a place refers to; an empty string where several or none may be meant.

    `speaker` is who spoke last, where, if he or she fits; `goes_on` is True where the verb says that the same person
    speaks on (`he added`). An empty name is passed to `fits` for a mention that may be of anybody.
    """
    if speaker and place[0] - speaker[0][0] > _MAX_PARAGRAPHS_TO_SPEAKER:
        speaker = None
    if speaker and goes_on:
        return _find_later_subject(timeline, place, speaker, fits)
    mentioned: dict[str, None] = {}
    count = 0
    for paragraph, mentions in timeline.sentences_before(place):
        fitting = [one for one in mentions if fits(one.name)]
        if speaker and (paragraph, mentions[0].sentence) <= speaker[0]:
            return speaker[1]
        if subject := _choose_subject(fitting):
            objects = {one.name for one in fitting if one.is_object}
            return subject.name if objects <= {subject.name} else ""
        mentioned |= dict.fromkeys(one.name for one in fitting)
        count += len(mentions)
        if count > _MAX_CANDIDATES:
            return ""
    if speaker:
        return speaker[1]
    return next(iter(mentioned)) if len(mentioned) == 1 else ""


def _find_later_subject(
    timeline: MentionTimeline, place: TextPosition, speaker: tuple[TextPosition, str], fits: Callable[[str], bool]
) -> str:
    """Return who spoke last, or the person with whom the sentence before a place begins, if that comes later."""
    paragraph, mentions = next(timeline.sentences_before(place), (-1, []))
    if paragraph != place[0] or (paragraph, mentions[0].sentence) <= speaker[0]:
        return speaker[1]
    subject = mentions[0]
    opens = subject.opens or (not subject.name and subject.offset - subject.sentence < _MAX_TITLE)
    return subject.name if opens and fits(subject.name) else speaker[1]


def _choose_subject(mentions: list[Mention]) -> Mention | None:
    """Return the subject of a sentence among its mentions: at its beginning, else of its first clause."""
    opening = next((one for one in mentions if one.opens), None)
    return opening or next((one for one in mentions if one.subject), None)
