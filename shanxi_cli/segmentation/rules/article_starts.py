"""Article starts: rules that weigh whether a head begins an article, or only divides the one above it."""

from shanxi_cli.segmentation.evidence import Rule, RuleSet
from shanxi_cli.segmentation.rules.head_features import (
    MAX_BARE_HEADLINE_WORDS,
    MIN_HEADLINE_WORDS,
    MIN_PLAIN_HEADLINE_WORDS,
    HeadContext,
    count_words,
    has_label,
    is_after_end,
    is_before_opening,
    is_capitals_again,
    is_continued_below,
    is_first,
    is_large,
    is_like_text,
    is_picture_story,
    is_plain,
    is_plain_headline,
    is_same_headline,
    is_signed,
    is_stopped_capitals,
    is_title_case_again,
    is_unfinished_above,
    is_unmarked,
    marked_words,
)

ARTICLE_START = "article start"
CROSSHEAD = "crosshead"

HEAD_RULES: tuple[Rule[HeadContext], ...] = (
    Rule(
        "start.byline",
        ARTICLE_START,
        is_signed,
        ("«Coal town plants a forest» / By ZHAO PENGFEI / Miners in the town used to dig coal.",),
        ("«Coal town plants a forest» / Miners in the town used to dig coal.",),
    ),
    Rule(
        "start.first",
        ARTICLE_START,
        is_first,
        ("«Coal town plants a forest» / Miners in the town used to dig coal.",),
        (
            "# Coal town plants a forest / By ZHAO PENGFEI / Miners in the town used to dig coal. / # "
            "«A new road for the hills» / The county has built a road.",
        ),
    ),
    Rule(
        "start.picture",
        ARTICLE_START,
        is_picture_story,
        ("# «Trees above the pit» / Two men water saplings above the old pit. MA LI / FOR CHINA DAILY",),
        ("# «Trees above the pit» / Two men water saplings above the old pit and carry stones.",),
    ),
    Rule(
        "start.same_headline",
        ARTICLE_START,
        is_same_headline,
        ("# Letters to us / The road is bad. / # «Letters to us» / The river is high again.",),
        ("# Letters to us / The road is bad. / # «Letters to them» / The river is high again.",),
    ),
    Rule(
        "start.label_above",
        ARTICLE_START,
        has_label,
        (
            "# Coal town plants a forest / Miners used to dig coal. / Business / # «Mill to close» / "
            "The mill will close in May.",
        ),
        ("# Coal town plants a forest / Miners used to dig coal. / # «Mill to close» / The mill will close in May.",),
    ),
    Rule(
        "start.opening_below",
        ARTICLE_START,
        is_before_opening,
        (
            "Coal town plants a forest / By ZHAO PENGFEI / Miners in the town used to dig coal. / «Mill"
            " to close soon» / DATONG: The mill will close in May.",
        ),
        (
            "Coal town plants a forest / By ZHAO PENGFEI / Miners in the town used to dig coal. / «Mill"
            " to close soon» / The mill will close in May.",
        ),
    ),
    Rule(
        "start.marked",
        ARTICLE_START,
        lambda h: marked_words(h) >= MIN_HEADLINE_WORDS,
        (
            "# Coal town plants a forest / By ZHAO PENGFEI / Miners in the town used to dig coal. / # "
            "«Mill to close» / The mill will close in May.",
        ),
        (
            "# Coal town plants a forest / By ZHAO PENGFEI / Miners in the town used to dig coal. / ## "
            "«Mill to close» / The mill will close in May.",
        ),
    ),
    Rule(
        "start.marked_sentence",
        ARTICLE_START,
        lambda h: marked_words(h) >= MIN_PLAIN_HEADLINE_WORDS,
        (
            "# Coal town plants a forest / By ZHAO PENGFEI / Miners in the town used to dig coal. / # "
            "«Mill in the valley to close» / The mill will close in May.",
        ),
        (
            "# Coal town plants a forest / By ZHAO PENGFEI / Miners in the town used to dig coal. / # "
            "«Mill to close» / The mill will close in May.",
        ),
    ),
    Rule(
        "start.plain_headline",
        ARTICLE_START,
        is_plain_headline,
        (
            "Coal town plants a forest / By ZHAO PENGFEI / Miners in the town used to dig coal. / «Mill"
            " in the valley to close» / The mill will close in May.",
        ),
        (
            "Coal town plants a forest / By ZHAO PENGFEI / Miners in the town used to dig coal. / «Mill"
            " to close» / The mill will close in May.",
        ),
    ),
    Rule(
        "start.after_end",
        ARTICLE_START,
        is_after_end,
        ("Coal town plants a forest / Miners dig coal. / «New trees» / The county has planted trees.",),
        ("Coal town plants a forest / Miners dig coal on / «New trees» / The county has planted trees.",),
    ),
    Rule(
        "start.capitals",
        ARTICLE_START,
        is_capitals_again,
        ("COAL TOWN PLANTS TREES / Miners dig coal. / «THE NEW ROAD» / The county has built a road.",),
        ("Coal town plants trees / Miners dig coal. / «THE NEW ROAD» / The county has built a road.",),
    ),
    Rule(
        "start.title_case",
        ARTICLE_START,
        is_title_case_again,
        ("Coal Town Plants Many Trees / Miners dig coal. / «Boat Service Resumes» / The boats run again.",),
        ("Coal town plants many trees / Miners dig coal. / «Boat Service Resumes» / The boats run again.",),
    ),
    Rule(
        "start.four_words",
        ARTICLE_START,
        lambda h: is_plain(h) and count_words(h.headings[0]) == MIN_HEADLINE_WORDS + 1,
        ("Coal town plants trees / Miners dig coal. / «Bandsmen win in London» / They won on Sunday.",),
        ("Coal town plants trees / Miners dig coal. / «Bandsmen win» / They won on Sunday.",),
    ),
    Rule(
        "cross.few_words",
        CROSSHEAD,
        lambda h: is_plain(h) and max(map(count_words, h.headings)) < MIN_HEADLINE_WORDS,
        ("Coal town plants trees / Miners dig coal. / «New trees» / They won on Sunday.",),
        ("Coal town plants trees / Miners dig coal. / «Bandsmen win again» / They won on Sunday.",),
    ),
    Rule(
        "start.large",
        ARTICLE_START,
        is_large,
        ("# Coal town plants a forest / Miners used to dig coal. / «@1.6 Mill to close» / The mill will close.",),
        ("# Coal town plants a forest / Miners used to dig coal. / # «Mill to close» / The mill will close.",),
    ),
    Rule(
        "start.capitals_with_stop",
        ARTICLE_START,
        is_stopped_capitals,
        ("COAL TOWN PLANTS TREES. / Miners used to dig coal. / «MILL TO CLOSE.» / The mill will close in May.",),
        ("COAL TOWN PLANTS TREES / Miners used to dig coal. / «MILL TO CLOSE» / The mill will close in May.",),
    ),
    Rule(
        "cross.unfinished_above",
        CROSSHEAD,
        is_unfinished_above,
        (
            "# Coal town plants a forest / By ZHAO PENGFEI / Miners in the town used to dig coal from "
            "the / # «Mill in the valley» / The old pit is closed.",
        ),
        (
            "# Coal town plants a forest / By ZHAO PENGFEI / Miners in the town used to dig coal. / # "
            "«Mill in the valley» / The old pit is closed.",
        ),
    ),
    Rule(
        "cross.continued_below",
        CROSSHEAD,
        is_continued_below,
        (
            "# Coal town plants a forest / By ZHAO PENGFEI / Miners in the town used to dig coal from "
            "the / # «Mill in the valley to close» / pit that the county closed.",
        ),
        (
            "# Coal town plants a forest / By ZHAO PENGFEI / Miners in the town used to dig coal. / # "
            "«Mill in the valley to close» / The pit is closed.",
        ),
    ),
    Rule(
        "cross.unmarked",
        CROSSHEAD,
        is_unmarked,
        (
            "# Coal town plants a forest / By ZHAO PENGFEI / Miners in the town used to dig coal. / "
            "«Trees on every hill» / The pit is closed.",
        ),
        (
            "Coal town plants a forest / By ZHAO PENGFEI / Miners in the town used to dig coal. / "
            "«Trees on every hill» / The pit is closed.",
        ),
    ),
    Rule(
        "cross.like_text",
        CROSSHEAD,
        is_like_text,
        (
            "Coal town plants a forest / By ZHAO PENGFEI / Miners in the town used to dig coal. / "
            "«Since May, trains have left the town» / The pit is closed.",
        ),
        (
            "Coal town plants a forest / By ZHAO PENGFEI / Miners in the town used to dig coal. / "
            "«Trains leave the town at last» / The pit is closed.",
        ),
    ),
    Rule(
        "cross.long",
        CROSSHEAD,
        lambda h: is_plain(h) and count_words(h.headings[0]) > MAX_BARE_HEADLINE_WORDS,
        (
            "Coal town plants a forest / By ZHAO PENGFEI / Miners in the town used to dig coal. / «The "
            "old men of the town sit on the wall above the pit and count the trees» / The pit is "
            "closed.",
        ),
        (
            "Coal town plants a forest / By ZHAO PENGFEI / Miners in the town used to dig coal. / «The "
            "old men of the town sit on the wall» / The pit is closed.",
        ),
    ),
)
START_RULES = RuleSet(HEAD_RULES, default=CROSSHEAD)
