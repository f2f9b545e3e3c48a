"""`fields`: the fields that a query can name, with the number of articles that have each."""

import sys

from shanxi_cli.cli.context import Session, resolve_locations
from shanxi_cli.cli.options.archive import FieldsOptions
from shanxi_cli.cli.options.common import GlobalOptions
from shanxi_cli.output.field_report import write_fields_json, write_fields_text


def run_fields(options: FieldsOptions, settings: GlobalOptions) -> int:
    """Print the table of fields."""
    session = Session(resolve_locations(options.archive, settings))
    article_counts = session.run(lambda archive: archive.summary.fields)
    write_fields = write_fields_json if options.json else write_fields_text
    write_fields(sys.stdout, article_counts)
    return 0
