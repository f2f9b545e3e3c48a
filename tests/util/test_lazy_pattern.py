import re

import pytest

from shanxi_cli.util.lazy_pattern import lazy_pattern


def test_lazy_pattern_finds_what_the_pattern_finds() -> None:
    pattern = lazy_pattern(r"(?P<year>\d{4})-\d\d", re.ASCII)
    match = pattern.match("2021-07")
    assert match is not None
    assert match["year"] == "2021"
    assert pattern.findall("2021-07, 2022-08") == ["2021", "2022"]
    assert pattern.match("\uff12\uff10\uff12\uff11-07") is None


def test_lazy_pattern_is_compiled_at_first_use() -> None:
    pattern = lazy_pattern("(")
    with pytest.raises(re.error, match="unterminated"):
        pattern.search("(")


def test_lazy_pattern_has_no_other_attributes() -> None:
    assert not hasattr(lazy_pattern("a"), "replace")
