"""Evidence that a word is the name of an organisation, as rows like those of `evidence_rules`."""

from shanxi_cli.extraction.names.evidence_rules import EvidenceRule

_ANY: frozenset[str] = frozenset()
_FIRM = (
    "company|firm|airline|carrier|retailer|giant|maker|startup|start-up|insurer|lender|brokerage|bank|broadcaster|"
    "publisher|operator|carmaker|automaker|chipmaker|drugmaker|manufacturer|conglomerate|consultancy|network|watchdog|"
    "charity|regulator|union|agency|group|club|newspaper|magazine|website|supplier|supermarket|builder|miner|brewer"
)
_OFFICERS = (
    "spokes(?:man|woman|person)|CEO|chief executive|CFO|chairman|chairwoman|executives?|officials?|staff|employees"
)
_HOLDINGS = "shares|stock|shareholders|investors|subsidiary|headquarters|products|customers|parent|board"
BODY_RULES = (
    EvidenceRule(
        "firm before",
        frozenset(_FIRM.split("|")),
        rf"(?<![\w-])(?:{_FIRM}) \Z",
        "",
        ("the airline [Norfell] said so", "rival broadcaster [Lakeside] has it"),
        ("the pilot [Norfell] said so", "airlines [Norfell] and others"),
    ),
    EvidenceRule(
        "officer behind",
        _ANY,
        "",
        rf"(?:['’]s)? (?:{_OFFICERS}|{_HOLDINGS})\b",
        ("[Norfell] spokeswoman Ida Moss", "[Norfell]'s shares fell", "a [Norfell] chief executive"),
        ("[Norfell] spoke", "[Norfell]'s share fell"),
    ),
    EvidenceRule(
        "officer of",
        frozenset(["of", "in", "at"]),
        r"(?<![\w-])(?:shares|stake|stock|investors|CEO|chief executive|subsidiary|unit|employees) (?:of|in|at) \Z",
        "",
        ("the chief executive of [Norfell]", "a stake in [Norfell]"),
        ("the harbour of [Norfell]", "they believe in [Norfell]"),
    ),
    EvidenceRule(
        "firm behind",
        _ANY,
        "",
        rf", (?:the|an?) (?:[\w'’-]+ ){{0,5}}?(?:{_FIRM})\b",
        ("[Norfell], the Oslo-based shipping company, said", "[Norfell], a retailer"),
        ("[Norfell], the Oslo-based sailor, said", "[Norfell], the companies"),
    ),
    EvidenceRule(
        "its",
        _ANY,
        "",
        r" (?:also )?(?:said|says) its\b",
        ("[Norfell] said its boats are safe",),
        ("[Norfell] said it was a joke",),
    ),
)
"""Rules that make an organisation of one word that is no person's family name, no place and no given name."""
ACRONYM_RULES = (
    EvidenceRule(
        "acronym acts",
        _ANY,
        "",
        rf"(?:['’]s)? (?:said|says|announced|reported|confirmed|{_OFFICERS}|president|director|members)\b",
        ("the [NLB] said so", "[NLB] officials"),
        ("the [NLB] fell", "[NLB] and others"),
    ),
)
"""Rules that make an organisation of a word in capitals."""
CUE_WORDS = frozenset(f"{_FIRM}|{_HOLDINGS}".split("|")) | frozenset(
    "spokesman spokeswoman spokesperson chief chairman chairwoman executive executives official officials staff "
    "employees stake unit said says announced reported confirmed president director members".split()
)
"""Words of which a text has one where a rule of `body` or `acronym` holds."""
WORDS_BEFORE = BODY_RULES[0].words | BODY_RULES[2].words
"""Words of which one comes before a name where a rule that looks there holds."""
BEHIND = "|".join(rule.after for rule in (*BODY_RULES, *ACRONYM_RULES) if rule.after)
"""A regular expression for what the other rules look for behind it."""
