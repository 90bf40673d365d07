"""`[mail]` as the value that mails are sent by."""

import pytest

from alerts.channels.mail_server import MailServer, Security
from wirewatch.config.sections import Mail
from wirewatch.config.values import Configuration
from wirewatch.mail import mail_domain_of, mail_server_of
from wirewatch.rules import desk_rules

SENDER = "wirewatch <alerts@example.org>"


def server_of(address: str, password: str | None = None) -> MailServer | None:
    return mail_server_of(Mail(server=address, sender=SENDER, password=password))


@pytest.mark.parametrize(
    ("address", "host", "port", "security", "user"),
    [
        ("smtp://mail.example", "mail.example", 587, Security.STARTTLS, None),
        ("smtp://mail.example:25", "mail.example", 25, Security.STARTTLS, None),
        ("smtps://mail.example", "mail.example", 465, Security.TLS, None),
        ("smtp://me@mail.example:2525", "mail.example", 2525, Security.STARTTLS, "me"),
        ("smtp://me%40a.test@mail.example", "mail.example", 587, Security.STARTTLS, "me@a.test"),
        ("smtp://почта.рф", "xn--80a1acny.xn--p1ai", 587, Security.STARTTLS, None),
        ("smtp://localhost", "localhost", 25, Security.PLAIN, None),
        ("smtp://127.0.0.1:1025", "127.0.0.1", 1025, Security.PLAIN, None),
        ("smtp://[::1]:1025", "::1", 1025, Security.PLAIN, None),
        ("smtps://localhost", "localhost", 465, Security.TLS, None),
        ("smtp://10.0.0.5", "10.0.0.5", 587, Security.STARTTLS, None),
        ("smtp://localhost.example", "localhost.example", 587, Security.STARTTLS, None),
    ],
)
def test_an_address_says_how_the_server_is_reached(
    address: str, host: str, port: int, security: Security, user: str | None
) -> None:
    assert server_of(address, "open sesame") == MailServer(
        host=host,
        port=port,
        security=security,
        sender=SENDER,
        user=user,
        password="open sesame",
    )


@pytest.mark.parametrize("mail", [Mail(), Mail(server="smtp://mail.example"), Mail(sender=SENDER)])
def test_without_server_or_sender_there_is_none(mail: Mail) -> None:
    assert mail_server_of(mail) is None


@pytest.mark.parametrize(
    ("sender", "domain"),
    [(SENDER, "example.org"), ("Редакция <a@почта.рф>", "xn--80a1acny.xn--p1ai"), (None, None)],
)
def test_ids_of_mails_are_of_the_senders_domain(sender: str | None, domain: str | None) -> None:
    assert mail_domain_of(Mail(sender=sender)) == domain
    assert desk_rules(Configuration(mail=Mail(sender=sender))).mail_domain == domain


def test_a_password_is_not_shown() -> None:
    assert "open sesame" not in repr(server_of("smtp://me@mail.example", "open sesame"))
