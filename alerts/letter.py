"""The payload of a mail: a letter, all of whose content is frozen when it is owed.

What belongs to sending is added then, the same at every attempt: from whom, to whom, the id. So a
letter may be read for as long as it waits, whatever becomes of the texts that it quotes.
"""

import json
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, assert_never

from alerts.facts import AlertFacts, DigestFacts, Facts, NoticeFacts, NoticesFacts, PingFacts
from alerts.letter_html import html
from alerts.letter_notice import heading_of, notice_sheet, notices_heading, notices_sheet
from alerts.letter_sheet import (
    Sheet,
    alert_sheet,
    digest_heading,
    digest_sheet,
    ping_sheet,
)
from alerts.letter_text import text
from alerts.render import summary_of, wire_time
from news.ids import wire_id
from news.inert import inert
from news.watch import Watch

SUBJECT_LIMIT = 150
"""Characters of a subject, the watch's name among them."""

_NAME_LIMIT = 60
_NEEDED = ("subject", "text", "html", "at")


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """What a mail says; `at` (UTC) is when it was owed.

    `thread` is the same for all letters of one watch about one story, or about one trouble of a
    source; `watch` and `watch_name` say which list it belongs to. `language` is that of the
    article. `domain` is that of the sender when it was owed: ids that followed the sender would
    change between two attempts.
    """

    subject: str
    text: str
    html: str
    at: datetime
    thread: str | None = None
    watch: str | None = None
    watch_name: str | None = None
    language: str | None = None
    domain: str | None = None


def letter(facts: Facts, domain: str | None = None) -> bytes:
    """Return the payload: JSON in UTF-8; `domain` is the one that its ids are of."""
    return written(replace(_letter(facts), domain=domain))


def written(letter: Letter) -> bytes:
    """Return `letter` as it is kept."""
    said = {name: getattr(letter, name) for name in Letter.__slots__} | {"at": wire_time(letter.at)}
    return json.dumps(said, ensure_ascii=False).encode("utf-8", "replace")


def read(payload: bytes) -> Letter | None:
    """Return the letter that `written` kept; later versions may have said more.

    None where it is no letter, but what another kind of channel is told.
    """
    try:
        said = json.loads(payload)
    except ValueError:
        return None
    if not isinstance(said, dict) or not all(isinstance(said.get(each), str) for each in _NEEDED):
        return None
    known: dict[str, Any] = {name: said.get(name) for name in Letter.__slots__}
    return Letter(**known | {"at": datetime.fromisoformat(said["at"])})


def _letter(facts: Facts) -> Letter:
    match facts:
        case AlertFacts():
            return _alert(facts)
        case DigestFacts(watch=watch):
            words = f"{digest_heading(facts)}: {inert(facts.words)}"
            return _on(digest_sheet(facts), subject(watch, words), facts.at, watch)
        case PingFacts():
            words = f"Test of the channel “{inert(facts.channel_name)}”"
            return _on(ping_sheet(facts), subject(None, words), facts.at, None)
        case NoticeFacts():
            return _notice(facts)
        case NoticesFacts():
            line = _of_wirewatch(notices_heading(facts))
            return _on(notices_sheet(facts), line, facts.at, None)
        case _:
            assert_never(facts)


def subject(watch: Watch | None, words: str) -> str:
    """Return `[watch name] words` on one line, each of the two cut to its room."""
    name = "wirewatch" if watch is None else summary_of(inert(watch.settings.name), _NAME_LIMIT)
    return f"[{name}] {summary_of(inert(words), SUBJECT_LIMIT - len(name) - 3)}"


def _alert(facts: AlertFacts) -> Letter:
    watch, article = facts.watch, facts.article
    words = inert(article.title) or "(without a title)"
    made = _on(alert_sheet(facts), subject(watch, words), facts.at, watch)
    thread = f"{wire_id('st', facts.story.id)}.{wire_id('w', watch.id)}"
    return replace(made, thread=thread, language=article.language)


def _notice(facts: NoticeFacts) -> Letter:
    notice = facts.notice
    made = _on(notice_sheet(facts), _of_wirewatch(heading_of(facts)), facts.at, None)
    # A trouble and its end began at the same moment, so they stand in one thread.
    begun = f"{wire_id('so', notice.source.id)}.{int(notice.since.timestamp())}"
    return replace(made, thread=f"{begun}.notices")


def _of_wirewatch(words: str) -> str:
    return summary_of(f"wirewatch: {words}", SUBJECT_LIMIT)


def _on(sheet: Sheet, subject: str, at: datetime, watch: Watch | None) -> Letter:
    return Letter(
        subject=subject,
        text=text(sheet),
        html=html(sheet, subject),
        at=at,
        watch=None if watch is None else wire_id("w", watch.id),
        watch_name=None if watch is None else inert(watch.settings.name),
    )
