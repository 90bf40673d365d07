"""The parser: a query's text becomes a tree, or a fault that shows where and why it cannot.

Precedence, tightest first: parentheses, field, NOT, AND (written or not), OR.
"""

from collections.abc import Callable, Sequence
from functools import lru_cache

from news.query.aliases import Aliases, resolved
from news.query.fault import Fault, mended
from news.query.hints import hints
from news.query.lexer import Field, Lexeme, Named, Operand, Sign, lexemes
from news.query.tree import AliasSet, InField, Node, Not, Phrase, Query, all_of, any_of, below

MOST_BYTES = 64 * 1024
MOST_TERMS = 10_000
DEEPEST = 64


def parse(text: str, aliases: Aliases | None = None) -> Query | Fault:
    """Read `text` as a query that may name `aliases`; a fault is returned, never raised.

    A repair that is offered with a fault can itself be read.
    """
    found = _parse(text, aliases)
    if isinstance(found, Fault) and found.repair is not None:
        return found if isinstance(_parse(found.repair, aliases), Query) else found.unmended()
    return found


def _parse(text: str, aliases: Aliases | None) -> Query | Fault:
    cut = _too_large(text) or lexemes(text)
    if not isinstance(cut, Fault):
        cut = _too_many_written(cut, aliases or {}) or cut
    found = cut if isinstance(cut, Fault) else resolved(text, cut, aliases or {})
    if isinstance(found, Fault):
        return found
    if not found:
        return Fault(0, max(1, len(text)), "the query is empty")
    reader = _Reader(text, found)
    root = _too_many(found) or reader.everything()
    if isinstance(root, Fault):
        return root
    if fault := _senseless(text, root):
        return fault
    return Query(text, root, hints(text, found, root))


def depth(node: Node) -> int:
    """Count the operators above the deepest leaf."""
    level, deepest = [node], 0
    while level := [part for each in level for part in below(each)]:
        deepest += 1
    return deepest


class _Reader:
    """Reads lexemes from left to right; each method returns a node or the fault it met."""

    def __init__(self, text: str, found: Sequence[Lexeme]) -> None:
        self.text = text
        self.lexemes = found
        self.at = 0
        self.open = 0

    def everything(self) -> Node | Fault:
        """Read to the end."""
        root = self._alternatives()
        if isinstance(root, Fault) or self.at == len(self.lexemes):
            return root
        return self._without(self.lexemes[self.at], "nothing opened this parenthesis")

    def _next(self, *names: str) -> Sign | None:
        """Return the next lexeme if it is one of these signs; it is not taken."""
        if self.at < len(self.lexemes):
            lexeme = self.lexemes[self.at]
            if isinstance(lexeme, Sign) and lexeme.name in names:
                return lexeme
        return None

    def _alternatives(self) -> Node | Fault:
        parts: list[Node] = []
        while True:
            part = self._conjunction()
            if isinstance(part, Fault):
                return part
            parts.append(part)
            if not (sign := self._next("OR")):
                return any_of(parts)
            self.at += 1
            if self._has_ended("OR", "AND"):
                return self._dangling(sign, "after")

    def _conjunction(self) -> Node | Fault:
        parts: list[Node] = []
        while True:
            if (sign := self._next("AND", "OR")) and not parts:
                return self._dangling(sign, "before")
            part = self._negation()
            if isinstance(part, Fault):
                return part
            parts.append(part)
            if joint := self._next("AND"):
                self.at += 1
                if self._has_ended("AND", "OR"):
                    return self._dangling(joint, "after")
            elif self._has_ended("OR"):
                return all_of(parts)

    def _has_ended(self, *names: str) -> bool:
        return self.at == len(self.lexemes) or self._next(")", *names) is not None

    def _negation(self) -> Node | Fault:
        first = self.at
        while sign := self._next("NOT"):
            self.at += 1
            if self._has_ended("AND", "OR"):
                return self._dangling(sign, "after")
            if self.at - first > DEEPEST:
                return Fault(sign.start, 1, f"nested more than {DEEPEST} deep")
        nots = self.at - first
        part = self._operand()
        for _ in range(nots):
            part = part if isinstance(part, Fault) else Not(part)
        return part

    def _operand(self) -> Node | Fault:
        lexeme = self.lexemes[self.at]
        self.at += 1
        match lexeme:
            case Operand(leaf):
                return leaf
            case Field():
                return self._in_field(lexeme)
            case Sign("("):
                return self._group(lexeme)
            case _:
                return self._without(lexeme, "nothing opened this parenthesis")

    def _in_field(self, name: Field) -> Node | Fault:
        following = self.lexemes[self.at] if self.at < len(self.lexemes) else name
        if isinstance(following, Field) or self._next("AND", "OR", "NOT", ")"):
            return self._not_a_term(name, following)
        part = self._operand()
        return part if isinstance(part, Fault) else InField(name.field, part)

    def _group(self, opening: Sign) -> Node | Fault:
        self.open += 1
        if self.open > DEEPEST:
            return Fault(opening.start, 1, f"nested more than {DEEPEST} deep")
        if closing := self._next(")"):
            return self._cut(opening.start, closing.end, "nothing stands between the parentheses")
        if self.at == len(self.lexemes):
            return self._without(opening, "nothing follows this parenthesis")
        part = self._alternatives()
        if isinstance(part, Fault):
            return part
        if not self._next(")"):
            return Fault(opening.start, 1, "this parenthesis is never closed", self.text + ")")
        self.at += 1
        self.open -= 1
        return part

    def _not_a_term(self, name: Field, following: Lexeme) -> Fault:
        message = f"{name.field}: needs a word, a phrase or a group directly after it"
        typed = self.text[following.start : following.end]
        repair = None
        if isinstance(following, Field) or typed == "-":  # -title:x is what title:-x means
            field = self.text[name.start : name.end]
            sign = typed if typed == "-" else ""
            repair = mended(self.text, name.start, following.end, sign + field)
        return Fault(name.start, following.end - name.start, message, repair)

    def _dangling(self, sign: Sign, side: str) -> Fault:
        typed = self.text[sign.start : sign.end]
        return self._without(sign, f"nothing to look for stands {side} {typed}")

    def _without(self, lexeme: Lexeme, message: str) -> Fault:
        return self._cut(lexeme.start, lexeme.end, message)

    def _cut(self, start: int, end: int, message: str) -> Fault:
        return Fault(start, end - start, message, mended(self.text, start, end))


