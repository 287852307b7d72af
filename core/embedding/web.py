"""One HTTP request, its failures sorted into those worth another try and those to tell. Any thread; blocks."""

from __future__ import annotations

import email.message
import http.client
import ssl
import threading
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Mapping

import truststore

from core.errors import LibraryError
from core.jobs import JobControl

_USER_AGENT = "recollect/0.1"
_TIMEOUT_S = 15.0
_BUSY = frozenset({408, 425, 429, 500, 502, 503, 504})
_LONGEST_WAIT_S = 60.0

Wait = Callable[[float, JobControl], None]
"""Let some seconds pass; raises Cancelled as soon as the job is stopped."""


class TransientError(Exception):
    """The other side is busy or the line broke; `after_s` is how long it asked us to wait, if it did."""

    def __init__(self, reason: str, after_s: float | None = None, *, reached: bool = True) -> None:
        super().__init__(reason)
        self.reason = reason
        self.after_s = after_s
        self.reached = reached
        """Whether the other side answered at all."""


def get(url: str, headers: Mapping[str, str] | None = None) -> http.client.HTTPResponse:
    """Open a URL (redirects are followed). Raises TransientError and LibraryError."""
    if urllib.parse.urlsplit(url).scheme not in ("http", "https"):
        raise LibraryError("The address to fetch encoders from is not a web address.", url, "Check HF_ENDPOINT.")
    request = urllib.request.Request(url, headers={"User-Agent": _USER_AGENT, **(headers or {})})  # noqa: S310
    try:
        response: http.client.HTTPResponse = urllib.request.urlopen(  # noqa: S310
            request, timeout=_TIMEOUT_S, context=_trusted()
        )
    except urllib.error.HTTPError as error:
        with error:
            raise _refused(error, url) from error
    except (OSError, http.client.HTTPException) as error:
        raise _broken_line(error, url) from error
    return response


def read(response: http.client.HTTPResponse, size: int) -> bytes:
    """What has arrived, up to `size` bytes; none at the end. Raises TransientError when the line breaks."""
    try:
        return response.read1(size)
    except (OSError, http.client.HTTPException) as error:
        raise TransientError(f"the connection broke ({error})") from error


def pause_s(attempt: int, asked_s: float | None) -> float:
    """How long to wait before try number `attempt` (1 for the first repetition): 1, 2, 4, ... or what was asked."""
    return min(_LONGEST_WAIT_S, asked_s if asked_s is not None else 2.0 ** (attempt - 1))


def wait(seconds: float, job: JobControl) -> None:
    """Let time pass without missing a stop for more than a tenth of a second."""
    tick = threading.Event()
    while seconds > 0:
        job.check()
        tick.wait(min(0.1, seconds))
        seconds -= 0.1
    job.check()


def _trusted() -> ssl.SSLContext:
    # The system's own certificates, a company's among them, which Python alone does not find on macOS.
    return truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


def _refused(error: urllib.error.HTTPError, url: str) -> Exception:
    if error.code in _BUSY:
        return TransientError(f"the server answered {error.code} {error.reason}", _retry_after_s(error.headers))
    if error.code == 416:
        return TransientError("the server does not have that part of the file", 0.0)
    hints = {
        401: "It may need an account there.",
        403: "It may need an account there.",
        404: "It may have been moved; update Recollect, or import the encoder from a file.",
    }
    return LibraryError(
        "The server does not hand out this encoder.", f"{url}: {error.code} {error.reason}.", hints.get(error.code, "")
    )


def _broken_line(error: Exception, url: str) -> Exception:
    reason = getattr(error, "reason", error)
    if isinstance(reason, ssl.SSLCertVerificationError):
        return LibraryError(
            "The connection is not safe, so nothing was fetched.",
            f"{urllib.parse.urlsplit(url).netloc}: {reason.verify_message}.",
            "Check this computer's date, or ask who runs its network.",
        )
    why = getattr(reason, "strerror", None) or reason
    return TransientError(f"{urllib.parse.urlsplit(url).netloc} cannot be reached ({why})", reached=False)


def _retry_after_s(headers: email.message.Message) -> float | None:
    try:
        return max(0.0, float(headers.get("Retry-After", "")))
    except ValueError:
        return None
