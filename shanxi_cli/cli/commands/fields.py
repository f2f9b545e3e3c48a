"""`fields` and `help`: what a query may name, and the query language in one screen."""

from typing import Any

from shanxi_cli.cli.context import Session, resolve_locations
from shanxi_cli.cli.options.common import ArchiveOptions, GlobalOptions
from shanxi_cli.errors import UsageError
from shanxi_cli.output.jsonl import SCHEMA_VERSION, to_json
from shanxi_cli.query.fields import FIELDS

QUERY_HELP = """\
The query language. Single quotes round a query that has " ( or * in it.

  coal mine              any of the words, in any form (list: all of them)
  +coal mine             coal has to match, mine makes it better
  coal NOT city          without city; coal -city says the same
  coal AND mine          both; AND binds tighter than OR, words alone loosest
  coal OR gas            one of the two; operators are in capitals only
  '(coal OR gas) price'  parentheses group
  '"solar power"'        a phrase; solar-power is one too
  '"orders robots"~5'    in either order, at most 5 other words between
  prefix:photo           words that begin so; 'photo*' says the same
  fuzzy:photovoltiac     words one edit away (~2: two); photovoltiac~ too
  exact:mining           the word as it is, no other form; =mining too
  place:Jinzhong         a field and its value; a city has its counties with it
  'author:"Wu Jia"'      a field and a phrase; the fields: shanxi fields
  date:2021-07..2022     dates that share a day with it; date:2021,
                         date:2021.. and date:..2021 are limits too
  money:1bn..            a quantity of the body: yuan; usd:100m..200m,
                         percent:10..20, area:500mu.., power:..1GW,
                         people:1000.., count:1000..households

Case and accents do not matter; 1,200 is found by 1200. The most common words
(the, of ...) are left out, but not in quotes or capitals (US, IT).
How a query is read: shanxi search --explain QUERY"""


def print_fields(json: bool, where: ArchiveOptions, settings: GlobalOptions) -> int:
    """Prints the table of fields with how many articles have each."""
    counts = Session(resolve_locations(where, settings)).ask(lambda archive: archive.outline.fields)
    if json:
        for field in FIELDS.values():
            shown = {"name": field.name, "kind": field.kind.value, "about": field.about, "example": field.example}
            print(to_json({"schema": SCHEMA_VERSION, **shown, "articles": counts.get(field.name, 0)}))
        return 0
    print(f"{'field':<13}{'articles':>8}  {'compared by':<13}{'example':<26}what it is")
    for field in FIELDS.values():
        kind = _COMPARISON_LABELS[field.kind.value]
        print(f"{field.name:<13}{counts.get(field.name, 0):>8,}  {kind:<13}{field.example:<26}{field.about}")
    return 0


_COMPARISON_LABELS = {"text": "words", "name": "names", "code": "whole value", "date": "days", "quantity": "quantities"}


def print_help(ctx: Any, topic: str | None) -> int:
    """Prints the query language, or the help of the command of that name, or of the program."""
    if topic == "query":
        print(QUERY_HELP)
        return 0
    if topic is None:
        print(ctx.get_help())
        return 0
    command = ctx.command.get_command(ctx, topic)
    if command is None:
        raise UsageError(f"there is no help on {topic}: name a command, or query")
    with command.make_context(topic, [], parent=ctx, resilient_parsing=True) as own:
        print(own.get_help())
    return 0
