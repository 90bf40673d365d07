"""`wirewatch init`: a wirewatch.toml to begin with, empty and explained or for a ready topic."""

from importlib.resources import files
from pathlib import Path

import click

from news.errors import UsageError, WirewatchError
from news.typed import typed
from wirewatch.cli.options import command
from wirewatch.cli.screen import Screen, with_screen
from wirewatch.ready_topics import ReadyTopic, ready_topics

FILE_NAME = "wirewatch.toml"  # that of config/load.py, which costs too much to import here
_FOLDER = "topics"
_OWN = 0o600
"""Who may read wirewatch.toml: it will hold secrets."""


@command(
    "init",
    examples=(
        "wirewatch init",
        "wirewatch init --topics",
        "wirewatch init --topic north-korea-russia",
    ),
)
@click.option("--topic", metavar="NAME", help="Begin with the sources and watches of this topic.")
@click.option("--topics", is_flag=True, help="List the ready topics; nothing is written.")
@with_screen
def init(screen: Screen, *, topic: str | None, topics: bool) -> None:
    """Write a commented wirewatch.toml, or the file that -c names; none is ever overwritten.

    With --topic, the topic's own file is put into the folder topics beside it.
    """
    if topics:
        _list(screen)
        return
    chosen = None if topic is None else _topic(topic)
    path = screen.manner.config or Path(FILE_NAME)
    if path.exists():
        raise WirewatchError(f"{path} is there already and stays as it is.")
    if chosen is None:
        _write(path, template())
        _written(screen, path)
        return
    beside = path.parent / _FOLDER / f"{chosen.name}.toml"
    is_new = not beside.exists()
    if is_new:
        _write(beside, chosen.text, mode=0o666)
    text = topic_template(chosen.name)
    _write(path, text)
    _begun(screen, path, beside, line=_line_to_edit(text), is_new=is_new)


def template() -> str:
    """Return the file that `init` writes."""
    return (files("wirewatch.config") / "template.toml").read_text("utf-8")


def topic_template(name: str) -> str:
    """Return the file that `init` writes for a topic."""
    text = (files("wirewatch.config") / "topic.toml").read_text("utf-8")
    return text.replace("TOPIC", name)


def _topic(name: str) -> ReadyTopic:
    ready = ready_topics()
    if name in ready:
        return ready[name]
    known = ", ".join(ready) or "none"
    raise UsageError(
        f'There is no topic "{name}"; ready are: {known}.\n'
        "`wirewatch init` alone writes a file with every setting explained."
    )


def _list(screen: Screen) -> None:
    for topic in ready_topics().values():
        if screen.manner.json:
            screen.data({"name": topic.name, "about": topic.about})
        else:
            screen.say(f"{topic.name}: {topic.about}")


def _write(path: Path, text: str, *, mode: int = _OWN) -> None:
    """Write a new file; one that is there stays as it is."""
    try:
        if path.parent.name == _FOLDER:
            path.parent.mkdir(exist_ok=True)
        path.touch(mode, exist_ok=False)
        path.write_text(text, "utf-8")
    except FileExistsError:
        raise WirewatchError(f"{path} is there already and stays as it is.") from None
    except OSError as error:
        raise WirewatchError(f"{path} cannot be written: {error.strerror}") from None


def _written(screen: Screen, path: Path) -> None:
    if screen.manner.json:
        screen.data({"file": str(path)})
        return
    screen.say(f"{path} is written.")
    screen.say(f"Name a source, a watch and a channel in it, then: wirewatch check{_as(path)}")


def _begun(screen: Screen, path: Path, beside: Path, *, line: int, is_new: bool) -> None:
    if screen.manner.json:
        screen.data({"file": str(path), "topic": str(beside), "line_to_edit": line})
        return
    both = "are written" if is_new else "is written; the topic was there and stays as it is"
    screen.say(f"{path} and {beside} {both}.")
    screen.say(f"To be told of alerts, put your webhook's address into {path}, line {line}.")
    screen.say(
        f"It begins without, too: wirewatch check{_as(path)}, then: wirewatch run{_as(path)}"
    )


def _line_to_edit(text: str) -> int:
    return text[: text.index("\nurl = ")].count("\n") + 2


def _as(path: Path) -> str:
    return "" if path == Path(FILE_NAME) else f" -c {typed(str(path))}"
