"""Drop caps: restore the lost first letter of an article, or join a detached one to its word."""

import re

from shanxi_cli.analysis.word_frequency import is_known_word, word_frequency
from shanxi_cli.segmentation.dehyphenation import PageVocabulary
from shanxi_cli.segmentation.draft import Draft, Paragraph
from shanxi_cli.segmentation.lexicon import DECAPITATED_WORDS, MONTHS, SENTENCE_STARTERS

_DETACHED_DROP_CAP_PATTERN = re.compile(r"(?P<quote>[\"“‘']?)(?P<letter>[A-Z])(?P<gap>\s+)(?P<rest>[a-z]+|[A-Z]{2,})\b")
_LOWERCASE_START_PATTERN = re.compile(r"(?P<quote>[\"“‘']?)(?P<rest>[a-z]+)(?P<end>[\w'’-]*)")
_CAPS_START_PATTERN = re.compile(r"(?P<quote>[\"“‘']?)(?P<rest>[A-Z]{2,})\b(?=[\s'’:,-])")
_DATELINE_PATTERN = re.compile(r"[A-ZÀ-Þ][A-ZÀ-Þ'’. -]{2,30}(?:,\s[A-Z][\w. ]{2,24})?[.:—–-]?")
_AFTER_AT_PATTERN = re.compile(
    r"\s+(?:\d|(?:the|a|an|this|that|his|her|their|its|one|two|three|four|five|six|first|last)\b)"
)
"""Text that follows `At`, and never `It`: `t 9 am`, `t the foot of`."""
_AFTER_ON_PATTERN = re.compile(rf"\s+(?i:\w{{3,6}}day\b|(?:{'|'.join(MONTHS)})\s+\d{{1,2}}\b)")
_AFTER_IN_PATTERN = re.compile(rf"\s+(?i:(?:19|20)\d\d\b|(?:{'|'.join(MONTHS)})\b)")
"""Text that follows `On` (a day), and that follows `In` (a month or a year)."""
_MIN_LIKELIHOOD_RATIO = 3
"""Minimum ratio of the scores of the best letter and the next; below it the repair is doubtful."""


def restore_drop_cap(draft: Draft, vocabulary: PageVocabulary) -> None:
    """Repair the first paragraph of an article, in place."""
    datelines = 0
    while datelines + 1 < len(draft.paragraphs) and _DATELINE_PATTERN.fullmatch(draft.paragraphs[datelines].text):
        datelines += 1
    lines, draft.paragraphs = draft.paragraphs[:datelines], draft.paragraphs[datelines:]
    if draft.paragraphs:
        _restore_first_letter(draft, vocabulary)
    if lines:
        text = " ".join(line.text for line in [*lines, draft.paragraphs[0]])
        draft.paragraphs[0] = Paragraph(text, lines[0].line)


def _restore_first_letter(draft: Draft, vocabulary: PageVocabulary) -> None:
    first = draft.paragraphs[0]
    if len(first.text) == 1 and len(draft.paragraphs) > 1:  # the drop cap is alone on its line
        text = first.text + draft.paragraphs[1].text
        draft.paragraphs[:2] = [Paragraph(text, first.line)]
        draft.repairs.append(f"drop capital: {text.split()[0]}")
        return
    text = first.text
    if match := _DETACHED_DROP_CAP_PATTERN.match(text):
        text = _join_drop_cap(text, match, vocabulary)
    elif match := _LOWERCASE_START_PATTERN.match(text):
        text = _supply_drop_cap(text, match, draft, vocabulary)
    elif match := _CAPS_START_PATTERN.match(text):
        text = _supply_drop_cap_in_caps(text, match, draft, vocabulary)
    if text != first.text:
        draft.paragraphs[0] = Paragraph(text, first.line)
        draft.repairs.append(f"drop capital: {first.text.split()[0]}: {text.split()[0]}")


