"""What a command may say about a watch, and what it is refused for."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any, TypedDict, TypeVar

import click

from archive import channels, watches
from archive.database import Transaction
from news.errors import UsageError
from news.typed import typed
from news.watch import WatchSettings
from wirewatch.cli.completing import channel_names
from wirewatch.cli.previewed import headline, loudest
from wirewatch.config.fault import did_you_mean
from wirewatch.config.spoken import spoken
from wirewatch.config.tables import WatchTable
from wirewatch.preview import NOISY, Preview

F = TypeVar("F", bound=Callable[..., Any])


class Said(TypedDict):
    """What the options said; empty or None where they said nothing."""

    to: tuple[str, ...]
    alert: tuple[str, ...]
    noisy: bool | None


_OPTIONS = (
    click.option(
        "--noisy/--not-noisy",
        default=None,
        help=f"Keep it, though it sends more than {NOISY} alerts a day.",
    ),
    click.option(
        "--alert",
        type=click.Choice(("story", "article")),
        multiple=True,
        help="Once for each story, as it is without this, or for every article.",
    ),
    click.option(
        "--to",
        multiple=True,
        metavar="CHANNEL",
        shell_complete=channel_names,
        help="Whom to tell; may stand many times.",
    ),
)


def settings_options(function: F) -> F:
    """Give a command the options that say what a watch is."""
    for option in _OPTIONS:
        function = option(function)
    return function


def with_said(settings: WatchSettings, said: Said) -> WatchSettings:
    """Return `settings` with what was said in place of what they were; all of it is checked."""
    noisy = said["noisy"]
    changed = replace(
        settings,
        to=tuple(dict.fromkeys(said["to"])) or settings.to,
        alert=tuple(dict.fromkeys(said["alert"])) or settings.alert,
        noisy=settings.noisy if noisy is None else noisy,
    )
    checked = spoken(
        WatchTable,
        {
            "name": changed.name,
            "query": changed.query,
            "to": changed.to,
            "alert": changed.alert,
        },
    )
    return replace(changed, name=checked.name)


def refuse_unknown(conn: Transaction, settings: WatchSettings) -> None:
    """Raise UsageError where a channel is named that is not there."""
    known = [one.settings.name for one in channels.listing(conn)]
    for name in settings.to:
        if name not in known:
            hint = did_you_mean(name, known)
            raise UsageError(
                f'There is no channel "{name}"{hint}. Add it with `wirewatch channel add`; '
                "what stands only in the file is there after `wirewatch apply`."
            )


def refuse_taken(conn: Transaction, name: str, *, own: int = 0) -> None:
    """Raise UsageError where another watch has this name."""
    if any(one.settings.name == name and one.id != own for one in watches.listing(conn)):
        raise UsageError(
            f'There is a watch "{name}" already. To change it: wirewatch watch edit {typed(name)}'
        )


def refuse_noisy(settings: WatchSettings, tried: Preview) -> None:
    """Raise UsageError where a watch would tell too much, and nobody said that it may."""
    if not tried.noisy or settings.noisy:
        return
    told = [f"{headline(tried)}.", loudest(tried)]
    rule = (
        f"A watch that sends more than {NOISY} alerts a day is kept only with --noisy; "
        "`wirewatch watch preview` shows what to narrow."
    )
    raise UsageError("\n".join([*filter(None, told), rule]))
