"""How a page writes its dates, as its language and its address tell it."""

from urllib.parse import urlsplit

from crawler.extract.date_words import Dialect

_OF_COUNTRY = 2
_DAY_FIRST = ("uk", "ie", "au", "nz", "in", "za", "pk", "ng", "ke", "sg", "my", "hk", "eu")


def dialect_of(language: str, url: str) -> Dialect:
    """Return how a page from `url` writes that declares `language`, maybe with a country."""
    domain = (urlsplit(url).hostname or "").rpartition(".")[2]
    return Dialect(
        language=language[:2].lower(),
        month_first=_month_first(language, url),
        tag=language,
        unsure=not language and len(domain) > _OF_COUNTRY,
    )


def _month_first(language: str, url: str) -> bool:
    """Tell whether 11/01/2026 is in November: in American English and where nothing denies it."""
    tongue, _, country = language.lower().replace("_", "-").partition("-")
    domain = (urlsplit(url).hostname or "").rpartition(".")[2]
    if country:
        return tongue == "en" and country in ("us", "ph")
    return tongue in ("en", "") and domain not in _DAY_FIRST and (bool(tongue) or domain == "us")
