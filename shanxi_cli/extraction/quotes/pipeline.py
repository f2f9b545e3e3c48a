"""Speech of an article, sentence by sentence, from its paragraphs."""

import re
from collections.abc import Sequence
from functools import cached_property
from itertools import islice, takewhile
from typing import TYPE_CHECKING

from shanxi_cli.analysis.sentence_splitter import sentence_ranges
from shanxi_cli.extraction.quotes.attribution import find_attributions, find_bare_attributions
from shanxi_cli.extraction.quotes.attribution_parts import Attribution
from shanxi_cli.extraction.quotes.chinese_names import HAN_PATTERN
from shanxi_cli.extraction.quotes.continued_speech import (
    UNKNOWN_SPEAKER,
    assign_speaker_to_open_quotations,
    continue_speech,
    has_speech_verb,
    is_document,
    mask_whole,
    may_be_speech,
)
from shanxi_cli.extraction.quotes.coreference import CoreferenceResolver, resolve_unnamed
from shanxi_cli.extraction.quotes.cue_words import has_attribution_cue, read_words
from shanxi_cli.extraction.quotes.dialogue import find_turns
from shanxi_cli.extraction.quotes.lexicon import FUNCTION_WORDS
from shanxi_cli.extraction.quotes.people_index import TextPosition
from shanxi_cli.extraction.quotes.quotation_marks import Quotation, find_quotations, mask_quotations
from shanxi_cli.extraction.quotes.resolved_speaker import ResolvedSpeaker
from shanxi_cli.extraction.quotes.said_ranges import is_beside_quotation, quoted_ranges, reported_clause_ranges
from shanxi_cli.model.article import Person
from shanxi_cli.model.quote import Speaker, Speech, SpeechRule, Voice
from shanxi_cli.model.results import Mark
from shanxi_cli.util.frozen_record import replace_fields
from shanxi_cli.util.unicode import HAN

if TYPE_CHECKING:
    from shanxi_cli.extraction.quotes.chinese_coreference import ChineseResolver

_MAX_SENTENCE = 400
"""Characters before a quotation in which the sentence before it must begin."""
_MIN_QUOTE_WORDS = 4
"""Minimum of words of a quotation without a speaker; fewer are a name or a figure of speech."""
_SENTENCE_BEGIN_PATTERN = re.compile(
    r"(?:\A|.*[.!?][\"”’']? )(?P<word>[^\W\d_a-z]\w*)[^.!?]*[.!?][\"”’']?\s*\Z", re.DOTALL
)
"""The word that begins the last sentence of a text."""
_CLOSING_MARKS = "\"”’'»」』"
_WORD_PATTERN = re.compile(rf"[{HAN}]{{1,2}}|[^\s{HAN}]+")
"""Words by white space; of Chinese, two characters."""


def read_speech(
    paragraphs: Sequence[str], people: Sequence[Person] = (), organisations: Sequence[str] = ()
) -> list[Speech]:
    """Return the attributed speech of an article in order: one record for each sentence and speaker.

    `people` and `organisations` are those of its front matter. A quotation without a speaker in the text has an open
    one. Time is linear in the text.
    """
    return _ArticleSpeechReader(paragraphs, people, organisations).read()


