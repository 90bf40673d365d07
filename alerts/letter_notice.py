"""What stands on a mail that tells about wirewatch itself: one notice, or several."""

from collections import Counter
from collections.abc import Iterator
from zoneinfo import ZoneInfo

from alerts.facts import NoticeFacts, NoticesFacts
from alerts.letter_sheet import Action, Remark, Sheet
from alerts.letter_times import clock_or_date, dated, reaching_back, zone_of
from alerts.render import summary_of
from news.inert import inert
from news.notice import OPENING, Notice, NoticeKind

MOST_REMARKS = 30
"""So many notices a mail spells out; the others are counted."""

_NAME, _WORDS = 80, 500

_KICKERS = {
    NoticeKind.FAILING: "a source fails",
    NoticeKind.OVERDUE: "a source is overdue",
    NoticeKind.GAP: "articles may be missing",
    NoticeKind.RECOVERED: "a source is well again",
}

_COUNTED = {
    NoticeKind.FAILING: ("source fails", "sources fail"),
    NoticeKind.OVERDUE: ("source is overdue", "sources are overdue"),
    NoticeKind.GAP: ("source may have lost articles", "sources may have lost articles"),
    NoticeKind.RECOVERED: ("source is well again", "sources are well again"),
}

_FOOT = "You get this because [notices] in wirewatch.toml names this channel."


def notice_sheet(facts: NoticeFacts) -> Sheet:
    """Lay out one notice."""
    notice, zone = facts.notice, zone_of(facts.timezone)
    return Sheet(
        kicker=f"wirewatch · {_KICKERS[notice.kind]}",
        heading=heading_of(facts),
        note=" ".join((_cut(notice.what), inert(notice.next))).strip(),
        more=f"{_when(notice, zone)} ({zone.key}) · {_cut(notice.source.url)}",
        actions=tuple(_actions(facts)),
        foot=_FOOT,
    )


def notices_sheet(facts: NoticesFacts) -> Sheet:
    """Lay out several notices, each in two lines."""
    told = facts.notices[:MOST_REMARKS]
    left = len(facts.notices) - len(told) + facts.omitted
    back = reaching_back([one.at for one in facts.notices], facts.at)
    return Sheet(
        kicker="wirewatch · notices",
        heading=notices_heading(facts),
        note=f"Times are those of {zone_of(facts.notices[0].timezone).key}.",
        remarks=tuple(Remark(heading=heading_of(one), words=_cut(one.notice.what)) for one in told),
        more=f"and {left:,} more" if left else "",
        actions=(Action(words="All of them", command=f"wirewatch notices --since {back}"),),
        foot=_FOOT,
    )


def heading_of(facts: NoticeFacts) -> str:
    """Return what a notice tells, in a few words: "Yonhap fails since 05:58"."""
    notice = facts.notice
    name = summary_of(inert(notice.source.name), _NAME)
    since = clock_or_date(notice.since, notice.at, zone_of(facts.timezone))
    match notice.kind:
        case NoticeKind.FAILING if notice.figures.get("stopped"):
            return f"{name} is gone, and is not visited again"
        case NoticeKind.FAILING:
            return f"{name} fails since {since}"
        case NoticeKind.OVERDUE:
            return f"{name} has brought nothing since {since}"
        case NoticeKind.GAP:
            return f"{name} may have lost articles"
        case NoticeKind.RECOVERED:
            return f"{name} is well again"


def notices_heading(facts: NoticesFacts) -> str:
    """Return how many of each kind there are: "50 sources fail, 2 sources are well again"."""
    if facts.omitted:
        return f"{len(facts.notices) + facts.omitted:,} notices"
    counted = Counter(one.notice.kind for one in facts.notices)
    return ", ".join(
        f"{count:,} {_COUNTED[kind][count > 1]}" for kind in NoticeKind if (count := counted[kind])
    )


def _when(notice: Notice, zone: ZoneInfo) -> str:
    since = dated(notice.since, zone)
    if notice.kind in OPENING:
        return f"Since {since}"
    return f"From {since} to {clock_or_date(notice.at, notice.since, zone)}"


def _actions(facts: NoticeFacts) -> Iterator[Action]:
    for hint in facts.notice.hints:
        yield Action(words=inert(hint.words), command=hint.command)


def _cut(words: str) -> str:
    return inert(summary_of(words, _WORDS))
