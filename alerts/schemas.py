"""JSON Schema (2020-12) of every webhook body that is sent, as data.

Fields may be added within v1, so no schema forbids what it does not name.
"""

from collections.abc import Mapping
from typing import TypeAlias

from alerts.render import AUTHOR_LIMIT, SPAN_LIMIT, SUMMARY_LIMIT, JsonValue
from news.notice import NoticeKind

Schema: TypeAlias = dict[str, JsonValue]


def _thing(optional: Mapping[str, Schema] | None = None, **required: Schema) -> Schema:
    """Return the schema of an object that has all of `required`."""
    return {
        "type": "object",
        "required": sorted(required),
        "properties": {**required, **(optional or {})},
    }


def _id(prefix: str) -> Schema:
    return {"type": "string", "pattern": f"^{prefix}_[1-9][0-9]*$"}


_TEXT: Schema = {"type": "string"}
_URL: Schema = {"type": "string", "format": "uri"}
_COUNT: Schema = {"type": "integer", "minimum": 1}
_OFFSET: Schema = {"type": "integer", "minimum": 0}
_TIME: Schema = {
    "type": "string",
    "format": "date-time",
    "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$",
}

_ARTICLE = _thing(
    id=_id("ar"),
    title=_TEXT,
    url=_URL,
    publisher=_thing(name=_TEXT, domain=_TEXT),
    language={"type": ["string", "null"]},
    published_at={**_TIME, "type": ["string", "null"]},
    first_seen_at=_TIME,
    summary={"type": "string", "maxLength": SUMMARY_LIMIT},
    authors={"type": "array", "items": _TEXT, "maxItems": AUTHOR_LIMIT},
    optional={"paywalled": {"const": True}},  # of those whose rest is for who pays
)

_SPAN = _thing(
    field={"type": "string", "enum": ["title", "body"]},
    term=_TEXT,
    start=_OFFSET,
    end=_OFFSET,
)

_STORY = _thing(
    id=_id("st"),
    articles=_COUNT,
    publishers=_COUNT,
    families=_COUNT,
    first=_thing(publisher=_TEXT, at=_TIME),
)

_LINKS = _thing(story=_URL, why=_URL, silence=_URL)

_WATCH = _thing(id=_id("w"), name=_TEXT, query=_TEXT)

_ALERT = _thing(
    id=_id("al"),
    reason=_TEXT,
    sample={"type": "boolean"},
    optional={"corrected": {"const": True}},  # of held ones that match no more
)

_ALERT_DATA = _thing(
    alert=_ALERT,
    watch=_WATCH,
    article=_ARTICLE,
    match={"type": "array", "items": _SPAN, "maxItems": SPAN_LIMIT},
    story=_STORY,
    optional={"links": _LINKS},  # absent without a base_url
)

_ALERT_TYPES = ["story.matched", "article.matched"]

_DIGEST_DATA = _thing(
    because={"type": "string", "enum": ["silence", "quiet", "digest", "cap", "cooldown"]},
    words=_TEXT,
    count=_COUNT,  # of the alerts here, and of those that are too many for one message
    alerts={
        "type": "array",
        "items": _thing(type={"type": "string", "enum": _ALERT_TYPES}, data=_ALERT_DATA),
    },
    optional={"watch": _WATCH},  # absent where they are of several
)

_PING_DATA = _thing(
    notice=_thing(id=_id("nt"), since=_TIME, what=_TEXT, next=_TEXT, sample={"type": "boolean"}),
    channel=_thing(id=_id("ch"), name=_TEXT),
)


_NOTICE_TYPES = [kind.value for kind in NoticeKind]

_NOTICE_DATA = _thing(
    notice=_thing(
        id=_id("nt"),
        at=_TIME,
        since=_TIME,
        what=_TEXT,
        next=_TEXT,
        sample={"type": "boolean"},
        optional={"opened": _id("nt")},  # of those about a trouble that another began
    ),
    source=_thing(id=_id("so"), name=_TEXT, url=_URL),
    figures={"type": "object"},  # by type; docs/webhooks.md names them
    optional={"links": _thing(source=_URL)},  # absent without a base_url
)

_NOTICES_DATA = _thing(
    count=_COUNT,  # of the notices here, and of those that are too many for one message
    notices={
        "type": "array",
        "items": _thing(type={"type": "string", "enum": _NOTICE_TYPES}, data=_NOTICE_DATA),
    },
)


def _body(kind: str, data: Schema) -> Schema:
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": kind,
        **_thing(type={"const": kind}, timestamp=_TIME, data=data),
    }


SCHEMAS: dict[str, Schema] = {
    kind: _body(kind, data)
    for kind, data in (
        *((kind, _ALERT_DATA) for kind in _ALERT_TYPES),
        ("digest.ready", _DIGEST_DATA),
        ("test.ping", _PING_DATA),
        *((kind, _NOTICE_DATA) for kind in _NOTICE_TYPES),
        ("notices.ready", _NOTICES_DATA),
    )
}
"""The schema of each body by its `type`."""
