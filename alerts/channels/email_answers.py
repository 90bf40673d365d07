"""What a mail server's answers mean: pure, so that a table can test it.

Whatever may change, or the operator may mend (a login, a sender, a policy), is deferred; an
address that does not exist closes the channel; a message refused for itself is given up alone.

| step | answer | outcome |
|---|---|---|
| any | 4xx | Deferred |
| greeting, STARTTLS, login, sender | 5xx | Deferred: the operator's to mend |
| sender | 552 | Rejected: the message is too large |
| receiver | 5xx with 5.1.x or 5.2.1; 550, 551, 553 without such a code | Refused |
| receiver | any other 5xx (full, relaying denied, a block list) | Deferred |
| message | 5xx with 5.1.x | Refused: the server looked the address up this late |
| message | any other 5xx | Rejected |

Reasons never quote the server: its words often repeat the address.
"""

import re
import ssl
from dataclasses import dataclass
from socket import gaierror

from aiosmtplib import (
    SMTPAuthenticationError,
    SMTPDataError,
    SMTPException,
    SMTPNotSupported,
    SMTPRecipientRefused,
    SMTPResponseException,
    SMTPSenderRefused,
    SMTPServerDisconnected,
)

from alerts.channel import Deferred, Outcome, Refused, Rejected

_PERMANENT = 500
_TOO_LARGE = 552
_NOBODY = frozenset({550, 551, 553})
_ENHANCED = re.compile(r"\s*([245]\.\d{1,3}\.\d{1,3})(?!\S)")


@dataclass(frozen=True, slots=True)
class Said:
    """The server's last word: its code, where it has one, and its text as it came."""

    code: int | None
    words: bytes

    @classmethod
    def by(cls, code: int, words: str) -> "Said":
        """Return what the library read; it gives -1 where there was no code."""
        whole = words if code < 0 else f"{code} {words}"
        return cls(code if code > 0 else None, whole.encode("utf-8", "surrogateescape"))


def outcome_of(error: SMTPResponseException) -> Outcome:
    """Read a server's no."""
    found = _ENHANCED.match(error.message)
    code, enhanced = error.code, found[1] if found else ""
    said = f"SMTP {code} {enhanced}".rstrip() if code > 0 else "SMTP"
    if code < _PERMANENT:
        return Deferred(f"{said}: {_now_not(error)}")
    match error:
        case SMTPRecipientRefused() if _is_nobody(code, enhanced):
            return Refused(f"{said}: {_NO_SUCH}")
        case SMTPDataError() if enhanced.startswith("5.1."):
            return Refused(f"{said}: {_NO_SUCH}")
        case SMTPDataError():
            return Rejected(f"{said}: the mail server refuses this message")
        case SMTPSenderRefused() if code == _TOO_LARGE:
            return Rejected(f"{said}: the mail server finds this message too large")
        case _:
            return Deferred(f"{said}: {_now_not(error)}")


_NO_SUCH = "the mail server knows no such address"


def _is_nobody(code: int, enhanced: str) -> bool:
    if enhanced and not enhanced.startswith("5.0."):
        return enhanced.startswith("5.1.") or enhanced == "5.2.1"
    return code in _NOBODY


def _now_not(error: SMTPResponseException) -> str:
    match error:
        case SMTPAuthenticationError():
            return "the mail server does not accept the user and password of [mail]"
        case SMTPSenderRefused():
            return "the mail server takes no mail from the sender of [mail]"
        case SMTPRecipientRefused():
            return "the mail server does not take mail for this address now"
        case SMTPDataError():
            return "the mail server does not take this message now"
        case _ if error.code < 0:
            return "the mail server's answer cannot be read"
        case _:
            return "the mail server turns us away"


def fault_words(error: SMTPException | OSError) -> str:
    """Say in words why there was no answer at all."""
    cause = error.__cause__ if isinstance(error.__cause__, OSError) else error
    match cause:
        case SMTPNotSupported():
            return cause.message
        case ssl.SSLCertVerificationError():
            return f"the mail server's certificate is not to be trusted: {cause.verify_message}"
        case ssl.SSLError():
            return "the mail server and wirewatch agree on no TLS"
        case gaierror():
            return "the mail server's name is not known"
        case ConnectionRefusedError():
            return "nothing answers at the mail server's address"
        case SMTPServerDisconnected() | ConnectionError():
            return "the mail server broke the connection off"
        case _:
            return f"the mail server cannot be reached ({type(cause).__name__})"
