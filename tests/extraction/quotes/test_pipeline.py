"""Speakers and their words in short texts, the basis of each, and the score on the marked articles."""

import json
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shanxi_cli.analysis.sentence_splitter import split_sentences
from shanxi_cli.corpus.reader import parse_article
from shanxi_cli.extraction.quotes import read_speech
from shanxi_cli.extraction.quotes.person_names import find_chinese_names, get_family_name, is_chinese_name
from shanxi_cli.extraction.quotes.quotation_marks import find_quotations
from shanxi_cli.extraction.quotes.roles import parse_role
from shanxi_cli.model.article import Person
from shanxi_cli.model.quote import SpeakerBasis
from tests.support.paths import CORPUS, PROJECT
from tests.support.quote_metric import (
    MIN_PRECISION,
    MIN_RECALL,
    add_scores,
    read_article_speech,
    score_speeches,
    speaker_key,
)

MARKS = PROJECT / "tests" / "extraction" / "quotes"


def speech_rows(*paragraphs: str) -> list[tuple[str, str, str, str]]:
    """Return (speaker or ?, kind, rule and basis, words) of each speech."""
    return [
        (
            s.speaker.name or "?",
            s.voice.value,
            f"{s.rule.value}, {s.speaker.basis.value}",
            " … ".join(paragraphs[s.paragraph][start:end] for start, end in s.said),
        )
        for s in read_speech(paragraphs)
    ]


