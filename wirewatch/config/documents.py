"""The files of a configuration: the one that was named, and those that it includes."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from wirewatch.config.fault import Fault, Origin
from wirewatch.config.locate import KeyPath, lines_of

_AT = re.compile(r" \(at (?:line ([0-9]+), column [0-9]+|end of document)\)$")
_DECLARED = re.compile(r"Cannot declare \((.*)\) twice")
_KEY_OF_LINE = re.compile(r"\s*([^=\[\]]+?)\s*=")


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One file as it was read; `shown` is its path as messages have it."""

    path: Path
    shown: str
    raw: Mapping[str, Any]
    lines: Mapping[KeyPath, int]

    def origin(self, *path: str | int) -> Origin:
        """Return where `path` stands in this file."""
        return Origin(self.shown, self.lines.get(path, 1))


def read(path: Path, faults: list[Fault]) -> list[Document]:
    """Read `path` and all that it includes, each file once; what is wrong goes to `faults`."""
    documents: list[Document] = []
    _read_into(documents, path, (), faults)
    return documents


def _read_into(
    documents: list[Document], path: Path, above: tuple[Path, ...], faults: list[Fault]
) -> None:
    document = _document(path, faults)
    if document is None:
        return
    documents.append(document)
    line = (*above, path.resolve())
    for asked, origin in _includes(document):
        target = path.parent / asked
        if target.resolve() in line:
            words = f'include: "{asked}" includes this file again; break the circle'
            faults.append(Fault(origin, "", words))
        elif not target.is_file():
            faults.append(Fault(origin, "", f'include: there is no file "{target}"'))
        elif all(target.resolve() != known.path.resolve() for known in documents):
            _read_into(documents, target, line, faults)


def _includes(document: Document) -> Iterator[tuple[str, Origin]]:
    asked = document.raw.get("include")
    if isinstance(asked, str):
        yield asked, document.origin("include")
    elif isinstance(asked, list):
        for position, name in enumerate(asked):
            if isinstance(name, str):  # anything else is a fault of shape, told elsewhere
                yield name, document.origin("include", position)


def _document(path: Path, faults: list[Fault]) -> Document | None:
    shown = str(path)
    try:
        text = path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
    except OSError as error:
        faults.append(Fault(Origin(shown, 0), "", f"cannot be read: {error.strerror}"))
        return None
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        faults.append(Fault(Origin(shown, line), "", "this is not UTF-8; save the file as UTF-8"))
        return None
    try:
        return Document(path=path, shown=shown, raw=tomllib.loads(text), lines=lines_of(text))
    except tomllib.TOMLDecodeError as error:
        faults.append(_syntax_fault(shown, text, str(error)))
    except RecursionError:
        faults.append(Fault(Origin(shown, 1), "", "lists or tables are nested too deeply"))
    return None


def _syntax_fault(shown: str, text: str, message: str) -> Fault:
    lines = text.rstrip("\n").split("\n")
    found = _AT.search(message)
    number = int(found[1]) if found and found[1] else len(lines)
    number = min(number, len(lines))
    line = lines[number - 1]
    words = _syntax_words(message[: found.start()] if found else message, line)
    return Fault(Origin(shown, number), "", f"{words}\n{line.strip()[:120]}" if line else words)


def _syntax_words(message: str, line: str) -> str:
    if declared := _DECLARED.search(message):
        name = ".".join(re.findall(r"'([^']*)'", declared[1]))
        return f"[{name}] stands twice in this file"
    key = _KEY_OF_LINE.match(line)
    if message.startswith("Cannot overwrite"):
        return f'the key "{key[1]}" stands twice in one table' if key else "this stands twice"
    if message.startswith("Duplicate inline"):
        return f"the key {message.rpartition(' ')[2]} stands twice in one table".replace("'", '"')
    if message.startswith("Invalid value"):
        return "no value that TOML knows: texts stand in quotes, lists in [ ]"
    plain = message.removesuffix(" in a key/value pair").replace("'", '"')
    return f"not TOML: {plain[:1].lower()}{plain[1:]}"
