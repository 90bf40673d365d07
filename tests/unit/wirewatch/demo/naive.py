"""The demo's watches, evaluated once more and in the plainest way: regular expressions on text.

It shares nothing with wirewatch's own analyzer, parser or matcher, so it can hold the script's
hand-written labels to account.
"""

import re
from collections.abc import Callable


def _any(pattern: str) -> Callable[[str], bool]:
    compiled = re.compile(pattern, re.IGNORECASE)
    return lambda text: compiled.search(text) is not None


_NORTH = _any(r"\bnorth\W+korean\b|\bdprk\b|\bкндр\b|북한")
_MEN = _any(r"\bsoldier|\btroops\b|\bсолдат|\bвоенн|병사|군인")
_FOOTBALL = _any(r"\bfootball\b")
_KIM = _any(r"\bkim\W+jong\W+un\b|김정은|\bким\W+чен\W+(ын|ына|ыну)\b")
_KURSK = _any(r"\bkursk\b|\bкурск|쿠르스크")
_LOSSES = _any(r"\bcoffin|\bcasualt|\bгроб|전사자")
_KOREA = _any(r"\bkorea|\bкоре|\bкндр\b|북한")
_FICTION = _any(r"\bfilm\b|\bnovel\b")


def satisfied(title: str, body: str) -> frozenset[str]:
    """Return the ids of the watches that hold for an article of this title and body."""
    text = f"{title}\n\n{body}"
    holds = {
        "troops": _NORTH(text) and _MEN(text) and not _FOOTBALL(text),
        "kim": _KIM(text),
        "kursk": _KURSK(title),
        "losses": _LOSSES(text) and _KOREA(text) and not _FICTION(text),
    }
    return frozenset(watch for watch, true in holds.items() if true)


def bait(text: str) -> frozenset[str]:
    """Return the watches whose words occur in `text`, whatever else stands there."""
    holds = {
        "troops": _NORTH(text) and _MEN(text),
        "kim": _KIM(text),
        "kursk": _KURSK(text),
        "losses": _LOSSES(text) and _KOREA(text),
    }
    return frozenset(watch for watch, true in holds.items() if true)
