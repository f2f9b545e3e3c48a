"""Errors that a user can act on; any other exception is a bug, which `__main__` reports in one line with status 2.

    ShanxiError
      UsageError           options or arguments that are invalid or contradict each other
      QueryError           a query that cannot be parsed, with the position of the mistake
      LocationError        a corpus or index folder that is missing or unusable
        IndexNotWritable   an index folder that cannot be written
      ArticleError         a corpus file that cannot be read as an article
        NotAnArticle       a corpus file that is none: a menu, an empty section page
      PageError            a file that cannot be imported
      NoSuchArticle        no article has that id
      AmbiguousArticle     an id prefix that several articles share
      IndexBusy            another process is writing the index
      IndexOutdated        nothing was found in an index that is outdated and cannot be updated
      IndexUnusable        an index that is missing, damaged or of another format
        IndexUnsafe        an index that another user could have written
      StateError           a file of saved searches, or of what was reported, that cannot be read or written
      EngineError          the engine refused a query or failed while answering it
      QueryTimeout         a query that ran longer than its time limit
      WorkerDied           a worker process that ended before its work was done

Each message is one line: what happened, to what, what to do next; lower case, no full stop.
Only `cli.main` prints them and chooses exit statuses.
"""


class ShanxiError(Exception):
    """The base class. `str(error)` is the message for the user, without the prefix `shanxi: `."""


class UsageError(ShanxiError):
    """Options or arguments that are invalid or contradict each other."""


class QueryError(ShanxiError):
    """A query that cannot be parsed.

    `start` and `end` are half-open, in characters, into `query`, the whole query as it was read.
    `hint` suggests a correction, or is empty.
    """

    def __init__(self, message: str, query: str, start: int, end: int, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.query = query
        self.start = start
        self.end = max(end, start + 1)
        self.hint = hint


class LocationError(ShanxiError):
    """A corpus or index folder that is missing or unusable."""


class IndexNotWritable(LocationError):
    """An index folder that cannot be written: no permission, or a full, read-only or failing disk."""


class ArticleError(ShanxiError):
    """A corpus file that cannot be read as an article.

    `path` is the file; `line` counts from 1, or is 0 if no line is at fault; `reason` is the message without either.
    `unread` is true if the system refused to read the file, which may succeed next time.
    """

    def __init__(self, path: str, reason: str, line: int = 0, *, unread: bool = False) -> None:
        super().__init__(f"{path}:{line}: {reason}" if line else f"{path}: {reason}")
        self.path = path
        self.reason = reason
        self.line = line
        self.unread = unread


class NotAnArticle(ArticleError):
    """A corpus file without text of its own: a menu, an empty section page. It is counted and is no failure."""


class PageError(ShanxiError):
    """A file that cannot be imported. `path` is the file as the user named it, `reason` the message without it."""

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(f"{path}: {reason}")
        self.path = path
        self.reason = reason


class NoSuchArticle(ShanxiError):
    """No article of the archive has that id, or an id with that prefix."""


class AmbiguousArticle(ShanxiError):
    """An id prefix that several articles share; `candidates` are their ids, sorted."""

    def __init__(self, prefix: str, candidates: tuple[str, ...]) -> None:
        shown = ", ".join(candidates[:5]) + (", ..." if len(candidates) > 5 else "")
        super().__init__(f"{prefix} matches {len(candidates)} ids: {shown}")
        self.candidates = candidates


class IndexBusy(ShanxiError):
    """Another process is writing the index."""


class IndexOutdated(ShanxiError):
    """Nothing was found, in an index that is outdated and cannot be updated: it proves nothing."""


class IndexUnusable(ShanxiError):
    """An index that is missing, damaged or of another format.

    It can always be rebuilt from the articles by anyone who may write it.
    """


class IndexUnsafe(IndexUnusable):
    """An index that another user could have written; opening it could run that user's code."""


class StateError(ShanxiError):
    """A file of saved searches, or of what was reported or first seen, that is damaged, unreadable or not writable."""


class EngineError(ShanxiError):
    """The engine refused a query or failed while answering it; its own exception is the cause.

    `slow` is true if more time might have helped: a command that can be given more says how.
    """

    slow = False


class QueryTimeout(ShanxiError):
    """A query that ran longer than its time limit."""


class WorkerDied(ShanxiError):
    """A worker process that ended before its work was done, usually killed for lack of memory."""
