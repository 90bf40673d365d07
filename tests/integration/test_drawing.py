"""Pages drawn by a real Chromium: what scripts build, and what strangers try."""

import asyncio
import socket
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from crawler.drawing.drawn import NotDrawn
from tests.integration.drawing_world import LONG, SCRIPTED, World, drawing, needs_chromium
from tests.integration.raw_server import answer, raw_server

pytestmark = [needs_chromium, pytest.mark.asyncio(loop_scope="module")]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def running() -> AsyncIterator[World]:
    """Run one browser for all tests of this page: it takes a second to start."""
    async with drawing() as made:
        yield made


@pytest.fixture
def world(running: World) -> World:
    running.site.asked.clear()
    running.asked_may.clear()
    running.forbidden.clear()
    return running


def page_of(script: str, before: str = "") -> str:
    """Return a page whose script may do as it likes before its text stands there."""
    return (
        f"<html><body>{before}<script>{script}</script>"
        f'<script>document.body.append("{LONG}")</script></body></html>'
    )


def whole(drawn: str | NotDrawn) -> str:
    assert isinstance(drawn, str), drawn
    assert LONG in drawn
    return drawn


async def test_what_scripts_build_is_there_and_only_they_asked_for_it(world: World) -> None:
    drawn = whole(await world.draw(SCRIPTED))
    assert "<h1>Crane comes down</h1>" in drawn
    assert "<noscript>" not in drawn
    assert world.site.asked == ["/app.js", "/api/story"]  # the page itself was fetched before
    heads = [head for head in world.server.heads if head.startswith("GET /api/story")]
    assert "user-agent: wirewatch/test" in heads[-1]


async def test_what_its_own_host_forbids_is_not_asked_for(world: World) -> None:
    world.forbidden.add("/api/story")
    drawn = await world.draw(SCRIPTED)
    assert isinstance(drawn, str)
    assert LONG not in drawn
    assert world.site.asked == ["/app.js"]
    assert world.asked_may == [world.server.url("/app.js"), world.server.url("/api/story")]


async def test_a_page_that_never_ends_loading_is_taken_as_it_stands(world: World) -> None:
    drawn = whole(await world.draw(page_of('fetch("/hang")')))
    world.site.hanging.set()
    assert "/hang" in drawn


async def test_windows_downloads_and_questions_lead_nowhere(world: World) -> None:
    world.site.pages["/file"] = answer(b"x", Content_Disposition="attachment; filename=x.exe")
    script = """
        alert("hear me"); confirm("sure?"); prompt("who?");
        for (let i = 0; i < 20; i++) window.open("/window" + i);
        navigator.geolocation?.getCurrentPosition(() => {});
        navigator.serviceWorker?.register("/worker.js").catch(() => {});
        window.addEventListener("beforeunload", event => event.preventDefault());
        const link = document.createElement("a");
        link.href = "/file"; link.download = "x.exe"; document.body.append(link); link.click();
        const blank = document.createElement("a");
        blank.href = "/blank"; blank.target = "_blank"; document.body.append(blank); blank.click();
    """
    whole(await world.draw(page_of(script)))
    assert set(world.site.asked) <= {"/file"}  # and that is thrown away


async def test_a_page_stays_where_it_is(world: World) -> None:
    before = '<meta http-equiv="refresh" content="0;url=/refreshed">'
    script = """
        history.pushState({}, "", "/pushed");
        const places = ["/elsewhere", "file:///etc/passwd", "data:text/html,gone",
                        "chrome://version", "view-source:http://a.test/"];
        window.addEventListener("load", () => {
            for (const place of places) { try { location.href = place } catch { } }
            setTimeout(() => location.reload(), 50);
        });
    """
    drawn = whole(await world.draw(page_of(script, before)))
    assert "root:" not in drawn
    assert world.site.asked == []


