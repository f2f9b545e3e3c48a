"""The gazetteer: divisions and their members, lookup by name, and places mentioned in a text."""

from collections import Counter

import pytest

from shanxi_cli.model.article import Article, Caption
from shanxi_cli.places.gazetteer import (
    Division,
    DivisionLevel,
    article_place_mentions,
    division_members,
    division_spellings,
    find_divisions,
    find_place_mentions,
    load_divisions,
)
from shanxi_cli.query.ast import Exact, Word
from shanxi_cli.query.plan.lookups import ExpansionLookup, PhraseLookup
from shanxi_cli.query.plan.place_expansion import expand_place
from shanxi_cli.query.plan.planner import plan_leaf
from tests.support.case_ids import case_ids

DIVISIONS = {  # districts, counties, county-level cities of each city
    "Taiyuan": (6, 3, 1),
    "Datong": (4, 6, 0),
    "Yangquan": (3, 2, 0),
    "Changzhi": (4, 8, 0),
    "Jincheng": (1, 4, 1),
    "Shuozhou": (2, 3, 1),
    "Jinzhong": (2, 8, 1),
    "Yuncheng": (1, 10, 2),
    "Xinzhou": (1, 12, 1),
    "Linfen": (1, 14, 2),
    "Lyuliang": (1, 10, 2),
}
KINDS = {
    DivisionLevel.DISTRICT: "区",
    DivisionLevel.COUNTY: "县",
    DivisionLevel.COUNTY_LEVEL_CITY: "市",
    DivisionLevel.CITY: "市",
    DivisionLevel.PROVINCE: "省",
}


def test_number_of_divisions() -> None:
    counts = Counter(place.level for place in load_divisions())
    assert counts[DivisionLevel.PROVINCE] == 1
    assert counts[DivisionLevel.CITY] == 11
    assert (
        counts[DivisionLevel.DISTRICT] + counts[DivisionLevel.COUNTY] + counts[DivisionLevel.COUNTY_LEVEL_CITY] == 117
    )


@pytest.mark.parametrize("city", DIVISIONS)
def test_division_members_of_each_city(city: str) -> None:
    [place] = find_divisions(city)
    counts = Counter(other.level for other in division_members(place))
    assert (
        counts[DivisionLevel.DISTRICT],
        counts[DivisionLevel.COUNTY],
        counts[DivisionLevel.COUNTY_LEVEL_CITY],
    ) == DIVISIONS[city]
    assert {other.code[:4] for other in division_members(place)} == {place.code[:4]}


def test_divisions_are_complete() -> None:
    assert len({place.code for place in load_divisions()}) == len(load_divisions())
    for place in load_divisions():
        assert place.chinese.endswith(KINDS[place.level]), place
        assert place.name.isalpha() and place.name.istitle(), place
        assert place.name not in place.variants
        assert len(place.code) == 6 and place.code.startswith("14")


READINGS = {
    "洪洞县": "Hongtong",
    "长子县": "Zhangzi",
    "隰县": "Xixian",
    "岢岚县": "Kelan",
    "繁峙县": "Fanshi",
    "忻州市": "Xinzhou",
    "盂县": "Yuxian",
    "代县": "Daixian",
    "乡宁县": "Xiangning",
    "蒲县": "Puxian",
    "芮城县": "Ruicheng",
    "万柏林区": "Wanbailin",
    "尖草坪区": "Jiancaoping",
    "娄烦县": "Loufan",
    "曲沃县": "Quwo",
    "翼城县": "Yicheng",
    "绛县": "Jiangxian",
    "新绛县": "Xinjiang",
    "平鲁区": "Pinglu",
    "平陆县": "Pinglu",
    "潞城区": "Lucheng",
    "屯留区": "Tunliu",
    "上党区": "Shangdang",
    "潞州区": "Luzhou",
    "云州区": "Yunzhou",
    "云冈区": "Yungang",
    "平城区": "Pingcheng",
    "新荣区": "Xinrong",
    "怀仁市": "Huairen",
    "太谷区": "Taigu",
    "介休市": "Jiexiu",
    "吕梁市": "Lyuliang",
}


@pytest.mark.parametrize("chinese", READINGS)
def test_difficult_readings(chinese: str) -> None:
    [place] = find_divisions(chinese)
    assert place.name == READINGS[chinese]


