"""A mail as plain text: marked words between asterisks, one thought a line, nothing wrapped."""

from collections.abc import Iterator

from alerts.letter_sheet import Action, Section, Sheet, Telling
from alerts.passages import Line

_RULE = "-- "


def text(sheet: Sheet) -> str:
    """Write `sheet` for readers without HTML."""
    blocks = [sheet.kicker, sheet.heading, sheet.note]
    for section in sheet.sections:
        blocks += _section(section)
    blocks += [f"{remark.heading}\n{remark.words}" for remark in sheet.remarks]
    blocks += [sheet.more, "\n".join(map(_action, sheet.actions))]
    return "\n\n".join(block for block in blocks if block) + f"\n\n{_RULE}\n{sheet.foot}\n"


def _section(section: Section) -> Iterator[str]:
    if section.heading:
        yield f"== {section.heading} =="
    for story in section.stories:
        for telling in story:
            yield from _telling(telling)


def _telling(telling: Telling) -> Iterator[str]:
    yield f"{_line(telling.title)}\n{telling.publisher} · {telling.when}\n{telling.url}"
    yield from (f"> {_line(quote)}" for quote in telling.quotes)
    yield "\n".join(
        line
        for line in (f"Matched: {telling.terms}" if telling.terms else "", telling.note)
        if line
    )
    yield _others(telling)


def _others(telling: Telling) -> str:
    tellers = (f"  {t.when}  {t.publisher}: {t.title}\n    {t.url}" for t in telling.tellers)
    more = f"  and {telling.more} more" if telling.tellers and telling.more else ""
    return "\n".join(line for line in (telling.first, *tellers, more) if line)


def _action(action: Action) -> str:
    return f"{action.words}: {action.url or action.command}"


def _line(line: Line) -> str:
    return "".join(f"*{piece.text}*" if piece.marked else piece.text for piece in line)
