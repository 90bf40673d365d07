"""When two addresses of sources are one.

Of an article, `?feed=rss2` says where a reader came from; of a source it selects the document. So
a source's address keeps whatever could name another document, and drops only what follows people.
"""

import re
from urllib.parse import urlsplit

from news.tracking import is_tracking
from news.url import canonical_url

_FOLLOWS_PEOPLE = re.compile(
    r"(?:utm[_-]|mc_[ct]|mtm_|matomo_|pk_|hsa_|at_(?:medium|campaign|custom)|vero_|oly_|itm_)[^=]*"
    r"|(?:fb|g|d|tw|ms|y|ys|tt)cl(?:id|src)|gbraid|wbraid|igshid|_ga|_gl|_hsenc|_hsmi|mkt_tok"
    r"|ref_src|ref_url|rb_clickid|guccounter|guce_referrer(?:_sig)?",
    re.IGNORECASE,
)
_FEEDBURNER = re.compile(r"(?:^|\.)(?:feedburner|feedproxy\.google)\.com$")
_ITS_FORMS = re.compile(r"(?:^|&)format=(?:xml|usenet|sigpro)(?=&|$)", re.IGNORECASE)


def source_address(url: str) -> str:
    """Return the one spelling of a source's address that all its spellings share; idempotent."""
    return canonical_url(url, drops=_follows_people)


def likely_same(url: str) -> str:
    """Return what addresses share that hardly ever name two sources.

    With TLS and without, `www.` and a last slash, and the forms in which FeedBurner serves one.
    """
    parts = urlsplit(source_address(url))
    query = parts.query
    if _FEEDBURNER.search(parts.hostname or ""):
        query = _ITS_FORMS.sub("", query).strip("&")
    return f"{parts.netloc.removeprefix('www.')}{parts.path.rstrip('/')}?{query}"


def _follows_people(piece: str) -> bool:
    return bool(_FOLLOWS_PEOPLE.fullmatch(piece.partition("=")[0])) and is_tracking(piece)