def _join_drop_cap(text: str, match: re.Match[str], vocabulary: PageVocabulary) -> str:
    letter, rest = match["letter"], match["rest"]
    word = (letter + rest).lower()
    # "A town" stays two words; "A s one" does not: s is none.
    single = letter in "AI" and (is_known_word(rest) or rest.isupper() or not word_frequency(word))
    if single and word_frequency(word) <= 20 * word_frequency(rest):
        return text
    if not (is_known_word(word) or vocabulary.counts[word]) and is_known_word(rest):
        return text
    return text[: match.start("gap")] + text[match.end("gap") :]


def _supply_drop_cap(text: str, match: re.Match[str], draft: Draft, vocabulary: PageVocabulary) -> str:
    """Return the lead with the likeliest first letter: by the words of the article, else by word frequency."""
    rest = match["rest"] + match["end"]
    if rest == "n" and (_AFTER_ON_PATTERN.match(text, match.end()) or _AFTER_IN_PATTERN.match(text, match.end())):
        letter = "O" if _AFTER_ON_PATTERN.match(text, match.end()) else "I"
        return match["quote"] + letter + text[match.start("rest") :]
    if rest == "t" and _AFTER_AT_PATTERN.match(text, match.end()):
        return match["quote"] + "A" + text[match.start("rest") :]
    known = set(re.findall(r"[A-Z][\w'’-]+", draft.headline + " " + draft.body))
    named = bool(re.match(r"\s+[A-Z][a-z]", text[match.end() :])) and rest not in ("he", "n")  # a name: `an Chuanfu`
    scores = []
    for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ":
        word = letter + rest
        own = (30_000_000 if named else 3_000_000) if word in known else 0
        bare = re.sub(r"['’].*", "", word)
        starter = 20 if bare.lower() in SENTENCE_STARTERS else 1
        here = 0 if vocabulary.counts[rest.lower()] > 1 else 50_000 * vocabulary.counts[bare.lower()]
        scores.append((own + starter * word_frequency(bare) + here, letter))
    scores.sort(reverse=True)
    best, letter = scores[0]
    plain = re.sub(r"['’].*", "", rest)
    if best == 0 or (is_known_word(plain) and best < 3_000_000 and best < 3 * word_frequency(plain)):
        if is_known_word(plain):  # a whole word was lost, or only its capital
            draft.doubts.append(f"its first letter may be lost: {' '.join(text.split()[:4])}")
        else:
            draft.doubts.append(f"its first word lacks letters: {' '.join(text.split()[:4])}")
        return text
    if best < _MIN_LIKELIHOOD_RATIO * scores[1][0]:
        draft.doubts.append(f"its first letter was lost: {letter}{rest} was supplied, {scores[1][1]}{rest} is possible")
    return match["quote"] + letter + text[match.start("rest") :]


def _supply_drop_cap_in_caps(text: str, match: re.Match[str], draft: Draft, vocabulary: PageVocabulary) -> str:
    """Return a lead in capitals with its first letter restored: `OR 94 years`, `HE mayor`, `FTER a year`."""
    rest = match["rest"]
    small = rest.lower()
    named = [letter for letter in "abcdefghijklmnopqrstuvwxyz" if vocabulary.counts[letter + small] and len(small) > 3]
    if len(named) == 1 and not is_known_word(small) and vocabulary.counts[small] <= 1:
        return match["quote"] + named[0].upper() + text[match.start("rest") :]
    if word_frequency(small) >= 500_000 and small not in DECAPITATED_WORDS:
        return text
    scores = sorted(
        (
            (word_frequency(letter + small) * (4 if letter + small in SENTENCE_STARTERS else 1), letter.upper())
            for letter in "abcdefghijklmnopqrstuvwxyz"
        ),
        reverse=True,
    )
    best, letter = scores[0]
    if small not in DECAPITATED_WORDS and (is_known_word(small) or best < 20_000):
        return text
    if best < _MIN_LIKELIHOOD_RATIO * scores[1][0]:
        draft.doubts.append(f"its first letter was lost: {letter}{rest} was supplied, {scores[1][1]}{rest} is possible")
    return match["quote"] + letter + text[match.start("rest") :]
