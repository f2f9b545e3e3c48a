"""The words that newspapers use around their articles: agencies, sections, roles, signs of what is no article.

Kept as data, by hand, from the usage of English-language newspapers and agencies. Lower case unless said otherwise.
"""

AGENCIES = frozenset(
    """
    afp ansa ap reuter associated+press agence+france-presse alamy ani anadolu bernama bloomberg cctv cfp china+daily
    china+news+service cns cnsphoto dpa efe epa epa-efe eyevine getty getty+images gettyimages handout ians ic imaginechina
    istock kyodo lusa magnum mna nurphoto pa pa+media pa+wire pap people's+daily pti press+association reuters rex
    rex+features shutterstock sipa sputnik tass ticker+images tpg upi vcg visual+china+group xinhua yonhap zuma alamy+stock
    """.replace("+", " ").split()
) | frozenset(
    name.replace("+", " ")
    for name in """
    associated+press agence+france-presse china+daily china+news+service getty+images pa+media pa+wire people's+daily
    press+association rex+features visual+china+group alamy+stock xinhua+news+agency reuters+photo press+trust+of+india
    """.split()
)
"""News and picture agencies, as they stand alone in a credit."""

PUBLICATION_ENDS = frozenset(
    """
    advertiser advocate age argus bulletin call chronicle citizen courant courier daily democrat dispatch echo
    enquirer evening examiner express gazette globe guardian herald images independent inquirer intelligencer journal
    leader ledger magazine mail media mercury mirror monitor morning news newspaper newspapers observer photos pictures
    pioneer post press record recorder register review sentinel standard star sun telegraph times tribune wire
    voice weekly world
    """.split()
)
"""What the name of a newspaper or agency ends with."""

SECTIONS = frozenset(
    name.replace("+", " ")
    for name in """
    a+section analysis arts arts+&+culture arts+and+culture books briefing briefs business business+news china
    city city+news classified classifieds columns comment comment+&+analysis community companies country county
    cover+story culture domestic economy education editorial editorials education+news environment entertainment europe
    expat+eye farming farming+news fashion feature features finance focus food front+page games global health home+news
    homes in+brief in+depth in+focus industry insight international international+news investigation kids leader leisure
    letters life lifestyle lifestyle+&+culture lifestyles local local+news market markets metro money motoring music nation
    national national+news nation+&+world nature news news+focus news+in+brief news+special obituaries obituary opinion
    people perspective politics portrait profile property real+estate commodities companies+&+markets regional report review rural school science
    society special special+report special+reports special+supplement sport sports spotlight style sunday+special tech
    technology theater theatre the+region top+news top+stories travel trends TV video views viewpoint week+in+review
    agriculture aviation automotive banking briefly consumer correspondence court courts crime energy events farming+&+rural+affairs
    fisheries in+short infrastructure labor labour letters+to+the+editor maritime mining oil+&+gas pensions planning power religion retail
    regions shipping telecoms the+provinces tourism trade transport welfare wine workplace
    weekend world world+news youth your+letters your+views
    """.lower().split()
)
"""Section labels as they stand alone above a column."""

SECTION_ENDS = frozenset("special focus weekly insight supplement section edition extra briefing spotlight".split())

ROLES = frozenset(
    """
    agency agencies assistant associate bureau business chief city columnist contributor correspondent correspondents crime
    critic culture deputy desk diplomatic economics economy editor education environment farming features for foreign
    freelance health home industry industrial local media music national news newsroom of our photographer
    political politics public reporter reporters rural science senior service social special sport sports
    staff team technology the transport travel writer writers in xinhua
    """.split()
)
"""What a role behind or under a byline is made of."""

ROLE_HEADS = frozenset(
    """
    agencies agency bureau columnist contributor correspondent correspondents critic desk editor newsroom photographer
    reporter reporters service staff team writer writers
    """.split()
)
"""One of which a role has to have."""

PARTICLES = frozenset("al bin bint da de del della der di dos du el la le ten ter van von und y zu ap ibn".split())
"""Small words inside names."""

WEEKDAYS = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun".split()
)
MONTHS = tuple("january february march april may june july august september october november december".split())

OPEN_ENDS = frozenset(
    """
    a according against also although amid an and any are as at be because been being between both but by called
    despite did does during either even every for from had has have he her his how however if in including into
    is its itself may might must my near neither nor of on only or our per said say says
    she should so some such than the their these they this those through to toward towards until upon very
    was we were what when where whether which while who whose with within without would your
    """.split()
)
"""Words that no headline and no sentence ends with: what ends so was cut."""

