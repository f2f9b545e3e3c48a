"""Pages in Chinese: what is a paragraph."""

from shanxi_cli.segmentation.chinese import segment_chinese_page

WRAPPED = """\
# 水库大坝昨日开工

　　水利局昨天宣布，新的水库大坝已经开工，
预计三年后建成。工程由 Power China 承
建，总投资 12 亿元，将解决下游五个县的灌
溉用水问题，年发电量可达三亿度。
　　当地居民对此表示欢迎。李平说：“我们等
了很多年。”

施工期间公路将改道，请司机注意路标，并提前
安排时间。
"""


def test_lines_broken_at_one_width_are_joined() -> None:
    [article] = segment_chinese_page(WRAPPED).articles
    assert article.title == "水库大坝昨日开工"
    assert article.paragraphs == [
        "水利局昨天宣布，新的水库大坝已经开工，预计三年后建成。工程由 Power China 承建，总投资 12 亿元，"
        "将解决下游五个县的灌溉用水问题，年发电量可达三亿度。",
        "当地居民对此表示欢迎。李平说：“我们等了很多年。”",
        "施工期间公路将改道，请司机注意路标，并提前安排时间。",
    ]


def test_other_lines_are_paragraphs() -> None:
    lines = [
        "大坝昨天开工。",
        "预计三年后建成，总投资十二亿元，将解决五个县的灌溉用水问题。",
        "当地居民欢迎。",
        "公路将改道。",
    ]
    [article] = segment_chinese_page("# 大坝\n" + "\n".join(lines)).articles
    assert list(article.paragraphs) == lines
