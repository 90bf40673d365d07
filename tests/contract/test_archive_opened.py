"""What a part of a source tells at the first look at it, or since a moment that is named."""

from datetime import datetime, timedelta

import pytest

from archive import entries
from archive.database import Database
from news.entry import DueEntry, Entry
from news.source import Validators
from news.visit import Told, Visit
from tests.contract.archive_world import (
    LEASE,
    MINUTE,
    NOW,
    add_source,
    always,
    claim,
    next_visit,
    tell,
    within,
)

LATER = NOW + timedelta(hours=50)
OPENED, OTHER = "https://a.test/opened", "https://b.test/other"


def told_later(archive: Database, since: datetime | None) -> dict[str | None, DueEntry]:
    """Tell both, one of them as of a part that is new since a moment, and claim them."""
    add_source(archive)
    tell(archive, Entry(own_id="1", title="first"))
    source = claim(archive, at=LATER)
    outcome = Told(
        entries=(Entry(url=OPENED, title="a"), Entry(url=OTHER, title="b")),
        validators=Validators(),
        opened=(OPENED,),
        opened_since=since,
    )
    visit, plan = Visit(at=LATER, outcome=outcome), always(next_visit(LATER + MINUTE))
    within(archive, lambda conn: entries.note(conn, source, visit, plan=plan))
    due = within(
        archive, lambda conn: entries.claim_due(conn, now=LATER + MINUTE, lease=LEASE, limit=50)
    )
    return {one.entry.url: one for one in due}


@pytest.mark.parametrize("since", [None, NOW + MINUTE], ids=["now", "since a moment"])
def test_only_what_is_opened_is_as_of_a_first_visit(
    archive: Database, since: datetime | None
) -> None:
    due = told_later(archive, since)
    assert (due[OPENED].first_visit, due[OPENED].source_added_at) == (True, since or LATER)
    assert (due[OTHER].first_visit, due[OTHER].source_added_at) == (False, NOW)
