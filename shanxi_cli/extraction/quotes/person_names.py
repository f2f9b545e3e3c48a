"""Names of people in newspaper English: Chinese names in pinyin, family name first, and names of other languages.

    Yang Xia, Ouyang Min, Wang Xi'an      family name, given name of one or two syllables
    Passy Charies Riseph, John Smith      capitals side by side, the family name last

Pinyin is checked by syllable (GB/T 16159, the national standard of its spelling), so that `Song Dynasty` and
`Hong Kong` are nobody.
"""

import re
from functools import cache

_SURNAMES = frozenset(
    """
ai an ao ba bai ban bao bei bi bian bo bu cai can cao cen chai chan chang che chen cheng chi chong chu chuan cui da
dai dan dang deng di diao ding dong dou du duan e fan fang fei feng fu gai gan gang gao ge geng gong gou gu guan guang
gui guo ha hai han hang hao he hei heng hong hou hu hua huai huan huang hui huo ji jia jian jiang jiao jie jin jing ju
jun kang ke kong kou ku kuai kuang lai lan lang lao lei leng li lian liang liao lin ling liu long lou lu lü luan lun
luo lv lyu ma mai man mao mei men meng mi miao min ming mo mou mu na nan ni nian nie ning niu nong ou pan pang pei
peng pi piao ping pu qi qian qiang qiao qin qiu qu quan que ran rao ren rong ru ruan rui sa sai sang sha shan shang
shao she shen sheng shi shou shu shuai shuang si song su sui sun suo tai tan tang tao teng ti tian tie tong tu wan
wang wei wen weng wo wu xi xia xian xiang xiao xie xin xing xiong xiu xu xuan xue xun ya yan yang yao ye yi yin ying
yong you yu yuan yue yun zang zeng zha zhai zhan zhang zhao zhen zheng zhi zhong zhou zhu zhuang zhuo zi zong zou zu
zuo
""".split()
)
_TWO_SYLLABLE_SURNAMES = frozenset(
    "ouyang sima zhuge shangguan situ dongfang huangfu xiahou murong linghu gongsun chunyu zhongsun yuwen zhangsun "
    "duanmu baili nangong dugu dongguo ximen tantai helian taishi shentu wanyan tuoba".split()
)
_PINYIN_SYLLABLES = """
b a o ai ei ao an en ang eng i ie iao ian in ing u
p a o ai ei ao ou an en ang eng i ie iao ian in ing u
m a o e ai ei ao ou an en ang eng i ie iao iu ian in ing u
f a o ei ou an en ang eng u
d a e ai ei ao ou an en ang eng ong i ia ie iao iu ian ing u uo ui uan un
t a e ai ao ou an ang eng ong i ie iao ian ing u uo ui uan un
n a e ai ei ao ou an en ang eng ong i ie iao iu ian in iang ing u uo uan ü üe v ue
l a o e ai ei ao ou an ang eng ong i ia ie iao iu ian in iang ing u uo uan un ü üe v ue yu
g a e ai ei ao ou an en ang eng ong u ua uo uai ui uan un uang
k a e ai ei ao ou an en ang eng ong u ua uo uai ui uan un uang
h a e ai ei ao ou an en ang eng ong u ua uo uai ui uan un uang
j i ia ie iao iu ian in iang ing iong u ue uan un
q i ia ie iao iu ian in iang ing iong u ue uan un
x i ia ie iao iu ian in iang ing iong u ue uan un
zh a e i ai ei ao ou an en ang eng ong u ua uo uai ui uan un uang
ch a e i ai ao ou an en ang eng ong u ua uo uai ui uan un uang
sh a e i ai ei ao ou an en ang eng u ua uo uai ui uan un uang
r e i ao ou an en ang eng ong u ua uo ui uan un
z a e i ai ei ao ou an en ang eng ong u uo ui uan un
c a e i ai ao ou an en ang eng ong u uo ui uan un
s a e i ai ao ou an en ang eng ong u uo ui uan un
y a o e ao ou an in ang ing ong i u ue uan un
w a o ai ei an en ang eng u
- a o e ai ei ao ou an en ang er
"""
_ENGLISH_HOMOGRAPHS = frozenset(
    "lake mine gate dance game line base site rice date case range house kong cable home gene genome tea macao march "
    "change sale song ware are share shape age china asia indi".split()
) | {"dynasty"}
"""Words and places that pinyin would allow as a given name."""

CAPITALISED_WORD = r"[A-ZÀ-ÖØ-Þ][\w'’]*(?:-\w+)*"
"""A word with a capital, possessive and hyphens included."""

NAME_PATTERN = re.compile(
    rf"{CAPITALISED_WORD}(?:\s+(?:(?:de|da|del|van|von|der|bin|al|el|la)\s+)?(?:{CAPITALISED_WORD}|[A-Z]\.))*"
)


@cache
def _compile_given_name_pattern() -> re.Pattern[str]:
    parts = []
    for line in _PINYIN_SYLLABLES.strip().splitlines():
        initial, *finals = line.split()
        ends = "|".join(sorted(finals, key=len, reverse=True))
        parts.append(f"{'' if initial == '-' else initial}(?:{ends})")
    syllable = f"(?:{'|'.join(parts)})"
    return re.compile(rf"{syllable}(?:['’-]?{syllable})?")


@cache
def is_chinese_name(name: str) -> bool:
    """True for a whole Chinese name in pinyin: `Yang Xia`, `Zhang Xi'an`, `Ouyang Min`; never for one word."""
    words = name.split()
    if len(words) == 3 and all(len(word) < 7 for word in words):  # given name written apart: Cheng Xiao Ming
        words = [words[0], words[1] + words[2].lower()]
    if len(words) != 2 or not all(word[:1].isupper() for word in words):
        return False
    family, given = words[0].lower(), words[1].lower()
    known = family in _SURNAMES or family in _TWO_SYLLABLE_SURNAMES
    return known and given not in _ENGLISH_HOMOGRAPHS and bool(_compile_given_name_pattern().fullmatch(given))


def get_family_name(name: str) -> str:
    """The part of a full name that stands alone after the first mention."""
    words = name.split()
    return words[0] if is_chinese_name(name) else words[-1]


def find_chinese_names(text: str) -> list[tuple[int, int]]:
    """The places of whole Chinese names in `text`, half-open, in characters, in their order."""
    found = []
    for run in re.finditer(rf"{CAPITALISED_WORD}(?:[ \u00a0]+{CAPITALISED_WORD})+", text):
        words = [(m.start() + run.start(), m.end() + run.start()) for m in re.finditer(r"\S+", run.group())]
        n = 0
        while n < len(words) - 1:
            start, end = words[n][0], words[n + 1][1]
            name = text[start:end]
            bare = re.sub(r"['’]s\Z", "", name)
            if is_chinese_name(bare):
                found.append((start, start + len(bare)))
                n += 1
            n += 1
    return found
