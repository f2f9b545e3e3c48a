"""A made archive of 133 articles: those that all tests use, and 120 written by a fixed rule.

Many of the 120 are of one length and have the same words equally often, so that their scores are equal and only the
order of ids decides; some are near-duplicates; years, places, people, figures and quotes repeat with different periods.
"""

from pathlib import Path

from tests.support import articles

COUNT = 120
_TOWNS = ("Datong", "Taiyuan", "Pingyao", "Linfen", "Changzhi", "Jinzhong", "Yuncheng")
_SUBJECTS = "coal river factory school bridge museum wheat railway temple hospital vinegar".split()
_PEOPLE = ("Zhao Lei", "Li Min", "Wang Fang", "Chen Jing", "Sun Yu")
_PAPERS = ("Shanxi Daily News", "Travel Weekly", "Linfen Evening Post")
_SECTIONS = ("Business", "Culture", "Shanxi", "Travel")


def write_corpus(folder: Path) -> Path:
    """Write the articles into `folder` and return it."""
    articles.write(folder, [*articles.FILES, *articles.MEASURED_FILES, *articles.TWIN_FILES])
    for number in range(COUNT):
        (folder / f"made-{number:03}.md").write_text(_article(number), encoding="utf-8")
    return folder


def _article(number: int) -> str:
    town, other = _TOWNS[number % 7], _TOWNS[(number // 3) % 7]
    subject, second = _SUBJECTS[number % 11], _SUBJECTS[(number // 5) % 11]
    person, paper, section = _PEOPLE[number % 5], _PAPERS[number % 3], _SECTIONS[number % 4]
    year, month = 2001 + number % 23, 1 + number % 12
    lines = [
        "---",
        f"title: {subject.capitalize()} of {town}",
        f"author: [{_PEOPLE[(number // 2) % 5]}]",
        f"date: {_date(number, year, month)}",
        f"publication: {paper}",
        f"section: {section}",
        f'page: "{number % 9 + 1}"',
        f"places: [{town}, {other}]",
        f"keywords: [{subject}, {second} and {subject}]",
        f"people: [{person}]",
        "---",
        "",
        f"A new {subject} opened in the town of {town} by the river, and the {second} of {other} was closed.",
        "",
        *_middle(number, subject, second),
        "",
        f'"The {subject} is what our town needs," said {person}, who runs the {second}. "Coal was our past."',
        "",
    ]
    return "\n".join(lines)


def _date(number: int, year: int, month: int) -> str:
    return (f"{year}-{month:02}-{number % 28 + 1:02}", f"{year}-{month:02}", f"{year}", f"{year}-01/{year}-03")[
        number % 4
    ]


def _middle(number: int, subject: str, second: str) -> list[str]:
    """Return a passage: figures, a passage that seven articles share, repeated words, or Chinese."""
    kinds = [
        f"It cost {number + 3} million yuan and employs {20 * number + 40} people in {number + 2} factories.",
        "The coal mine opened its gates to visitors after the last shift had left. A guide shows the lamps, the lifts "
        "and the long coal face, and the miners of that time tell how they worked, what they ate and how they slept. "
        "Tickets are sold at the station, where the trains of the coal railway once left for the ports every hour.",
        " ".join([subject.capitalize(), *[subject] * (number % 5), "and", second, "belong together."]),
        f"The road from the {subject} is {number + 10} kilometers long. About {number * 30 + 500} households use it.",
        "太原市的煤炭产量下降，新的工厂在河边。",
    ]
    return [
        kinds[number % 5],
        *([f"Output grew {number % 40 + 1}.5 percent in {2000 + number % 20}."] if number % 2 else []),
    ]
