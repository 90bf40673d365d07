"""What limits an article: what its publisher sells or reserves, in words for people."""

from news.article import Article, Reading

_SOLD = "the rest is for those who pay"
_RESERVED = (
    "its publisher forbids keeping the text (noarchive): title, address and sketch are kept, "
    "so that search finds it by its title alone"
)


def limits_of(told: Reading | Article) -> list[str]:
    """Return what is to be said of its text; none where nothing limits it."""
    said = ((told.paywalled, _SOLD), (told.noarchive, _RESERVED))
    return [words for holds, words in said if holds]