DIRECT, INDIRECT = "direct", "indirect"
SAYS = [
    # position of the attribution
    (["Yang Xia said the firm grew."], [("Yang Xia", INDIRECT, "X said, full name", "the firm grew")]),
    (["Yang Xia said that it grew."], [("Yang Xia", INDIRECT, "X said, full name", "it grew")]),
    (["The firm grew, Yang Xia said."], [("Yang Xia", INDIRECT, "X said, full name", "The firm grew")]),
    (["In May, Yang Xia said, it grew."], [("Yang Xia", INDIRECT, "X said, full name", "In May … it grew")]),
    (['"It grew," Yang Xia said.'], [("Yang Xia", DIRECT, "X said, full name", "It grew,")]),
    (['"It grew," said Yang Xia.'], [("Yang Xia", DIRECT, "said X, full name", "It grew,")]),
    (['Yang Xia said: "It grew."'], [("Yang Xia", DIRECT, "X said, full name", "It grew.")]),
    (['"It," Yang Xia said, "grew."'], [("Yang Xia", DIRECT, "X said, full name", "It, … grew.")]),
    (["According to Yang Xia, it grew."], [("Yang Xia", INDIRECT, "according to X, full name", "it grew")]),
    (["It grew, according to Yang Xia."], [("Yang Xia", INDIRECT, "according to X, full name", "It grew")]),
    (
        ["Yang Xia liked the plan, saying it would work."],
        [("Yang Xia", INDIRECT, "X ..., saying, full name", "it would work")],
    ),
    (
        ["Yang Xia, founder of Jinbo Biology, said that it grew."],
        [("Yang Xia", INDIRECT, "X said, full name", "it grew")],
    ),
    (["The firm's president, Yang Xia, said it grew."], [("Yang Xia", INDIRECT, "X said, full name", "it grew")]),
    (["Yang Xia, 45, from Datong, said it grew."], [("Yang Xia", INDIRECT, "X said, full name", "it grew")]),
    (["Yang Xia (left), a nurse, said it grew."], [("Yang Xia", INDIRECT, "X said, full name", "it grew")]),
    (["Yang Xia praised it and said it grew."], [("Yang Xia", INDIRECT, "X said, full name", "it grew")]),
    (["Yang Xia told China Daily that it grew."], [("Yang Xia", INDIRECT, "X said, full name", "it grew")]),
    (["The mine was old, Yang Xia recalled."], [("Yang Xia", INDIRECT, "X said, full name", "The mine was old")]),
    (["In Yang Xia's words, it grew."], [("Yang Xia", INDIRECT, "in the words of X, full name", "it grew")]),
    (['"It grew," the girl, Yang Xia, said.'], [("Yang Xia", DIRECT, "X said, full name", "It grew,")]),
    (
        ["Yang Xia of the county's tourism bureau said it grew."],
        [("Yang Xia", INDIRECT, "X said, full name", "it grew")],
    ),
    (["Yang Xia — a nurse — said it grew."], [("Yang Xia", INDIRECT, "X said, full name", "it grew")]),
    (["It grew, Mr. Yang Xia said."], [("Yang Xia", INDIRECT, "X said, full name", "It grew")]),
    (["Yang Xia was quoted as saying that it grew."], [("Yang Xia", INDIRECT, "X said, full name", "it grew")]),
    # quotations: sentences, paragraphs, marks
    (
        ["“It grew,” Yang Xia said. “It will grow again. We are ready.”"],
        [
            ("Yang Xia", DIRECT, "X said, full name", "It grew,"),
            ("Yang Xia", DIRECT, "quotation goes on, full name", "It will grow again."),
            ("Yang Xia", DIRECT, "quotation goes on, full name", "We are ready."),
        ],
    ),
    (
        ["“It grew. It will grow again,” Yang Xia said."],
        [
            ("Yang Xia", DIRECT, "quotation goes on, full name", "It grew."),
            ("Yang Xia", DIRECT, "X said, full name", "It will grow again,"),
        ],
    ),
    (
        ["Yang Xia said: “It grew this year.", "“It will grow again.”", "Coal did not."],
        [
            ("Yang Xia", DIRECT, "X said, full name", "It grew this year."),
            ("Yang Xia", DIRECT, "quotation goes on, full name", "It will grow again."),
        ],
    ),
    (
        ["“It grew a lot this year.", "“It will grow again,” said Yang Xia."],
        [
            ("Yang Xia", DIRECT, "quotation goes on, full name", "It grew a lot this year."),
            ("Yang Xia", DIRECT, "said X, full name", "It will grow again,"),
        ],
    ),
    (
        ["Yang Xia said it grew. “It will grow again.”"],
        [
            ("Yang Xia", INDIRECT, "X said, full name", "it grew"),
            ("Yang Xia", DIRECT, "quotation goes on, full name", "It will grow again."),
        ],
    ),
    (
        ['"It grew, Yang Xia said. Coal did not.'],  # never closed
        [("Yang Xia", DIRECT, "X said, full name", "It grew")],
    ),
    (["‘It grew,’ Yang Xia said."], [("Yang Xia", DIRECT, "X said, full name", "It grew,")]),
    (["“He said ‘yes’ to me,” Yang Xia said."], [("Yang Xia", DIRECT, "X said, full name", "He said ‘yes’ to me,")]),
    (['"Did it grow?" Yang Xia asked. Nobody knew.'], [("Yang Xia", DIRECT, "X said, full name", "Did it grow?")]),
    (['"It grew a lot this year."'], [("?", DIRECT, "quotation alone, open", "It grew a lot this year.")]),
    # who that is
    (
        ["Yang Xia, a nurse, came. Yang said it grew."],
        [("Yang Xia", INDIRECT, "X said, family name", "it grew")],
    ),
    (["Ouyang Min came.", "Ouyang said it grew."], [("Ouyang Min", INDIRECT, "X said, family name", "it grew")]),
    (
        ["Passy Riseph, who studies here, came.", "Riseph says it grew."],
        [("Passy Riseph", INDIRECT, "X said, family name", "it grew")],
    ),
    (["Yang Xia and Yang Jun came. Yang said it grew."], [("?", INDIRECT, "X said, open", "it grew")]),
    (["Yang Xia came. She said it grew."], [("Yang Xia", INDIRECT, "X said, pronoun", "it grew")]),
    (["Yang Xia came.", "She said it grew."], [("Yang Xia", INDIRECT, "X said, pronoun", "it grew")]),
    (["Yang Xia met Bai Jun. She said it grew."], [("?", INDIRECT, "X said, open", "it grew")]),
    (
        ["Yang Xia, the chairwoman, met Bai Jun, the chairman. She said it grew."],
        [("Yang Xia", INDIRECT, "X said, pronoun", "it grew")],
    ),
    (
        ["Yang Xia came with John Smith. She said it grew."],  # John is a man's name
        [("Yang Xia", INDIRECT, "X said, pronoun", "it grew")],
    ),
    (["Yang Xia came with Umar Nkosi. She said it grew."], [("?", INDIRECT, "X said, open", "it grew")]),
    (
        ["Yang Xia, Yang Jun, Bai Jun came.", "Yang waved to Bai. He said it grew."],
        [("?", INDIRECT, "X said, open", "it grew")],
    ),
    (["Yang Xia came to South Gobi. She said it grew."], [("Yang Xia", INDIRECT, "X said, pronoun", "it grew")]),
    (["Nobody came.", "He said it grew."], [("?", INDIRECT, "X said, open", "it grew")]),
    (
        ["Yang Xia, chairwoman of Jinbo, met Bai Jun, a farmer. The executive said it grew."],
        [("Yang Xia", INDIRECT, "X said, description", "it grew")],
    ),
    (
        ["Yang Xia, a manager, met Bai Jun, a director. The executive said it grew."],
        [("?", INDIRECT, "X said, open", "it grew")],
    ),
    (
        ["A county official said it grew.", "The official added that coal fell."],
        [
            ("county official", INDIRECT, "X said, unnamed", "it grew"),
            ("county official", INDIRECT, "X said, description", "coal fell"),
        ],
    ),
    (["Mayor Li Ming said it grew."], [("Li Ming", INDIRECT, "X said, full name", "it grew")]),
    (["Board Chairman Li Ming said it grew."], [("Li Ming", INDIRECT, "X said, full name", "it grew")]),
    # people without a name, organisations
    (["It grew, officials said."], [("officials", INDIRECT, "X said, unnamed", "It grew")]),
    (["Many of the visitors said it grew."], [("many of the visitors", INDIRECT, "X said, unnamed", "it grew")]),
    (["Local farmers, most of them old, said it grew."], [("local farmers", INDIRECT, "X said, unnamed", "it grew")]),
    (
        ["According to the Shanxi Department of Commerce, it grew.", "The department said coal fell."],
        [
            ("Shanxi Department of Commerce", INDIRECT, "according to X, organisation", "it grew"),
            ("Shanxi Department of Commerce", INDIRECT, "X said, description", "coal fell"),
        ],
    ),
    (["The ministry said it grew."], [("?", INDIRECT, "X said, open", "it grew")]),
    (
        ["It grew, according to the Shanxi Statistics Bureau. The bureau said coal fell."],
        [
            ("Shanxi Statistics Bureau", INDIRECT, "according to X, organisation", "It grew"),
            ("Shanxi Statistics Bureau", INDIRECT, "X said, description", "coal fell"),
        ],
    ),
    (
        ["The official Xinhua News Agency said it grew."],
        [("Xinhua News Agency", INDIRECT, "X said, organisation", "it grew")],
    ),
    (["The company, which employs 3,000 people, said it grew."], [("?", INDIRECT, "X said, open", "it grew")]),
    (
        ["According to data from Taiyuan Customs, it grew."],
        [("Taiyuan Customs", INDIRECT, "according to X, organisation", "it grew")],
    ),
    (
        ["Experts say it grew, while officials say it fell."],
        [
            ("experts", INDIRECT, "X said, unnamed", "it grew, while officials say it fell"),
            ("officials", INDIRECT, "X said, unnamed", "it fell"),
        ],
    ),
]


