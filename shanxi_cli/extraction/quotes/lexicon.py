"""The words of attribution in newspaper English: verbs of saying, and nouns for those who speak.

The verbs follow the lists of style guides (Reuters Handbook of Journalism, "attribution"), in three ranks by how
much has to stand with them before they report speech: see `attributions`.
"""

import re

SAYING_VERBS = "said says say told tells tell".split()
"""They report speech whatever follows, a clause or nothing but a comma."""

REPORTING_VERBS = """
added adds noted notes explained explains stated states remarked remarks commented comments announced announces
claimed claims argued argues argue insisted insists recalled recalls admitted admits acknowledged acknowledges
stressed stresses emphasized emphasizes emphasised emphasises revealed reveals disclosed discloses confirmed confirms
declared declares predicted predicts warned warns suggested suggests observed observes continued continues concluded
concludes replied replies responded responds answered answers asked asks wrote writes believed believes believe
thought thinks think complained complains joked jokes maintained maintains reiterated reiterates mentioned mentions
agreed agrees reported reports estimated estimates promised pledged vowed hoped hopes hope exclaimed whispered shouted
cried laughed smiled quipped underlined underlines pointed points
""".split()
"""They need a quotation, `that`, a clause, or to stand between commas: `Dong recalled`, `he noted there is`."""

CLAUSE_VERBS = frozenset(
    "noted notes explained explains stressed stresses argued argues argue admitted admits believed believes believe "
    "thought thinks think claimed claims insisted insists predicted predicts warned warns acknowledged emphasized "
    "hopes hope recalled added stated states maintained complained joked estimates".split()
)
"""Those of them whose clause may come without `that`."""

TELLING_OF_VERBS = "writes wrote tells told speaks spoke talks talked".split()
"""With `of` they report what was told, without a clause."""

SPEECH_ADVERBS = frozenset(
    "also later then further once often recently repeatedly proudly happily jokingly once again still even first "
    "has have had would himself herself themselves all both simply just always now reportedly earlier".split()
)
"""What may stand between subject and verb."""

PERSON_NOUNS = frozenset(
    """
official executive resident villager farmer expert analyst researcher scientist engineer manager director chairman
chairwoman chairperson chair president secretary mayor governor minister spokesman spokeswoman spokesperson visitor
tourist traveler traveller student teacher professor lecturer worker employee miner businessman businesswoman
businessperson entrepreneur owner dealer merchant trader investor insider observer critic author doctor nurse patient
driver man woman mother father wife husband son daughter brother sister grandmother grandfather girl boy couple leader
representative delegate member staffer technician guide guest customer consumer buyer seller shopkeeper artist
craftsman artisan inheritor curator diplomat ambassador consul head chief founder cofounder co-founder ceo partner
coach athlete writer source reporter journalist officer volunteer performer chef designer organizer organiser
participant economist historian archaeologist scholar academic lawyer judge prosecutor commander soldier veteran
principal dean rector local foreigner expatriate trainer trainee graduate applicant colleague neighbor neighbour
friend supplier user reader viewer producer actor actress singer dancer player operator planner architect advocate
boss respondent interviewee breeder descendant heir salesman saleswoman shopper orchardist teenager trainee innkeeper
pioneer activist commissioner deputy administrator supervisor magistrate cadre specialist adviser advisor consultant
translator interpreter editor poet painter potter weaver beekeeper herder grower fisherman retiree pensioner
""".split()
)
IRREGULAR_PERSON_PLURALS = frozenset(
    "businessmen businesswomen businesspeople chairmen spokesmen women men people children parents staff wives "
    "entrepreneurs craftsmen fishermen salespeople youths elders seniors others authorities CEOs police".split()
)
PLURAL_PERSON_NOUNS = frozenset(
    {f"{noun}s" for noun in PERSON_NOUNS}
    | {f"{noun[:-1]}ies" for noun in PERSON_NOUNS if noun.endswith("y")}
    | {f"{noun}es" for noun in PERSON_NOUNS if noun.endswith(("ss", "ch"))}
    | IRREGULAR_PERSON_PLURALS
)
ORGANISATION_NOUNS = frozenset(
    """
government bureau department ministry commission committee administration agency office authority company firm group
corporation enterprise university institute academy school college hospital bank association federation union customs
court council center centre station factory plant institution organization organisation ministry party congress
conference secretariat headquarters directorate court league society foundation museum library laboratory team embassy
consulate subsidiary operator retailer manufacturer producer maker airline railway newspaper conglomerate cooperative
co-operative startup start-up think-tank
""".split()
)
ORGANISATION_NAME_ENDINGS = frozenset(
    """
technology technologies co ltd inc corp holdings industry industries robots electronics pharmaceutical pharmaceuticals
biology biotech bioscience energy power motors motor steel coal mining chemical chemicals materials equipment
logistics trading trade investment securities capital insurance airlines railway international systems software media
press news daily times agency solutions sciences academy observatory commerce club hotel zone area customs petroleum
gas foods food winery distillery brewery textile textiles machinery heavy works mine cotton agriculture environmental
photovoltaic solar bureau
""".split()
)
"""The last word of many a name of a company."""

