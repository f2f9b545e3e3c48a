"""Word classes of attribution in newspaper English: verbs of saying, and nouns for speakers.

The verbs follow the lists of style guides (Reuters Handbook of Journalism, "attribution"), in three ranks by how much
has to come with them before they report speech: see `verb_attribution`.
"""

import re

from shanxi_cli.util.lexicon import load_list, load_terms, match_any_term

SAYING_VERBS = load_terms("extraction/saying_verbs")
"""Verbs that report speech whatever follows, a clause or nothing but a comma."""

CLAUSE_VERBS = load_terms("extraction/clause_verbs")
"""Reporting verbs whose clause may come without `that`."""

REPORTING_VERBS = load_terms("extraction/reporting_verbs") | CLAUSE_VERBS
"""Verbs that need a quotation, `that`, a clause, or commas around them: `Dong recalled`, `he noted there is`."""

BASE_VERBS = load_terms("extraction/base_verbs")
"""Forms that agree with several speakers: `officials argue`."""

JUDGING_VERBS = load_terms("extraction/judging_verbs")
"""Verbs whose words follow in a quotation of their own: `Moss accused the board of fraud.`"""

TELLING_OF_VERBS = load_terms("extraction/telling_of_verbs")
"""Verbs that report with `of`, without a clause."""

SPEECH_ADVERBS = load_terms("extraction/speech_adverbs")
"""Words that may come between subject and verb."""

PERSON_NOUNS = (
    load_terms("extraction/person_nouns")
    | load_terms("extraction/speaker_nouns")
    | load_terms("extraction/occupations")
)
IRREGULAR_PERSON_PLURALS = load_terms("extraction/irregular_person_plurals")
PLURAL_PERSON_NOUNS = frozenset(
    {f"{noun}s" for noun in PERSON_NOUNS}
    | {f"{noun[:-1]}ies" for noun in PERSON_NOUNS if noun.endswith("y")}
    | {f"{noun}es" for noun in PERSON_NOUNS if noun.endswith(("ss", "ch"))}
    | IRREGULAR_PERSON_PLURALS
)
ORGANISATION_NOUNS = load_terms("extraction/organisation_nouns")
PLURAL_ORGANISATION_NOUNS = (
    frozenset(
        {f"{noun}s" for noun in ORGANISATION_NOUNS if not noun.endswith(("y", "s", "ch", "sh"))}
        | {f"{noun[:-1]}ies" for noun in ORGANISATION_NOUNS if noun.endswith("y")}
        | {f"{noun}es" for noun in ORGANISATION_NOUNS if noun.endswith(("ch", "sh", "ss"))}
    )
    - ORGANISATION_NOUNS
    - frozenset(["offices", "forces", "parties", "plants"])
)
COMPANY_NOUNS = load_terms("extraction/company_nouns") | {"bank", "group"}
"""Nouns that refer back to any firm: `the company`."""
UNIQUE_BODIES = load_terms("extraction/unique_bodies")
"""Nouns that with `the` name one body of a country or town without its name."""
ORGANISATION_NAME_ENDINGS = load_terms("extraction/organisation_name_endings")
"""The last words of companies' names."""

DOCUMENT_NOUNS = load_terms("extraction/document_nouns")
"""Documents that are quoted in place of their authors: `data from Taiyuan Customs`."""

SPEAKING_DOCUMENTS = load_terms("extraction/speaking_documents")
"""Documents whose words are reported as their own: `the report said`."""

READ_ALOUD = SPEAKING_DOCUMENTS | frozenset("headline post tweet email e-mail message text inscription caption".split())
"""Documents of which `read` says what is in them: `the statement read`."""

EXECUTIVE_ROLES = load_terms("extraction/executive_roles")
BUSINESS_NOUNS = load_terms("extraction/business_nouns")
OFFICIAL_ROLES = load_terms("extraction/official_roles")
GENERIC_PERSON_NOUNS = load_terms("extraction/generic_person_nouns")
MALE_ROLES = load_terms("extraction/male_roles")
FEMALE_ROLES = load_terms("extraction/female_roles")
FAMILY_NOUNS = load_terms("extraction/family_nouns")

TITLE_ALTERNATIVES = match_any_term(load_list("extraction/titles")).replace(r"\ ", r"\.?\s+") + r"\.?"
"""A regular expression for one title before a name, with or without its full stop."""

FULL_STOP_MARKS = "[.!?]"
NO_ABBREVIATION = r"(?<!\b[A-Z]\.)" + "".join(
    rf"(?<!\b{short}\.)"
    for short in (
        *(title for title in load_list("extraction/titles") if len(title) < 6 and " " not in title),
        *"Jr Sr Md Mohd Wm St Inc Corp Co Cos Ltd Bros No Nos Ksh Sh Rs".split(),
    )
)
"""A regular expression for the place behind a mark that is not the full stop of `J.`, `Mr.` or `Inc.`"""
FULL_STOP = FULL_STOP_MARKS + NO_ABBREVIATION
"""A regular expression for a mark that ends a phrase."""

FEMALE_GIVEN_NAMES = load_terms("extraction/female_given_names")
MALE_GIVEN_NAMES = load_terms("extraction/male_given_names")
OCCUPATIONAL_SURNAMES = load_terms("extraction/occupational_surnames")
GIVEN_NAMES = FEMALE_GIVEN_NAMES | MALE_GIVEN_NAMES
BODY_KINDS = (ORGANISATION_NOUNS | load_terms("extraction/body_kinds")) - frozenset(
    "family department ministry office side team house".split()
)
"""Nouns before the name of a body: `civil action group Outa`."""
FIRM_KINDS = load_terms("extraction/firm_kinds")
"""Nouns that refer back to a firm beside those for any: `the retailer`."""
BODIES_WITH_ARTICLE = load_terms("extraction/bodies_with_article")
BARE_SPEAKERS = load_terms("extraction/bare_speakers")
"""Nouns for speakers without an article: `Witness said`."""
NO_AGENT_NOUNS = load_terms("extraction/no_agent_nouns")
LY_NOUNS = load_terms("extraction/ly_nouns")

FUNCTION_WORDS = load_terms("extraction/function_words")
"""Words that never modify the noun of a speaker."""

POSTMODIFIERS = load_terms("extraction/postmodifiers")
"""Adjectives and participles that follow the noun of a speaker: `a source familiar with the talks`."""

PREPOSITIONS = frozenset("of at in from with for on under near around across".split())
AUXILIARIES = frozenset(
    "is are was were be been being has have had do does did will would can could may might shall should must".split()
)
PRONOUNS = {"he": "he", "she": "she", "they": "they", "it": "it", "him": "he", "her": "she", "them": "they"}

WORD_PATTERN = re.compile(r"[^\W_](?:[\w&]|[.](?=\w)|['’\-](?=\w))*['’]?")
"""A word with its hyphens and apostrophes; `U.S` keeps the inner point."""
