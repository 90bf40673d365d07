"""What is wrong with a configuration, in words that name file, line and table."""

import difflib
from collections.abc import Iterable
from dataclasses import dataclass

_FEW = 12


@dataclass(frozen=True, slots=True)
class Origin:
    """Where something was written, for example `wirewatch.toml:14`; line 0 is the file itself."""

    file: str
    line: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}" if self.line else self.file


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing to mend: `wirewatch.toml:14: [[watch]] "DPRK troops": unknown key "qury"`."""

    origin: Origin
    table: str
    words: str

    def __str__(self) -> str:
        head, *more = self.words.split("\n")
        table = f"{self.table}: " if self.table else ""
        return "\n".join([f"{self.origin}: {table}{head}", *(f"    {line}" for line in more)])


def quoted(names: Iterable[str]) -> str:
    """Return names as a person lists them: `"a", "b" or "c"`."""
    *others, last = [f'"{name}"' for name in names]
    return f"{', '.join(others)} or {last}" if others else last


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return the likely repair of a mistyped `word` in brackets, or the whole choice if small."""
    choice = list(known)
    by_folded = {name.casefold(): name for name in choice}
    close = difflib.get_close_matches(word.casefold(), by_folded, n=1, cutoff=0.6)
    if close:
        return f' (did you mean "{by_folded[close[0]]}"?)'
    if 0 < len(choice) <= _FEW:
        verb = "is" if len(choice) == 1 else "are"
        return f" (there {verb} {quoted(sorted(choice))})".replace(" or ", " and ")
    return ""
