"""`help`: the query language on one screen, or the help of a command."""

from typing import Any

from shanxi_cli.cli.options.archive import HelpOptions
from shanxi_cli.cli.options.common import GlobalOptions
from shanxi_cli.errors import UsageError

QUERY_HELP = """\
The query language. Single quotes round a query that has " ( or * in it.

  coal mine              any of the words, in any form (list: all of them)
  +coal mine             coal is required, mine raises the score
  coal NOT city          without city; or coal -city
  coal AND mine          both; AND binds tighter than OR, words alone loosest
  '(coal OR gas) price'  operators are in capitals only; parentheses group
  '"solar power"'        a phrase; solar-power is one too
  '"orders robots"~5'    either order, at most 5 words in between
  prefix:photo           words that begin with photo; or 'photo*'
  fuzzy:photovoltiac     words one edit away (~2: two); photovoltiac~ too
  exact:mining           the exact word, in no other form; or =mining
  place:Jinzhong         a field and its value; a city has its counties with it
  'author:"Wu Jia"'      a field and a phrase; the fields: shanxi fields
  date:2021-07..2022     dates that share a day with it; date:2021,
                         date:2021.. and date:..2021 are limits too
  money:1bn..            a quantity of the body: yuan; usd:100m..200m,
                         percent:10..20, area:500mu.., power:..1GW,
                         people:1000.., count:1000..households
  query:NAME             a saved search; added:-7d.. is what is new to shanxi

Case and accents do not matter; 1,200 is found by 1200. The most common words
(the, of ...) are left out, but not in quotes or capitals (US, IT).
How a query is parsed: shanxi search --explain QUERY"""


def run_help(options: HelpOptions, settings: GlobalOptions, context: Any) -> int:
    """Print the query language, or the help of a command or of the program, whose Typer context is `context`."""
    if options.topic == "query":
        print(QUERY_HELP)
        return 0
    if options.topic is None:
        print(context.get_help())
        return 0
    command = context.command.get_command(context, options.topic)
    if command is None:
        raise UsageError(f"there is no help on {options.topic}; name a command, or query")
    with command.make_context(options.topic, [], parent=context, resilient_parsing=True) as own:
        print(own.get_help())
    return 0