@pytest.mark.parametrize(("paragraphs", "expected"), SAYS, ids=[" / ".join(paragraphs) for paragraphs, _ in SAYS])
def test_speech_has_speaker_rule_and_words(paragraphs: list[str], expected: list[tuple[str, str, str, str]]) -> None:
    assert speech_rows(*paragraphs) == expected


SILENT = [
    "Shanxi is said to be rich in coal. It is said that the park is old.",
    "Yang Xia did not say when. Needless to say, it closed.",
    "Yang Xia was told that it closed. When asked why, she left.",
    "According to the plan, it grows. According to statistics, it grew.",
    'The hill was nicknamed the "flaming hill". A sign read "No smoking".',
    "The firm reported a profit. The plan, announced in May, was bold.",
    "Timing estimates and plans are given. Insurance claims were high.",
    "Yang Xia said goodbye. Let's say 300 came.",
    "有人说好。太原市的产量下降。",
    "No quotation mark and no verb of it.",
    "",
]


@pytest.mark.parametrize("text", SILENT)
def test_speech_without_speaker_is_none(text: str) -> None:
    assert speech_rows(text) == []


ROLES = [
    ("founder and board chairwoman of Jinbo Biology", ("founder and board chairwoman", "Jinbo Biology")),
    ("a manager at Datong Coal Mine Group", ("manager", "Datong Coal Mine Group")),
    ("the company's board chairman", ("board chairman", "")),
    ("an executive", ("executive", "")),
    ("board chairman of Shanxi-based Miaobaobao Technology", ("board chairman", "Miaobaobao Technology")),
    ("a resident of Pianliang village", ("resident of Pianliang village", "")),
    ("Party secretary of the village", ("Party secretary of the village", "")),
    ("head of a logistics company", ("head of a logistics company", "")),
    ("who is also deputy chief of the Dingxiang people's congress", ("deputy chief", "Dingxiang people's congress")),
    ("the Party chief of Shanxi", ("Party chief of Shanxi", "")),
    ("a teacher in Linfen", ("teacher in Linfen", "")),
    ("a student from Pakistan at North University", ("student from Pakistan", "North University")),
    ("who founded the firm", ("", "")),
    ("a big reservoir", ("", "")),
]


