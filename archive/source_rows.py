"""Sources as rows: what a person says of one is written, and read back when it is claimed."""

from dataclasses import asdict
from typing import Any

from archive.columns import digest
from archive.prepared import Values
from news.limit import limit_key
from news.source import DueSource, Moved, Rhythm, SourceSettings, Spider, Validators
from news.source_address import source_address


def said(settings: SourceSettings, file: str | None) -> dict[str, Any]:
    """Return what a person says of a source, as columns."""
    return {
        "name": settings.name,
        "kind": settings.kind,
        "url": settings.url,
        "url_hash": address_of(settings),
        "limit_key": _key_of(settings.url),
        "every": settings.every,
        "cron": settings.cron,
        "timezone": settings.timezone,
        "tags": settings.tags,
        "spider": {
            name: word for name, word in asdict(settings.spider).items() if word != _SILENT[name]
        },
        "owned_by_file": file,
    }


def address_of(settings: SourceSettings) -> bytes:
    """Return the digest of what makes an address itself."""
    return place_of(settings.url)


def place_of(url: str) -> bytes:
    """Return the digest that all spellings of `url` share."""
    return digest(source_address(url))


def settings_of(row: Values) -> SourceSettings:
    """Return what a person said of the source."""
    return SourceSettings(
        name=row["name"],
        kind=row["kind"],
        url=row["url"],
        every=row["every"],
        cron=row["cron"],
        timezone=row["timezone"],
        tags=tuple(row["tags"]),
        spider=Spider(**{**row["spider"], "sections": tuple(row["spider"].get("sections", ()))}),
    )


def rhythm_of(row: Values) -> Rhythm:
    """Return its history."""
    return Rhythm(
        failures=row["failures"],
        empty_visits=row["empty_visits"],
        interval=row["interval"],
        habit=tuple(row["habit"]),
    )


def moved_of(row: Values) -> Moved | None:
    """Return where its server sends us for good, if it does."""
    to, since = row["moved_to"], row["moved_since"]
    if to is None or since is None:
        return None
    asked_at = row["moved_asked_at"]
    return Moved(to=to, times=row["moved_times"], since=since, asked_at=asked_at or since)


def moved_columns(moved: Moved | None, settings: SourceSettings) -> dict[str, Any]:
    """Return that as columns, and the limit key of where it is asked now."""
    if moved is None:
        return {**STAYS, "limit_key": _key_of(settings.url)}
    asked = moved.to if moved.believed else settings.url
    columns = {
        "moved_to": moved.to,
        "moved_times": moved.times,
        "moved_since": moved.since,
        "moved_asked_at": moved.asked_at,
    }
    return {**columns, "limit_key": _key_of(asked)}


def _key_of(url: str) -> str:
    return limit_key(url) or url


STAYS: dict[str, Any] = {
    "moved_to": None,
    "moved_times": 0,
    "moved_since": None,
    "moved_asked_at": None,
}
"""Of a source that stands where a person said."""


def due_source(row: Values) -> DueSource:
    """Return a source that was claimed."""
    return DueSource(
        id=row["id"],
        settings=settings_of(row),
        validators=Validators(
            etag=row["etag"], last_modified=row["last_modified"], body_hash=row["body_hash"]
        ),
        rhythm=rhythm_of(row),
        added_at=row["added_at"],
        claim_no=row["claim_no"],
        first_visit=row["first_told_at"] is None,
        learned=row["learned"],
        last_good_at=row["last_good_at"],
        moved=moved_of(row),
        due_at=row["next_visit_at"],
        planned_at=row["planned_at"],
        failing_since=row["failing_since"],
        gap_at=row["gap_at"],
        last_new_at=row["last_new_at"],
        listed=row["listed"],
        trouble=row["trouble"],
    )


_SILENT = asdict(Spider())
