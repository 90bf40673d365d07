"""Queries and texts made up for tests, and what QUERY.md says of them, worked out naively.

A `Meant` is what a query means, made together with one of the ways to write it. `holds` judges it
token by token from the words of QUERY.md, and shares nothing with the parser, the compiled
evaluator or the search plans.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

from hypothesis import strategies as st

from news.text import tokens


@dataclass(frozen=True)
class Row:
    """Terms in a row; a `*` ends those that are prefixes."""

    terms: tuple[str, ...]


@dataclass(frozen=True)
class All:
    parts: "tuple[Meant, ...]"


@dataclass(frozen=True)
class Some:
    parts: "tuple[Meant, ...]"


@dataclass(frozen=True)
class No:
    part: "Meant"


@dataclass(frozen=True)
class Title:
    part: "Meant"


Meant: TypeAlias = Row | All | Some | No | Title
Written: TypeAlias = tuple[str, Meant]


@dataclass(frozen=True)
class Text:
    title: str
    body: str

    @property
    def lead(self) -> str:
        return self.body[:10]


def holds(meant: Meant, text: Text, *, title_only: bool = False) -> bool:
    """Judge as QUERY.md does."""
    match meant:
        case Row(terms):
            fields = [text.title] if title_only else [text.title, text.body]
            return any(_in_a_row(terms, tokens(field)) for field in fields)
        case All(parts):
            return all(holds(part, text, title_only=title_only) for part in parts)
        case Some(parts):
            return any(holds(part, text, title_only=title_only) for part in parts)
        case No(part):
            return not holds(part, text, title_only=title_only)
        case Title(part):
            return holds(part, text, title_only=True)


def wanted(meant: Meant) -> bool:
    """Tell whether the query is more than negatives."""
    match meant:
        case Row():
            return True
        case All(parts) | Some(parts):
            return any(wanted(part) for part in parts)
        case No(part):
            return _has_unwanted(part)
        case Title(part):
            return wanted(part)


def _has_unwanted(meant: Meant) -> bool:
    match meant:
        case Row():
            return False
        case All(parts) | Some(parts):
            return any(_has_unwanted(part) for part in parts)
        case No(part):
            return wanted(part)
        case Title(part):
            return _has_unwanted(part)


def _in_a_row(terms: Sequence[str], found: Sequence[str]) -> bool:
    asked: list[tuple[str, bool]] = []
    for term in terms:
        *before, last = tokens(term.removesuffix("*"))
        asked += [(token, False) for token in before]
        asked.append((last, term.endswith("*")))
    for start in range(len(found) - len(asked) + 1):
        here = found[start : start + len(asked)]
        if all(
            token.startswith(wanted) if prefix else token == wanted
            for token, (wanted, prefix) in zip(here, asked, strict=True)
        ):
            return True
    return False


WORDS = (
    "kim", "Kims", "KIMONO", "un", "Jong-un", "unit", "Straße", "STRASSE", "strassen", "Йод",
    "йоды", "иод", "Ёлка", "ёлки", "김", "정", "김정은", "은이", "북한", "が", "か", "ガ", "ｶﾞ",
    "北京", "京", "مُحَمَّد", "محمد", "محمدي", "Ἀθῆναι", "αθηνα", "İstanbul", "ISTANBUL", "ıstanbul",
    "हिन्दी", "5e10x", "x1", "10㎏", "or", "near",
)  # fmt: skip
JOINTS = (" ", " ", " ", "-", "’", ", ", "\n", "\u00ad", "", "\u3000", ". «")

texts = st.lists(st.tuples(st.sampled_from(WORDS), st.sampled_from(JOINTS)), max_size=7).map(
    lambda pairs: "".join(word + joint for word, joint in pairs)
)
articles = st.builds(Text, title=texts, body=texts)

_terms = st.sampled_from(WORDS)
_prefixes = st.sampled_from(
    ["ki*", "kim*", "un*", "Jong-un*", "stra*", "йо*", "김*", "김정*", "محم*", "αθ*", "5e*", "elk*"]
)


def _row(terms: list[str], quotes: str) -> Written:
    return quotes[0] + " ".join(terms) + quotes[1], Row(tuple(terms))


def _both(parts: list[Written], joint: str) -> Written:
    return joint.join(text for text, _ in parts), All(tuple(meant for _, meant in parts))


def _either(parts: list[Written], joint: str) -> Written:
    return f"({joint.join(text for text, _ in parts)})", Some(tuple(meant for _, meant in parts))


def _not(part: Written, sign: str) -> Written:
    text, meant = part
    return f"{sign}({text})" if isinstance(meant, All) else f"{sign}{text}", No(meant)


def _title(part: Written) -> Written:
    text, meant = part
    return f"title:({text})" if not isinstance(meant, Row) else f"title:{text}", Title(meant)


_leaves: st.SearchStrategy[Written] = st.one_of(
    _terms.map(lambda term: (term, Row((term,)))),
    _prefixes.map(lambda term: (term, Row((term,)))),
    st.builds(
        _row,
        st.lists(st.one_of(_terms, _terms, _prefixes), min_size=1, max_size=3),
        st.sampled_from(['""', "“”", "„“", "«»", "‹›"]),
    ),
)


def _grown(inner: st.SearchStrategy[Written]) -> st.SearchStrategy[Written]:
    several = st.lists(inner, min_size=2, max_size=3)
    grouped = st.builds(_both, several, st.sampled_from([" ", " AND ", "\n"])).map(
        lambda part: (f"({part[0]})", part[1])
    )
    return st.one_of(
        grouped,
        st.builds(_either, several, st.sampled_from([" OR ", " | ", "|"])),
        st.builds(_not, inner, st.sampled_from(["-", "!", "NOT ", "–"])),
    )


ALIASES = {
    "kim": ("Kim Jong-un", "김정은", '"kim jong un*"'),
    "Straße.1": ("Straße*",),
    "북한": ("북한", "北京", "йоды", "が", "un unit"),
    "un_x-1": ("un", "x1", "محم*"),
}
"""Aliases that `aliased` queries name; each term is one phrase."""

_aliases: st.SearchStrategy[Written] = st.sampled_from(sorted(ALIASES)).map(
    lambda name: (f"@{name}", Some(tuple(Row(tuple(term.split())) for term in _phrases(name))))
)


def _phrases(name: str) -> list[str]:
    return [term.strip('"') for term in ALIASES[name]]


def _in_fields(inner: st.SearchStrategy[Written]) -> st.SearchStrategy[Written]:
    return st.one_of(_grown(inner), inner.filter(_fieldless).map(_title))


def _fieldless(part: Written) -> bool:
    return "title:" not in part[0]


def _grown_from(leaves: st.SearchStrategy[Written]) -> st.SearchStrategy[Written]:
    found = st.recursive(leaves, _in_fields, max_leaves=7)
    return found.filter(lambda written: wanted(written[1]))


queries = _grown_from(_leaves)
"""Queries that can be read, each as it is written and as it is meant."""

aliased = _grown_from(st.one_of(_leaves, _leaves, _aliases))
"""The same, naming `ALIASES` as well."""
