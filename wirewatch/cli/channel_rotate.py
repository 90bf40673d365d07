"""`wirewatch channel rotate NAME`: a new secret, beside the old one until receivers have it."""

import click

from archive import channels
from news.channel import KeptChannel
from news.errors import UsageError
from news.ids import wire_id
from news.typed import typed
from news.url import is_http
from wirewatch.apply import fresh_secret
from wirewatch.cli.channel_add import show_secret
from wirewatch.cli.completing import channel_names
from wirewatch.cli.named import named
from wirewatch.cli.opened import archive, configuration
from wirewatch.cli.options import command
from wirewatch.cli.screen import Screen, with_screen
from wirewatch.config.values import Configuration


@command(
    "rotate",
    examples=("wirewatch channel rotate newsroom", "wirewatch channel rotate newsroom --finish"),
)
@click.argument("name", shell_complete=channel_names)
@click.option("--finish", is_flag=True, help="Drop the old secret: every receiver has the new one.")
@with_screen
def rotate(screen: Screen, name: str, *, finish: bool) -> None:
    """Make a new secret for the webhook NAME, shown this once.

    Messages are signed with both, so receivers verify by either, until --finish drops the old one.
    """
    configured = configuration(screen)
    with archive(configured) as database, database.writing() as conn:
        one = named(name, channels.listing(conn), noun="channel")
        _refuse(configured, one, finish=finish)
        newest, *_ = one.settings.secrets
        secrets = (newest,) if finish else (fresh_secret(), newest)
        channels.sign_with(conn, one.id, secrets)
    _say(screen, one, None if finish else secrets[0])


def _refuse(configured: Configuration, one: KeptChannel, *, finish: bool) -> None:
    """Raise UsageError where there is nothing to rotate here, or not by a command."""
    settings = one.settings
    if not is_http(settings.url) or not settings.secrets:
        raise UsageError(f'Channel "{settings.name}" has no secret: only webhooks are signed.')
    if one.owned_by_file is not None:
        _refuse_the_files(configured, one)
    rotating = len(settings.secrets) > 1
    if rotating and not finish:
        raise UsageError(
            f'Channel "{settings.name}" has two secrets already. Once every receiver has the new '
            f"one: {_finish(one)}"
        )
    if finish and not rotating:
        raise UsageError(f'Channel "{settings.name}" has one secret only; there is none to drop.')


def _refuse_the_files(configured: Configuration, one: KeptChannel) -> None:
    """Leave what stands in a file to that file; a secret that was made is ours to change."""
    name = one.settings.name
    if str(configured.file) != one.owned_by_file:
        raise UsageError(f'Channel "{name}" stands in {one.owned_by_file}; name it with -c FILE.')
    wanted = [each for each in configured.channels if each.settings.name == name]
    if any(each.settings.secrets for each in wanted):
        raise UsageError(
            f'The secret of channel "{name}" stands in {one.owned_by_file}. There, write the new '
            'one before the old one: secret = ["whsec_NEW", "whsec_OLD"], then: wirewatch apply. '
            "Once every receiver has the new one, take the old one out and apply again."
        )


def _say(screen: Screen, one: KeptChannel, made: str | None) -> None:
    name = one.settings.name
    if screen.manner.json:
        screen.data({"id": wire_id("ch", one.id), "name": name, "secret": made})
    elif made is None:
        screen.say(f'The old secret of channel "{name}" signs nothing any more.')
    else:
        show_secret(screen, name, made)
        screen.say(f"Both sign from now on. Once every receiver has the new one: {_finish(one)}")


def _finish(one: KeptChannel) -> str:
    words = typed(one.settings.name, wire_id("ch", one.id))
    return f"wirewatch channel rotate {words} --finish"
