"""Conflicting quantities are flagged with the reason; differences within rounding are not."""

from shanxi_cli.extraction.quantities import read_quantities
from shanxi_cli.extraction.quantities.consistency import ParagraphQuantities, find_conflicts
from shanxi_cli.util import edtf


def passages(*texts: str, days: str = "2022-06") -> list[ParagraphQuantities]:
    when = edtf.parse_edtf(days)
    return [
        ParagraphQuantities(f"{days}-{n}", 1, text, read_quantities(text, when), when) for n, text in enumerate(texts)
    ]


def reasons(*texts: str) -> list[str]:
    return [flag.reason for flag in find_conflicts(passages(*texts))]


def test_deviating_exchange_rate_is_flagged() -> None:
    found = find_conflicts(
        passages(
            "It cost 164.24 million yuan ($24.46 million).",
            "It cost 250 million yuan ($38.6 million).",
            "They earn 100,000 yuan ($14,890).",
        )
    )
    assert [(flag.article, flag.quantities, flag.kind.value) for flag in found] == [("2022-06-1", (0, 1), "rate")]
    assert found[0].reason == (
        "250 million yuan ($38.6 million) is 6.477 CNY per USD, but 2 pairs of about that date give 6.715"
    )


def test_rates_equal_within_rounding_pass() -> None:
    assert reasons("It cost 2 million yuan ($310,000).", "It cost 107 billion yuan ($16.5 billion).") == []


def test_rates_of_distant_dates_are_not_compared() -> None:
    old = passages("It cost 100 million yuan ($12.1 million).", days="2004")
    new = passages("It cost 100 million yuan ($14.9 million).", days="2022-06")
    assert find_conflicts([*old, *new]) == ()


def test_two_differing_rates_are_both_flagged() -> None:
    assert len(reasons("It cost 100 million yuan ($14.9 million).", "It cost 100 million yuan ($16.9 million).")) == 2


def test_measures_of_one_area_must_agree() -> None:
    assert reasons("They farm 1,500 mu (100 hectares).") == []
    assert reasons("They farm 1,000 mu (66.7 hectares).") == []
    assert reasons("They farm 1,500 mu (90.5 hectares).") == ["1,500 mu is 100 ha, but 90.5 hectares is 90.5 ha"]


def test_total_must_agree_with_its_parts() -> None:
    assert reasons("It mined a total of 100 tons, including 60 tons of coal and 40 tons of ore.") == []
    assert reasons("It mined a total of 100 tons, including 60 tons of coal and 20 tons of ore.") == []
    assert reasons("It mined a total of 100.5 tons, including 70.2 tons of coal and 40.1 tons of ore.") == [
        "70.2 tons + 40.1 tons make 110.3 t, more than 100.5 tons"
    ]
    assert reasons("It mined 100.5 tons in total: 60.2 tons of coal and 20.1 tons of ore.") == [
        "60.2 tons + 20.1 tons make 80.3 t, less than a total of 100.5 tons".replace("a total of ", "")
    ]


def test_unlinked_quantities_pass() -> None:
    assert find_conflicts([]) == ()
    assert reasons("It cost 5 yuan.") == []


def test_rates_of_one_quarter_are_not_compared() -> None:
    old = passages("It cost 100 million yuan ($15.8 million).", days="2022-03")
    new = passages("It cost 100 million yuan ($14.9 million).", days="2022-06")
    assert find_conflicts([*old, *new]) == ()


def test_measure_with_about_may_be_rounded_further() -> None:
    assert reasons("Walkers do 0.83mph (about 1.35km/h).") == []
    assert len(reasons("Walkers do 0.83mph (1.35km/h).")) == 1
