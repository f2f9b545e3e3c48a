"""Speech that goes on from one sentence or paragraph to the next, and whose speaker is named in another."""

import re
from collections.abc import Sequence

from shanxi_cli.extraction.quotes.lexicon import REPORTING_VERBS, SAYING_VERBS, SPEAKING_DOCUMENTS
from shanxi_cli.extraction.quotes.quotation_marks import Quotation, mask_quotations
from shanxi_cli.extraction.quotes.resolved_speaker import head_noun_of
from shanxi_cli.model.quote import Speaker, SpeakerBasis, Speech, SpeechRule, Voice
from shanxi_cli.model.results import Mark
from shanxi_cli.util.frozen_record import replace_fields


def mask_whole(paragraphs: Sequence[str], quoted: Sequence[Sequence[Quotation]]) -> list[str]:
    """Return the paragraphs with the quotations masked that are closed, or that the next paragraph continues."""
    following = [*quoted[1:], []]
    return [
        mask_quotations(text, [one for one in here if one.closed or (after and after[0].continued)]) if here else text
        for text, here, after in zip(paragraphs, quoted, following, strict=True)
    ]


def assign_speaker_to_open_quotations(speeches: list[Speech], source: Speech, paragraph: int, start: int = 0) -> None:
    """Give quotations without a speaker the one of `source`.

    They are those at the end of `speeches`, in one paragraph, from the offset `start` on.
    """
    for n in range(len(speeches) - 1, -1, -1):
        if speeches[n].paragraph != paragraph or speeches[n].start < start:
            return
        if speeches[n].rule is SpeechRule.ALONE:
            speeches[n] = replace_fields(speeches[n], speaker=source.speaker, rule=SpeechRule.CONTINUED)


UNKNOWN_SPEAKER = Speaker("", "", "", "", SpeakerBasis.OPEN)


def is_document(speaker: Speaker) -> bool:
    """Return True for a document that speaks: who is quoted in the next paragraph is somebody else."""
    return speaker.basis is SpeakerBasis.UNNAMED and head_noun_of(speaker.name) in SPEAKING_DOCUMENTS


def continue_speech(
    speech: Speech, paragraph: int, start: int, end: int, said: tuple[Mark, ...], voice: Voice = Voice.DIRECT
) -> Speech:
    """Return a sentence that goes on with `speech`: its speaker, and its rule where it has none."""
    rule = speech.rule if speech.rule is SpeechRule.ALONE else SpeechRule.CONTINUED
    return Speech(voice, rule, speech.speaker, paragraph, start, end, said)


def may_be_speech(text: str, quotation: Quotation) -> bool:
    """Return False for quoted words inside a sentence: no mark ends them, and no colon or signature is beside them."""
    if not quotation.closed or quotation.continued:
        return True
    last = text[quotation.start : quotation.end - quotation.width].rstrip("'’) ")[-1:]
    return (
        last in tuple(".!?…,。！？，")
        or ":" in text[max(0, quotation.start - 3) : quotation.start]
        or text[quotation.end :].lstrip()[:1] in ("-", "—", "–")
    )


_MAX_WORDS_TO_VERB = 8


def has_speech_verb(text: str) -> bool:
    """Return True where a verb of saying begins a text behind a quotation: somebody speaks whom no rule recognises."""
    words = re.findall(r"[a-z]+", text[:100])[:_MAX_WORDS_TO_VERB]
    return not (SAYING_VERBS | REPORTING_VERBS).isdisjoint(words)
