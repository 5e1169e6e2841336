"""What went wrong on the network, in words."""

from __future__ import annotations

import errno
import socket
from http import HTTPStatus

import aiohttp

#: What a person wants to know beyond the number.
_STATUS_MEANS = {
    401: "a user name and password are needed, or these are wrong",
    403: "the host does not let castabout read it",
    410: "it was taken away for good",
    429: "the host was asked too often; try again later",
}
_ERRNO_MEANS = {
    errno.ECONNREFUSED: "connection refused",
    errno.ECONNRESET: "connection reset",
    errno.EHOSTUNREACH: "no way to this host",
    errno.ENETUNREACH: "no way to its network",
    errno.ETIMEDOUT: "no connection in time",
}
#: The resolver could not ask, so that nothing is known of the host.
_CANNOT_ASK = {socket.EAI_AGAIN, socket.EAI_FAIL}


def status_cause(status: int) -> str:
    """``answered 404 (not found)``, with what a person wants to know."""
    try:
        phrase = f" ({HTTPStatus(status).phrase.lower()})"
    except ValueError:
        phrase = ""
    means = f": {_STATUS_MEANS[status]}" if status in _STATUS_MEANS else ""
    return f"answered {status}{phrase}{means}"


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
    return _ERRNO_MEANS.get(error.errno or 0, text.lower())


def _certificate_cause(error: Exception) -> str:
    return str(getattr(error, "verify_message", "") or error)


def _tls_cause(error: OSError) -> str:
    reason = getattr(error, "reason", None)
    return str(reason).replace("_", " ").lower() if reason else _system_cause(error)
