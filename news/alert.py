"""An alert: what wirewatch tells one watch about one story."""

from dataclasses import dataclass
from enum import StrEnum

from news.silence import Silence


class AlertKind(StrEnum):
    """What a watch can ask to be told about, by the word used in `alert = […]`."""

    STORY = "story"
    ARTICLE = "article"
    GROWTH = "growth"
    EDIT = "edit"
    SPIKE = "spike"
    OVERDUE = "overdue"


WIRE_TYPES = {
    AlertKind.STORY: "story.matched",
    AlertKind.ARTICLE: "article.matched",
    AlertKind.GROWTH: "story.grew",
    AlertKind.EDIT: "article.edited",
    AlertKind.SPIKE: "watch.spiked",
    AlertKind.OVERDUE: "watch.overdue",
}
"""The `type` of the webhook body; fields may be added within v1, no type is ever renamed."""


class AlertState(StrEnum):
    """Where an alert stands: kept back for now, told, or dropped for a reason that says so."""

    HELD = "held"
    TOLD = "told"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What a watch was told before, about this story and this article; what is held counts, too.

    `silence` is the one that holds the watch's alerts now, of several the one that ends last.
    """

    told_story: bool = False
    told_article: bool = False
    silence: Silence | None = None
