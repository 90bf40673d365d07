"""`wirewatch check`: whether the configuration is right, and what of it is not served yet."""

from pathlib import Path

import click

from news.errors import ConfigurationError, UsageError
from wirewatch.cli.options import command
from wirewatch.cli.screen import Screen, with_screen
from wirewatch.config.load import FILE_NAME, load
from wirewatch.config.unserved import channel_is_served, told_to_nobody, unserved
from wirewatch.config.values import Configuration
from wirewatch.undrawn import undrawn


@command("check")
@click.option("--online", is_flag=True, help="Also visit sources and channels (not served yet).")
@with_screen
def check(screen: Screen, *, online: bool) -> None:
    """Say what is wrong with wirewatch.toml: every fault at once, each with its line.

    Nothing is changed and nothing is visited. Exit code 1 if there are faults.
    """
    if online:
        raise UsageError("check --online is not served yet; `wirewatch run --once` tries sources")
    path = screen.manner.config or Path(FILE_NAME)
    if screen.manner.config is None and not path.exists():
        raise ConfigurationError(
            f"There is no {FILE_NAME} here; `wirewatch init` writes one to begin with.\n"
            "Without it, `wirewatch run` starts with neither sources nor watches."
        )
    configuration = load(path)
    later = unserved(configuration)
    remarks = [*told_to_nobody(configuration), *undrawn(configuration)]
    if screen.manner.json:
        found = {"remarks": remarks, "not_served_yet": later}
        screen.data({"file": str(path), **counts(configuration), **found})
        return
    screen.say(f"{path} is right: {in_words(configuration)}.")
    for line in remarks:
        screen.say(f"\n{line}")
    if later:
        screen.say("\nNot served by this version yet:", dim=True)
        for line in later:
            screen.say(f"  {line}")


def counts(configuration: Configuration) -> dict[str, int]:
    """Return how much of each kind is configured; channels that are not served yet are none."""
    return {
        "sources": len(configuration.sources),
        "channels": sum(map(channel_is_served, configuration.channels)),
        "watches": len(configuration.watches),
        "aliases": len(configuration.aliases),
        "publishers": len(configuration.publishers),
    }


def in_words(configuration: Configuration) -> str:
    """Return the counts as a person says them: "2 sources, 1 channel, 1 watch"."""
    always = ("sources", "channels", "watches")
    return ", ".join(
        f"{count} {noun if count != 1 else _ONE[noun]}"
        for noun, count in counts(configuration).items()
        if count or noun in always
    )


_ONE = {
    "sources": "source",
    "channels": "channel",
    "watches": "watch",
    "aliases": "alias",
    "publishers": "publisher",
}
