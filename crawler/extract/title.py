"""The title of an article, without the name of its site.

A page says its title up to six times, each for another reader: people, social networks, search
engines, the browser's tab. None is right everywhere, so they are held against each other: what
carries the site's name is a copy of the tab's, what was cut off is known by those that go on.
"""

import re
from collections.abc import Iterator, Sequence

from crawler.extract.plain import plain_line
from crawler.extract.said import Said
from crawler.extract.site_names import is_site, site_names
from crawler.extract.story_thing import letters
from crawler.references import unescaped

# A blank on both sides, but for signs that stand for nothing else or where no blanks are written.
_SEPARATOR = re.compile(r"\s+[|\-–—·•»«:/_~]+\s+|\s*[|｜│¦»·•：_]+\s*|(?<=[^\x00-\x7f])\s*[-–—]\s*")
_BAR = re.compile(r"[|｜]\s*$")
_MOST_CUTS = 12
_MOST_WORDS = 4
_LEAST = 10
# An archive says to search engines from when its story is.
_DATED = re.compile(r"\s*\((?:Published|Updated) \d{4}\)$")
_CUT_OFF = re.compile(r"\s*(?:…|\.\.\.)$")
_OPENS_QUOTE = re.compile(r"\s*[\"'“”„«»‘’]")


def title_of(said: Said) -> str:
    """Return the page's title, "" if it has none."""
    for text in said.ruled.get("title", ()):
        return text
    names = site_names(said)
    social = [_plainly(text) for text in said.all("og:title", "twitter:title")]
    headline = said.text("headline")
    known = [text for text in (headline, *said.headings) if text]
    if said.trail and _is_shown(headline, said.subheadings):
        return headline
    for text in social[:1]:
        bare = _without_site(text, known, names)
        if bare == text and not is_site(text, names):
            return _whole(text, [*known, said.page_title])
    named = [text for text in (headline, *social, said.page_title) if text]
    return _by_heading(said.headings, named, names) or _by_name(named, known, names)


def _plainly(text: str) -> str:
    return _DATED.sub("", plain_line(unescaped(text)))


def _is_shown(headline: str, shown: Sequence[str]) -> bool:
    """Tell whether a heading carries the headline, maybe with a kicker above it."""
    own = letters(headline)
    return bool(own) and any(letters(heading).endswith(own) for heading in shown)


def _whole(text: str, others: Sequence[str]) -> str:
    """Return `text`, or that other which goes on where it was cut off or broke at a quote."""
    begun = _CUT_OFF.sub("", text)
    for other in others:
        rest = other[len(begun) :] if other.startswith(begun) else ""
        if rest and (begun != text or _OPENS_QUOTE.match(rest)):
            return other
    return text


def _by_heading(headings: Sequence[str], named: Sequence[str], names: frozenset[str]) -> str:
    """Return the heading that others agree with: it is what readers see."""
    for heading in headings:
        if not is_site(heading, names) and any(_agree(heading, name) for name in named):
            return heading
    return ""


def _agree(heading: str, name: str) -> bool:
    own, other = letters(heading), letters(name)
    if not own or not other:
        return False
    goes_on = len(other) >= _LEAST and own.startswith(other)
    return own == other or goes_on or (other.startswith(own) and " " in heading)


def _by_name(named: Sequence[str], known: Sequence[str], names: frozenset[str]) -> str:
    """Return the first name that is more than the site's, without the site's; else a heading."""
    for at, text in enumerate(named):
        bare = _without_site(text, [*known, *named[at + 1 :]], names)
        if bare and not is_site(bare, names):
            return bare
    return next(iter(known), named[0] if named else "")


def _without_site(title: str, known: Sequence[str], names: frozenset[str]) -> str:
    """Cut off what stands before or behind a separator, if it is the site or the others lack it."""
    others = {letters(other) for other in known}
    if known and letters(known[0]) == letters(title):
        return title
    for kept, rest in _cuts(title):
        if letters(rest) in others:  # a section before the headline, or a kicker that is part of it
            return rest if _BAR.search(title[: -len(rest)]) else title
        if kept and (is_site(rest, names) or letters(kept) in others):
            return _without_site(kept, known, names)
        if _BAR.search(title[: -len(rest)]) and _ends_another(kept, rest, others):
            return kept
    return title


def _ends_another(kept: str, rest: str, others: set[str]) -> bool:
    """Tell whether another title ends so, "(LEAD) …", and no more than a name stands behind."""
    own = letters(kept)
    few = len(rest.split()) <= _MOST_WORDS
    return few and len(own) >= _LEAST and any(other.endswith(own) for other in others)


def _cuts(title: str) -> Iterator[tuple[str, str]]:
    """Yield what may be the title and what the rest, the shortest rests first."""
    cuts = list(_SEPARATOR.finditer(title))
    for cut in cuts[: -_MOST_CUTS - 1 : -1]:
        yield title[: cut.start()].strip(), title[cut.end() :].strip()
    for cut in cuts[:1]:
        yield title[cut.end() :].strip(), title[: cut.start()].strip()
