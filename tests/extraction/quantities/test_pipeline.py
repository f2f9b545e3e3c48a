"""Quantities of sentences: text, normal form, period, rate, change, counted noun."""

import pytest

from shanxi_cli.extraction.quantities import format_quantity, read_paragraphs, read_quantities
from shanxi_cli.extraction.quantities.units import units_as_markdown
from shanxi_cli.model.quantity import Change, Dimension
from shanxi_cli.util import edtf
from tests.support.paths import PROJECT

PRINTED = edtf.parse_edtf("2021-07-05/2021-07-20")

AMOUNTS = [
    ("The mill has 91 looms.", ["91 looms"]),
    ("It has 30 actors, 40 victims and 12 suppliers.", ["30 people", "40 people", "12 suppliers"]),
    ("The share leapt from 20 to 30 percent.", ["20 percent", "30 percent"]),
    ("They paid about 250 million yuan ($38.6 million).", ["~ 250,000,000 CNY", "~ 38,600,000 USD"]),
    ("Grants of £2.7bn, A$1.5m and HK$30 were paid.", ["2,700,000,000 GBP", "1,500,000 AUD", "30 HKD"]),
    ("It cost RMB 5 million, or Rs 500 crore.", ["5,000,000 CNY", "5,000,000,000 INR"]),
    ("The deal ($358 billion) was signed.", ["358,000,000,000 USD"]),
    ("Trains run at 160-400 kilometers per hour.", ["160 to 400 km/h"]),
    ("Prices rose 20 to 30 percent.", ["20 to 30 percent"]),
    ("A loan of $5-10 million for 3-5 years.", ["5,000,000 to 10,000,000 USD", "3 to 5 years"]),
    ("The share rose from 20 to 30 percent.", ["20 percent", "30 percent"]),
    ("It fell by between 5 percent and 10 percent.", ["5 to 10 percent"]),
    ("The trip was cut from six hours to two.", ["6 hours", "2 hours"]),
    ("Rates rose 25 basis points.", ["0.25 percentage point"]),
    ("The field has 1,500 mu (100 hectares) of maize.", ["100 ha", "100 ha"]),
    ("The flat of 90 square meters is 5 sq km away.", ["0.009 ha", "500 ha"]),
    ("They carried 500 kg of rice, 3.5 tons of salt and 200 pounds.", ["0.5 t", "3.5 t", "0.090718474 t"]),
    ("A 16-gigawatt plant by a 110-kilovolt line made 3 million kWh.", ["16,000 MW", "110 kV", "3,000,000 kWh"]),
    ("It was minus 5 C, then -12 degrees Celsius.", ["-5 °C", "-12 °C"]),
    ("The dam holds 39 billion cubic meters.", ["39,000,000,000 m3"]),
    ("It took a couple of years and half an hour.", ["~ 2 years", "0.5 hours"]),
    ("It stood for six decades and two centuries.", ["60 years", "200 years"]),
    ("It led for 10 consecutive years.", ["10 years"]),
    ("Two-thirds of voters and a third of the members came.", ["66.6666666667 percent", "33.3333333333 percent"]),
    ("One in five farmers stayed.", ["20 percent"]),
    ("More than a half of the wheat grows there.", ["> 50 percent"]),
    ("Sales were five times those of the rival and grew tenfold.", ["5 times", "10 times"]),
    ("He calls at least once a day and twice a week.", [">= 1 time per day", "2 times per week"]),
    ("A dozen firms, half a million trees.", ["12 companies", "500,000 trees"]),
    ("A quarter of a million bees.", ["250,000 bees"]),
    ("Two hundred and five families, twenty-five million birds.", ["205 households", "25,000,000 birds"]),
    ("The 30-bed ward has 15 high-tech and well-kept rooms.", ["30 beds", "15 rooms"]),
    ("It sells to 30 countries and regions.", ["30 countries"]),
    ("Li Hua, 45, has a 12-year-old boy.", ["45 year of age", "12 year of age"]),
    ("They are aged between 15 and 17.", ["15 to 17 year of age"]),
    ("Ten towns joined in May. Another five followed.", ["10 towns", "5 towns"]),
    ("It has 69 zones. Of these, six are at the national level.", ["69 zones", "6 zones"]),
    ("The number of clinics reached 10,000.", ["10,000 clinics"]),
    ("The town has a population of 230,000.", ["230,000 people"]),
    ("In 2020 they spent 4.5bn yuan; in 2021 the figure was 5.1bn.", ["4,500,000,000 CNY", "5,100,000,000 CNY"]),
]  # fmt: skip