@pytest.mark.parametrize(("apposition", "expected"), ROLES, ids=[apposition for apposition, _ in ROLES])
def test_role_is_split_from_organisation(apposition: str, expected: tuple[str, str]) -> None:
    assert parse_role(apposition) == expected


CHINESE_ROLES = [
    ("临河机械有限公司总经理李晓燕说，好。", ("李晓燕", "总经理", "临河机械有限公司", SpeakerBasis.FULL_NAME)),
    ("公司创始人兼总经理李晓燕说，好。", ("李晓燕", "创始人兼总经理", "公司", SpeakerBasis.FULL_NAME)),
    ("果农李晓燕说，好。", ("李晓燕", "果农", "", SpeakerBasis.FULL_NAME)),
    ("省统计局说，好。", ("省统计局", "", "省统计局", SpeakerBasis.ORGANISATION)),
    ("李女士说，好。", ("李女士", "", "", SpeakerBasis.NAME)),
    ("他说，好。", ("", "", "", SpeakerBasis.OPEN)),
]


@pytest.mark.parametrize(("text", "expected"), CHINESE_ROLES, ids=[text for text, _ in CHINESE_ROLES])
def test_chinese_speaker_has_role_and_organisation(text: str, expected: tuple[str, str, str, SpeakerBasis]) -> None:
    [speech] = read_speech([text])
    assert speech.speaker[1:] == expected


def test_speaker_takes_role_of_front_matter() -> None:
    people = [Person("Yang Xia", "founder", "Jinbo Biology")]
    [speech] = read_speech(["Yang said it grew."], people)
    assert speech.speaker == ("Yang", "Yang Xia", "founder", "Jinbo Biology", SpeakerBasis.FAMILY_NAME)
    [speech] = read_speech(["Yang Xia, a nurse, said it grew."], people)
    assert speech.speaker == ("Yang Xia", "Yang Xia", "founder", "Jinbo Biology", SpeakerBasis.FULL_NAME)


NAMES = [
    ("Yang Xia", True),
    ("Ouyang Min", True),
    ("Zhang Xi'an", True),
    ("Lü Xiaoming", True),
    ("Cheng Xiao Ming", True),
    ("Song Dynasty", False),
    ("Hong Kong", False),
    ("John Smith", False),
    ("Yang", False),
    ("yang xia", False),
    ("Yang Technology", False),
]


