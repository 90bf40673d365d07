"""What `[mail]` says, as the value that the mail channel is made with."""

from urllib.parse import unquote, urlsplit

from alerts.channels.email_message import address_of
from alerts.channels.mail_server import MailServer, Security, is_loopback
from news.url import ascii_name
from wirewatch.config.sections import Mail

_PORTS = {Security.STARTTLS: 587, Security.TLS: 465, Security.PLAIN: 25}


def mail_domain_of(mail: Mail) -> str | None:
    """Return the domain of `[mail] from`; None where there is no such sender."""
    sender = None if mail.sender is None else address_of(mail.sender)
    return None if sender is None else sender.domain


def mail_server_of(mail: Mail) -> MailServer | None:
    """Return the operator's mail server; None where `[mail]` names none, or no sender.

    The way to it is always encrypted, save to this machine itself by smtp:.
    """
    if mail.server is None or mail.sender is None:
        return None
    parts = urlsplit(mail.server)
    host = ascii_name(parts.hostname or "")
    security = Security.STARTTLS
    if parts.scheme == "smtps":
        security = Security.TLS
    elif is_loopback(host):
        security = Security.PLAIN
    return MailServer(
        host=host,
        port=parts.port or _PORTS[security],
        security=security,
        sender=mail.sender,
        user=None if parts.username is None else unquote(parts.username),
        password=mail.password,
    )
