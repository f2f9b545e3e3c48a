"""A builder that dies at a request: arguments are the addresses, index, local folder, corpus, pattern, and when.

The request that matches `METHOD /path` is not sent (`before`), or is sent and its answer is lost (`after`); with
`third`, two more that match are sent, and the next one is not.
"""

import os
import re
import signal
import sys
from pathlib import Path
from typing import Any

from shanxi_cli.engines.opensearch.http.client import ClusterClient
from shanxi_cli.model.remote_index import RemoteIndex
from tests.opensearch.archives import Machine


def main() -> None:
    urls, name, folder, corpus, pattern, when = sys.argv[1:]
    request = ClusterClient.request
    left = 2 if when == "third" else 0

    def die_at_pattern(self: ClusterClient, method: str, path: str, *args: Any, **options: Any) -> Any:
        nonlocal left
        here = re.search(pattern, f"{method} {path}")
        if here and left:
            here, left = None, left - 1
        if not here or when == "after":
            answer = request(self, method, path, *args, **options)
        if here:
            os.kill(os.getpid(), signal.SIGKILL)
        return answer

    ClusterClient.request = die_at_pattern  # type: ignore[method-assign]
    Machine(RemoteIndex(tuple(urls.split(",")), name), Path(folder), Path(corpus)).update()


if __name__ == "__main__":
    main()
