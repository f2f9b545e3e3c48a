"""Word lists of newspaper pages: agencies, sections, roles, names, labels of furniture.

Each list is a file of `data/`, a term per line, in lower case; the header of a file describes its terms. Surnames and
names of the calendar are those of `analysis`, which the extraction of quotes uses too.
"""

from shanxi_cli.util.lexicon import load_list, load_terms

AGENCIES = load_terms("segmentation/agencies")
PUBLICATION_ENDINGS = load_terms("segmentation/publication_endings")
SECTIONS = load_terms("segmentation/sections")
SECTION_ENDINGS = load_terms("segmentation/section_endings")
FURNITURE_LABELS = load_terms("segmentation/furniture_labels")
FOLIO_WORDS = load_terms("segmentation/folio_words")
CREDIT_WORDS = load_terms("segmentation/credit_words")

ROLE_HEADS = load_terms("segmentation/role_heads")
ROLES = load_terms("segmentation/roles") | ROLE_HEADS
SURNAMES = load_terms("analysis/surnames") | load_terms("analysis/compound_surnames")
GIVEN_NAMES = load_terms("segmentation/given_names")
NAME_PARTICLES = load_terms("segmentation/printed_particles")

MONTHS = load_list("analysis/months")
WEEKDAYS = load_terms("analysis/weekdays") | load_terms("segmentation/weekday_abbreviations")

RUNNING_TEXT_OPENERS = load_terms("segmentation/running_text_openers")
SENTENCE_STARTERS = load_terms("segmentation/sentence_starters") | RUNNING_TEXT_OPENERS
UNFINISHED_ENDINGS = load_terms("segmentation/unfinished_endings")
HEADLINE_LINE_ENDINGS = load_terms("segmentation/headline_line_endings")
DECAPITATED_WORDS = load_terms("segmentation/decapitated_words")
HYPHENATED_PREFIXES = load_terms("segmentation/hyphenated_prefixes")
WORD_ENDINGS = load_terms("segmentation/word_endings")
