"""What may not be meant in a query that can be read: told to its author, never blocking."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from news.query.lexer import Field, Lexeme, Operand, Sign, is_typographic
from news.query.tree import Hint, Node, Not, Or

LONGEST_READING = 120
"""Code points of an example in a hint."""


def hints(text: str, lexemes: Sequence[Lexeme], root: Node) -> tuple[Hint, ...]:
    """Return the hints for a query that was read as `root`, in the order of the text."""
    found = [
        *_lower_case(text, lexemes),
        *_typographic(text, lexemes),
        *(hint for level in _levels(lexemes) if (hint := _mixed(text, level))),
        *_nearly_everything(text, root),
    ]
    return tuple(sorted(found, key=lambda hint: hint.position))


def _lower_case(text: str, lexemes: Sequence[Lexeme]) -> Iterator[Hint]:
    for at, lexeme in enumerate(lexemes):
        typed = text[lexeme.start : lexeme.end]
        follows = at + 1 < len(lexemes)
        between = follows and (at > 0 or typed == "not")
        if typed in ("or", "and", "not") and between:
            message = f"{typed} is read as a word; the operator is {typed.upper()}"
            yield Hint(lexeme.start, len(typed), message)


def _typographic(text: str, lexemes: Sequence[Lexeme]) -> Iterator[Hint]:
    for lexeme in lexemes:
        if not is_typographic(text, lexeme):
            continue
        length = lexeme.end - lexeme.start
        if isinstance(lexeme, Operand):
            yield Hint(lexeme.start, length, 'these quotes are read as "…"')
        else:
            yield Hint(lexeme.start, length, f"{text[lexeme.start]} is read as -, that is, as NOT")


def _nearly_everything(text: str, root: Node) -> Iterator[Hint]:
    if isinstance(root, Or) and any(isinstance(part, Not) for part in root.parts):
        message = "OR beside a negative finds nearly everything"
        yield Hint(0, len(text), message)


@dataclass(slots=True, kw_only=True)
class _Level:
    """What stands between two parentheses: spans of items, cut at each OR."""

    segments: list[list[tuple[int, int]]] = field(default_factory=lambda: [[]])
    implicit: bool = False
    joined: bool = True
    """Whether an operator stands before the next item."""
    pending: int | None = None
    """Where the signs before the next item (NOT, a field) begin."""

    def take(self, start: int, end: int) -> None:
        first = start if self.pending is None else self.pending
        self.implicit |= not self.joined
        self.segments[-1].append((first, end))
        self.joined, self.pending = False, None


def _levels(lexemes: Sequence[Lexeme]) -> list[_Level]:
    """Return every level of a query whose parentheses are known to be balanced."""
    levels = [_Level()]
    opened: list[tuple[_Level, int]] = []
    for lexeme in lexemes:
        level = opened[-1][0] if opened else levels[0]
        match lexeme:
            case Operand(_, start, end):
                level.take(start, end)
            case Sign("(", start):
                levels.append(_Level())
                opened.append((levels[-1], start))
            case Sign(")", _, end):
                start = opened.pop()[1]
                (opened[-1][0] if opened else levels[0]).take(start, end)
            case Sign("OR"):
                level.segments.append([])
                level.joined = True
            case Sign("AND"):
                level.joined = True
            case Sign() | Field():
                level.pending = lexeme.start if level.pending is None else level.pending
    return levels


def _mixed(text: str, level: _Level) -> Hint | None:
    """Show both readings of an OR beside words that are joined by nothing but a blank."""
    if not level.implicit or len(level.segments) <= 1:
        return None
    typed = [[text[start:end] for start, end in segment] for segment in level.segments]
    ours = " OR ".join(f"({' '.join(words)})" if len(words) > 1 else words[0] for words in typed)
    groups: list[list[str]] = [[]]
    for words in typed:
        groups[-1].append(words[0])
        groups += [[word] for word in words[1:]]
    other = " ".join(f"({' OR '.join(group)})" if len(group) > 1 else group[0] for group in groups)
    start, end = level.segments[0][0][0], level.segments[-1][-1][1]
    if len(ours) > LONGEST_READING:
        return Hint(start, end - start, "AND binds tighter than OR; parentheses make it plain")
    return Hint(start, end - start, f"read as  {ours}  and not as  {other}")
