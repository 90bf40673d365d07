"""A wall in a list page's place, met over a real socket: doubted once, and then believed."""

from dataclasses import replace

import pytest

from crawler.lists.find import STRANGE
from news.source import DueSource
from news.visit import Failed, Told, Visit
from tests.integration.pages_server import html_answer
from tests.integration.test_list_visit import after, front, paths, reader_of, source

WALL = b"<html><body><h1>We value your privacy</h1><ul>%s</ul></body></html>" % b"".join(
    b'<li><a href="/terms-and-your-many-choices-%d">How our partners use what you do, %d</a></li>'
    % (number, number)
    for number in range(5)
)


def doubting(due: DueSource, visit: Visit) -> DueSource:
    assert isinstance(visit.outcome, Failed)
    return replace(due, learned=visit.outcome.learned or due.learned)


@pytest.mark.parametrize("kind", ["list", "auto"])
async def test_a_wall_is_doubted_and_believed_when_it_is_met_again(kind: str) -> None:
    async with reader_of(kind) as (reader, host, server, _):
        host.pages["/news"] = html_answer(front(3, 2, 1))
        due = source(server, "/news", kind=kind)
        due = after(due, await reader.visit(due))
        host.pages["/news"] = html_answer(WALL)
        walled = await reader.visit(due)
        assert isinstance(walled.outcome, Failed)
        assert STRANGE in walled.outcome.reason
        due = doubting(due, walled)
        again = await reader.visit(due)
        assert isinstance(again.outcome, Told)
        assert again.outcome.anew
        host.pages["/news"] = html_answer(front(4, 3, 2))
        back = await reader.visit(after(due, again))
        assert paths(back) == ["story/4", "story/3", "story/2"]
        assert isinstance(back.outcome, Told)
        assert not back.outcome.anew
