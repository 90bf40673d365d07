"""What is wrong with a query, where, and what was probably meant: a value, not an exception."""

from dataclasses import dataclass, replace
from unicodedata import category, east_asian_width


@dataclass(frozen=True, slots=True)
class Fault:
    """A query cannot be read because of `length` code points from `position` (0-based).

    `repair` is the whole query as it was probably meant, where that can be guessed.
    """

    position: int
    length: int
    message: str
    repair: str | None = None

    def caret(self, text: str) -> str:
        """Draw three lines: the line of the query `text`, carets under the fault, the message."""
        start = text.rfind("\n", 0, self.position) + 1
        end = text.find("\n", self.position)
        line = text[start : end if end >= 0 else len(text)]
        at = self.position - start
        first = max(0, at - _WINDOW // 2)
        shown = _plain(line[first : first + _WINDOW])
        before = ("…" if first else "") + shown[: at - first]
        marked = shown[at - first : at - first + self.length]
        after = shown[at - first + self.length :]
        more = "…" if len(line) > first + _WINDOW else ""
        carets = " " * _columns(before) + "^" * max(1, _columns(marked))
        return f"{before}{marked}{after}{more}\n{carets}\n{self._says()}"

    def unmended(self) -> "Fault":
        """Return the fault without a repair."""
        return replace(self, repair=None)

    def _says(self) -> str:
        if self.repair is None or len(self.repair) > _WINDOW or "\n" in self.repair:
            return self.message
        return f"{self.message}; did you mean  {_plain(self.repair)}"


def mended(text: str, start: int, end: int, instead: str = "") -> str | None:
    """Return the query `text` with `instead` in place of a part of it; None if nothing is left."""
    before, after = text[:start], text[end:]
    if not instead and (not before or before[-1].isspace()):
        after = after.lstrip()
    if after.startswith(")"):
        before = before.rstrip()
    return f"{before}{instead}{after}".strip() or None


_WINDOW = 72


def _plain(text: str) -> str:
    """Replace what would move the carets or the terminal's cursor: controls and bidi marks."""
    return "".join(" " if category(each) in ("Cc", "Cf", "Cs") else each for each in text)


def _columns(text: str) -> int:
    """Count the columns that `text` takes in a terminal."""
    return sum(
        0 if category(each) in ("Mn", "Me") else 2 if east_asian_width(each) in "WF" else 1
        for each in text
    )
