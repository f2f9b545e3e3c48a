"""Attributions of a Chinese sentence: `王建国说：`, `“…，”果农王建国说，`, `据李晓燕介绍，`, `专家认为`.

A sentence is read with its quotations masked, as `attribution` reads English ones.
"""

import re
from collections.abc import Iterator

from shanxi_cli.extraction.quotes.attribution_parts import Attribution
from shanxi_cli.extraction.quotes.chinese_names import HAN_PATTERN, ROLES_OF_PEOPLE, parse_chinese_speaker
from shanxi_cli.extraction.quotes.noun_phrase import NounPhrase, PhraseKind
from shanxi_cli.extraction.quotes.quotation_marks import MASK_CHARACTER
from shanxi_cli.model.quote import SpeechRule
from shanxi_cli.util.lexicon import load_list, load_terms, match_any_term
from shanxi_cli.util.unicode import HAN

_VERBS = match_any_term(sorted(load_terms("extraction/chinese_saying_verbs"), key=lambda verb: (-len(verb), verb)))
_MAX_CONTEXT = 200
"""Characters read around a verb, so that its cost does not grow with the sentence."""
_HEARERS = (
    r"(?:本报记者|本報記者|新华社记者|记者|記者|媒体|媒體|本报|本報|我们|我們"
    r"|[^，。：“”]{2,8}?(?:记者|記者|日报|晚报|新闻))"
)
_VERB_PATTERN = re.compile(
    rf"(?P<verb>{_VERBS})(?P<hearer>(?:了)?{_HEARERS})?(?:道|说|說|着|了)?"
    rf"(?P<stop>[，,：:]|(?=[。！？；…]|\Z|{MASK_CHARACTER})|(?=[{HAN}0-9]))"
)
_NO_SPEECH_PATTERN = re.compile(
    r"[说說](?:不(?:[出清上定准準完得了过過好明尽盡])|[起到服明话話法破穿合成和]|出[^，,：:]|了算|得[上过過好]|教|谎|謊|媒|笑|唱)"
    r"|[称稱](?:[^，。：“「]{1,10}[为為作做]|[得霸道王雄职職号號重赞讚病])|答[应應案卷]|[问問][题題世候]"
)
"""Verbs of saying in words that report nothing: `说不出话`, `称她为老师`."""
_OPEN_VERBS = load_terms("extraction/chinese_clause_verbs")
"""Verbs whose clause may follow without a comma: `专家认为这个办法可行`."""
_CLAUSE_BEGIN_PATTERN = re.compile(
    r"将|會|会|已|正在|不会|要|可以|今年|明年|目前|如果|由于|这|这|该|公司|自己|他|她|我|对方"
)
"""Beginnings of a clause behind `表示` without a comma; a noun there is no speech: `表示不满`."""
_BOUNDARY_PATTERN = re.compile(rf"[，,。；;：:！？、\s“”「」{MASK_CHARACTER}]")
_PARENTHESIS_PATTERN = re.compile(r"[（(][^（）()]{1,20}[）)]\Z")
_LEAD_PATTERN = re.compile(match_any_term(load_list("extraction/chinese_clause_leads")))
_ADVERBS = match_any_term(load_list("extraction/chinese_speech_adverbs"))
_TAIL_PATTERN = re.compile(
    rf"(?:{_ADVERBS}|(?:笑|哭|喊|指|抹|摇|点|带|握|看|望|流|红)着[{HAN}]{{0,3}}|[{HAN}]{{2}}地|(?:对|對|向|跟|和|同){_HEARERS}"
    rf"|(?:在|就|于|於)[^，。：“”]{{2,24}}(?:时|時|中|上|后|後|里|会|會|间|間|前)"
    r"|(?:\d+月)?\d+日|(?:上午|下午|晚|晚间))\Z"
)
_ACCORDING_PATTERN = re.compile(
    rf"(?:据|據|根据|根據|按照)(?P<who>[^，,。：“”{MASK_CHARACTER}]{{2,30}}?)(?:的)?"
    r"(?:介绍|介紹|透露|称|稱|说|說|表示|消息|数据|數據|统计|統計|报道|報道|报导|分析|回忆|通报|说法)"
    r"(?P<stop>[，,：:]|显示[，,]?|顯示[，,]?)"
)


def is_chinese_sentence(sentence: str) -> bool:
    """Return True where a third of a sentence or more is Chinese characters; its quotations may be masked."""
    words = sentence.replace(MASK_CHARACTER, "")
    return 3 * len(HAN_PATTERN.findall(words)) >= len(words.strip()) > 0