def _too_large(text: str) -> Fault | None:
    if len(text.encode(errors="surrogatepass")) <= MOST_BYTES:
        return None
    cut = len(text.encode(errors="surrogatepass")[:MOST_BYTES].decode(errors="ignore"))
    return Fault(cut, 1, f"the query is longer than {MOST_BYTES // 1024} KiB")


def _too_many(found: Sequence[Lexeme]) -> Fault | None:
    return _counted(found, lambda lexeme: _terms(lexeme.leaf) if isinstance(lexeme, Operand) else 0)


def _too_many_written(found: Sequence[Lexeme], aliases: Aliases) -> Fault | None:
    """Count an alias by its terms as they are written: reading them all may take seconds."""

    def terms(lexeme: Lexeme) -> int:
        if isinstance(lexeme, Named):
            return len(aliases.get(lexeme.name, ()))
        return int(isinstance(lexeme, Operand))

    return _counted(found, terms)


def _counted(found: Sequence[Lexeme], terms: Callable[[Lexeme], int]) -> Fault | None:
    count = 0
    for lexeme in found:
        count += terms(lexeme)
        if count > MOST_TERMS:
            length = lexeme.end - lexeme.start
            return Fault(lexeme.start, length, f"the query has more than {MOST_TERMS:,} terms")
    return None


def _terms(node: Node) -> int:
    if isinstance(node, Phrase):
        return len(node.parts)
    if isinstance(node, AliasSet):
        return _terms_of_alias(node)
    return sum(map(_terms, below(node))) or 1


@lru_cache(maxsize=1_000)
def _terms_of_alias(alias: AliasSet) -> int:
    return _terms(alias.part)


def _senseless(text: str, root: Node) -> Fault | None:
    if depth(root) > DEEPEST:
        return Fault(0, len(text), f"nested more than {DEEPEST} deep")
    if not _seeks(root, wanted=True):
        message = "a query of nothing but negatives finds nearly everything; name what to look for"
        return Fault(0, len(text), message)
    return None


def _seeks(node: Node, *, wanted: bool) -> bool:
    """Tell whether any term under `node` has to be there, rather than not be there."""
    parts = below(node)
    if not parts:
        return wanted
    turned = wanted != isinstance(node, Not)
    return any(_seeks(part, wanted=turned) for part in parts)