RELATIONS = [
    ("91 looms", "="),
    ("only 91 looms", "="),
    ("a total of 91 looms", "="),
    ("about 90 looms", "~"),
    ("some 90 looms", "~"),
    ("an estimated 90 looms", "~"),
    ("90 looms or so", "~"),
    ("nearly 90 looms", "~<"),
    ("just under 90 looms", "~<"),
    ("fewer than 90 looms", "<"),
    ("up to 90 looms", "<="),
    ("as many as 90 looms", "<="),
    ("no more than 90 looms", "<="),
    ("more than 90 looms", ">"),
    ("surpassing 90 looms", ">"),
    ("90-plus looms", ">"),
    ("at least 90 looms", ">="),
    ("no fewer than 90 looms", ">="),
    ("90 looms or more", ">="),
]

NOTHING = [
    "It was founded in November 2016 and reopened on July 21, 2021.",
    "The 14th Five-Year Plan (2021-25) follows the 13th Five-Year Plan (2016-20).",
    "The Ming (1368-1644) and the Tang (618-907) built walls.",
    "The first stop of the second phase is their 100th anniversary.",
    "COVID-19, 5G, Trust 100, Highway 108, Boeing 737 and Room 302.",
    "Call 010-6499-4567 or +86 351 123 4567 before 7:30 pm.",
    "The team won 3-2 at No 5 and is among the top 10 clubs.",
    "One of them once knew the only one.",
    "The Three Gorges and the Two Sessions.",
    "It was created in the early 1960s.",
    "Hundreds of people, dozens of shops, for decades.",
    "",
]

TIMES = [
    ("In 2020, output was 5 million yuan.", ["2020"]),
    ("Output was 5 million yuan in the first half of this year.", ["2021-01/2021-06"]),
    ("In the third quarter of 2019 they spent $5.", ["2019-07/2019-09"]),
    ("In the first five months, they spent $5.", ["2021-01/2021-05"]),
    ("From January to May, they spent $5.", ["2021-01/2021-05"]),
    ("Between 2016 and 2018 they spent $5.", ["2016/2018"]),
    ("They spent $5 over the period from 2013-21.", ["2013/2021"]),
    ("During the 13th Five-Year Plan (2016-20) they spent $5.", ["2016/2020"]),
    ("During the 14th Five-Year Plan they spent $5.", ["2021/2025"]),
    ("They spent $5 last year.", ["2020"]),
    ("They spent $5 in June.", ["2021-06"]),
    ("They spent $5 on Sept 14.", ["2020-09-14"]),
    ("They spent $5 this month.", ["2021-07"]),
    ("They have spent $5 since 2009.", ["2009/2021"]),
    ("They spent $5 in the past three years.", ["2018/2020", "2018/2020"]),
    ("In 2018 they spent $5. It was an increase of 7 percent.", ["2018", "2018"]),
    ("They spent $5 in 2018. In that year the village had 90 looms.", ["2018", "2018"]),
    ("They spent $4 in 2018 and $5 in 2019.", ["2018", "2019"]),
    ("Sales rose 7 percent compared with 2015.", [""]),
    ("Founded in 2015, the mill now has 90 looms.", [""]),
    ("They spent $5.", [""]),
]


def normal_forms(sentence: str) -> list[str]:
    return [format_quantity(quantity) for quantity in read_quantities(sentence, PRINTED)]


@pytest.mark.parametrize(("sentence", "expected"), AMOUNTS, ids=[sentence for sentence, _ in AMOUNTS])
def test_quantities_have_their_normal_form(sentence: str, expected: list[str]) -> None:
    assert normal_forms(sentence) == expected


@pytest.mark.parametrize(("phrase", "relation"), RELATIONS, ids=[phrase for phrase, _ in RELATIONS])
def test_quantity_has_relation(phrase: str, relation: str) -> None:
    (quantity,) = read_quantities(f"The mill has {phrase}.")
    assert (quantity.relation.value, quantity.unit) == (relation, "loom")


@pytest.mark.parametrize("sentence", NOTHING)
def test_other_numbers_are_no_quantities(sentence: str) -> None:
    assert normal_forms(sentence) == []


