"""Line clean-up: converter debris is removed, everything else is kept."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shanxi_cli.segmentation.passes.cleanup import clean_line
from shanxi_cli.util.sanitize import is_sanitized


@pytest.mark.parametrize(
    ("line", "clean", "done"),
    [
        (r"by ${\it daigou}$, or agents", "by daigou, or agents", ["LaTeX"]),
        (r"(\$38.6 million) and \$2", "($38.6 million) and $2", ["LaTeX"]),
        (r"grew $6.3\%$ and $27\%$", "grew 6.3% and 27%", ["LaTeX"]),
        (r"21,000 tons of CO$_2$", "21,000 tons of CO2", ["LaTeX"]),
        (r"at 5 $^\circ$C", "at 5 °C", ["LaTeX"]),
        (r"\textit{daigou} \& sons", "daigou & sons", ["LaTeX"]),
        ("from $5 to $7 a kilo", "from $5 to $7 a kilo", []),
        ("R&amp;D, <b>bold</b>, m<sup>2</sup>", "R&D, bold, m²", ["HTML"]),
        ("AT&T and 3 < 4", "AT&T and 3 < 4", []),
        ("**Left:** in the *Echo*", "Left: in the Echo", []),
        ("5 * 3 * 2, snake_case_name", "5 * 3 * 2, snake_case_name", []),
        ("![a picture](x.png)<!-- image -->", "", []),
        ("oﬃce and ﬂow", "office and flow", ["ligature"]),
        ("spend Â£87m", "spend £87m", ["mojibake"]),
        ("â€œIt is skilled,â€ he said", "“It is skilled,” he said", ["mojibake"]),
        ("cafÃ© in QuÃ©bec", "café in Québec", ["mojibake"]),
        ("“It’s naïve,” – he’d said", "“It’s naïve,” – he’d said", []),
        ('"It\'s plain," he said', '"It\'s plain," he said', []),
        ("--- --- ---", "", []),
        ("zero\u200bwidth\x07 bell", "zerowidth bell", []),
    ],
)
def test_clean_line_removes_markup(line: str, clean: str, done: list[str]) -> None:
    assert clean_line(line) == (clean, done)


@given(st.text(max_size=200))
def test_clean_line_returns_sanitized_text(line: str) -> None:
    assert is_sanitized(clean_line(line.replace("\n", " "))[0])


def test_clean_line_removes_bold_marks_with_spaces() -> None:
    assert clean_line("** and pick up the mouse**") == ("and pick up the mouse", [])
