"""Whether a page that answers is the one that is known, or a wall that stands in its place.

A consent page, a login, a "not found" with the most read of years: all may come with 200, and all
have links like headlines. A page shows itself the same by an article known from before, or by new
ones that are addressed and built in like those, amid the links that always stood there. What shows
none of it is believed only when it is met again, as after a redesign.
"""

from collections.abc import Iterable
from dataclasses import replace

from crawler.lists.learned import Learned, Made, Seen, hash_of

_MOST_MARKS = 60
_TESTED_VISITS = 2
"""What stood there at every visit says something from so many on."""


def is_strange(known: Learned, seen: Seen) -> bool:
    """Tell whether nothing shows that this page is the one that is known."""
    if not known.articles:
        return False
    links = {hash_of(key) for key in seen.links}
    if not links.isdisjoint(known.articles):
        return False
    if known.visits >= _TESTED_VISITS and known.standing and links.isdisjoint(known.standing):
        return True
    return not any(_is_alike(made, known) for made in seen.taken)


def is_met_again(known: Learned, seen: Seen) -> bool:
    """Tell whether a strange page is the one that was doubted before."""
    return not set(known.doubted).isdisjoint(_marks(seen.taken))


def doubting(known: Learned, seen: Seen) -> Learned:
    """Remember a strange page, and all that was known before."""
    return replace(known, doubted=_marks(seen.taken))


def believing(known: Learned) -> Learned:
    """Return what to go on from with a page that is another one now.

    What articles there were is kept, so that the page of before is known when it comes back.
    """
    return replace(known, visits=0, standing=(), doubted=())


def _is_alike(made: Made, known: Learned) -> bool:
    return made.shape in known.shapes and any(one in known.signatures for one in made.signatures)


def _marks(taken: Iterable[Made]) -> tuple[str, ...]:
    """Name each link, and how it is made: of a redesigned page all links may be new each time."""
    made = list(taken)
    kinds = (hash_of(f"{one.shape} {sign}") for one in made for sign in one.signatures)
    return tuple(dict.fromkeys((*kinds, *(hash_of(one.key) for one in made))))[:_MOST_MARKS]
