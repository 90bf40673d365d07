"""What a mail server's answers mean: pure, so that a table can test it.

Whatever may change, or the operator may mend (a login, a sender, a policy), is deferred; an
address that does not exist closes the channel; a message refused for itself is given up alone.

| step | answer | outcome |
|---|---|---|
| any | 4xx | Deferred |
| greeting, STARTTLS, login, sender | 5xx | Deferred: the operator's to mend |
| sender | 552, unless it speaks of a full mailbox | Rejected: the message is too large |
| receiver, message | 5xx: nobody is there, by 5.1.1 and its like or plain words | Refused |
| receiver | any other 5xx (full, relaying denied, a block list) | Deferred |
| message | 5.2.3, 5.3.4, 5.6.x | Rejected: too large, or not liked |
| message | 5.2.x to 5.5.x, 500 to 504, or words of a passing cause (a rate, a quota) | Deferred |
| message | any other 5xx | Rejected |

A plain 550 says nothing: block lists and relays that turn everybody away use it as well as those
who do not know the address. So without an enhanced code the words count, and they have to be plain.

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

from alerts.channel import Deferred, Delivered, Outcome, Refused, Rejected

_TAKEN = 2
_PERMANENT = 500
_LAST_OF_COMMANDS = 504
_TOO_LARGE = 552
_ENHANCED = re.compile(r"\s*([245]\.\d{1,3}\.\d{1,3})(?!\S)")

_NOBODY = frozenset({"5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10"})
_DISABLED = "5.2.1"
_SAYS_LITTLE = ("", "5.0.0", "5.1.0", "5.5.0")
_OVERSIZE = frozenset({"5.2.3", "5.3.4"})
_NOT_OF_THE_MESSAGE = ("5.2.", "5.3.", "5.4.", "5.5.")
_OF_THE_CONTENT = "5.6."

_NO_WORDS = re.compile(r"<[^>]*>|\S+@\S+|^\s*5\.\d{1,3}\.\d{1,3}(?!\S)", re.MULTILINE)
_WHOM = r"(?:user|mailbox|recipient|address|account|person|local part|addressee)"
_IS = r"(?:(?:name|address|is|was|has|been|:|-)\s+)*"
_NOBODY_WORDS = re.compile(
    rf"\b(?:no such|unknown|invalid|non-?existent|unrouteable)\s+(?:local\s+)?{_WHOM}"
    rf"|\bno\s+{_WHOM}\s+(?:here\s+)?(?:by|of|with)\s+(?:that|this)\s+name"
    rf"|\b{_WHOM}\s+{_IS}(?:unknown|invalid|disabled|not\s+(?:found|known|local|allowed|exist))"
    rf"|\b{_WHOM}\s+{_IS}(?:does|do)(?:\s+not|n['’]t)\s+exist"
    rf"|(?:\bnot|n['’]t)\s+have\s+(?:a|an|any)\s+(?:\S+\s+)?{_WHOM}"
)
_TURNED_AWAY_WORDS = re.compile(
    r"\b(?:sender|relay|block|black|spam|polic(?:y|ies)|denied|reputation|listed|verif)"
)
_PASSING_WORDS = re.compile(
    r"\brate\b|\brate-?limit|too (?:many|fast|frequent|quick|much mail)|throttl|temporar"
    r"|\bfor now\b|\blater\b|try again|quota|\bfull\b|storage|disk space|greylist"
)


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
    """Read a server's no, which the library takes any answer for that is not the usual one.

    Any 2xx after the text means that the server has the mail (RFC 5321, 4.2.1).
    """
    if isinstance(error, SMTPDataError) and error.code // 100 == _TAKEN:
        return Delivered()
    found = _ENHANCED.match(error.message)
    code, enhanced = error.code, found[1] if found else ""
    said = f"SMTP {code} {enhanced}".rstrip() if code > 0 else "SMTP"
    not_now = Deferred(f"{said}: {_now_not(error)}")
    if code < _PERMANENT:
        return not_now
    words = _plain(error.message)
    match error:
        case SMTPRecipientRefused() | SMTPDataError() if _is_nobody(enhanced, words):
            return Refused(f"{said}: the mail server knows no such address")
        case SMTPDataError() if not _is_passing(code, enhanced, words):
            return Rejected(f"{said}: the mail server refuses this message")
        case SMTPSenderRefused() if code == _TOO_LARGE and not _is_passing(code, enhanced, words):
            return Rejected(f"{said}: the mail server finds this message too large")
        case _:
            return not_now


def _plain(message: str) -> str:
    """Return the server's words, without addresses (made of words as well) and its codes."""
    return " ".join(_NO_WORDS.sub(" ", message.casefold()).split())


def _is_nobody(enhanced: str, words: str) -> bool:
    if enhanced == _DISABLED:  # some say so of who gets too much at the moment
        return not _PASSING_WORDS.search(words)
    if enhanced in _NOBODY:
        return True
    if enhanced not in _SAYS_LITTLE or _TURNED_AWAY_WORDS.search(words):
        return False
    return _NOBODY_WORDS.search(words) is not None


def _is_passing(code: int, enhanced: str, words: str) -> bool:
    """Tell whether a no is about something other than this message, and may pass."""
    if enhanced in _OVERSIZE or enhanced.startswith(_OF_THE_CONTENT):
        return False
    if code <= _LAST_OF_COMMANDS or enhanced.startswith(_NOT_OF_THE_MESSAGE):
        return True
    return _PASSING_WORDS.search(words) is not None


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
