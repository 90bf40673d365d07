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

from alerts.channel import Deferred, Delivered, Refused, Rejected
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
        (rcpt(550, "5.0.0 refused"), Deferred),
        (rcpt(550, "5.2.1 mailbox disabled"), Refused),
        (rcpt(554, "5.1.2 no such domain"), Refused),
        (rcpt(552, "mailbox full"), Deferred),
        (rcpt(550, "5.2.2 over quota"), Deferred),
        (rcpt(550, "5.7.1 blocked, see https://list.test"), Deferred),
        (rcpt(554, "5.7.1 relay access denied"), Deferred),
        (rcpt(550, "5.1.1.1 is no code of theirs"), Deferred),
        (sender(450, "4.1.8 domain not found"), Deferred),
        (sender(550, "5.7.1 not yours"), Deferred),
        (sender(553, "5.1.8 sender unknown"), Deferred),
        (sender(552, "5.3.4 too large"), Rejected),
        (SMTPDataError(251, "taken, and passed on"), Delivered),
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


@pytest.mark.parametrize(
    "words",
    [
        "User unknown",
        "unknown user",
        "No Such User Here",
        "<desk@example.org>: Recipient address rejected: User unknown in local recipient table",
        "<relay@blocked.example>... user unknown",
        "sorry, no mailbox here by that name",
        "mailbox not found",
        "The account does not exist",
        "This user doesn't have a yahoo.example account",
        "Invalid recipient",
        "Unrouteable address",
        "5.0.0 no such\n5.0.0 user",
        "5.1.0 address unknown",
    ],
)
def test_plain_words_that_nobody_is_there_close_a_channel(words: str) -> None:
    assert isinstance(outcome_of(rcpt(550, words)), Refused)
    assert isinstance(outcome_of(SMTPDataError(550, words)), Refused)


@pytest.mark.parametrize(
    "words",
    [
        "",
        "Access denied - blocked using zen.example",
        "sorry, that domain is not in my list of allowed rcpthosts",
        "relaying denied",
        "<no-such-user@example.org>: not today",
        "sender verify failed: unknown user",
        "Requested action not taken: mailbox unavailable",
        "5.0.0 go away",
        "5.1.7 bad address of the sender",
        "5.1.8 the sender's domain does not exist",
        "5.2.1 receives mail at a rate that prevents more",
        "5.2.2 mailbox full",
        "5.4.1 Recipient address rejected: Access denied",
        "5.7.1 user unknown, says our policy",
    ],
)
@pytest.mark.parametrize("code", [550, 551, 553, 554])
def test_a_no_that_is_not_plainly_about_the_address_closes_nothing(code: int, words: str) -> None:
    assert isinstance(outcome_of(rcpt(code, words)), Deferred)


@pytest.mark.parametrize(
    ("error", "outcome"),
    [
        (SMTPDataError(552, "5.2.2 mailbox full"), Deferred),
        (SMTPDataError(552, "over quota"), Deferred),
        (SMTPDataError(550, "5.7.1 blocked for now, rate"), Deferred),
        (SMTPDataError(554, "too many messages, try again later"), Deferred),
        (SMTPDataError(554, "5.3.0 transaction failed, local error"), Deferred),
        (SMTPDataError(554, "5.4.6 routing loop"), Deferred),
        (SMTPDataError(554, "5.5.1 no valid recipients"), Deferred),
        (SMTPDataError(503, "bad sequence"), Deferred),
        (SMTPDataError(552, "message size exceeds the fixed maximum"), Rejected),
        (SMTPDataError(552, "5.2.3 longer than this mailbox takes"), Rejected),
        (SMTPDataError(550, "5.6.0 not later and not ever: bad headers"), Rejected),
        (SMTPDataError(550, "5.7.1 spam"), Rejected),
        (SMTPDataError(554, "transaction failed"), Rejected),
        (sender(552, "5.2.2 sender over quota"), Deferred),
        (sender(552, "message size exceeds the fixed maximum"), Rejected),
    ],
)
def test_a_no_to_a_message_is_final_only_where_it_is_about_the_message(
    error: SMTPResponseException, outcome: type
) -> None:
    assert isinstance(outcome_of(error), outcome)


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
