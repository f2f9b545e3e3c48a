"""Reports by format: the bytes of a file, and the extra that a format needs."""

from importlib.util import find_spec

from shanxi_cli.errors import UsageError
from shanxi_cli.explore.dossier import Dossier
from shanxi_cli.output.report.details import ReportDetails

_NEEDED = {"html": ("jinja2",), "docx": ("docx",), "markdown": ()}
"""Format -> modules of the extra `report` that it is made with."""


def check_report_extra(form: str) -> None:
    """Raise `UsageError` where a format needs what is not installed; a command calls this before it searches."""
    if any(find_spec(module) is None for module in _NEEDED[form]):
        raise UsageError(
            f"for a report in {form}, install the extra: pip install 'shanxi[report]' (in a checkout: '.[report]');"
            " -f markdown needs nothing"
        )


def format_report(dossier: Dossier, details: ReportDetails, form: str) -> bytes:
    """Return a report in a format, `html`, `markdown` or `docx`. Each format imports what it needs alone."""
    if form == "html":
        from shanxi_cli.output.report.html import format_html

        return format_html(dossier, details).encode()
    if form == "docx":
        from shanxi_cli.output.report.word_document import format_docx

        return format_docx(dossier, details)
    from shanxi_cli.output.report.markdown import format_markdown

    return format_markdown(dossier, details).encode()
