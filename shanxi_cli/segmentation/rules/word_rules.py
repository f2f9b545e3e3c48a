"""Rules on the words of a block alone: bylines with a `By`, contributors, notes about an author, sections."""

from shanxi_cli.segmentation.evidence import Rule
from shanxi_cli.segmentation.features import BlockContext

WORD_RULES: tuple[Rule[BlockContext], ...] = (
    Rule(
        "byline.by_name",
        "byline",
        lambda b: b.own.byline is not None,
        ("«By ZHAO PENGFEI» / Miners in the town used to dig coal.", "«From Our Own Correspondent» / The river rose."),
        ("«By the river» / Miners in the town used to dig coal.",),
    ),
    Rule(
        "contributors.sentence",
        "contributors",
        lambda b: b.own.names_contributors,
        ("«Sun Yu contributed to this story.»", "«Additional reporting by Ada Obi»"),
        ("«Sun Yu contributed three goats to the fair.»",),
    ),
    Rule(
        "address.alone",
        "address",
        lambda b: b.own.is_address,
        ("«editor@gazette.example»",),
        ("«Write to editor@gazette.example before Friday»",),
    ),
    Rule(
        "note.author",
        "note",
        lambda b: b.own.is_author_note,
        ("«The author is a teacher in Datong.»", "«Contact the writer at sun@paper.example»"),
        ("«The authority is a body of nine.»",),
    ),
    Rule(
        "section.name",
        "label",
        lambda b: b.own.is_section_label,
        ("«Business»", "«SPECIAL REPORT»"),
        ("«Business is slow in Datong»",),
    ),
)
