"""Names above, below and after articles."""

import pytest

from shanxi_cli.segmentation.rules.bylines import is_role_line, parse_bare_byline, parse_byline
from shanxi_cli.segmentation.rules.contributors import is_author_note, parse_contributors
from shanxi_cli.segmentation.rules.names import is_agency


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("By ZHAO PENGFEI", ["ZHAO PENGFEI"]),
        ("BY ZHAO PENGFEI", ["ZHAO PENGFEI"]),
        ("By Mary-Jane O’Neill and Sean McDONALD", ["Mary-Jane O’Neill", "Sean McDONALD"]),
        ("By LI MIN in Taiyuan, WANG FANG in Datong and ZHAO LEI in Beijing", ["LI MIN", "WANG FANG", "ZHAO LEI"]),
        ("By Li Min in Taiyuan, Shanxi", ["Li Min"]),
        ("By JOAN TURK, Industry Reporter", ["JOAN TURK"]),
        ("By JOAN TURK China Daily", ["JOAN TURK"]),
        ("By Joan Turk | Business Editor", ["Joan Turk"]),
        ("By Joan Turk, China Daily", ["Joan Turk"]),
        ("By Joan Turk, Education Correspondent, in London", ["Joan Turk"]),
        ("By Joan Turk joan.turk@courier.example", ["Joan Turk"]),
        ("By S. Kannan", ["S. Kannan"]),
        ("From Li Min in Datong", ["Li Min"]),
        ("By Reuters", ["Reuters"]),
        ("By our own correspondent", ["our own correspondent"]),
        ("By 2022, nearly 20 estates had closed", None),
        ("By Monday", None),
        ("By the time they left", None),
        ("By Christmas", None),
        ("Bylaws of the town", None),
    ],
)
def test_parse_byline_returns_the_names(line: str, names: list[str] | None) -> None:
    found = parse_byline(line)
    assert (list(found.names) if found else None) == names


@pytest.mark.parametrize("line", ["ZHAO RUIXUE", "Zhao Ruixue", "Martin Sedgewick", "LI MIN AND WANG FANG", "Reuters"])
def test_parse_bare_byline_accepts_names(line: str) -> None:
    assert parse_bare_byline(line)


@pytest.mark.parametrize("line", ["STEEL FIRM WINS", "Coastal Shandong", "Shanxi Special", "GREEN ENERGY", "He left."])
def test_parse_bare_byline_rejects_other_text(line: str) -> None:
    assert not parse_bare_byline(line)


def test_parse_bare_byline_uses_the_position() -> None:
    assert not parse_bare_byline("Wanjiku Kariuki")
    assert parse_bare_byline("Wanjiku Kariuki", placed=True)


@pytest.mark.parametrize("line", ["Business Editor", "Staff Reporter", "joan@courier.example", "in Taiyuan"])
def test_is_role_line_accepts_roles_and_places(line: str) -> None:
    assert is_role_line(line)


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("Sun Yu contributed to this story.", ("Sun Yu",)),
        ("Sun Yu, Ma Li and Li Na contributed to this story", ("Sun Yu", "Ma Li", "Li Na")),
        ("Sun Yu in Datong contributed to this report.", ("Sun Yu",)),
        ("Additional reporting by Sun Yu and Ma Li.", ("Sun Yu", "Ma Li")),
        ("(Reporting by Jane Roe in Beijing; Editing by John Doe)", ("Jane Roe",)),
        ("He contributed to this success.", ()),
        ("The fund contributed to the story of the town for many years.", ()),
    ],
)
def test_parse_contributors_returns_the_names(line: str, names: tuple[str, ...]) -> None:
    assert parse_contributors(line) == names


def test_is_author_note() -> None:
    assert is_author_note("The author is a student from Kenya.")
    assert is_author_note("Contact the writer at joan@courier.example")
    assert is_author_note("Dr Turk teaches law in Leeds.", ("Joan Turk",))
    assert not is_author_note("Dr Turk teaches law in Leeds.")


@pytest.mark.parametrize(("name", "agency"), [("XINHUA", True), ("The Leeds Courier", True), ("Leeds", False)])
def test_is_agency(name: str, agency: bool) -> None:
    assert is_agency(name) is agency
