"""TLS for the connections to a cluster: which authorities are trusted, and what its failures mean to a user."""

import ssl

from shanxi_cli.errors import LocationError
from shanxi_cli.util.sanitize import sanitize_line

_NAME_MISMATCH = (62, 64)  # X509_V_ERR_HOSTNAME_MISMATCH, X509_V_ERR_IP_ADDRESS_MISMATCH
_NOT_YET_VALID = 9
_EXPIRED = 10
_UNKNOWN_ISSUER = (
    2,
    18,
    19,
    20,
    21,
)  # unable to get issuer, self-signed, self-signed in chain, no local issuer, no chain
_PLAIN_TEXT = (
    "WRONG_VERSION_NUMBER",
    "RECORD_LAYER_FAILURE",
    "HTTP_REQUEST",
    "UNKNOWN_PROTOCOL",
    "PACKET_LENGTH_TOO_LONG",
)


def client_context(ca: str) -> ssl.SSLContext:
    """Return the settings of TLS connections: certificates and host names are verified.

    `ca` is the path of a PEM file of authorities to trust instead of those of the system; empty: those. Raise
    `LocationError` if it cannot be read or has no certificate.
    """
    try:
        context = ssl.create_default_context(cafile=ca or None)
    except ssl.SSLError:
        raise LocationError(f"ca = {sanitize_line(ca)}: the file has no certificate in PEM form") from None
    except (OSError, ValueError) as error:
        raise LocationError(f"ca = {sanitize_line(ca)}: {getattr(error, 'strerror', None) or 'not a path'}") from None
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    if ca:  # CPython 3.13 refuses authorities without some extensions, as those made by hand for a cluster often are
        context.verify_flags &= ~ssl.VERIFY_X509_STRICT
    return context


def describe_failure(error: Exception, ca: str) -> str:
    """Return what was wrong with the TLS connection to a node, and what to do, as the end of a sentence about it."""
    if isinstance(error, ssl.SSLCertVerificationError):
        return _describe_certificate(error, ca)
    reason = str(getattr(error, "reason", None) or "")
    if reason in _PLAIN_TEXT:
        return "does not speak TLS; if that is intended, write http://"
    if "CERTIFICATE_REQUIRED" in reason or "HANDSHAKE_FAILURE" in reason:
        return "refused the TLS connection (it may demand a certificate of the client, which shanxi cannot present)"
    return f"failed in TLS ({sanitize_line(reason.replace('_', ' ').lower()) or 'closed by the node'})"


def _describe_certificate(error: ssl.SSLCertVerificationError, ca: str) -> str:
    code = error.verify_code
    if code in _NAME_MISMATCH:
        return "has a certificate for another name; write the host name that is in the certificate"
    if code == _EXPIRED:
        return "has a certificate that has expired; it must be renewed on the node"
    if code == _NOT_YET_VALID:
        return "has a certificate that is not valid yet; check the clocks of both machines"
    if code in _UNKNOWN_ISSUER:
        if ca:
            return f"has a certificate that is not signed by the authority in ca = {sanitize_line(ca)}"
        return 'has a certificate of an unknown authority; name the file of that authority: ca = "/path/of/ca.pem"'
    return f"has a certificate that is not accepted ({sanitize_line(str(error.verify_message))})"
