"""Joins of paragraphs: rules that weigh whether the second of two texts goes on where the first was cut."""

import re
from typing import NamedTuple

from shanxi_cli.analysis.word_frequency import FUNCTION_WORD_FREQUENCY, is_known_word, word_frequency
from shanxi_cli.segmentation.dehyphenation import HYPHENS, PageVocabulary
from shanxi_cli.segmentation.evidence import Rule, RuleSet, Verdict
from shanxi_cli.segmentation.lexicon import SENTENCE_STARTERS, UNFINISHED_ENDINGS
from shanxi_cli.segmentation.sentence_boundaries import ends_sentence, is_unfinished, starts_mid_sentence

JOIN, APART = "join", "apart"
_ABBREVIATION_PATTERN = re.compile(
    r"\b(?:Mr|Mrs|Ms|Dr|Prof|St|Gen|Col|Capt|Lt|Gov|Sen|Rep|Co|Ltd|Corp|Inc|No|Jan|Feb|Aug|Sept?|Oct|Nov|Dec|vs|[A-Z]\.[A-Z]|[a-z]\.m)\.\Z"
)
_BRAND_PATTERN = re.compile(r"[\"“]?[a-z]\w*[A-Z]")
_FIRST_WORD_PATTERN = re.compile(r"[\"“‘'(\[]*([^\W\d_]+(?:['’][^\W\d_]+)?)")
_LAST_PART_PATTERN = re.compile(rf"([^\W\d_]+)[{HYPHENS}]\Z")
_FULL_NAME_PATTERN = re.compile(r"[A-ZÀ-Þ][\w'’-]+\s[A-ZÀ-Þ][\w'’.-]+,?\s[a-z]")
_MIN_FIGURE_WORDS = 8
_MAX_FRAGMENT_WORDS = 3
_FINITE_VERBS = frozenset("is are was were has have had will would can could may must said says told does did".split())


class JoinContext(NamedTuple):
    """Two texts of a page, and its words."""

    part: str
    rest: str
    vocabulary: PageVocabulary

    @property
    def first_word(self) -> str:
        """The first word of the second text; empty for a figure or a mark."""
        match = _FIRST_WORD_PATTERN.match(self.rest)
        return match[1] if match else ""

    @property
    def cut_word(self) -> str:
        """The letters before a hyphen at the end of the first text; empty without one."""
        if self.part[-1:] not in HYPHENS:
            return ""
        match = _LAST_PART_PATTERN.search(self.part, max(0, len(self.part) - 60))
        return match[1] if match else ""

    @property
    def is_cut_word_known(self) -> bool:
        """True if the letters on both sides of the hyphen are one word, or the page has them with a hyphen."""
        cut, first = self.cut_word, self.first_word
        if not cut or not first:
            return False
        compound = f"{cut}-{first}".lower() in self.vocabulary.hyphenated_words
        return compound or (first[0].islower() and self.vocabulary.contains_word(cut + first))

    @property
    def is_rest_of_word(self) -> bool:
        """True if the second text begins with letters that are no word by themselves."""
        first = self.first_word
        known = len(first) > 1 and (is_known_word(first) or self.vocabulary.counts[first.lower()] > 1)
        return bool(first) and first.islower() and not known and first not in ("a", "i")


def is_continuation(text: str) -> bool:
    """Return True for a text that begins in the middle of a sentence; `iPhone` and `eBay` begin one."""
    return starts_mid_sentence(text) and not _BRAND_PATTERN.match(text)


def is_unfinished_paragraph(text: str) -> bool:
    """Return True for a text that was cut, be it behind an abbreviation."""
    return is_unfinished(text) or bool(_ABBREVIATION_PATTERN.search(text, max(0, len(text) - 12)))


def closes_quotation(part: str, rest: str) -> bool:
    """Return True if `rest` closes a quotation that `part` opened."""
    curly = part.count("“") > part.count("”") and rest.count("”") > rest.count("“")
    return curly or (part.count('"') % 2 == 1 and rest.count('"') % 2 == 1)


def weigh_join(part: str, rest: str, vocabulary: PageVocabulary) -> Verdict:
    """Return `JOIN` or `APART` for two texts, with its margin; `score_join` has it as one number."""
    return _JOINS.weigh(JoinContext(part, rest, vocabulary))


def score_join(part: str, rest: str, vocabulary: PageVocabulary) -> float:
    """Return the evidence that `rest` goes on where `part` was cut, in nats; negative for evidence against it."""
    verdict = weigh_join(part, rest, vocabulary)
    return verdict.margin if verdict.label == JOIN else -verdict.margin


def _continues_with_figure(j: JoinContext) -> bool:
    """Return True for a part cut before a figure; newspapers begin no paragraph with one."""
    is_figure = bool(re.match(r"\d[\d,.]*(?:\s|\Z)", j.rest)) and ends_sentence(j.rest)
    return is_figure and len(j.part.split()) >= _MIN_FIGURE_WORDS


def _is_glued_to_capital(j: JoinContext) -> bool:
    """Return True for a hyphen before a capital, if the page has no such compound and the first part is no name."""
    first, cut = j.first_word, j.cut_word
    if j.part[-1:] not in HYPHENS or not first or first[0].islower():
        return False
    is_name = cut[:1].isupper() and len(cut) > 2 and first.lower() not in SENTENCE_STARTERS
    return not is_name and f"{cut}-{first}".lower() not in j.vocabulary.hyphenated_words


