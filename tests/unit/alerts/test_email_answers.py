"""What a mail server's answers mean, as a table."""

import ssl
from socket import gaierror

import pytest
from aiosmtplib import (
    SMTPAuthenticationError,
    SMTPConnectError,
    SMTPConnectResponseError,
    SMTPDataError,
    SMTPException,
    SMTPHeloError,
    SMTPNotSupported,
    SMTPRecipientRefused,
    SMTPResponseException,
    SMTPSenderRefused,
    SMTPServerDisconnected,
)

from alerts.channel import Deferred, Refused, Rejected
from alerts.channels.email_answers import Said, fault_words, outcome_of

DESK = "desk@example.org"


def rcpt(code: int, words: str) -> SMTPResponseException:
    return SMTPRecipientRefused(code, words, DESK)


def sender(code: int, words: str) -> SMTPResponseException:
    return SMTPSenderRefused(code, words, "alerts@example.org")


@pytest.mark.parametrize(
    ("error", "outcome"),
    [
        (rcpt(450, "4.2.0 greylisted"), Deferred),
        (rcpt(451, "come back in 5 minutes"), Deferred),
        (rcpt(421, "busy"), Deferred),
        (rcpt(550, "5.1.1 unknown"), Refused),
        (rcpt(550, "no such user"), Refused),
        (rcpt(551, "user not local"), Refused),
        (rcpt(553, "mailbox name not allowed"), Refused),
        (rcpt(550, "5.0.0 refused"), Refused),
        (rcpt(550, "5.2.1 mailbox disabled"), Refused),
        (rcpt(554, "5.1.2 no such domain"), Refused),
        (rcpt(552, "mailbox full"), Deferred),
        (rcpt(550, "5.2.2 over quota"), Deferred),
        (rcpt(550, "5.7.1 blocked, see https://list.test"), Deferred),
        (rcpt(554, "5.7.1 relay access denied"), Deferred),
        (rcpt(550, "5.1.1.1 is no code of theirs"), Refused),
        (sender(450, "4.1.8 domain not found"), Deferred),
        (sender(550, "5.7.1 not yours"), Deferred),
        (sender(553, "5.1.8 sender unknown"), Deferred),
        (sender(552, "5.3.4 too large"), Rejected),
        (SMTPDataError(451, "4.3.0 later"), Deferred),
        (SMTPDataError(550, "5.1.1 nobody of that name"), Refused),
        (SMTPDataError(550, "spam"), Rejected),
        (SMTPDataError(552, "5.3.4 too large"), Rejected),
        (SMTPDataError(554, "5.7.1 spam"), Rejected),
        (SMTPAuthenticationError(535, "5.7.8 wrong"), Deferred),
        (SMTPAuthenticationError(534, "5.7.9 use another way"), Deferred),
        (SMTPConnectResponseError(554, "5.7.1 we do not know you"), Deferred),
        (SMTPHeloError(501, "who?"), Deferred),
        (SMTPResponseException(530, "5.7.0 STARTTLS first"), Deferred),
        (SMTPResponseException(-1, "Malformed"), Deferred),
    ],
)
def test_an_answer_is_read(error: SMTPResponseException, outcome: type) -> None:
    read = outcome_of(error)
    assert isinstance(read, outcome)
    assert not isinstance(read, Deferred) or read.wait is None


def test_reasons_name_the_codes_and_never_the_servers_words() -> None:
    refused = outcome_of(rcpt(550, f"5.1.1 <{DESK}>: no such user"))
    assert refused == Refused("SMTP 550 5.1.1: the mail server knows no such address")
    assert outcome_of(SMTPDataError(554, f"for {DESK}")) == Rejected(
        "SMTP 554: the mail server refuses this message"
    )
    assert outcome_of(SMTPAuthenticationError(535, "user desk, word hunter2")) == Deferred(
        "SMTP 535: the mail server does not accept the user and password of [mail]"
    )


@pytest.mark.parametrize(
    ("code", "words", "said"),
    [
        (250, "2.0.0 queued", Said(250, b"250 2.0.0 queued")),
        (-1, "Malformed", Said(None, b"Malformed")),
        (550, "caf\udce9", Said(550, b"550 caf\xe9")),
    ],
)
def test_what_was_said_is_kept_as_it_came(code: int, words: str, said: Said) -> None:
    assert Said.by(code, words) == said


def caused(error: SMTPException, cause: BaseException) -> SMTPException:
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (SMTPNotSupported("no such thing"), "no such thing"),
        (caused(SMTPConnectError("x"), ConnectionRefusedError()), "nothing answers at"),
        (caused(SMTPConnectError("x"), gaierror()), "name is not known"),
        (caused(SMTPConnectError("x"), ssl.SSLError()), "agree on no TLS"),
        (ssl.SSLError(), "agree on no TLS"),
        (SMTPServerDisconnected("x"), "broke the connection off"),
        (ConnectionResetError(), "broke the connection off"),
        (OSError(113, "no route to 10.1.2.3"), "cannot be reached (OSError)"),
    ],
)
def test_a_fault_has_words_without_addresses(error: SMTPException | OSError, words: str) -> None:
    told = fault_words(error)
    assert words in told
    assert "10.1.2.3" not in told
