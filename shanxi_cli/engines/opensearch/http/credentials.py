"""Credentials for a cluster: read from the environment, a private file or a command, and never shown.

They are read for each request, so that a renewed token is used; what a command printed is kept for the life of the
process, since a command may ask for a passphrase.
"""

import os
import re
import stat
from binascii import b2a_base64

from shanxi_cli.errors import LocationError, QueryTimeout
from shanxi_cli.util.sanitize import sanitize_line

_SCHEMES = ("bearer ", "apikey ", "basic ")
_MAX_LENGTH = 65536
_COMMAND_SECONDS = 60.0
_FORMS = "auth is env:NAME, file:PATH or command:LINE"

_printed: dict[str, "Authorization"] = {}
"""Command -> what it gave, for the life of the process; a child of `fork` has it too."""


class Authorization:
    """The value of the header `Authorization`, hidden from `repr` and pickles."""

    __slots__ = ("_header",)

    def __init__(self, header: str) -> None:
        self._header = header

    def reveal(self) -> str:
        """Return the value of the header; empty without credentials."""
        return self._header

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Authorization) and self._header == other._header

    def __hash__(self) -> int:
        return hash(self._header)

    def __repr__(self) -> str:
        return "Authorization(...)"

    def __reduce__(self) -> str:
        raise TypeError("credentials are not written anywhere; read them again")


def read_authorization(source: str, *, again: bool = False) -> Authorization:
    """Return the credentials that `source` names (`env:NAME`, `file:PATH`, `command:LINE`; empty: none).

    What they hold is `user:password`, or `Bearer`, `ApiKey` or `Basic` and a token. `again` runs a command anew, for
    tokens that expire. Raise `LocationError`, with the place and never with the secret.
    """
    if not source:
        return Authorization("")
    if source in _printed and not again:
        return _printed[source]
    authorization = Authorization(_header(source, _read(source)))
    if source.startswith("command:"):
        _printed[source] = authorization
    return authorization


def _read(source: str) -> str:
    kind, _, rest = source.partition(":")
    match kind:
        case "env":
            return _from_environment(rest)
        case "file":
            return _from_file(rest)
        case "command":
            return _from_command(rest)
    raise LocationError(f"{_FORMS}; a password itself has no place in settings or options")


def _header(source: str, value: str) -> str:
    place = _place(source)
    value = value.strip()
    if not value:
        raise LocationError(f"{place} is empty; it must hold user:password, or Bearer or ApiKey and a token")
    if not value.isprintable():
        raise LocationError(f"{place} has several lines or control characters; it must be one line")
    if value.lower().startswith(_SCHEMES):
        if not value.isascii():
            raise LocationError(f"{place} has a token with characters other than ASCII")
        return value
    if ":" not in value:
        raise LocationError(f"{place} holds neither user:password nor Bearer or ApiKey and a token")
    return "Basic " + b2a_base64(value.encode(), newline=False).decode()


def _place(source: str) -> str:
    """Name a source in a message; of a command only its first word, since the others may be secret."""
    kind, _, rest = source.partition(":")
    if kind == "command":
        rest = (rest.split() or [""])[0]
    return f"auth = {kind}:{sanitize_line(rest)}"


def _from_environment(name: str) -> str:
    if not re.fullmatch(r"[A-Za-z_]\w*", name, re.ASCII):
        raise LocationError("auth = env: must be followed by the name of a variable, not by its value")
    value = os.environ.get(name)
    if value is None:
        raise LocationError(f"auth = env:{name}: the variable {name} is not set")
    return value


def _from_file(path: str) -> str:
    place = _place(f"file:{path}")
    try:
        handle = os.open(os.path.expanduser(path), os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK | os.O_NOCTTY)
    except (OSError, ValueError) as error:
        raise LocationError(f"{place}: {getattr(error, 'strerror', None) or 'not a path'}") from None
    try:
        state = os.fstat(handle)
        if not stat.S_ISREG(state.st_mode):
            raise LocationError(f"{place} is not a file")
        if state.st_uid != os.geteuid():
            raise LocationError(f"{place} belongs to another user, who could change it; use a file of your own")
        if state.st_mode & 0o077:
            mode = f"{stat.S_IMODE(state.st_mode):04o}"
            raise LocationError(f"{place}: other users can use it (mode {mode}); run chmod 600 on it")
        if state.st_size > _MAX_LENGTH:
            raise LocationError(f"{place} is too large to be a password or token")
        return _decoded(os.read(handle, _MAX_LENGTH), place)
    finally:
        os.close(handle)


def _from_command(line: str) -> str:
    import shlex
    import subprocess

    place = _place(f"command:{line}")
    try:
        words = shlex.split(line)
    except ValueError:
        raise LocationError(f"{place}: a quotation mark of the command is not closed") from None
    if not words:
        raise LocationError("auth = command: must be followed by a command")
    try:
        done = subprocess.run(  # noqa: S603  # a command of the user's own settings, without a shell
            words, stdin=subprocess.DEVNULL, capture_output=True, timeout=_COMMAND_SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        raise LocationError(
            f"{place}: the command did not end within {_COMMAND_SECONDS:g} s; run it by hand to see why"
        ) from None
    except QueryTimeout:  # the limit of the whole query, which was spent here
        raise LocationError(f"{place}: the command did not end in time; run it by hand to see why") from None
    except (OSError, ValueError) as error:
        raise LocationError(f"{place}: {getattr(error, 'strerror', None) or 'cannot be run'}") from None
    if done.returncode:
        raise LocationError(f"{place}: the command ended with status {done.returncode}; run it by hand to see why")
    return _decoded(done.stdout[:_MAX_LENGTH], place)


def _decoded(value: bytes, place: str) -> str:
    try:
        return value.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise LocationError(f"{place} is not UTF-8 text") from None
