"""`wirewatch channel list`: every way out, how it does, and what waits for it."""

from archive import channel_figures, channels
from archive.channel_figures import ChannelFigures
from news.channel import ChannelState, KeptChannel
from news.ids import wire_id
from news.typed import typed
from wirewatch.cli.opened import archive, configuration
from wirewatch.cli.options import command
from wirewatch.cli.screen import Screen, with_screen
from wirewatch.cli.table import show
from wirewatch.differences import address_without_path

_COLUMNS = ("id", "channel", "kind", "address", "state", "waiting", "given up", "last delivered")


@command("list", examples=("wirewatch channel list", "wirewatch channel list --json"))
@with_screen
def show_all(screen: Screen) -> None:
    """Show every channel. A webhook's path may be a secret, so only its host is shown."""
    with archive(configuration(screen)) as database, database.reading() as conn:
        known = channels.listing(conn)
        figures = channel_figures.of_all(conn)
    if screen.manner.json:
        for one in known:
            screen.data(as_json(one, figures[one.id]))
        return
    show(screen, _COLUMNS, [_row(screen, one, figures[one.id]) for one in known])
    if not known:
        screen.remark("There is no channel yet. Try: wirewatch channel add --help")
    for one in known:
        if one.state is ChannelState.DISABLED:
            name = one.settings.name
            words = typed(name, wire_id("ch", one.id))
            screen.remark(f'"{name}" takes nothing until: wirewatch channel enable {words}')


def as_json(one: KeptChannel, figures: ChannelFigures) -> dict[str, object]:
    """Return a channel for machines, without its secrets and a webhook's path."""
    return {
        "id": wire_id("ch", one.id),
        "name": one.settings.name,
        "kind": one.settings.kind,
        "address": address_without_path(one.settings.url),
        "state": one.state.value,
        "reason": one.state_reason,
        "since": one.failing_since,
        "rotating": len(one.settings.secrets) > 1,
        "waiting": figures.waiting,
        "dead": figures.dead,
        "last_delivered_at": figures.last_delivered_at,
        "owned_by_file": one.owned_by_file,
    }


def state_of(screen: Screen, one: KeptChannel) -> str:
    """Return how a channel does: since when it fails and why, and which file says what it is."""
    words = one.state.value
    if one.failing_since is not None:
        words += f" since {screen.at(one.failing_since)}"
    if one.state_reason:
        words += f": {one.state_reason}"
    if len(one.settings.secrets) > 1:
        words += ", two secrets"
    return f"{words}, in {one.owned_by_file}" if one.owned_by_file else words


def _row(screen: Screen, one: KeptChannel, figures: ChannelFigures) -> tuple[str, ...]:
    return (
        wire_id("ch", one.id),
        one.settings.name,
        one.settings.kind,
        address_without_path(one.settings.url),
        state_of(screen, one),
        str(figures.waiting),
        str(figures.dead),
        screen.ago(figures.last_delivered_at),
    )
