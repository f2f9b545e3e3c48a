"""Regular expressions that are compiled at their first use: many a start needs the module, and not its pattern."""

import re
from typing import Any, cast


class _LazyPattern:
    """Has the methods of a `re.Pattern`, each as an attribute of its own once it was asked for."""

    def __init__(self, text: str, flags: int) -> None:
        self._text, self._flags = text, flags

    def __getattr__(self, name: str) -> Any:
        found = getattr(re.compile(self._text, self._flags), name)
        setattr(self, name, found)
        return found


def lazy_pattern(text: str, flags: int = 0) -> re.Pattern[str]:
    """Return a pattern that is compiled at the first access to one of its attributes, where a mistake in it shows."""
    return cast("re.Pattern[str]", _LazyPattern(text, flags))
