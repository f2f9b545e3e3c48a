"""Address of an index that a cluster keeps, as a user names it: what the settings, the paths and the engine share."""

from shanxi_cli.util.frozen_record import Record


class RemoteIndex(Record):
    """An index of a cluster.

    `urls` are nodes of one cluster, `https://host:port`, without a path. `name` is the name of the index there. `ca` is
    the path of a file of certificates to trust instead of those of the system. `auth` tells where the credentials come
    from (`env:NAME`, `file:PATH` or `command:LINE`); it is never a secret itself. Empty: not given. `insecure` allows
    `http` to other machines.
    """

    urls: tuple[str, ...]
    name: str
    ca: str = ""
    auth: str = ""
    insecure: bool = False
