"""One watch as it is, and how to change it."""

from dataclasses import asdict

from news.ids import wire_id
from news.typed import typed
from news.watch import Watch, WatchSettings
from wirewatch.cli.screen import Screen
from wirewatch.config.times import written
from wirewatch.differences import differences

_ALWAYS = WatchSettings(name="", query="", to=("nobody",), alert=())
"""Against this, query, channels and kinds of alert differ always, the rest where it is said."""


def show_watch(screen: Screen, one: Watch) -> None:
    """Show what a watch waits for and whom it tells, and the commands or file that change it."""
    settings, wire = one.settings, wire_id("w", one.id)
    if screen.manner.json:
        said = asdict(settings) | {"cooldown": written(settings.cooldown)}
        screen.data({"id": wire, **said, "owned_by_file": one.owned_by_file})
        return
    screen.say(f'{wire} "{settings.name}"', bold=True)
    for each in differences(_ALWAYS, settings):
        screen.say(f"{each.key}: {' '.join(each.new.split())}")
    if one.owned_by_file is not None:
        screen.remark(f"It stands in {one.owned_by_file}; change it there, then: wirewatch apply")
        return
    edit = f"wirewatch watch edit {typed(settings.name, wire)}"
    screen.remark(f"To change it: {edit} --query QUERY, --to CHANNEL, --name NEW; all: --help")
