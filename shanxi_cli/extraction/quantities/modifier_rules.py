"""The rows of `modifiers`: phrases before and after a number, and the relation that each gives."""

from shanxi_cli.extraction.quantities.token_rules import RuleTable, TokenRule
from shanxi_cli.model.quantity import Relation

BEFORE_RULES = (
    TokenRule(
        "about",
        "about; around; some; roughly; approximately; approx; approx .; circa; an? estimated; nearly about"
        "; in the region of; in|on the order of; in the vicinity of; more or less; ~; ≈; or so; a rough"
        "; averaging about; estimated at; at about|around|roughly; an? average of about; somewhere around",
        Relation.ABOUT,
        ("The farm has about 300 goats.", "An estimated 4,000 people marched.", "It cost in the region of £5m."),
        ("They spoke about the 300 goats.",),
    ),
    TokenRule(
        "nearly",
        "nearly; almost; close to; nearing; approaching; just|slightly|a? under; just short of; just|slightly below"
        "; !the|those|from near; virtually; not quite; a little under; slightly|just less than; a little less than",
        Relation.NEARLY,
        ("The farm has nearly 300 goats.", "Just under 40 percent voted.", "Close to 900 homes flooded."),
        ("The farm near the 300 goats is closed.",),
    ),
    TokenRule(
        "less than",
        "less|fewer than; under; !the|those|from below; shorter|lower|smaller|younger|cheaper|lighter than"
        "; well under|below; far|much less|fewer than; short of; <; narrower|shallower than",
        Relation.LESS,
        ("Fewer than 60 houses stand there.", "Inflation stayed below 3 percent."),
        ("The below 60 houses are sold.",),
    ),
    TokenRule(
        "at most",
        "!went|go|goes|gone|going|moved|came|add|adds|adding up to; at most; at the most; no|not more than"
        "; no later|longer|higher than; !well|such as many|much|high|long|far as"
        "; a? !the|those|from maximum of?; not exceeding|over; not exceed; not to exceed; within; < =; ≤"
        "; no fewer and no more than; capped at; limited to; a maximum",
        Relation.AT_MOST,
        ("The hall holds up to 500 guests.", "As many as 70 boats sank.", "The fine is a maximum of $400."),
        ("Prices went up to 50 rupees.",),
    ),
    TokenRule(
        "more than",
        "more than; over; !the|those|from above; !a|the|this exceed|exceeds|exceeded|exceeding"
        "; surpass|surpasses|surpassed|surpassing; topped|topping|tops; &to|could|may|might|will|would|should top"
        "; has topped; upward|upwards of; in excess of; beyond; greater|larger|longer|higher|older|bigger than"
        "; just|well|slightly over|above; slightly|far|much|many|rather more than; a little over; a little more than"
        "; far exceeding; north of; >; taller|heavier|deeper|wider|faster|further than; passing|passed"
        "; crossed|crossing; past the; broke|breaking",
        Relation.MORE,
        ("More than 80 clinics closed.", "Sales topped $2 billion.", "The haul exceeded 9 tons."),
        ("The above 80 clinics closed.",),
    ),
    TokenRule(
        "at least",
        "at least; at the least; no|not less|fewer|lower than; no earlier than; a? !the|those|from minimum of?"
        "; > =; ≥; as few as; a minimum",
        Relation.AT_LEAST,
        ("At least 40 miners were hurt.", "It takes a minimum of 20 days."),
        ("The minimum 20 days have passed.",),
    ),
    TokenRule("nearly", "~ <", Relation.NEARLY),
)
"""Phrases right before a number."""

AFTER_RULES = (
    TokenRule(
        "or more",
        "or more|above|over|higher|older|longer|greater|better; and above|over|older|upwards|upward; at least",
        Relation.AT_LEAST,
        ("Trees of 20 meters or more were felled.", "Men aged 60 and over travel free."),
        ("Take 20 trees or move.",),
    ),
    TokenRule(
        "or less",
        "or less|fewer|below|lower|under|younger; and under|below|younger; at most",
        Relation.AT_MOST,
        ("Plots of 2 hectares or less are exempt.",),
        ("Take 2 hectares or leave.",),
    ),
    TokenRule("or so", "or so|thereabouts", Relation.ABOUT, ("It lasted 20 days or so.",), ("Take 20 days or sow.",)),
)
"""Phrases right behind a number and its unit."""

FILLER_RULES = (
    TokenRule(
        "a total of",
        "a; an; a total of; a further; another; an additional; a combined; a record",
        None,
        ("More than a total of 80 clinics closed.",),
    ),
)
"""Words between a relation and its number that change neither."""

BEFORE_TABLE = RuleTable(BEFORE_RULES, backwards=True)
AFTER_TABLE = RuleTable(AFTER_RULES)
FILLER_TABLE = RuleTable(FILLER_RULES, backwards=True)
