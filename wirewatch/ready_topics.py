"""The topics that come with wirewatch: a configuration for a subject each, in one TOML file.

They stand in topics/ at the top of a checkout; an installed package carries them inside itself.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

_HERE = Path(__file__).parent
_FOLDERS = (_HERE / "topics", _HERE.parent / "topics")
"""Where an installed package has them, and where a checkout does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadyTopic:
    """A topic: its file, and the line that says what it is about."""

    name: str
    about: str
    text: str


def ready_topics() -> Mapping[str, ReadyTopic]:
    """Return the topics by their names, in the order of names."""
    folder = next((each for each in _FOLDERS if each.is_dir()), None)
    files = sorted(folder.glob("*.toml")) if folder else []
    return {path.stem: _read(path) for path in files}


def _read(path: Path) -> ReadyTopic:
    text = path.read_text("utf-8")
    return ReadyTopic(name=path.stem, about=text.split("\n", 1)[0].lstrip("# "), text=text)