@pytest.mark.parametrize(("sentence", "expected"), TIMES, ids=[sentence for sentence, _ in TIMES])
def test_quantity_has_period(sentence: str, expected: list[str]) -> None:
    assert [quantity.period for quantity in read_quantities(sentence, PRINTED)][-len(expected) :] == expected


def test_period_stays_open_without_certain_date() -> None:
    assert [q.period for q in read_quantities("They spent $5 this year.")] == [""]
    assert [q.period for q in read_quantities("They spent $5 this month.", edtf.parse_edtf("2021-06/2021-07"))] == [""]
    assert [q.period for q in read_quantities("They have spent $5 since 2009.")] == ["2009/.."]


def test_period_carries_over_to_next_paragraph() -> None:
    first, second = read_paragraphs(["In 2018, exports were $5.", "Imports in that year were $7."], PRINTED)
    assert [q.period for q in (*first, *second)] == ["2018", "2018"]


def test_quantity_has_all_fields() -> None:
    sentence = "An annual income of more than 100,000 yuan ($14,890) was normal in 2020."
    yuan, dollars = read_quantities(sentence, PRINTED)
    assert yuan.text == "more than 100,000 yuan"
    assert (yuan.start, yuan.end) == (20, 42)
    assert (yuan.value, yuan.high, yuan.unit, yuan.dimension) == (100000, None, "CNY", Dimension.MONEY)
    assert (yuan.rate, yuan.counted, yuan.period, yuan.same_as) == ("year", "annual income", "2020", 1)
    assert (dollars.relation, dollars.rate, dollars.period, dollars.same_as) == (yuan.relation, "year", "2020", 0)


@pytest.mark.parametrize(
    ("sentence", "rate"),
    [
        ("They save 240 million yuan a year.", "year"),
        ("It sells for $18 a pound.", "pound"),
        ("It yields 6,500 kilograms per hectare.", "hectare"),
        ("The monthly salary is 2,500 yuan.", "month"),
        ("The income per hectare was 5,000 yuan.", "hectare"),
        ("Its per capita income is 2,500 yuan.", "person"),
        ("It saves 10 million yuan ($1.54 million) a year.", "year"),
        ("It cost 5 yuan.", ""),
    ],
)
def test_quantity_has_rate(sentence: str, rate: str) -> None:
    assert {quantity.rate for quantity in read_quantities(sentence)} == {rate}


@pytest.mark.parametrize(
    ("sentence", "change"),
    [
        ("Output was high, growing 109 percent year-on-year.", Change("rise", "year-on-year")),
        ("Exports fell 4 percent from a year earlier.", Change("fall", "from a year earlier")),
        ("It brings a 20 percent increase.", Change("rise")),
        ("It was 3.2 percentage points higher than in May.", Change("rise", "than in May")),
        ("Sales dropped by 5 million yuan.", Change("fall")),
        ("Output can be lifted 20 percent.", Change("rise")),
        ("Costs were slashed by 20 percent.", Change("fall")),
        ("Coal made up 50 percent of it.", None),
        ("They raised 5 million yuan.", None),
    ],
    ids=lambda value: value if isinstance(value, str) else value.direction if value else "none",
)
def test_quantity_has_change(sentence: str, change: Change | None) -> None:
    (quantity,) = read_quantities(sentence)
    assert quantity.change == change


@pytest.mark.parametrize(
    ("sentence", "counted"),
    [
        ("It helped more than 40,000 rural residents.", "rural residents"),
        ("It has 14 emerging and high-tech industries.", "emerging and high-tech industries"),
        ("It has 100,000 hectares of apple orchards.", "apple orchards"),
        ("It makes 60 percent of the province's wheat.", "the province's wheat"),
        ("It had a sales revenue of 400 million yuan.", "sales revenue"),
        ("The city's GDP reached 164.36 billion yuan.", "city's GDP"),
        ("They paid 400 million yuan.", ""),
    ],
)
def test_quantity_has_counted_noun(sentence: str, counted: str) -> None:
    assert [quantity.counted for quantity in read_quantities(sentence)] == [counted]


def test_manual_has_the_table_of_units() -> None:
    manual = (PROJECT / "docs" / "figures.md").read_text(encoding="utf-8")
    table = manual.partition("<!-- units -->\n")[2].partition("<!-- /units -->")[0]
    assert table == units_as_markdown()
