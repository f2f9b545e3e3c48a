"""Test articles: six short ones used everywhere, three with figures, four with near-duplicates."""

from collections.abc import Iterable
from pathlib import Path

from shanxi_cli.corpus.reader import parse_article
from shanxi_cli.engines.base import Backend
from shanxi_cli.model.article import Article
from shanxi_cli.util.dirfd import DirectoryHandle

FILES = {
    "coal-town-plants-trees": """\
---
title: Coal town plants trees
deck: Former miners look after a forest
author:
  - Li Min
contributors:
  - Wang Fang
date: 2021-07-22/2021-08-31
publication: Shanxi Daily News
section: Business
page: "1"
places: [Datong, Shanxi]
people:
  - name: Zhao Lei
    role: forester
    organisation: Green Hills Cooperative
organisations: [Green Hills Cooperative]
keywords: [forestry, coal mining]
captions:
  - text: Saplings wait beside an old pit.
    credit: Sun Yu / For Shanxi Daily News
---

Miners in Datong used to dig coal. Now 1,200 of them plant trees, Zhao Lei said.

The mine closed in 2016. Its coal-fired plant closed too, and the 16-gigawatt grid no longer needs it.
""",
    "solar-cells-for-export": """\
---
title: Solar cells for export
author: [Li Min]
date: 2022-06
publication: Shanxi Daily News
page: "2"
edition: retelling
places: [Taiyuan]
organisations: [Jin Solar]
keywords: [photovoltaics, foreign trade]
---

A factory in Taiyuan sells solar cells to Germany and Japan. Exports grew 12.5 percent.

The solar power firm spends more on R&D than on steel, and tests 5G in its halls.
""",
    "old-walls-of-pingyao": """\
---
title: Old walls of Pingyao
author: [Chen Jing]
date: 2023-05-01
publication: Travel Weekly
type: image
places: [Pingyao, Jinzhong]
captions:
  - text: Visitors walk on the city wall of Pingyao.
---

Visitors walk on the city wall at dusk. The town's café serves Xi'an noodles.
""",
    "taiyuan-paper-in-chinese": """\
---
title: A page in two languages
date: 2021
language: zh
places: [太原]
---

太原市的煤炭产量下降。Output of coal in 太原 fell.
""",
    "mine-safety-rules": """\
---
title: Mine safety rules
author: [Zhou Hong]
date: 2021-08-15
publication: Shanxi Daily News
places: [Datong, Taiyuan]
keywords: [coal mining, safety]
---

New rules for mines ask for safer coal mining. Coal, coal and coal again: no mine opens without a plan.

The rules speak of power and of solar lamps. Mining firms have a year.
""",
    "undated-note": """\
---
title: Undated note
---

Nobody knows when this was printed. It names Shanxi, and Shaanxi as well.
""",
}

ARTICLES: dict[str, Article] = {name: parse_article(text.encode(), name, f"{name}.md") for name, text in FILES.items()}


MEASURED_FILES = {
    "solar-park-by-the-river": """\
---
title: Solar park by the river
date: 2022-07-10
places: [Datong]
---

The solar park cost 1.2 billion yuan ($178 million) and covers 1,500 mu (100 hectares).

It has a capacity of 200 megawatts. More than 1,000 households were moved in 2021.
""",
    "wind-on-the-ridge": """\
---
title: Wind on the ridge
date: 2021-05
places: [Datong]
---

Solar panels came first. Wind turbines on the ridge have a capacity of 1.5 gigawatts. Nearly 1,000 people work there.

Exports of turbine parts grew 12.5 percent year-on-year to 300 million yuan in 2020.
""",
    "kilns-of-the-village": """\
---
title: Kilns of the village
---

The kilns employ 40 to 60 people. A bowl costs 30 yuan, a vase 250 yuan ($50).

The firm lent 250 yuan ($37).
""",
}

MEASURED: dict[str, Article] = {
    name: parse_article(text.encode(), name, f"{name}.md") for name, text in MEASURED_FILES.items()
}


TWIN_FILES = {
    "bridge-opens-over-the-fenhe": """\
---
title: Bridge opens over the Fenhe
date: 2020-03-02
publication: Shanxi Daily News
places: [Linfen, LINFEN, Fenhe River]
keywords: [bridges, "roads and bridges"]
---

A new bridge over the Fenhe River in Linfen opened to traffic on Monday after three years of work.
It is 1,200 meters long and has six lanes. Drivers used to wait for a ferry or to drive 40 kilometers
to the next crossing.

The bridge cost 600 million yuan. Officials hope that factories on the western bank will now find workers
more easily, and that farmers can bring their apples to the railway station within half an hour.
""",
    "bridge-opens": """\
---
title: River crossing opens
date: 2020-03/2020-04
publication: Linfen Evening Post
places: [linfen]
keywords: [bridges]
---

A new bridge over the Fenhe River in Linfen opened to traffic on Monday after three years of work.
It is 1,200 meters long and has six lanes. Drivers used to wait for a ferry or to drive 40 kilometers
to the next crossing.

The bridge cost 600 million yuan. Officials hope that factories on the western bank will soon find workers
more easily, and that farmers can bring their apples to the railway station within half an hour.
""",
    "bridge-opens-retold": """\
---
title: Bridge opens over the Fenhe
date: 2020-03
edition: retelling
places: [Linfen, 太原, "\\"Old\\" Town"]
---

In Linfen cars can cross the Fenhe on a bridge of six lanes since Monday. Building it took three years and 600 million
yuan. Before, people took the ferry, or a way round of 40 kilometers. Apples reach the station faster now.
""",
    "apples-and-the-ferry": """\
---
title: Apples and the ferry
date: 2019/..
---

A ferry carried apples over the river for a hundred years. Since 2016 it carries visitors, said the ferryman.
In the 13th Five-Year Plan period (2016-20) the town had asked for a bridge.
Apples, apples: the ferry was full of apples.
""",
}

TWINS: dict[str, Article] = {
    name: parse_article(text.encode(), name, f"{name}.md") for name, text in TWIN_FILES.items()
}


def put(backend: Backend, folder: DirectoryHandle, articles: Iterable[Article], deleted: Iterable[str] = ()) -> None:
    """Add articles to the index in `folder`, replacing those with their ids, and delete those with ids in `deleted`."""
    added = list(articles)
    parts = [backend.write(folder, added[at::2], at) for at in range(2)]
    backend.join(folder, parts, [*deleted, *(article.id for article in added)])


def write(folder: Path, names: list[str] | None = None) -> Path:
    """Write the six articles, or those named, as files into `folder`, and return it."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in names or FILES:
        (folder / f"{name}.md").write_text({**FILES, **MEASURED_FILES, **TWIN_FILES}[name], encoding="utf-8")
    return folder
