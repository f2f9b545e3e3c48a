"""Texts that name an index: which are addresses of a cluster and not folders. Imported on every start."""

import os
import re

_SCHEME = re.compile(r"\s*([A-Za-z][A-Za-z0-9+.-]*://|https?:/)", re.IGNORECASE)
_HOST_AND_PORT = re.compile(r"\s*([^\s/@]*@)?([\w.-]+|\[[0-9A-Fa-f:.]+\]):[0-9]{1,5}(?=[/,])")


def is_address(text: str) -> bool:
    """Return True for what begins with a scheme, or with host and port that are no folder here.

    Such a text need not be a right address: `remote_address.parse_address` tells what is wrong with it.
    """
    if _SCHEME.match(text):
        return True
    return _HOST_AND_PORT.match(text) is not None and not os.path.exists(text.partition("/")[0])
