"""The words that newspapers use around their articles: agencies, sections, roles, signs of what is no article.

Kept as data, by hand, from the usage of English-language newspapers and agencies. Lower case unless said otherwise.
"""


def _split_names(text: str) -> frozenset[str]:
    """Names, parted by white space; a plus stands for a space in one."""
    return frozenset(name.replace("+", " ") for name in text.split())


AGENCIES = _split_names(
    """
    aap afp agence+france-presse alamy alamy+stock anadolu ani anp ansa antara ap associated+press
    australian+associated+press belga bernama bloomberg canadian+press cctv central+news cfp china+daily
    china+news+service cns cnsphoto dpa efe epa epa-efe eyevine getty getty+images gettyimages
    ghana+news+agency gna handout ians ic imaginechina interfax irna istock itar-tass jiji jiji+press kcna
    kuna kyodo lusa magnum mna nampa news+agency+of+nigeria nurphoto pa pa+media pa+wire pap people's+daily
    press+association press+trust+of+india pti reuter reuters reuters+photo rex rex+features shutterstock
    sipa sputnik swns tass the+canadian+press ticker+images tpg unb upi vcg vietnam+news+agency
    visual+china+group xinhua xinhua+news+agency yonhap zuma
    """
)
"""News and picture agencies, as they stand alone in a credit."""

PUBLICATION_ENDS = frozenset(
    """
    advertiser advocate age argus bulletin call chronicle citizen courant courier daily democrat dispatch echo
    enquirer evening examiner express gazette globe guardian herald images independent inquirer intelligencer
    journal leader ledger magazine mail media mercury mirror monitor morning news newspaper newspapers observer
    photos pictures pioneer post press record recorder register review sentinel standard star sun telegraph
    times tribune wire voice weekly world
    """.split()
)
"""What the name of a newspaper or agency ends with."""

SECTIONS = _split_names(
    """
    a+section agriculture analysis arts arts+&+culture arts+and+culture automotive aviation banking books
    briefing briefly briefs business business+news china city city+news classified classifieds columns comment
    comment+&+analysis commodities community companies companies+&+markets consumer correspondence country
    county court courts cover+story crime culture domestic economy editorial editorials education education+news
    energy entertainment environment europe events expat+eye farming farming+&+rural+affairs farming+news
    fashion feature features finance fisheries focus food front+page games global health home+news homes
    in+brief in+depth in+focus in+short industry infrastructure insight international international+news
    investigation kids labor labour leader leisure letters letters+to+the+editor life lifestyle
    lifestyle+&+culture lifestyles local local+news maritime market markets metro mining money motoring music
    nation nation+&+world national national+news nature news news+focus news+in+brief news+special obituaries
    obituary oil+&+gas opinion pensions people perspective planning politics portrait power profile property
    real+estate regional regions religion report retail review rural school science shipping society special
    special+report special+reports special+supplement sport sports spotlight style sunday+special tech
    technology telecoms the+provinces the+region theater theatre top+news top+stories tourism trade transport
    travel trends tv video viewpoint views week+in+review weekend welfare wine workplace world world+news
    your+letters your+views youth
    """
)
"""Section labels as they stand alone above a column."""

SECTION_ENDS = frozenset("special focus weekly insight supplement section edition extra briefing spotlight".split())

ROLES = frozenset(
    """
    agency agencies assistant associate bureau business chief city columnist contributor correspondent
    correspondents crime critic culture deputy desk diplomatic economics economy editor education environment
    farming features for foreign freelance health home industry industrial local media music national news
    newsroom of our photographer political politics public reporter reporters rural science senior service
    social special sport sports staff team technology the transport travel writer writers in xinhua
    """.split()
)
"""What a role behind or under a byline is made of."""

ROLE_HEADS = frozenset(
    """
    agencies agency bureau columnist contributor correspondent correspondents critic desk editor newsroom
    photographer reporter reporters service staff team writer writers
    """.split()
)
"""One of which a role has to have."""

NAME_PARTICLES = frozenset("al bin bint da de del della der di dos du el la le ten ter van von und y zu ap ibn".split())
"""Small words inside names."""

WEEKDAYS = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun".split()
)
MONTHS = tuple("january february march april may june july august september october november december".split())

UNFINISHED_ENDINGS = frozenset(
    """
    a according against also although amid an and any are as at be because been being between both but by called
    despite did does during either even every for from had has have he her him his how however if in including into
    is its itself may might must my near neither nor of on only or our per said say says she should so some such
    than the their these they this those through to toward towards until upon very was we were what when where
    whether which while who whose with within without would your
    """.split()
)
"""Words that no headline and no sentence ends with: what ends so was cut."""