FURNITURE_LABELS = frozenset(
    name.replace("+", " ")
    for name in """
    inside index contents in+this+issue inside+today in+today's+paper today+inside what's+inside weather today's+weather
    the+weather weather+forecast forecast weather+today advertisement advertisements advert advertorial advertisement+feature
    advertising+feature sponsored sponsored+content paid+advertisement promotion classified classifieds public+notice
    public+notices legal+notices planning+notices corrections+and+clarifications lottery horoscope crossword sudoku tide+tables
    tv+tonight tonight's+tv in+pictures online+now online most+read scan+me scan+the+code scan+to+read+more scan+to+subscribe
    tender+notice auction+notice notice notices situations+vacant jobs+vacant vacancies auction auctions auction+sale for+sale to+let property+for+sale
    correction corrections clarification coupon lottery+results shipping+news shipping+movements tides tide+times jse wanted
    death+notices deaths births lost+and+found market+watch markets+at+a+glance market+prices market+report commodities today+on+this+page
    follow+us subscribe contact+us find+us+online exchange+rates exchange+rate market+data stocks lucky+numbers
    """.split()
)
"""What stands over a box that is no article."""

SURNAMES = frozenset(
    """
    ai an ao bai ban bao bi bian bo bu cai cao cen chai chang che chen cheng chi chu cui dai dang deng di diao ding dong dou
    du duan fan fang fei feng fu gan gao ge geng gong gou gu guan gui guo hai han hao he hong hou hu hua huang huo ji jia
    jian jiang jiao jin jing ju kang ke kong kuang lai lan lang lei leng li lian liang liao lin ling liu long lou lu luan luo
    lyu ma mao mei meng mi miao min mo mu na nan ni nie ning niu ou ouyang pan pang pei peng pi piao pu qi qian qiang qiao
    qin qiu qu quan ran ren rong ruan sha shan shang shao shen sheng shi shu shui si sima song su sui sun tan tang tao teng
    tian tong tu wan wang wei wen weng wu xi xia xian xiang xiao xie xin xing xiong xu xue xun yan yang yao ye yi yin
    ying you yu yuan yue yun zang zeng zha zhai zhan zhang zhao zhen zheng zhi zhong zhou zhu zhuang zhuo zong zou zu zuo
    """.split()
)
"""Chinese family names in pinyin: they stand first."""

GIVEN_NAMES = frozenset(
    """
    aaron abdul abigail adam ahmed aisha alan alastair albert alex alexander alexandra alfred ali alice alison amanda amir
    amy ana anastasia andre andrea andrew andy angela anita ann anna anne anthony antonio arthur ashley barbara ben benjamin bernard
    beth bill bob brenda brian bruce carl carla carlos carmen carol caroline catherine cathy charles charlotte chloe chris
    christian christina christine christopher claire clare colin craig daisy daniel danielle darren dave david dawn dean
    deborah debra dennis derek diana diane dominic donald donna dorothy doug douglas duncan ed eddie edward eleanor elena elizabeth
    ella ellen emily emma eric erica erin ethan eva evan evelyn fatima felicity fergus fiona florence frances francis frank
    fred gareth gary gavin gemma geoff geoffrey george georgia gerald gerard giles gillian gina glenn gloria gordon grace
    graham grant greg gregory hannah harold harriet harry hassan heather heidi helen henry holly howard hugh hugo ian ibrahim
    imogen irene isaac isabel isabella ivan jack jackie jacob jacqueline jake james jamie jan jane janet janice jason jean jeff
    jeffrey jennifer jenny jeremy jerry jess jesse jessica jill jim jo joan joanna joanne joe joel john jon jonathan jordan
    jose joseph josh joshua joyce juan judith julia julian julie juliet justin karen karl kate katherine kathleen kathryn katie keith
    kelly ken kenneth kerry kevin kim kirsty kyle larry laura lauren laurence lawrence lee leo leon leonard leslie lewis liam
    lily linda lindsay lisa liz lorna louis louise lucas lucy luis luke lynn madeleine malcolm marc marcus margaret maria marie
    marion mark martha martin mary matt matthew maureen max megan melanie melissa michael michelle miguel mike mohamed
    mohammed moira molly monica morgan muhammad murray nadia nancy naomi natalie natasha nathan neil niamh nicholas nick
    nicola nicole nigel nina noah noel nora oliver olivia omar oscar owen pamela pat patricia patrick paul paula pauline pedro
    penny peter phil philip phillip pierre priya rachel ralph raymond rebecca richard rob robert robin roger roland rory
    rosa rose rosemary ross rosie roy russell ruth ryan sally sam samantha samuel sandra sara sarah sean sebastian shane
    sharon sheila shirley simon siobhan sofia sophia sophie stacey stan stella stephanie stephen steve steven stewart stuart sue
    susan suzanne sylvia tamsin tara ted teresa terry tessa theresa thomas tim timothy tina toby todd tom tony tracey tracy
    trevor ursula valerie vanessa vera veronica victor victoria vincent virginia walter wendy wesley will william yasmin yusuf yvonne zoe
    """.split()
)
"""Given names as the newspapers of several countries print them first."""

STARTERS = frozenset(
    """
    a about above across after all almost along although among an and another any as at before behind between both but
    by despite during each even every few first five for four from he her here his how if in inside it its just last
    like many more most my nearly new no nobody not nothing now of on once one only our over people she since six some
    ten that the their there these they this those though three through two under until we what when where while who
    why with within you
    """.split()
)
"""Words that articles begin with."""
