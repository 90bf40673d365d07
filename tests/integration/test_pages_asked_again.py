"""Pages of a real host, read and looked at again by the engine's process."""

from news.page import Page, SamePage, Unread
from tests.integration.pages_server import html_answer, story
from tests.integration.raw_server import Writer, answer
from tests.integration.test_engine import reading

ETAG = '"crane-1"'


async def test_a_host_that_says_not_modified_is_believed_and_sends_no_page() -> None:
    async with reading() as (engine, host, server):
        usual, heads = server.behave, server.heads

        async def behave(head: str, writer: Writer) -> None:
            if f"if-none-match: {ETAG}" in head.lower():
                host.asked["304"] += 1
                writer.write(answer(status="304 Not Modified", ETag=ETAG))
            else:
                await usual(head, writer)

        server.behave = behave
        url = server.url("/marked")
        host.pages["/marked"] = html_answer(story("1"), ETag=ETAG)
        first = await engine.read(url)
        assert isinstance(first, Page)
        assert first.marks is not None
        assert first.marks.etag == ETAG
        assert await engine.look_again(url, first.marks) == SamePage()
        assert (host.asked["304"], host.asked["/marked"]) == (1, 1)
        assert "if-none-match" not in heads[1].lower()


async def test_equal_bytes_are_the_same_page_and_others_a_new_reading() -> None:
    async with reading() as (engine, host, server):
        url = server.url("/story/7")
        first = await engine.read(url)
        assert isinstance(first, Page)
        assert await engine.look_again(url, first.marks) == SamePage()
        host.pages["/story/7"] = html_answer(story("7").replace(b"on Monday", b"on Tuesday"))
        second = await engine.look_again(url, first.marks)
        assert isinstance(second, Page)
        assert "on Tuesday" in second.text
        assert second.marks != first.marks
        host.pages["/story/7"] = answer(status="410 Gone")
        gone = await engine.look_again(url, second.marks)
        assert isinstance(gone, Unread)
        assert gone.status == 410


async def test_robots_txt_holds_for_looks_too() -> None:
    async with reading() as (engine, host, server):
        host.robots = b"User-agent: *\nDisallow: /story"
        outcome = await engine.look_again(server.url("/story/7"), None)
        assert isinstance(outcome, Unread)
        assert "robots.txt" in outcome.reason
        assert host.asked["/story/7"] == 0
