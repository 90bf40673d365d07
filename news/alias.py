"""An alias: every spelling of one name in every script, which queries call by `@name`."""

import re
from dataclasses import dataclass
from unicodedata import category, normalize


@dataclass(frozen=True, slots=True, kw_only=True)
class Alias:
    """What a person says about an alias; each of `terms` is read as one phrase.

    The name is as `canonical_name` has it, so that a query can call it without quotes.
    """

    name: str
    terms: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptAlias:
    """An alias as the archive keeps it."""

    id: int
    settings: Alias
    owned_by_file: str | None = None


def canonical_name(text: str) -> str | None:
    """Return the name that `text` writes; None if that is no name an alias can have.

    It holds letters and digits of any script and their marks, and `-`, `_` and `.` between them.
    Letters are composed: a name typed on one system is found on another.
    """
    name = normalize("NFC", text)
    parts = re.split(r"[-_.]", name)
    return name if all(part and all(map(_is_letter, part)) for part in parts) else None


def _is_letter(character: str) -> bool:
    return category(character)[0] in "LMN"