def _starts_sentence(j: JoinContext) -> bool:
    """Return True if the second text begins with a capital on a common word, which is no name."""
    first = j.first_word
    common = word_frequency(first) >= FUNCTION_WORD_FREQUENCY or first.lower() in SENTENCE_STARTERS
    return first[:1].isupper() and not first.isupper() and common


def _splits_name(j: JoinContext) -> bool:
    """Return True between two words with capitals that may be one name: `Wu` and `Gang`."""
    last, first = (j.part.split() or [""])[-1], j.first_word
    both = last[:1].isupper() and last.isalpha() and first[:1].isupper() and last != first
    return both and not last.isupper() and not _starts_sentence(j)


def _begins_with_fragment(j: JoinContext) -> bool:
    """Return True if the second text begins with a name that is all of its first sentence, or nearly."""
    sentence = re.match(r"[^.!?]*[.!?]", j.rest)
    return j.first_word[:1].isupper() and sentence is not None and len(sentence.group().split()) <= _MAX_FRAGMENT_WORDS


def _has_verb_of_its_own(j: JoinContext) -> bool:
    """Return True if a verb follows the first or second word of the second text: it is a sentence by itself."""
    words = [word.strip(",.").lower() for word in j.rest.split()[1:3]]
    return j.first_word[:1].isupper() and any(word in _FINITE_VERBS or word.endswith("ed") for word in words)


JOIN_RULES: tuple[Rule[JoinContext], ...] = (
    Rule(
        "join.unfinished",
        JOIN,
        lambda j: is_unfinished_paragraph(j.part),
        ("Now they plant trees on the | hills.", "They met at the office of Mr. | Li."),
        ("Now they plant trees. | They dig.",),
    ),
    Rule(
        "join.starts_low",
        JOIN,
        lambda j: is_continuation(j.rest),
        ("Now they plant | trees.",),
        ("Now they plant | Trees.", "Now they plant | iPhones."),
    ),
    Rule(
        "join.ends_open",
        JOIN,
        lambda j: (j.part.split() or [""])[-1].lower() in UNFINISHED_ENDINGS or j.part[-1:] in ",;",
        ("Now they plant trees on the | Hills.", "Now, they plant trees, | Hills."),
        ("Now they plant trees | Hills.",),
    ),
    Rule(
        "join.cut_word",
        JOIN,
        lambda j: j.is_cut_word_known,
        ("They work with settle- | ments.",),
        ("They work with settle- | up and down.", "They work with govern- | Shanxi is high."),
    ),
    Rule(
        "join.quotation",
        JOIN,
        lambda j: closes_quotation(j.part, j.rest),
        ('"We know every | stone," he said.',),
        ('"We know it," he said on the | hill.',),
    ),
    Rule(
        "join.figure",
        JOIN,
        _continues_with_figure,
        ("The county has planted trees on an area of | 1,200 hectares.",),
        ("The county planted | 1,200 hectares.",),
    ),
    Rule(
        "join.splits_name",
        JOIN,
        _splits_name,
        ("They spoke to Wu | Gang, who leads them.",),
        ("They spoke to Wu | The leader was ill.", "They came to Datong | Datong is a town."),
    ),
    Rule(
        "join.fragment",
        JOIN,
        _begins_with_fragment,
        ("The train has left | Guandi twice. The county pays.",),
        ("The train has left | Guandi has planted trees on its hills.",),
    ),
    Rule(
        "apart.own_verb",
        APART,
        _has_verb_of_its_own,
        ("They came to the pit | Guandi has planted trees.", "They came to Wu | Gang Li planted trees."),
        ("They came to the pit | Guandi in the hills.",),
    ),
    Rule(
        "apart.full_name",
        APART,
        lambda j: bool(_FULL_NAME_PATTERN.match(j.rest)) and not j.part[-1:].isdigit(),
        ("They met at the fair in Velden | Marta Ilves, who leads the guild, is building a hall.",),
        ("They spoke to Wu | Gang, who leads them.", "They met at the fair in Velden | Castle, which is old."),
    ),
    Rule(
        "apart.finished",
        APART,
        lambda j: not is_unfinished_paragraph(j.part),
        ("Now they plant trees. | on the hills.",),
        ("Now they plant trees | on the hills.",),
    ),
    Rule(
        "apart.glued_to_capital",
        APART,
        _is_glued_to_capital,
        ("They promote local trans- | Official figures show it.", "They govern- | Shanxi is high."),
        ("They met Sino- | Russian traders.",),
    ),
    Rule(
        "apart.rest_of_word",
        APART,
        lambda j: j.is_rest_of_word and not j.is_cut_word_known,
        ("The crews have stepped | ments and workshops.",),
        ("They work with settle- | ments.", "The crews have stepped | up their work."),
    ),
    Rule(
        "apart.no_word",
        APART,
        lambda j: bool(j.cut_word) and j.first_word.islower() and not j.is_cut_word_known,
        ("They work with settle- | up and down.",),
        ("They work with settle- | ments.",),
    ),
    Rule(
        "apart.starts_sentence",
        APART,
        _starts_sentence,
        ("They spoke to the secretary | The guild has a hall.",),
        ("They spoke to the secretary | Zhang of the guild.",),
    ),
    Rule(
        "apart.starts_capital",
        APART,
        lambda j: j.first_word[:1].isupper(),
        ("They spoke to the secretary | Zhang of the guild.",),
        ("They spoke to the secretary | of the guild.",),
    ),
)
_JOINS = RuleSet(JOIN_RULES, default=APART)