MEANS = [
    ("Jinzhong", ["晋中市"]),
    ("JINZHONG CITY", ["晋中市"]),
    ("city of Jinzhong", ["晋中市"]),
    ("太原", ["太原市"]),
    ("Lüliang", ["吕梁市"]),
    ("Lvliang", ["吕梁市"]),
    ("Hongdong county", ["洪洞县"]),
    ("Qixian", ["祁县"]),
    ("Qi county", ["祁县"]),
    ("Qi Xian", []),
    ("Qi", []),
    ("Yu Xian", []),
    ("Shouyang", ["寿阳县"]),
    ("Shuyang", []),
    ("Xinghualing", ["杏花岭区"]),
    ("Xinghuacun", []),
    ("Pinglu", ["平鲁区", "平陆县"]),
    ("Pinglu county", ["平陆县"]),
    ("Pinglu district", ["平鲁区"]),
    ("Changzhi city", ["长治市"]),
    ("Changzhi county", ["上党区"]),
    ("Taigu county", ["太谷区"]),
    ("Chengqu", ["城区", "城区"]),
    ("城区", ["城区", "城区"]),
    ("Cheng", []),
    ("Xi'an", []),
    ("Shaanxi", []),
    ("Shanxi", ["山西省"]),
    ("", []),
]


@pytest.mark.parametrize(("name", "expected"), MEANS, ids=case_ids(MEANS))
def test_find_divisions(name: str, expected: list[str]) -> None:
    assert [place.chinese for place in find_divisions(name)] == expected


def test_spellings_are_looked_up_as_tokenized() -> None:
    for place in load_divisions():
        for name in division_spellings(place):
            [exact] = plan_leaf(Exact(name, "place")).lookups
            assert exact in plan_leaf(Word(name, "place")).lookups
            assert isinstance(exact, (PhraseLookup, ExpansionLookup))
            assert exact in expand_place(Word("Shanxi", "place"), exact).lookups


def test_division_spellings_mean_the_division() -> None:
    def means(name: str, place: Division) -> bool:
        return place in find_divisions(name)

    assert all(means(name, place) for place in load_divisions() for name in division_spellings(place))
    assert division_spellings(find_divisions("Xinjiang county")[0]) == ("Xinjiang county", "新绛")
    assert division_spellings(find_divisions("Qixian")[0]) == ("Qixian", "Qi county", "祁县")
    assert division_spellings(find_divisions("Chengqu")[0]) == ("Chengqu district",)


TEXTS = [
    ("A resident of Xima village in Wenshui county went to Wenshui.", [("Wenshui", 2), ("Xima", 1)]),
    ("Taiyuan's Xinghualing district, not Xinghuacun.", [("Taiyuan", 1), ("Xinghualing", 1)]),
    ("Taiyuan Iron and Steel and the Linfen Statistics Bureau agree.", []),
    ("Li Lingshi, Yu Xian and Qi Xian live in Lingshi.", [("Lingshi", 1)]),
    ("In Pinglu they grow apples.", []),
    ("In Pinglu, Yuncheng, they grow apples. Pinglu is warm.", [("Pinglu county", 2), ("Yuncheng", 1)]),
    ("Pinglu district is cold.", [("Pinglu district", 1)]),
    ("Cotton comes from Xinjiang, flutes from Xinjiang county.", [("Xinjiang county", 1)]),
    ("Jingle bells ring in Jingle county.", [("Jingle county", 1)]),
    ("The city of Changzhi, Changzhi City, and Anhui's Huaiyang county.", [("Changzhi", 2), ("Huaiyang", 1)]),
    ("Shanxi province is not Shaanxi province.", [("Shanxi", 1), ("Shaanxi", 1)]),
    ("Jing's village is warm.", []),
    ("太原市和长治，长治久安。平遥县", [("Taiyuan", 1), ("Changzhi", 1), ("Pingyao", 1)]),
    ("城区 is no name.", []),
    ("Datong, Datong and Yuci", [("Datong", 2), ("Yuci", 1)]),
    ("no capitals in datong", []),
    ("", []),
]


@pytest.mark.parametrize(("text", "expected"), TEXTS, ids=case_ids(TEXTS))
def test_find_place_mentions(text: str, expected: list[tuple[str, int]]) -> None:
    assert [(mention.name, mention.times) for mention in find_place_mentions(text)] == expected


def test_mention_has_its_division() -> None:
    [pinglu, unknown] = find_place_mentions("Pinglu district has Nowhere village.")
    assert pinglu.place is not None
    assert (pinglu.place.chinese, pinglu.place.city) == ("平鲁区", "Shuozhou")
    assert unknown.place is None


def test_article_place_mentions_include_captions() -> None:
    article = Article("a", "A title", "The body.", captions=(Caption("A school in Zuoquan county."),))
    assert [(mention.name, mention.times) for mention in article_place_mentions(article)] == [("Zuoquan", 1)]


def test_capital_at_sentence_start_makes_no_place() -> None:
    [mention] = find_place_mentions("Coal town plants trees. It is an Innovative Town, south of Xima village.")
    assert mention.name == "Xima"
