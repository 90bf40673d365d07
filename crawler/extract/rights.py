"""What a page permits us to keep of it."""

from collections.abc import Mapping

from crawler.extract.said import Said

_US = ("robots", "wirewatch", "*")


def forbids_archive(said: Said, headers: Mapping[str, str]) -> bool:
    """Tell whether the page says `noarchive`, or reserves its rights to text and data mining."""
    reserved = (headers.get("tdm-reservation", ""), said.first("tdm-reservation"))
    forbidden = "noarchive" in directives(said, headers)
    return forbidden or "1" in (text.strip() for text in reserved)


def directives(said: Said, headers: Mapping[str, str]) -> frozenset[str]:
    """Return what a page and its answer tell robots, us among them, such as `nofollow`."""
    told = [*said.all("robots", "wirewatch"), *_for_us(headers.get("x-robots-tag", ""))]
    return frozenset(word.strip().lower() for line in told for word in line.split(","))


def _for_us(header: str) -> list[str]:
    """Return the directives that name nobody else (`otherbot: noarchive, nofollow`).

    A name holds for what follows it, until the next name.
    """
    ours: list[str] = []
    named = True
    for part in header.split(","):
        name, colon, directive = part.partition(":")
        if colon and name.strip().lower() not in ("unavailable_after", "max-snippet"):
            named = name.strip().lower() in _US
            part = directive  # noqa: PLW2901 - what is left of it
        if named:
            ours.append(part)
    return ours
