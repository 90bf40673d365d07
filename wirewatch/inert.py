"""What strangers write stays text: lines and JSON, too; one line alone is in news/inert.py."""

import re

from news.inert import STEERING, inert, shown, without_towers

__all__ = ["inert", "inert_json", "inert_lines"]


def inert_lines(text: str) -> str:
    """Return `text` with its lines and indents kept, and each of them inert."""
    return "\n".join(
        without_towers(STEERING.sub(shown, line.expandtabs(4)))
        for line in text.replace("\r\n", "\n").split("\n")
    )


def inert_json(text: str) -> str:
    """Return JSON whose strings steer no terminal: what would is escaped, the value is the same."""
    return STEERING.sub(_escaped, text)


def _escaped(found: re.Match[str]) -> str:
    character = found[0]
    if character == "\n":  # between the values, where JSON is printed on several lines
        return character
    pair = character.encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{pair[at : at + 2].hex()}" for at in range(0, len(pair), 2))
