"""An article's paragraphs -> what somebody is said to have said in them, sentence by sentence."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from itertools import islice, takewhile

from shanxi_cli.analysis.sentence_splitter import split_sentences
from shanxi_cli.extraction.quotes.attribution import find_attributions
from shanxi_cli.extraction.quotes.attribution_parts import Attribution
from shanxi_cli.extraction.quotes.coreference import CoreferenceResolver
from shanxi_cli.extraction.quotes.quotation_marks import Quotation, find_quotations, mask_quotations
from shanxi_cli.model.article import Person
from shanxi_cli.model.quote import Speaker, SpeakerBasis, Speech, SpeechRule, Voice
from shanxi_cli.model.results import Mark
from shanxi_cli.util.frozen_record import replace_fields

_MAX_CHARACTERS_TO_QUOTATION = 60
"""Characters that may stand between `said` and the comma or colon before a quotation: `said in an interview: "..."`."""
_MIN_QUOTE_WORDS = 4
"""Words of a quotation that stands without a speaker, at least; fewer are a name or a manner of speaking."""


def read_speech(
    paragraphs: Sequence[str], people: Sequence[Person] = (), organisations: Sequence[str] = ()
) -> list[Speech]:
    """The attributed speech of an article in its order: one for each sentence and speaker.

    `people` and `organisations` are those that its front matter names. A quotation whose speaker the text does not tell
    is there with an open one. Time is linear in the text.
    """
    return _ArticleSpeechReader(paragraphs, people, organisations).read()


class _ArticleSpeechReader:
    """One article while it is read."""

    def __init__(self, paragraphs: Sequence[str], people: Sequence[Person], organisations: Sequence[str]) -> None:
        self.paragraphs = paragraphs
        self.quoted = find_quotations(paragraphs)
        self.people = CoreferenceResolver(paragraphs, people, organisations)
        self.announced: Speech | None = None  # `Yang said:` at the end of the paragraph before
        self.open: Speech | None = None  # of a quotation that its paragraph leaves open

    def read(self) -> list[Speech]:
        found: list[Speech] = []
        for n in range(len(self.paragraphs)):
            here = self._paragraph(n)
            quoted = self.quoted[n]
            if here and quoted and quoted[0].continued and here[0].rule is not SpeechRule.ALONE:
                _assign_speaker_to_open_quotations(found, here[0], n - 1)
            found += here
        return found

    def _paragraph(self, n: int) -> list[Speech]:
        text = self.paragraphs[n]
        quoted, bare = self._quotations(n)
        found: list[Speech] = []
        spans = list(split_sentences(text))
        first = 0
        for number, (start, end) in enumerate(spans):
            while first < len(quoted) and quoted[first].end <= start:
                first += 1
            here = list(takewhile(lambda q, end=end: q.start < end, islice(quoted, first, None)))  # type: ignore[misc]
            question = quoted[first - 1] if first and number and not here else None
            if question and self._asked(n, bare, question, spans[number - 1], end, found):
                continue
            told = self._told(n, bare, start, end, here)
            if not told and here:
                told = self._continued(n, start, end, here, found)
            elif told and here and here[0].start < start:
                _assign_speaker_to_open_quotations(found, told[0], n, here[0].start)
            found += told
        self.announced = found[-1] if found and text.rstrip().endswith(":") else None
        self.open = found[-1] if found and quoted and not quoted[-1].closed else None
        return found

    def _asked(
        self, n: int, bare: str, question: Quotation, before: tuple[int, int], end: int, found: list[Speech]
    ) -> bool:
        """True for `Yang asked.` after `“Is it so?”`: two sentences by their marks, told as the first."""
        text, (start, stop) = self.paragraphs[n], before
        if question.end != stop or not question.closed or text[stop - 2] not in "?!":
            return False
        asked = find_attributions(bare, start, end)
        if not asked or not asked[0].parenthetical or text[stop : asked[0].start].strip():
            return False
        told = self._told(n, bare, start, end, [question])[0]
        _assign_speaker_to_open_quotations(found, told, n, question.start)
        if found and found[-1].start == start:
            found.pop()
        found.append(replace_fields(told, end=stop, said=_quoted_ranges(text, [question], start, stop)))
        return True

    def _quotations(self, n: int) -> tuple[list[Quotation], str]:
        """The quotations of a paragraph, and its text with them masked.

        Where the closing mark is missing, the quotation goes to the attribution in its sentence, or
        to the end of the paragraph after one that announces it, or else to the end of its sentence.
        """
        text, quoted = self.paragraphs[n], self.quoted[n]
        following = self.quoted[n + 1] if n + 1 < len(self.quoted) else []
        goes_on = bool(following and following[0].continued)
        if quoted and not quoted[-1].closed and not goes_on:
            *rest, last = quoted
            bare = mask_quotations(text, rest)
            start, end = next((s, e) for s, e in split_sentences(text) if e > last.start)
            inside = find_attributions(bare, start, end)
            after = next((one.start for one in inside if one.start > last.start), None)
            stop = after if after is not None else len(text) if inside else end
            quoted = [*rest, replace_fields(last, end=last.start + len(text[last.start : stop].rstrip(" ,")))]
        return quoted, mask_quotations(text, quoted)

    def _told(self, n: int, bare: str, start: int, end: int, here: Sequence[Quotation]) -> list[Speech]:
        """The speech of a sentence that has an attribution of its own, once for each speaker."""
        found: dict[str, Speech] = {}
        for one in find_attributions(bare, start, end):
            who = self.people.resolve(one.speaker, (n, one.speaker.start))
            self.people.spoke((n, one.speaker.start), who)
            printed = self.paragraphs[n][one.speaker.start : one.speaker.end]
            if (who.name or printed) in found:
                continue
            direct = _is_beside_quotation(bare, one, here)
            voice = Voice.DIRECT if direct else Voice.INDIRECT
            said = (
                _quoted_ranges(self.paragraphs[n], here, start, end)
                if direct
                else _reported_clause_ranges(bare, one, start, end)
            )
            speaker = Speaker(printed, who.name, who.role, who.organisation, who.basis)
            found[who.name or printed] = Speech(voice, one.rule, speaker, n, start, end, said)
        return list(found.values())

    def _continued(
        self, n: int, start: int, end: int, here: Sequence[Quotation], found: Sequence[Speech]
    ) -> list[Speech]:
        """The speech of a sentence whose quotation has its speaker elsewhere, or nowhere."""
        text, first = self.paragraphs[n], here[0]
        said = _quoted_ranges(text, here, start, end)
        alone = Speech(Voice.DIRECT, SpeechRule.ALONE, _UNKNOWN_SPEAKER, n, start, end, said)
        before = found[-1] if found else None
        if first.start < start:  # begun in a sentence before
            of = before if before and before.paragraph == n and before.end > first.start else None
            return [replace_fields(of, start=start, end=end, said=said, rule=_continuation_rule(of.rule))] if of else []
        if first.continued and self.open and self.open.paragraph == n - 1:
            return [replace_fields(self.open, paragraph=n, start=start, end=end, said=said, rule=SpeechRule.CONTINUED)]
        whole = not text[start : first.start].strip()
        if before and whole and start - before.end < 4:
            return [
                replace_fields(
                    before, voice=Voice.DIRECT, start=start, end=end, said=said, rule=_continuation_rule(before.rule)
                )
            ]
        if self.announced and self.announced.paragraph == n - 1 and not text[: first.start].strip():
            return [
                replace_fields(
                    self.announced,
                    paragraph=n,
                    start=start,
                    end=end,
                    said=said,
                    voice=Voice.DIRECT,
                    rule=SpeechRule.CONTINUED,
                )
            ]
        words = text[first.start : first.end].split()
        ends = re.search(r"[.!?…,]['’)]*[\"”’」』»]?\Z", text[first.start : first.end])
        return [alone] if whole and len(words) >= _MIN_QUOTE_WORDS and (ends or not first.closed) else []


def _assign_speaker_to_open_quotations(found: list[Speech], told: Speech, paragraph: int, start: int = 0) -> None:
    """Gives the quotations without a speaker, from `start` of the last paragraph of `found` on, the one of `told`."""
    for n in range(len(found) - 1, -1, -1):
        if found[n].paragraph != paragraph or found[n].start < start:
            return
        if found[n].rule is SpeechRule.ALONE:
            found[n] = replace_fields(found[n], speaker=told.speaker, rule=SpeechRule.CONTINUED)


_UNKNOWN_SPEAKER = Speaker("", "", "", "", SpeakerBasis.OPEN)


def _continuation_rule(rule: SpeechRule) -> SpeechRule:
    return rule if rule is SpeechRule.ALONE else SpeechRule.CONTINUED


def _is_beside_quotation(bare: str, one: Attribution, here: Sequence[Quotation]) -> bool:
    """True when the attribution stands at a quotation, with nothing but a comma, colon or adverb between."""
    at = bisect_left(here, one.start, key=lambda q: q.start)
    if at and re.fullmatch(r"[\s,—–-]*", bare[here[at - 1].end : one.start]):
        return True
    if at == len(here):
        return False
    between = bare[one.end : here[at].start]
    if re.fullmatch(r"\s*(?:\w+ly\s*)?[,:]\s*", between):
        return True
    return (
        len(between) < _MAX_CHARACTERS_TO_QUOTATION and between.rstrip().endswith((",", ":")) and "that" not in between
    )


def _quoted_ranges(text: str, here: Sequence[Quotation], start: int, end: int) -> tuple[Mark, ...]:
    """What of the quotations stands in a sentence, without the marks."""
    found = []
    for q in here:
        low, high = max(q.start + 1, start), min(q.end - 1 if q.closed else q.end, end)
        if low < high:
            found.append(Mark(low, high))
    return tuple(found)


def _reported_clause_ranges(text: str, one: Attribution, start: int, end: int) -> tuple[Mark, ...]:
    """What is reported: after the attribution, or on both sides of one that stands aside; trimmed."""
    sides = [(start, one.start), (one.end, end)] if one.parenthetical else [(one.end, end)]
    found = []
    for low, high in sides:
        piece = text[low:high]
        lead = re.match(r"[\s,;:—–-]*(?:(?:(?:on|in|at|during|recently|earlier)\b[^,;]{0,40}?\s)?that\s+)?", piece)
        tail = re.search(r"[\s,;:—–.-]*\Z", piece)
        low, high = low + (lead.end() if lead else 0), low + (tail.start() if tail else len(piece))
        if re.search(r"\w", text[low:high]):
            found.append(Mark(low, high))
    return tuple(found)