DOCUMENT_NOUNS = frozenset(
    "data figures statistics report statement release document notice circular survey plan study information numbers "
    "forecast estimate estimates rankings ranking bulletin announcement guideline guidelines paper yearbook".split()
)
"""What is quoted for those who made it: `data from Taiyuan Customs`."""

EXECUTIVE_ROLES = frozenset(
    "chairman chairwoman chairperson chair president ceo manager director founder cofounder co-founder executive head "
    "chief officer owner partner boss".split()
)
BUSINESS_NOUNS = frozenset("executive entrepreneur businessman businesswoman businessperson".split())
OFFICIAL_ROLES = frozenset(
    "official director head secretary mayor governor minister deputy magistrate chief commissioner officer leader "
    "administrator cadre spokesman spokeswoman spokesperson".split()
)
GENERIC_PERSON_NOUNS = frozenset("author speaker person writer".split())
MALE_ROLES = frozenset(
    "chairman spokesman businessman man father husband son brother grandfather boy craftsman actor".split()
)
FEMALE_ROLES = frozenset("chairwoman spokeswoman businesswoman woman mother wife daughter sister girl actress".split())

FAMILY_NOUNS = frozenset(
    "wife husband son daughter mother father brother sister grandmother grandfather neighbor friend".split()
)

TITLE_ALTERNATIVES = (
    r"(?:Dr|Mr|Mrs|Ms|Miss|Prof|Professor|Sir|Madam|Mayor|Governor|President|Premier|Minister|Chairman|Chairwoman|Director|"
    r"Secretary|Party Secretary|Party chief|Deputy|Vice|Ambassador|Consul|General|Captain|Colonel|Judge|Manager|CEO|"
    r"Vice-Governor|Vice-Mayor|Vice-President|Vice-Minister|Deputy Mayor|Deputy Governor|Deputy Director|Father)\.?"
)

DETERMINERS = frozenset(
    "the a an this that these those its his her their our my your one some many several few most other another both "
    "each every all and or but nor so yet if when while as because since although though where whether than then "
    "of at in on from with for by to into onto over under between among after before during against through "
    "he she it they we i you who whom whose which what there here not is are was were be been being has have had do "
    "does did will would can could may might shall should must said says say told according however meanwhile "
    "moreover also therefore thus yesterday today".split()
)
"""Words that are no part of the plain words before a noun."""

PREPOSITIONS = frozenset("of at in from with for on under near around across".split())
AUXILIARIES = frozenset(
    "is are was were be been being has have had do does did will would can could may might shall should must".split()
)
PRONOUNS = {"he": "he", "she": "she", "they": "they", "it": "it", "him": "he", "her": "she", "them": "they"}

WORD_PATTERN = re.compile(r"[^\W_](?:[\w&]|[.](?=\w)|['’\-](?=\w))*['’]?")
"""A word with its hyphens and apostrophes; `U.S` keeps the inner point."""
