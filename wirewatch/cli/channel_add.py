"""`wirewatch channel add NAME URL`: a way out, beside those of wirewatch.toml."""

import os
from pathlib import Path
from urllib.parse import urlsplit

import click

from alerts.registry import CHANNELS, NOT_YET
from archive import channels
from news.channel import ChannelSettings
from news.errors import UsageError
from news.ids import wire_id
from news.typed import typed
from news.url import is_http
from wirewatch.apply import fresh_secret
from wirewatch.cli.opened import archive_or_new, configuration
from wirewatch.cli.options import command
from wirewatch.cli.screen import Screen, with_screen
from wirewatch.config.secret import looked_up, webhook_key
from wirewatch.config.spoken import spoken
from wirewatch.config.tables import ChannelTable
from wirewatch.config.values import Configuration
from wirewatch.differences import address_without_path
from wirewatch.mail import mail_server_of
from wirewatch.net.guard import Guard, literal_address

_PORTS = {"http": 80, "https": 443}


@command(
    "add",
    examples=(
        "wirewatch channel add newsroom https://n8n.example/webhook/abc",
        "wirewatch channel add newsroom https://n8n.example/webhook/abc --secret env:WHSEC",
        "wirewatch channel add desk mailto:desk@example.org",
    ),
)
@click.argument("name")
@click.argument("url")
@click.option(
    "--secret",
    metavar="SECRET",
    help='Signs webhooks: "whsec_…", or better file:PATH or env:NAME. Left out: one is made.',
)
@with_screen
def add(screen: Screen, name: str, url: str, *, secret: str | None) -> None:
    """Tell watches through the webhook or mailbox at URL, under the name NAME.

    A secret that is made is shown this once; receivers verify by it.
    """
    configured = configuration(screen)
    settings = _settings(configured, name, url, secret)
    with archive_or_new(configured) as database, database.writing() as conn:
        if settings.name in {one.settings.name for one in channels.listing(conn)}:
            raise UsageError(f'There is a channel "{settings.name}" already.')
        number = channels.add(conn, settings, now=screen.clock())
    made = settings.secrets[0] if settings.secrets and secret is None else None
    if screen.manner.json:
        screen.data({"id": wire_id("ch", number), "name": settings.name, "secret": made})
        return
    place = address_without_path(settings.url)
    screen.say(f'{wire_id("ch", number)} "{settings.name}" → {place}')
    if made is not None:
        show_secret(screen, settings.name, made)
    words = typed(settings.name, wire_id("ch", number))
    screen.remark(f"Try it: wirewatch channel test {words}")


def show_secret(screen: Screen, name: str, secret: str) -> None:
    """Show a secret that was made; it is the only time."""
    screen.say(f'\nThe secret of channel "{name}", shown this once; receivers verify by it:')
    screen.say(f"  {secret}", bold=True)


def _settings(
    configured: Configuration, name: str, url: str, secret: str | None
) -> ChannelSettings:
    table = spoken(ChannelTable, {"name": name, "url": url})
    _refuse_the_files(configured, table.name)
    scheme = url.partition(":")[0].lower()
    if scheme not in CHANNELS:
        raise UsageError(f"{NOT_YET.get(scheme, 'such channels')} ({scheme}:) are not served yet.")
    if scheme == "mailto" and mail_server_of(configured.mail) is None:
        raise UsageError(
            "mailto: needs a mail server. Write into wirewatch.toml:\n"
            '[mail]\nserver = "smtp://user@mail.example:587"\n'
            'password = "file:…"\nfrom = "wirewatch <alerts@example.org>"'
        )
    if not is_http(url):
        if secret is not None:
            raise UsageError("--secret: only webhooks are signed.")
        return ChannelSettings(name=table.name, url=url)
    _refuse_private(configured, url)
    key = fresh_secret() if secret is None else _given(secret)
    return ChannelSettings(name=table.name, url=url, secrets=(key,))


def _refuse_the_files(configured: Configuration, name: str) -> None:
    if any(one.settings.name == name for one in configured.channels):
        raise UsageError(
            f'A channel "{name}" stands in {configured.file}; it is there after `wirewatch apply`.'
        )


def _refuse_private(configured: Configuration, url: str) -> None:
    """Refuse what the guard would never let through; a name is looked up when it is used."""
    parts = urlsplit(url)
    host = (parts.hostname or "").lower()
    port = parts.port or _PORTS[parts.scheme.lower()]
    at_home = host == "localhost" or host.endswith(".localhost")
    address = "127.0.0.1" if at_home else literal_address(host)
    allow = configured.network.allow
    if address is None or Guard.of(allow).fault(host, address, port) is None:
        return
    place = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    listed = ", ".join(f'"{one}"' for one in (*allow, place))
    raise UsageError(
        f"{place} lies in a private network, which wirewatch reaches only where it is listed. "
        f"Write into wirewatch.toml:\n[network]\nallow = [{listed}]"
    )


def _given(secret: str) -> str:
    try:
        return webhook_key(looked_up(secret, beside=Path.cwd(), environ=os.environ))
    except ValueError as error:
        raise UsageError(f"--secret: {error}.") from None