def find_chinese_attributions(text: str, start: int, end: int) -> list[Attribution]:
    """Return the attributions of the sentence `start` to `end` of `text` in order; its quotations are masked."""
    kept: list[Attribution] = []
    for attribution in sorted(
        [*_find_according(text, start, end), *_find_said(text, start, end)], key=lambda a: a.start
    ):
        low = max(kept[-1].end, attribution.start - _MAX_CONTEXT) if kept else 0
        reported = kept and not kept[-1].parenthetical and MASK_CHARACTER not in text[low : attribution.start]
        if not reported and not (kept and attribution.start < kept[-1].end):
            kept.append(attribution)
    return kept


def _find_according(text: str, start: int, end: int) -> Iterator[Attribution]:
    for match in _ACCORDING_PATTERN.finditer(text, start, end):
        speaker = parse_chinese_speaker(match["who"], match.start("who"))
        if speaker and (match.start() == start or _BOUNDARY_PATTERN.match(text[match.start() - 1])):
            yield Attribution(speaker, match.start(), match.end(), SpeechRule.ACCORDING, parenthetical=True)


def _find_said(text: str, start: int, end: int) -> Iterator[Attribution]:
    for verb in _VERB_PATTERN.finditer(text, start, end):
        if _NO_SPEECH_PATTERN.match(text, verb.start()):
            continue
        followed = not verb["stop"] and verb.end() < end and text[verb.end()] not in f"。！？；…{MASK_CHARACTER}"
        stated = verb["verb"] in ("表示", "强调", "強調") and _CLAUSE_BEGIN_PATTERN.match(text, verb.end())
        if followed and not stated and (verb["verb"] not in _OPEN_VERBS or verb["hearer"]):
            continue
        speaker = _find_subject(text, start, verb.start())
        if speaker is None:
            continue
        begins = speaker.lead_start if speaker.lead_start >= 0 else speaker.start
        behind = text[max(start, begins - _MAX_CONTEXT) : begins].strip("，")
        beside = MASK_CHARACTER in behind or (begins > start and text[start - 1 : start] in "”」")
        ahead = text[verb.end() : min(end, verb.end() + _MAX_CONTEXT)].strip("。！？；…，")
        closes = not ahead or (verb["stop"] in ("，", ",") and ahead.startswith(MASK_CHARACTER))
        parenthetical = closes and (bool(behind) or beside)
        if ahead or parenthetical or begins == start or verb["stop"]:
            yield Attribution(speaker, begins, verb.end(), SpeechRule.SAID, parenthetical)


def _find_subject(text: str, start: int, at: int) -> NounPhrase | None:
    """Return the speaker whose name ends at `at`, before adverbs and occasions; None for none."""
    boundaries = [m.end() for m in _BOUNDARY_PATTERN.finditer(text, max(start, at - 60), at)]
    begin = boundaries[-1] if boundaries else max(start, at - 60)
    while tail := _TAIL_PATTERN.search(text, begin, at):
        if tail.start() <= begin and not tail.group():
            break
        at = tail.start()
        if at <= begin:
            return _subject_of_clause_before(text, start, begin)
    while lead := _LEAD_PATTERN.match(text, begin, at):
        begin = lead.end()
    if begin == at:
        return _subject_of_clause_before(text, start, begin)
    if aside := _PARENTHESIS_PATTERN.search(text, begin, at):
        at = aside.start()  # 刘国栋（总经理）说
    return _add_apposition(parse_chinese_speaker(text[begin:at], begin), text, start, begin)


def _add_apposition(speaker: NounPhrase | None, text: str, start: int, begin: int) -> NounPhrase | None:
    """Return the name before an office between commas: `何志远，副市长，`; otherwise the speaker itself."""
    if speaker and speaker.name in ROLES_OF_PEOPLE and text[begin - 1 : begin] in ("，", ","):
        named = _find_subject_ending(text, start, begin - 1)
        if named and named.kind is PhraseKind.NAME:
            return named._replace(role=speaker.name)
    return speaker


def _find_subject_ending(text: str, start: int, at: int) -> NounPhrase | None:
    """Return the speaker that is the whole clause that ends at `at`; None for none."""
    boundaries = [m.end() for m in _BOUNDARY_PATTERN.finditer(text, max(start, at - 60), at)]
    low = boundaries[-1] if boundaries else max(start, at - 60)
    return _add_apposition(parse_chinese_speaker(text[low:at], low), text, start, low)


def _subject_of_clause_before(text: str, start: int, begin: int) -> NounPhrase | None:
    """Return the speaker that is the clause before a bare verb: `赵文清，接受采访时说`; None for none."""
    if begin - 1 <= start or text[begin - 1] not in "，,":
        return None
    return _find_subject_ending(text, start, begin - 1)
