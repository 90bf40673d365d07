"""`wirewatch init`: a commented wirewatch.toml to begin with."""

from importlib.resources import files
from pathlib import Path

import click

from news.errors import UsageError, WirewatchError
from wirewatch.cli.options import command
from wirewatch.cli.screen import Screen, with_screen

FILE_NAME = "wirewatch.toml"  # that of config/load.py, which costs too much to import here


@command("init")
@click.option("--topic", metavar="NAME", help="Begin with a ready topic (there are none yet).")
@with_screen
def init(screen: Screen, *, topic: str | None) -> None:
    """Write a commented wirewatch.toml, or the file that -c names; none is ever overwritten."""
    if topic is not None:
        raise UsageError(
            f'There is no topic "{topic}": ready topics come with a later version.\n'
            "`wirewatch init` alone writes a file with every setting explained."
        )
    path = screen.manner.config or Path(FILE_NAME)
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(template())
    except FileExistsError:
        raise WirewatchError(f"{path} is there already and stays as it is.") from None
    except OSError as error:
        raise WirewatchError(f"{path} cannot be written: {error.strerror}") from None
    if screen.manner.json:
        screen.data({"file": str(path)})
        return
    other = "" if path == Path(FILE_NAME) else f" -c {path}"
    screen.say(f"{path} is written.")
    screen.say(f"Name a source, a watch and a channel in it, then: wirewatch check{other}")


def template() -> str:
    """Return the file that `init` writes."""
    return (files("wirewatch.config") / "template.toml").read_text("utf-8")
