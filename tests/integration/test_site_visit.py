"""A whole site visited for real: a host on 127.0.0.1, the engine's process, and the reader."""

from dataclasses import replace

from news.source import DueSource, Spider
from news.visit import Told, Unchanged, Visit
from tests.integration.pages_server import Host, html_answer
from tests.integration.test_list_visit import front, paths, reader_of, source


def built(host: Host) -> None:
    """Give the host a front page, two sections that it leads to, and one that it forbids."""
    host.robots = b"User-agent: *\nDisallow: /private"
    nav = "".join(f'<li><a href="/{one}">{one}</a></li>' for one in ("harbour", "town", "private"))
    for path, numbers in {"/": (1, 2), "/harbour": (1, 11, 12, 13), "/town": (2, 21, 22)}.items():
        page = front(*numbers).replace(b"<nav>", f"<nav><ul>{nav}</ul>".encode())
        host.pages[path] = html_answer(page, ETag=f'"{numbers}"')
    host.pages["/private"] = html_answer(front(66))


def after(due: DueSource, visit: Visit) -> DueSource:
    assert isinstance(visit.outcome, Told | Unchanged)
    return replace(due, learned=visit.outcome.learned or due.learned)


async def test_a_site_is_visited_and_then_only_what_is_new_is_told() -> None:
    async with reader_of("site") as (reader, host, server, _):
        built(host)
        due = source(server, "/", kind="site")
        first = await reader.visit(due)
        numbers = (1, 2, 11, 12, 13, 21, 22)
        assert paths(first) == [f"story/{number}" for number in numbers]
        assert host.asked["/private"] == host.asked["/about"] == 0
        assert host.most_at_once == 1
        due = after(due, first)
        host.pages["/town"] = html_answer(front(2, 21, 22, 23))
        second = await reader.visit(due)
        assert paths(second) == ["story/23"]
        assert isinstance(second.outcome, Told)
        assert second.outcome.opened == ()
        unchanged = await reader.visit(after(due, second))
        assert isinstance(unchanged.outcome, Unchanged)
        assert unchanged.status == 200


async def test_sections_that_a_person_names_are_kept_to() -> None:
    async with reader_of("site") as (reader, host, server, _):
        built(host)
        due = source(server, "/", kind="site")
        spider = Spider(sections=("/town",))
        visit = await reader.visit(replace(due, settings=replace(due.settings, spider=spider)))
        assert paths(visit) == [f"story/{number}" for number in (1, 2, 21, 22)]
        assert host.asked["/harbour"] == 0