def _everywhere(port: int, udp: int) -> str:
    """Write a script that tries every way into this machine at `port`, and STUN at `udp`."""
    inside = f"127.0.0.1:{port}"
    return f"""
        const places = ["http://{inside}/", "https://{inside}/",
            "http://localhost:{port}/",
            "http://[::ffff:127.0.0.1]:{port}/", "http://2130706433:{port}/",
            "http://169.254.169.254/latest/meta-data/", "file:///etc/passwd"];
        for (const place of places) {{
            fetch(place).then(
                () => document.body.append("GOT " + place),
                () => document.body.append("REFUSED "));
        }}
        try {{ new WebSocket("ws://{inside}/socket") }} catch {{ }}
        try {{ new EventSource("http://{inside}/events") }} catch {{ }}
        navigator.sendBeacon("http://{inside}/beacon", "x");
        new Image().src = "http://{inside}/image";
        document.write('<iframe src="http://{inside}/frame"></iframe>');
        document.write('<link rel="preconnect" href="http://{inside}">');
        document.write('<link rel="prefetch" href="http://{inside}/ahead">');
        document.write('<form action="http://{inside}/form"></form>');
        window.addEventListener("load", () => document.forms[0].submit());
        const work = `fetch("http://{inside}/worker")`;
        new Worker(URL.createObjectURL(new Blob([work], {{type: "text/javascript"}})));
        try {{
            const stun = [{{urls: "stun:127.0.0.1:{udp}"}}];
            const peer = new RTCPeerConnection({{iceServers: stun}});
            peer.createDataChannel("x");
            peer.createOffer().then(offer => peer.setLocalDescription(offer));
        }} catch {{ }}
    """


async def test_it_reaches_what_the_guard_allows_and_nothing_else(world: World) -> None:
    hits: list[str] = []

    async def hit(head: str, writer: asyncio.StreamWriter) -> None:
        hits.append(head)
        writer.write(answer(b"secret", Access_Control_Allow_Origin="*"))

    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as datagrams:
        datagrams.bind(("127.0.0.1", 0))
        datagrams.setblocking(False)
        udp = datagrams.getsockname()[1]
        async with raw_server(hit) as other:
            script = _everywhere(other.port, udp)
            drawn = whole(await world.draw(page_of(script)))
        with pytest.raises(BlockingIOError):
            datagrams.recv(1)
    assert hits == []
    assert drawn.rpartition("</script>")[2].count("REFUSED") == 7
    assert "GOT" not in drawn.rpartition("</script>")[2]


async def test_pictures_fonts_and_styles_are_not_fetched(world: World) -> None:
    before = (
        '<link rel="stylesheet" href="/a.css"><img src="/a.png"><video src="/a.mp4"></video>'
        '<style>@font-face{font-family:x;src:url("/a.woff2")} body{font-family:x}</style>'
    )
    whole(await world.draw(page_of("", before)))
    assert world.site.asked == []


async def test_nothing_is_kept_from_one_page_to_the_next(world: World) -> None:
    script = """
        document.body.append("KEPT " + document.cookie + localStorage.getItem("a"));
        document.cookie = "a=1"; localStorage.setItem("a", "1");
    """
    for _ in range(2):
        assert "KEPT null" in whole(await world.draw(page_of(script)))


async def test_a_page_that_grows_beyond_all_bounds_is_not_taken(world: World) -> None:
    script = """for (let i = 0; i < 50; i++) {
        document.body.append(document.createComment("x".repeat(1024 * 1024)));
    }"""
    assert await world.draw(page_of(script)) == NotDrawn(
        reason="it grows beyond all bounds when it is drawn"
    )
    whole(await world.draw(SCRIPTED))


async def test_a_page_that_breaks_its_tab_breaks_no_other(world: World) -> None:
    script = "const kept = []; for (;;) kept.push(new Array(1e6).fill(Math.random()));"
    broken, fine = await asyncio.gather(world.draw(page_of(script)), world.draw(SCRIPTED))
    assert broken == NotDrawn(reason="its tab broke down over it")
    whole(fine)


async def test_a_page_cannot_lie_about_itself(world: World) -> None:
    script = """
        Object.defineProperty(document, "readyState", {get: () => "loading"});
        Object.defineProperty(Element.prototype, "outerHTML", {get: () => "LIES"});
        Object.defineProperty(HTMLElement.prototype, "innerText", {get: () => Math.random() + ""});
    """
    assert "LIES" not in whole(await world.draw(page_of(script))).partition("</script>")[2]
