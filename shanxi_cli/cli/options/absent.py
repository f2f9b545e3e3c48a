"""Options that some commands share and others lack, with the reason: for the error message and for docs/options.md."""

from collections.abc import Mapping

_NAMED = "it prints the articles that you name"
_NO_QUERY = "there is no query"
_NO_ARTICLES = "its rows are no articles"
_NO_COLUMNS = "it has no columns"
_ALL_COUNT = "near-duplicates count as articles"
_WHOLE_ARTICLES = "it is about whole articles"
_NO_COUNTS = "its rows have no counts"

ABSENT_OPTIONS: Mapping[str, Mapping[str, str]] = {
    "--within": {"show": _NAMED},
    "--since": {"show": _NAMED},
    "--until": {"show": _NAMED},
    "--any": dict.fromkeys(("similar", "terms", "show", "cite"), _NO_QUERY),
    "--no-correct": dict.fromkeys(("similar", "terms", "show", "cite"), _NO_QUERY),
    "--no-derived": {"similar": "it compares the words of texts", "cite": "citations have no names from the text"},
    "--limit": {"show": _NAMED},
    "--offset": {"show": _NAMED},
    "--sort": {"timeline": "periods are in the order of time", "show": _NAMED},
    "--collapse": {
        **dict.fromkeys(("figures", "quotes", "kwic", "facets", "timeline", "terms"), _ALL_COUNT),
        **dict.fromkeys(("show", "cite"), _NAMED),
        "export": "near-duplicates are exported too",
    },
    "--count": {"show": _NAMED, "export": "list -c counts articles"},
    "--quiet": {"show": _NAMED},
    "--ids": {
        **dict.fromkeys(("facets", "timeline", "terms"), _NO_ARTICLES),
        "show": "cite -l prints ids",
        "export": "list -l prints ids",
    },
    "--fields": dict.fromkeys(("show", "cite", "export"), _NO_COLUMNS),
    "--bom": dict.fromkeys(("show", "cite", "export"), _NO_COLUMNS),
    "--null": {"show": "articles have several lines", "export": "list -l prints ids"},
    "--explain": {
        **dict.fromkeys(("similar", "terms", "show", "cite"), _NO_QUERY),
        "export": "list --explain explains a query",
    },
    "--in": {
        **dict.fromkeys(("search", "list", "facets", "similar", "terms", "show", "cite", "export"), _WHOLE_ARTICLES),
        "kwic": "each match is a row",
    },
    "--by": dict.fromkeys(
        ("search", "list", "kwic", "facets", "similar", "terms", "show", "cite", "export"), "its rows have no speaker"
    ),
    "--chart": {
        **dict.fromkeys(("search", "list", "show", "cite"), "it prints articles; timeline and facets draw them"),
        **dict.fromkeys(
            ("quotes", "kwic", "similar", "terms"), "its rows are neither counts by time or value nor figures"
        ),
    },
    "--min": {
        **dict.fromkeys(("search", "list", "quotes", "timeline", "similar", "show", "cite", "export"), _NO_COUNTS),
        "figures": "the least number is --at-least",  # its old name is still accepted
    },
}
"""Long name -> command without the option -> reason. Each shared option is on each command or here."""

_OTHER_NAMES = {"--all": "--any", "--no-collapse": "--collapse"}
_SHORT_NAMES = {"-n": "--limit", "-c": "--count", "-q": "--quiet", "-l": "--ids", "-0": "--null"}


def explain_absence(command: str, name: str) -> str:
    """Return the error for an option, by any of its names, that a command lacks; empty for one that nobody has."""
    name = name.partition("=")[0]
    long_name = _SHORT_NAMES.get(name, _OTHER_NAMES.get(name, name))
    reason = ABSENT_OPTIONS.get(long_name, {}).get(command)
    return f"{command} has no option {name}: {reason}" if reason else ""