@pytest.mark.parametrize(("name", "expected"), NAMES, ids=[name for name, _ in NAMES])
def test_chinese_name_is_recognised(name: str, expected: bool) -> None:
    assert is_chinese_name(name) is expected


def test_chinese_names_are_found_in_text() -> None:
    text = "On Monday Yang Xia's friend met Passy Riseph, Ouyang Min and I Love You China."
    assert [text[start:end] for start, end in find_chinese_names(text)] == ["Yang Xia", "Ouyang Min"]
    assert [get_family_name(name) for name in ("Yang Xia", "Ouyang Min", "John Smith")] == ["Yang", "Ouyang", "Smith"]


QUOTED = [
    ('a "b" c', [(2, 5)]),
    ("“a ‘b’ c” d", [(0, 9)]),
    ("“a “b” c” d", [(0, 9)]),
    ("“a", [(0, 2)]),
    ('“a" b', [(0, 3)]),
    ("don’t, dogs’ tails", []),
    ("‘a,’ b", [(0, 4)]),
    ("「a」b『c』", [(0, 3), (4, 7)]),
    ("“你好”，他说。", [(0, 4)]),
    ("``a,'' b", [(0, 6)]),
    ("none", []),
    ("", []),
]


@pytest.mark.parametrize(("text", "expected"), QUOTED, ids=[text or "empty" for text, _ in QUOTED])
def test_quotations_span_their_marks(text: str, expected: list[tuple[int, int]]) -> None:
    assert [(q.start, q.end) for q in find_quotations([text])[0]] == expected


_WORDS = 'Yang Xia said told that he She "It “We ” ‘ ’ , . : ; — ( ) the official according to , and , saying Bureau 「'
PARAGRAPHS = st.lists(
    st.lists(st.sampled_from([*_WORDS.split(), "grew.", '."', ',"', "\u00a0"]), max_size=25).map(" ".join)
    | st.text(string.printable + "“”‘’太原", max_size=40),
    max_size=4,
)


@given(PARAGRAPHS)
def test_speech_offsets_are_in_the_text(paragraphs: list[str]) -> None:
    for speech in read_speech(paragraphs):
        text = paragraphs[speech.paragraph]
        assert (speech.start, speech.end) in list(split_sentences(text))
        assert all(speech.start <= start < end <= speech.end for start, end in speech.said)
        assert any(speech.speaker.printed in one for one in paragraphs)  # a quotation may go on in the next
        assert (speech.speaker.basis is SpeakerBasis.OPEN) == (not speech.speaker.name)


@pytest.mark.parametrize(
    "mark",
    ["王建国说，", "“好。”他说", "``", "''", '"', "“", "” ", ' "', "‘", "「", '"a," he said. ', "“a,” said Yang Xia. "],
)
def test_quotation_marks_take_linear_time(mark: str) -> None:
    read_speech([mark * 10_000, mark])  # quadratic time would not end


@pytest.mark.parametrize("name", ["marks.json", "blind.json"])
def test_marked_articles_reach_the_targets(name: str) -> None:
    """Precision 0.92 and recall 0.85 on (sentence, speaker); `bench/speech.py` prints more, and includes the pages."""
    articles = {path.stem: parse_article(path.read_bytes(), path.stem, path.name) for path in CORPUS.rglob("*.md")}
    marks = {key: rows for key, rows in json.loads((MARKS / name).read_text()).items() if key in articles}
    total = add_scores(score_speeches(read_article_speech(articles[key]), rows) for key, rows in marks.items())
    assert total.marked > 20
    assert total.precision >= MIN_PRECISION == 0.92
    assert total.recall >= MIN_RECALL == 0.85


def test_marks_have_offsets_and_names() -> None:
    for name in ("marks.json", "blind.json"):
        for rows in json.loads((MARKS / name).read_text()).values():
            for paragraph, start, end, speaker, kind in rows:
                assert paragraph >= 0 and 0 <= start < end
                assert len(speaker.split()) < 10 and kind in (DIRECT, INDIRECT)
    assert speaker_key("The Bureau") == speaker_key("bureau")