FURNITURE_LABELS = _split_names(
    """
    advert advertisement advertisement+feature advertisements advertising+feature advertorial auction
    auction+notice auction+sale auctions births clarification classified classifieds commodities contact+us
    contents correction corrections corrections+and+clarifications coupon crossword death+notices deaths
    exchange+rate exchange+rates find+us+online follow+us for+sale forecast horoscope in+pictures in+this+issue
    in+today's+paper index inside inside+today jobs+vacant jse legal+notices lost+and+found lottery
    lottery+results lucky+numbers market+data market+prices market+report market+watch markets+at+a+glance
    most+read notice notices online online+now paid+advertisement planning+notices promotion property+for+sale
    public+notice public+notices scan+me scan+the+code scan+to+read+more scan+to+subscribe shipping+movements
    shipping+news situations+vacant sponsored sponsored+content stocks subscribe sudoku tender+notice
    what's+on lotteries lottery lottery+numbers
    the+weather tide+tables tide+times tides to+let today's+weather today+inside today+on+this+page tonight's+tv
    tv+tonight vacancies wanted weather weather+forecast weather+today what's+inside
    """
)
"""What stands over a box that is no article."""

SURNAMES = frozenset(
    """
    ai an ao bai ban bao bi bian bo bu cai cao cen chai chang che chen cheng chi chu cui dai dang deng di diao
    ding dong dou du duan fan fang fei feng fu gan gao ge geng gong gou gu guan gui guo hai han hao he hong hou
    hu hua huang huo ji jia jian jiang jiao jin jing ju kang ke kong kuang lai lan lang lei leng li lian liang
    liao lin ling liu long lou lu luan luo lyu ma mao mei meng mi miao min mo mu na nan ni nie ning niu ou
    ouyang pan pang pei peng pi piao pu qi qian qiang qiao qin qiu qu quan ran ren rong ruan sha shan shang shao
    shen sheng shi shu shui si sima song su sui sun tan tang tao teng tian tong tu wan wang wei wen weng wu xi
    xia xian xiang xiao xie xin xing xiong xu xue xun yan yang yao ye yi yin ying you yu yuan yue yun zang zeng
    zha zhai zhan zhang zhao zhen zheng zhi zhong zhou zhu zhuang zhuo zong zou zu zuo
    """.split()
)
"""Chinese family names in pinyin: they stand first."""

GIVEN_NAMES = frozenset(
    """
    aaron abdul abigail adam ahmed aisha alan alastair albert alex alexander alexandra alfred ali alice alison
    amanda amir amy ana anastasia andre andrea andrew andy angela anita ann anna anne anthony antonio arthur
    ashley barbara ben benjamin bernard beth bill bob brenda brian bruce carl carla carlos carmen carol caroline
    catherine cathy charles charlotte chloe chris christian christina christine christopher claire clare colin
    craig daisy daniel danielle darren dave david dawn dean deborah debra dennis derek diana diane dominic
    donald donna dorothy doug douglas duncan ed eddie edward eleanor elena elizabeth ella ellen emily emma eric
    erica erin ethan eva evan evelyn fatima felicity fergus fiona florence frances francis frank fred gareth
    gary gavin gemma geoff geoffrey george georgia gerald gerard giles gillian gina glenn gloria gordon grace
    graham grant greg gregory hannah harold harriet harry hassan heather heidi helen henry holly howard hugh
    hugo ian ibrahim imogen irene isaac isabel isabella ivan jack jackie jacob jacqueline jake james jamie jan
    jane janet janice jason jean jeff jeffrey jennifer jenny jeremy jerry jess jesse jessica jill jim jo joan
    joanna joanne joe joel john jon jonathan jordan jose joseph josh joshua joyce juan judith julia julian julie
    juliet justin karen karl kate katherine kathleen kathryn katie keith kelly ken kenneth kerry kevin kim
    kirsty kyle larry laura lauren laurence lawrence lee leo leon leonard leslie lewis liam lily linda lindsay
    lisa liz lorna louis louise lucas lucy luis luke lynn madeleine malcolm marc marcus margaret maria marie
    marion mark martha martin mary matt matthew maureen max megan melanie melissa michael michelle miguel mike
    mohamed mohammed moira molly monica morgan muhammad murray nadia nancy naomi natalie natasha nathan neil
    niamh nicholas nick nicola nicole nigel nina noah noel nora oliver olivia omar oscar owen pamela pat
    patricia patrick paul paula pauline pedro penny peter phil philip phillip pierre priya rachel ralph raymond
    rebecca richard rob robert robin roger roland rory rosa rose rosemary ross rosie roy russell ruth ryan sally
    sam samantha samuel sandra sara sarah sean sebastian shane sharon sheila shirley simon siobhan sofia sophia
    sophie stacey stan stella stephanie stephen steve steven stewart stuart sue susan suzanne sylvia tamsin tara
    ted teresa terry tessa theresa thomas tim timothy tina toby todd tom tony tracey tracy trevor ursula valerie
    vanessa vera veronica victor victoria vincent virginia walter wendy wesley will william yasmin yusuf yvonne
    zoe
    """.split()
)
"""Given names as the newspapers of several countries print them first."""

SENTENCE_STARTERS = frozenset(
    """
    a about above across after all almost along although among an and another any as at before behind between
    both but by despite during each even every few first five for four from he her here his how if in inside it
    its just last like many more most my nearly new no nobody not nothing now of on once one only our over
    people she since six some ten the their them there these they this those though three through two under
    until we what when where while who why with within you
    """.split()
)
"""Words that articles begin with."""
