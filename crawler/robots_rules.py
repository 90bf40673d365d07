"""The rules of a robots.txt: what one agent may fetch, as RFC 9309 says.

Where the RFC leaves things open, or files are written carelessly, they are read as Google's
parser reads them, after which most are tried: misspelt directives count, a missing colon is
forgiven, groups of one agent are one, and what is neither an agent nor a rule ends no group.

    longest   the pattern with the most characters decides; of two as long, the one that allows
    *         any characters, also none
    $         at the end of a pattern: the address ends here

Strangers write these files, and a permission must cost little whatever stands there. So the first
WILD patterns with stars count as written, and of those that follow only what forbids does, by what
stands before its first star.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Self

from crawler.robots_patterns import LONGEST_LINE, Wild, path_of, pattern_of, wild_of

WILD = 2_000
"""So many patterns with stars count as they are written."""

_ANYBODY = "*"

_LINE = re.compile(
    r"^[ \t\v\f]*(user[- ]?agent|allow|crawl-?delay|diss?all?ow|diasllow|disallaw)([^#\n]*)",
    re.IGNORECASE | re.MULTILINE,
)
_KINDS = {"u": "agent", "a": "allow", "c": "delay", "d": "disallow"}
_TOKEN = re.compile(r"[A-Za-z_-]*")
_DEFAULT_PAGE = "/index.htm"


def allowed(robots: str, agent: str, url: str) -> bool:
    """Tell whether `agent` (its product token) may fetch `url` by the text `robots`."""
    return rules_for(agent, robots).allow(url)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """What holds for one agent; `crawl_delay` is in seconds, as far as one can be read.

    Plain patterns are looked up by each length that one of them has: a file with thousands of
    them costs no more than a file with ten. So are wild ones, by what stands before the star.
    """

    crawl_delay: float | None
    _plain: dict[str, bool]
    _lengths: tuple[int, ...]
    _wild: dict[str, list[Wild]]
    _wild_lengths: tuple[int, ...]

    def allow(self, url: str) -> bool:
        """Tell whether `url`, as it is sent, may be fetched."""
        path = path_of(url)
        weight, verdict = 0, True
        for length in self._lengths:
            found = self._plain.get(path[:length]) if length <= len(path) else None
            if found is not None:
                weight, verdict = length, found
                break
        for length in self._wild_lengths:
            for rule in self._wild.get(path[:length], ()):
                if rule.weight < weight or (rule.weight == weight and verdict):
                    break
                if rule.matches(path):
                    weight, verdict = rule.weight, rule.allow
                    break
        return verdict


@dataclass(slots=True, kw_only=True)
class _Group:
    """What is gathered for our agent, or for all that are not named."""

    named: bool = False
    delay: float | None = None
    plain: dict[str, bool] = field(default_factory=dict)
    wild: dict[str, bool] = field(default_factory=dict)
    stars: int = 0

    def add(self, pattern: str, *, allow: bool) -> None:
        """Take up a rule; an empty one says nothing."""
        if not pattern:
            return
        if "*" not in pattern and pattern[-1] != "$":
            self.plain[pattern] = allow or self.plain.get(pattern, False)
        elif pattern in self.wild:
            self.wild[pattern] = allow or self.wild[pattern]
        elif "*" not in pattern or self.stars < WILD:
            self.stars += "*" in pattern
            self.wild[pattern] = allow
        elif not allow and len(prefix := pattern.partition("*")[0]) > 1:
            self.plain.setdefault(prefix, False)
        folder, slash, page = pattern.rpartition("/")
        if allow and slash and f"/{page}".startswith(_DEFAULT_PAGE):  # it is the folder's own page
            self.add(f"{folder}{slash}$", allow=True)

    def rest(self, said: str) -> None:
        """Take up a crawl-delay, if it is a number of seconds; the first one holds."""
        try:
            seconds = float(said)
        except ValueError:
            return
        if seconds > 0 and self.delay is None:  # neither "nan" nor less than none
            self.delay = seconds

    def rules(self) -> Rules:
        """Return them, the weightiest first and of two that weigh the same the one that allows."""
        wild: dict[str, list[Wild]] = {}
        for pattern, allow in self.wild.items():
            rule = wild_of(pattern, allow=allow)
            wild.setdefault(rule.pieces[0], []).append(rule)
        for alike in wild.values():
            alike.sort(key=lambda rule: (-rule.weight, not rule.allow))
        return Rules(
            crawl_delay=self.delay,
            _plain=self.plain,
            _lengths=tuple(sorted({len(pattern) for pattern in self.plain}, reverse=True)),
            _wild=wild,
            _wild_lengths=tuple({len(first) for first in wild}),
        )


@dataclass(slots=True, kw_only=True)
class _Reading:
    """Where a reading of a file stands: which groups the next rule belongs to."""

    agent: str
    ours: _Group = field(default_factory=_Group)
    anybody: _Group = field(default_factory=_Group)
    current: list[_Group] = field(default_factory=list)
    begun: bool = False

    def take(self, text: str) -> Self:
        """Read a whole file."""
        for kind, value in _lines(text):
            if kind == "agent":
                self._name(value)
            elif self.current:
                self._rule(kind, value)
        return self

    def _name(self, value: str) -> None:
        if self.begun:
            self.current, self.begun = [], False
        if value[:1] == _ANYBODY and not value[1:2].strip():
            self._belongs_to(self.anybody)
        elif _token_of(value) == self.agent:
            self._belongs_to(self.ours)

    def _belongs_to(self, group: _Group) -> None:
        group.named = True
        if not any(known is group for known in self.current):
            self.current.append(group)

    def _rule(self, kind: str, value: str) -> None:
        # A delay is a rule to us, and ends the list of agents: "*, rest ten seconds; BadBot, stay
        # away" would else shut out everybody.
        self.begun = True
        if kind == "delay":
            for group in self.current:
                group.rest(value)
            return
        pattern = pattern_of(value)
        for group in self.current:
            group.add(pattern, allow=kind == "allow")


def rules_for(agent: str, text: str) -> Rules:
    """Return what `text` says to `agent`: its own groups, else those for anybody."""
    reading = _Reading(agent=agent.lower()).take(text)
    return (reading.ours if reading.ours.named else reading.anybody).rules()


def _lines(text: str) -> Iterator[tuple[str, str]]:
    """Return the lines that say something: which directive, and its value."""
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    for found in _LINE.finditer(text):
        key, rest = found.groups()
        if (excess := found.end() - found.start() - LONGEST_LINE) > 0:
            rest = rest[:-excess]
        _, colon, value = rest.partition(":")
        value = value.strip()
        if not colon:  # "disallow /private" is understood as it is meant
            words = rest.split()
            if len(words) != 1 or not rest[0].isspace() or " " in key:
                continue
            value = words[0]
        yield _KINDS[key[0].lower()], value


def _token_of(value: str) -> str:
    found = _TOKEN.match(value)
    return found[0].lower() if found else ""