class _ArticleSpeechReader:
    """The state of one article while it is read."""

    def __init__(self, paragraphs: Sequence[str], people: Sequence[Person], organisations: Sequence[str]) -> None:
        self.paragraphs = paragraphs
        self.quoted = find_quotations(paragraphs)
        self.turns = find_turns(paragraphs)
        self._people = people
        self._organisations = organisations
        han = any(not text.isascii() and HAN_PATTERN.search(text) for text in paragraphs)
        self.chinese = _build_chinese_resolver(paragraphs, people, organisations) if han else None
        self._unnamed: list[tuple[TextPosition, ResolvedSpeaker]] = []  # speakers before the people are read
        self.has_cue = False  # the paragraph has a word of an attribution
        self.announced: Speech | None = None  # `Yang said:` at the end of the paragraph before
        self.previous: Speech | None = None  # the speech that ends the paragraph before
        self.answered = 0  # end of the sentence `Yang asked.` in this paragraph
        self.open: Speech | None = None  # the speech of a quotation that its paragraph leaves open

    @cached_property
    def people(self) -> CoreferenceResolver:
        """The people of the article, read when the first attribution needs them."""
        bare = mask_whole(self.paragraphs, self.quoted)
        resolver = CoreferenceResolver(self.paragraphs, self._people, self._organisations, bare)
        for place, who in self._unnamed:
            resolver.record_speaker(place, who)
        return resolver

    def read(self) -> list[Speech]:
        """Return the speech of the article in order."""
        speeches: list[Speech] = []
        for n in range(len(self.paragraphs)):
            speeches_here = self._read_paragraph(n)
            quoted = self.quoted[n]
            if speeches_here and quoted and quoted[0].continued and speeches_here[0].rule is not SpeechRule.ALONE:
                self._assign_to_paragraphs_before(speeches, speeches_here[0], n)
            speeches += speeches_here
        return speeches

    def _assign_to_paragraphs_before(self, speeches: list[Speech], source: Speech, n: int) -> None:
        """Give the speaker of paragraph `n` to the paragraphs before it that its quotation continues."""
        end = len(speeches)
        while n and self.quoted[n] and self.quoted[n][0].continued:
            n -= 1
            first = end
            while first and speeches[first - 1].paragraph == n:
                first -= 1
            part = speeches[first:end]
            if not part or part[-1].rule is not SpeechRule.ALONE:
                return
            assign_speaker_to_open_quotations(part, source, n)
            speeches[first:end], end = part, first

    def _read_paragraph(self, n: int) -> list[Speech]:
        """Return the speech of paragraph `n`, and keep what the next paragraph may continue."""
        text = self.paragraphs[n]
        if n in self.turns:
            return self._read_turn(n)
        self.has_cue = bool(self.chinese) or has_attribution_cue(read_words(text))
        if not self.has_cue and not self._may_quote(n):
            self.announced = self.previous = self.open = None
            return []
        quoted, bare = self._close_and_mask_quotations(n)
        speeches: list[Speech] = []
        spans = sentence_ranges(text)
        first = self.answered = 0
        for number, (start, end) in enumerate(spans):
            while first < len(quoted) and quoted[first].end <= start:
                first += 1
            here = list(takewhile(lambda q, end=end: q.start < end, islice(quoted, first, None)))  # type: ignore[misc]
            question = quoted[first - 1] if first and number and (self.chinese or not here) else None
            if question and self._take_split_question(n, bare, question, spans[number - 1], end, speeches) and not here:
                self.answered = end
                continue
            attributed = self._attributed_speech(n, bare, start, end, here)
            if not attributed and here:
                attributed = self._unattributed_speech(n, start, end, here, speeches)
            elif attributed and here and here[0].start < start:
                assign_speaker_to_open_quotations(speeches, attributed[0], n, here[0].start)
            speeches += attributed
        if speeches and speeches[-1].rule is SpeechRule.CONTINUED and "people" in self.__dict__:
            self.people.record_speech((n, speeches[-1].start), speeches[-1].speaker.name)
        self.announced = speeches[-1] if speeches and text.rstrip().endswith((":", "：")) else None
        ends = bool(speeches and spans and (speeches[-1].end == spans[-1][1] or self.answered == spans[-1][1]))
        self.previous = speeches[-1] if ends and not is_document(speeches[-1].speaker) else None
        self.open = speeches[-1] if speeches and quoted and not quoted[-1].closed else None
        return speeches

    def _may_quote(self, n: int) -> bool:
        """Return True where a quotation of a paragraph without an attribution may be speech; others are words."""
        quoted = self.quoted[n]
        if not quoted or self.announced or self.previous or self.open:
            return bool(quoted)
        return any(may_be_speech(self.paragraphs[n], one) for one in quoted)

    def _read_turn(self, n: int) -> list[Speech]:
        """Return the speech of a paragraph that its speaker's name and a colon begin."""
        self.announced = self.previous = self.open = None
        text, (phrase, at) = self.paragraphs[n], self.turns[n]
        who = self.people.resolve(phrase, (n, phrase.start))
        self.people.record_speaker((n, phrase.start), who)
        speaker = Speaker(text[phrase.start : phrase.end], who.name, who.role, who.organisation, who.basis)
        return [
            Speech(Voice.DIRECT, SpeechRule.SAID, speaker, n, start, end, (Mark(max(start, at), end),))
            for start, end in sentence_ranges(text)
            if end > at
        ]

    def _take_split_question(
        self, n: int, bare: str, question: Quotation, before: tuple[int, int], end: int, speeches: list[Speech]
    ) -> bool:
        """Read `Yang asked.` after `“Is it so?”` as part of that sentence, and return True; False for any other.

        By its marks it is a sentence of its own; its speech is added to `speeches` as that of the question.
        """
        text, (start, stop) = self.paragraphs[n], before
        if question.end != stop or not question.closed or text[:stop].rstrip(_CLOSING_MARKS)[-1:] not in "?!。？！…":
            return False
        attributions = self._find_attributions(bare, start, end)
        if not attributions or not attributions[0].parenthetical:
            return False
        between = text[stop : attributions[0].start].strip()
        if between and not (self.chinese and text[stop - 1] in "”」』" and between.endswith("，")):
            return False
        speech = self._attributed_speech(n, bare, start, end, [question])[0]
        assign_speaker_to_open_quotations(speeches, speech, n, question.start)
        if speeches and speeches[-1].start == start:
            speeches.pop()
        speeches.append(
            replace_fields(speech, voice=Voice.DIRECT, end=stop, said=quoted_ranges(text, [question], start, stop))
        )
        return True

    def _close_and_mask_quotations(self, n: int) -> tuple[list[Quotation], str]:
        """Return the quotations of a paragraph, and its text with them masked.

        Where the closing mark is missing, the quotation ends at the attribution in its sentence, or with the paragraph
        after one that announces it, or else with its sentence.
        """
        text, quoted = self.paragraphs[n], self.quoted[n]
        following = self.quoted[n + 1] if n + 1 < len(self.quoted) else []
        goes_on = bool(following and following[0].continued)
        if quoted and not quoted[-1].closed and not goes_on:
            *rest, last = quoted
            bare = mask_quotations(text, rest)
            start, end = next((s, e) for s, e in sentence_ranges(text) if e > last.start)
            inside = self._find_attributions(bare, start, end)
            after = next((one.start for one in inside if one.start > last.start), None)
            stop = after if after is not None else len(text) if inside else end
            quoted = [*rest, last._replace(end=last.start + len(text[last.start : stop].rstrip(" ,")))]
        return quoted, mask_quotations(text, quoted)

    def _find_attributions(self, bare: str, start: int, end: int) -> list[Attribution]:
        if self.chinese:
            from shanxi_cli.extraction.quotes.chinese_attribution import find_chinese_attributions, is_chinese_sentence

            if is_chinese_sentence(bare[start:end]):
                return find_chinese_attributions(bare, start, end)
        return (find_attributions if self.has_cue else find_bare_attributions)(bare, start, end)

    def _resolve(self, attribution: Attribution, n: int, start: int) -> ResolvedSpeaker:
        """Return the speaker of an attribution in a sentence at `start`, and keep it for what refers to it later."""
        phrase = attribution.speaker
        place = (n, phrase.start)
        if self.chinese and HAN_PATTERN.search(self.paragraphs[n], phrase.start, phrase.end):
            return self.chinese.resolve(phrase, place)
        if "people" not in self.__dict__ and (unnamed := resolve_unnamed(phrase)):
            self._unnamed.append((place, unnamed))
            return unnamed
        resolved = self.people.resolve(phrase, place, (n, start) if attribution.parenthetical else place)
        self.people.record_speaker(place, resolved)
        return resolved

    def _attributed_speech(self, n: int, bare: str, start: int, end: int, here: Sequence[Quotation]) -> list[Speech]:
        """Return the speech of a sentence that has an attribution of its own, once for each speaker."""
        speech_by_speaker: dict[str, Speech] = {}
        for attribution in self._find_attributions(bare, start, end):
            resolved = self._resolve(attribution, n, start)
            printed = self.paragraphs[n][attribution.speaker.start : attribution.speaker.end]
            if (resolved.name or printed) in speech_by_speaker:
                continue
            beside = [one for one in here if not attribution.start < one.start or one.end > attribution.end]
            direct = is_beside_quotation(bare, attribution, beside)
            voice = Voice.DIRECT if direct else Voice.INDIRECT
            said = (
                quoted_ranges(self.paragraphs[n], beside, start, end)
                if direct
                else reported_clause_ranges(bare, attribution, start, end)
            )
            speaker = Speaker(printed, resolved.name, resolved.role, resolved.organisation, resolved.basis)
            speech_by_speaker[resolved.name or printed] = Speech(voice, attribution.rule, speaker, n, start, end, said)
        return list(speech_by_speaker.values())

    def _unattributed_speech(
        self, n: int, start: int, end: int, here: Sequence[Quotation], earlier: Sequence[Speech]
    ) -> list[Speech]:
        """Return the speech of a sentence whose quotation has its speaker in another sentence, or none."""
        text, first = self.paragraphs[n], here[0]
        said = quoted_ranges(text, here, start, end)
        before = earlier[-1] if earlier else None
        if first.start < start:  # begun in a sentence before
            begun = before if before and before.paragraph == n and before.end > first.start else None
            return [continue_speech(begun, n, start, end, said, begun.voice)] if begun else []
        if first.continued and self.open and self.open.paragraph == n - 1:
            return [continue_speech(self.open, n, start, end, said, self.open.voice)]
        whole = not text[start : first.start].strip()
        words = _WORD_PATTERN.findall(text, first.start, first.end)
        ends = re.search(r"[.!?…,。！？，]['’)]*[\"”’」』»]?\Z", text[first.start : first.end])
        if not ends and first.closed and re.match(r"\s*[\w(]", text[first.end : end]):
            return []  # a slogan or a title: `“Buy Now” hangs on the wall`
        if before and whole and start - max(before.end, self.answered) < 4:
            return [continue_speech(before, n, start, end, said)]
        opens = not text[: first.start].strip() and not has_speech_verb(text[first.end : end])
        if opens and self.announced and self.announced.paragraph == n - 1:
            return [continue_speech(self.announced, n, start, end, said)]
        if opens and self.previous:
            return [continue_speech(self.previous, n, start, end, said)]
        if not whole or len(words) < _MIN_QUOTE_WORDS or not (ends or first.closed is False):
            return []
        subject = self._find_subject_before(n, start) if ends and first.closed else None
        rule = SpeechRule.CONTINUED if subject else SpeechRule.ALONE
        return [Speech(Voice.DIRECT, rule, subject or UNKNOWN_SPEAKER, n, start, end, said)]

    def _find_subject_before(self, n: int, start: int) -> Speaker | None:
        """Return who begins the sentence before a quotation, in the paragraph before one of judgement; or None."""
        before = _SENTENCE_BEGIN_PATTERN.search(self.paragraphs[n], max(0, start - _MAX_SENTENCE), start)
        if self.chinese or (start and (not before or before["word"].lower() in FUNCTION_WORDS)):
            return None
        who = self.people.find_opening_person((n, start)) if start else self.people.find_opening_judge(n - 1)
        return Speaker("", who.name, who.role, who.organisation, who.basis) if who else None


def _build_chinese_resolver(
    paragraphs: Sequence[str], people: Sequence[Person], organisations: Sequence[str]
) -> "ChineseResolver":
    """Import what reads Chinese and return its resolver: its patterns are a third of the time of the import."""
    from shanxi_cli.extraction.quotes.chinese_coreference import ChineseResolver

    return ChineseResolver(paragraphs, people, organisations)
