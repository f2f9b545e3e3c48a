"""Article starts: rules that weigh whether a head begins an article, or only divides the one above it."""

from shanxi_cli.segmentation.evidence import Rule, RuleSet
from shanxi_cli.segmentation.rules.head_features import (
    MIN_HEADLINE_WORDS,
    MIN_PLAIN_HEADLINE_WORDS,
    VERY_LARGE_SIZE,
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
    is_plain_headline,
    is_signed,
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
        "start.very_large",
        ARTICLE_START,
        lambda h: is_large(h, VERY_LARGE_SIZE) and max(map(count_words, h.headings)) > MIN_HEADLINE_WORDS,
        ("# Coal town plants a forest / Miners dig coal in the / «@2.4 Mill to close in May» / It will close.",),
        ("# Coal town plants a forest / Miners dig coal in the / «@1.6 Mill to close in May» / It will close.",),
    ),
    Rule(
        "start.capitals",
        ARTICLE_START,
        is_capitals_again,
        ("COAL TOWN PLANTS TREES / Miners dig coal. / «THE NEW ROAD» / The county has built a road.",),
        ("Coal town plants trees / Miners dig coal. / «THE NEW ROAD» / The county has built a road.",),
    ),
    Rule(
        "start.large",
        ARTICLE_START,
        is_large,
        ("# Coal town plants a forest / Miners used to dig coal. / «@1.6 Mill to close» / The mill will close.",),
        ("# Coal town plants a forest / Miners used to dig coal. / # «Mill to close» / The mill will close.",),
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
)
START_RULES = RuleSet(HEAD_RULES, default=CROSSHEAD)
