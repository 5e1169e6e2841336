"""What went wrong on the network, in words."""

from __future__ import annotations

import errno
import socket
from http import HTTPStatus

import aiohttp

from castabout.fetch.headers import Headers

#: What a person wants to know beyond the number.
_STATUS_MEANS = {
    401: "a user name and password are needed, or these are wrong",
    403: "the host does not let castabout read it",
    410: "it was taken away for good",
    429: "the host was asked too often; try again later",
}
#: https://developers.cloudflare.com/support/troubleshooting/http-status-codes/cloudflare-5xx-errors/
_BEHIND_CLOUDFLARE = {520, 521, 522, 523, 524, 525, 526, 530}
_ERRNO_MEANS = {
    errno.ECONNREFUSED: "connection refused",
    errno.ECONNRESET: "connection reset",
    errno.EHOSTUNREACH: "no way to this host",
    errno.ENETUNREACH: "no way to its network",
    errno.ETIMEDOUT: "no connection in time",
}
#: The resolver could not ask, so that nothing is known of the host.
_CANNOT_ASK = {socket.EAI_AGAIN, socket.EAI_FAIL}


def status_cause(status: int, headers: Headers | None = None) -> str:
    """``answered 404 (not found)``, with what a person wants to know."""
    try:
        phrase = f" ({HTTPStatus(status).phrase.lower()})"
    except ValueError:
        phrase = ""
    means = _STATUS_MEANS.get(status)
    if headers is not None and _is_challenge(status, headers):
        means = "Cloudflare, which guards this host, takes castabout for an unwanted robot"
    elif means is None and status in _BEHIND_CLOUDFLARE:
        means = "Cloudflare, which guards this host, does not get an answer from it"
    return f"answered {status}{phrase}{f': {means}' if means else ''}"


def _is_challenge(status: int, headers: Headers) -> bool:
    """Whether Cloudflare itself says no: such a page is no news about the feed.

    https://developers.cloudflare.com/cloudflare-challenges/challenge-types/challenge-pages/detect-response/
    """
    if headers.get("Cf-Mitigated", "").lower() == "challenge":
        return True
    return status == 403 and headers.get("Server", "").lower() == "cloudflare"


def error_cause(error: Exception, *, connect_s: float, read_s: float) -> str:
    """The cause of an error of aiohttp or of the system; the times are those that were allowed."""
    match error:
        case aiohttp.ConnectionTimeoutError():
            return f"did not connect within {connect_s:g} s"
        case aiohttp.ServerTimeoutError():
            return f"sent nothing for {read_s:g} s"
        case aiohttp.ClientConnectorDNSError():
            unknown = error.os_error.errno not in _CANNOT_ASK
            return "no such host" if unknown else "its name cannot be looked up at the moment"
        case aiohttp.ClientConnectorCertificateError():
            return f"its certificate is not valid ({_certificate_cause(error.certificate_error)})"
        case aiohttp.ClientConnectorSSLError():
            return f"no secure connection ({_tls_cause(error.os_error)})"
        case aiohttp.ServerDisconnectedError():
            return "closed the connection without an answer"
        case aiohttp.ClientPayloadError():
            return "its answer broke off or is damaged"
        case aiohttp.ClientResponseError():
            return "its answer is not HTTP"
        case OSError():
            return _system_cause(error)
    return "the connection failed"


def _system_cause(error: OSError) -> str:
    text = error.strerror or str(error) or "the connection failed"
    if error.errno is None and text.startswith(
        "Multiple exceptions"
    ):  # each address failed in a way of its own
        return "no way to any of its addresses"
    return _ERRNO_MEANS.get(error.errno or 0, text.lower())


def _certificate_cause(error: Exception) -> str:
    return str(getattr(error, "verify_message", "") or error)


def _tls_cause(error: OSError) -> str:
    reason = getattr(error, "reason", None)
    return str(reason).replace("_", " ").lower() if reason else _system_cause(error)
