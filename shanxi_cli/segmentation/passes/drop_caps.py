"""The first letter of an article, where it was a drop capital: given back, or joined to its word."""

import re

from shanxi_cli.analysis.word_frequency import frequency, is_word
from shanxi_cli.segmentation.dehyphenation import Vocabulary
from shanxi_cli.segmentation.draft import Draft, Piece
from shanxi_cli.segmentation.lexicon import MONTHS, STARTERS

_APART = re.compile(r"(?P<quote>[\"“‘']?)(?P<letter>[A-Z])(?P<gap>\s+)(?P<rest>[a-z]+|[A-Z]{2,})\b")
_LOWER = re.compile(r"(?P<quote>[\"“‘']?)(?P<rest>[a-z]+)(?P<end>[\w'’-]*)")
_CAPITALS = re.compile(r"(?P<quote>[\"“‘']?)(?P<rest>[A-Z]{2,})\b(?=[\s'’:,-])")
_DATELINE_ALONE = re.compile(r"[A-ZÀ-Þ][A-ZÀ-Þ'’. -]{2,30}(?:,\s[A-Z][\w. ]{2,24})?[.:—–-]?")
_BEHIND_AT = re.compile(r"\s+(?:\d|(?:the|a|an|this|that|his|her|their|its|one|two|three|four|five|six|first|last)\b)")
"""What stands behind `At`, and never behind `It`: `t 9 am`, `t the foot of`."""
_ON = re.compile(rf"\s+(?i:\w{{3,6}}day\b|(?:{'|'.join(MONTHS)})\s+\d{{1,2}}\b)")
_IN = re.compile(rf"\s+(?i:(?:19|20)\d\d\b|(?:{'|'.join(MONTHS)})\b)")
"""What stands behind `On` and what behind `In`: a day, a month or a year."""
_CLOSE = 3
"""Where the best letter is not this many times likelier than the next, the repair is doubtful."""


def mend_lead(draft: Draft, vocabulary: Vocabulary) -> None:
    """Mends the first paragraph of an article, in place."""
    if not draft.pieces:
        return
    if _DATELINE_ALONE.fullmatch(draft.pieces[0].text) and len(draft.pieces) > 1:
        line = draft.pieces.pop(0)
        mend_lead(draft, vocabulary)
        draft.pieces[0] = Piece(f"{line.text} {draft.pieces[0].text}", line.line)
        return
    first = draft.pieces[0]
    if len(first.text) == 1 and len(draft.pieces) > 1:  # the capital stands alone in its line
        text = first.text + draft.pieces[1].text
        draft.pieces[:2] = [Piece(text, first.line)]
        draft.repairs.append(f"drop capital: {text.split()[0]}")
        return
    text = first.text
    if found := _APART.match(text):
        text = _closed_up(text, found, vocabulary)
    elif found := _LOWER.match(text):
        text = _given_back(text, found, draft, vocabulary)
    elif found := _CAPITALS.match(text):
        text = _given_back_in_capitals(text, found, draft, vocabulary)
    if text != first.text:
        draft.pieces[0] = Piece(text, first.line)
        draft.repairs.append(f"drop capital: {first.text.split()[0]}: {text.split()[0]}")


def _closed_up(text: str, found: re.Match[str], vocabulary: Vocabulary) -> str:
    letter, rest = found["letter"], found["rest"]
    word = (letter + rest).lower()
    # "A town" stays two words; "A s one" does not: s is none.
    single = letter in "AI" and (is_word(rest) or rest.isupper() or not frequency(word))
    if single and frequency(word) <= 20 * frequency(rest):
        return text
    if not (is_word(word) or vocabulary.counts[word]) and is_word(rest):
        return text
    return text[: found.start("gap")] + text[found.end("gap") :]


def _given_back(text: str, found: re.Match[str], draft: Draft, vocabulary: Vocabulary) -> str:
    """The lead with the letter that makes its first word one: of this article's own words, else the commonest."""
    rest = found["rest"] + found["end"]
    if rest == "n" and (_ON.match(text, found.end()) or _IN.match(text, found.end())):
        letter = "O" if _ON.match(text, found.end()) else "I"
        return found["quote"] + letter + text[found.start("rest") :]
    if rest == "t" and _BEHIND_AT.match(text, found.end()):
        return found["quote"] + "A" + text[found.start("rest") :]
    known = set(re.findall(r"[A-Z][\w'’-]+", draft.headline + " " + draft.body))
    named = bool(re.match(r"\s+[A-Z][a-z]", text[found.end() :])) and rest not in ("he", "n")  # a name: `an Chuanfu`
    scores = []
    for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ":
        word = letter + rest
        own = (30_000_000 if named else 3_000_000) if word in known else 0
        bare = re.sub(r"['’].*", "", word)
        starter = 20 if bare.lower() in STARTERS else 1
        here = 0 if vocabulary.counts[rest.lower()] > 1 else 50_000 * vocabulary.counts[bare.lower()]
        scores.append((own + starter * frequency(bare) + here, letter))
    scores.sort(reverse=True)
    best, letter = scores[0]
    plain = re.sub(r"['’].*", "", rest)
    if best == 0 or (is_word(plain) and best < 3_000_000 and best < 3 * frequency(plain)):
        if is_word(plain):  # a whole word was lost, or only its capital
            draft.doubts.append(f"its first letter may be lost: {' '.join(text.split()[:4])}")
        else:
            draft.doubts.append(f"its first word lacks letters: {' '.join(text.split()[:4])}")
        return text
    if best < _CLOSE * scores[1][0]:
        draft.doubts.append(f"its first letter was lost: {letter}{rest} was supplied, {scores[1][1]}{rest} is possible")
    return found["quote"] + letter + text[found.start("rest") :]


def _given_back_in_capitals(text: str, found: re.Match[str], draft: Draft, vocabulary: Vocabulary) -> str:
    """As above, where the first word is printed in capitals: `OR 94 years`, `HE mayor`, `FTER a year`."""
    rest = found["rest"]
    small = rest.lower()
    named = [letter for letter in "abcdefghijklmnopqrstuvwxyz" if vocabulary.counts[letter + small] and len(small) > 3]
    if len(named) == 1 and not is_word(small) and vocabulary.counts[small] <= 1:
        return found["quote"] + named[0].upper() + text[found.start("rest") :]
    if frequency(small) >= 500_000 and small not in _HALVES:
        return text
    scores = sorted(
        (
            (frequency(letter + small) * (4 if letter + small in STARTERS else 1), letter.upper())
            for letter in "abcdefghijklmnopqrstuvwxyz"
        ),
        reverse=True,
    )
    best, letter = scores[0]
    if small not in _HALVES and (is_word(small) or best < 20_000):
        return text
    if best < _CLOSE * scores[1][0]:
        draft.doubts.append(f"its first letter was lost: {letter}{rest} was supplied, {scores[1][1]}{rest} is possible")
    return found["quote"] + letter + text[found.start("rest") :]


_HALVES = frozenset("or he hey his hen here hat ver nder fter ince ot very rom ith hile early ew wo hree".split())
"""Words that a lead in capitals does not begin with, and that are the rest of one that it does."""
