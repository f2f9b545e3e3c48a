"""The errors that a reader can act on; everything else is a bug and shows as one.

    ShanxiError
      UsageError         options or arguments that make no sense together
      QueryError         a query that cannot be understood, with the place of the mistake
      LocationError      a corpus or index folder that is not there or cannot be used
        NotWritable      an index folder that this program may not or cannot write
      ArticleError       one file of the corpus that cannot be read as an article
      PageError          one file that cannot be imported
      NoSuchArticle      no article has that id
      AmbiguousArticle   the beginning of several ids
      IndexBusy          another process is writing this index
      IndexUnusable      an index that is missing, damaged or of another format
        IndexUnsafe      one that somebody else could have put there
      EngineError        the engine refused or failed while answering
      TooCostly          a query that takes longer than it may
      ProcessLost        a process of ours that ended before its work was done

Each message is one line: what happened, to which thing, what to do next; lower case, no full stop.
Nobody but `cli.main` prints them, and exit statuses are chosen there.
"""


class ShanxiError(Exception):
    """The root. `str(error)` is the line for the reader, without `shanxi: ` before it."""


class UsageError(ShanxiError):
    """Options or arguments that make no sense, or not together."""


class QueryError(ShanxiError):
    """A query that cannot be understood.

    `start` and `end` are half-open, in characters, into `query`, the whole query as it was read.
    `hint` says what was probably meant, or is empty.
    """

    def __init__(self, message: str, query: str, start: int, end: int, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.query = query
        self.start = start
        self.end = max(end, start + 1)
        self.hint = hint


class LocationError(ShanxiError):
    """A corpus or index folder that is not there or cannot be used."""


class IndexNotWritable(LocationError):
    """An index folder that cannot be written: no right to, a disk that is full or only read, one that fails."""


class ArticleError(ShanxiError):
    """One file of the corpus that cannot be read as an article.

    `path` is the file; `line` is counted from 1, or 0 where no line is to blame; `reason` is the
    message without either. `unread` is true when the system did not let us read it: it may next time.
    """

    def __init__(self, path: str, reason: str, line: int = 0, unread: bool = False) -> None:
        super().__init__(f"{path}:{line}: {reason}" if line else f"{path}: {reason}")
        self.path = path
        self.reason = reason
        self.line = line
        self.unread = unread


class PageError(ShanxiError):
    """One file that cannot be imported. `path` is the file as it was named, `reason` the message without it."""

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(f"{path}: {reason}")
        self.path = path
        self.reason = reason


class NoSuchArticle(ShanxiError):
    """No article of the archive has that id, nor one that begins with it."""


class AmbiguousArticle(ShanxiError):
    """The beginning of several ids; `candidates` are the ids, sorted."""

    def __init__(self, prefix: str, candidates: tuple[str, ...]) -> None:
        shown = ", ".join(candidates[:5]) + (", ..." if len(candidates) > 5 else "")
        super().__init__(f"{prefix} is the beginning of {len(candidates)} ids: {shown}")
        self.candidates = candidates


class IndexBusy(ShanxiError):
    """Another process is writing this index."""


class IndexUnusable(ShanxiError):
    """An index that is missing, damaged or of another format.

    It can always be built again from the articles, so whoever may write does that.
    """


class IndexUnsafe(IndexUnusable):
    """An index that somebody else could have put there; opening it could run what they wrote."""


class EngineError(ShanxiError):
    """The engine refused or failed while answering; its own exception is the cause."""


class QueryTimeout(ShanxiError):
    """A query that takes longer than it may."""


class WorkerDied(ShanxiError):
    """A process of ours that ended before its work was done: killed, as a rule for want of memory."""
