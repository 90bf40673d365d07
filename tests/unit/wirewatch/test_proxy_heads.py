"""What a browser asks of the forward proxy, and how it is said on."""

from base64 import b64encode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wirewatch.net.proxy_heads import (
    Exchange,
    HeadError,
    Tunnel,
    answered,
    asked,
    is_interim,
)


def head(first: str, *fields: str) -> bytes:
    return "\r\n".join((first, *fields, "", "")).encode()


@pytest.mark.parametrize(
    ("target", "tunnel"),
    [
        ("a.test:443", Tunnel(host="a.test", port=443)),
        ("[2001:db8::1]:8443", Tunnel(host="2001:db8::1", port=8443)),
        ("127.0.0.1:22", Tunnel(host="127.0.0.1", port=22)),  # the guard speaks of that
    ],
)
def test_connect_names_a_host_and_a_port(target: str, tunnel: Tunnel) -> None:
    assert asked(head(f"CONNECT {target} HTTP/1.1", f"Host: {target}")).wanted() == tunnel


def test_a_plain_request_is_said_on_without_what_is_between_the_two_of_us() -> None:
    wanted = asked(
        head(
            "POST http://a.test:8080/x/y?z=1 HTTP/1.1",
            "Host: b.test",
            "Proxy-Authorization: Basic YTpi",
            "Proxy-Connection: keep-alive",
            "Connection: keep-alive",
            "Upgrade: websocket",
            "Content-Length: 12",
            "Accept: */*",
        )
    ).wanted()
    expected = head(
        "POST /x/y?z=1 HTTP/1.1",
        "host: a.test:8080",
        "content-length: 12",
        "accept: */*",
        "connection: close",
    )
    assert wanted == Exchange(host="a.test", port=8080, head=expected, size=12)


@pytest.mark.parametrize(
    ("target", "first"),
    [
        ("http://a.test", b"GET / HTTP/1.1"),
        ("http://a.test/", b"GET / HTTP/1.1"),
        ("http://a.test//b#c", b"GET //b HTTP/1.1"),
    ],
)
def test_the_path_is_said_as_it_came(target: str, first: bytes) -> None:
    wanted = asked(head(f"GET {target} HTTP/1.1")).wanted()
    assert isinstance(wanted, Exchange)
    assert wanted.head.split(b"\r\n")[:2] == [first, b"host: a.test"]
    assert (wanted.host, wanted.port, wanted.size) == ("a.test", 80, 0)


@pytest.mark.parametrize(
    "text",
    [
        head("GET /path HTTP/1.1", "Host: a.test"),
        head("GET https://a.test/ HTTP/1.1"),
        head("GET file:///etc/passwd HTTP/1.1"),
        head("GET http://user@a.test/ HTTP/1.1"),
        head("GET http:///x HTTP/1.1"),
        head("GET http://a.test:0/ HTTP/1.1"),
        head("GET http://a.test:99999/ HTTP/1.1"),
        head("TRACE http://a.test/ HTTP/1.1"),
        head("CONNECT a.test HTTP/1.1"),
        head("CONNECT :443 HTTP/1.1"),
        head("POST http://a.test/ HTTP/1.1", "Transfer-Encoding: chunked"),
        head("POST http://a.test/ HTTP/1.1", "Content-Length: -1"),
        head("POST http://a.test/ HTTP/1.1", "Content-Length: 1_0"),
    ],
)
def test_all_else_is_not_done(text: bytes) -> None:
    with pytest.raises(HeadError):
        asked(text).wanted()


@pytest.mark.parametrize(
    "text",
    [
        head("GET"),
        head("GET http://a.test/ HTTP/2"),
        head("GET http://a.test/ x HTTP/1.1"),
        head("GET http://a.test/ HTTP/1.1", "no colon"),
        head("GET http://a.test/ HTTP/1.1", " folded: header"),
        head("GET http://a.test/ HTTP/1.1", "Host : a.test"),
        head("GET http://a.test/ HTTP/1.1", "A: b\nC: d"),
        head("GET http://a.test/ HTTP/1.1", "A: b\rC: d"),
    ],
)
def test_a_head_that_can_be_read_in_two_ways_is_none(text: bytes) -> None:
    with pytest.raises(HeadError):
        asked(text)


def shown(value: str) -> tuple[str, str]:
    return asked(head("GET http://a.test/ HTTP/1.1", f"proxy-authorization: {value}")).credentials()


def test_credentials_are_read_and_what_is_none_is_empty() -> None:
    assert shown("Basic " + b64encode(b"page:se:cret").decode()) == ("page", "se:cret")
    for other in ("Bearer x", "Basic", "Basic ???", "basic " + b64encode(b"").decode()):
        assert shown(other) == ("", "")
    assert asked(head("GET http://a.test/ HTTP/1.1")).credentials() == ("", "")


def test_an_answer_ends_its_connection_whatever_the_server_says() -> None:
    said = head("HTTP/1.1 200 OK", "Connection: keep-alive", "Keep-Alive: x", "Content-Length: 3")
    assert answered(said) == head("HTTP/1.1 200 OK", "content-length: 3", "connection: close")
    with pytest.raises(HeadError):
        answered(head("ICY 200 OK"))


@pytest.mark.parametrize(
    ("first", "interim"),
    [("HTTP/1.1 103 Hints", True), ("HTTP/1.1 200 OK", False), ("nonsense", False)],
)
def test_hints_are_no_answer(first: str, interim: bool) -> None:
    assert is_interim(head(first)) is interim


@given(st.binary(max_size=200))
def test_whatever_is_sent_is_a_head_or_none(text: bytes) -> None:
    try:
        said = asked(text + b"\r\n\r\n")
        said.credentials()
        wanted = said.wanted()
    except HeadError:
        return
    assert wanted.host
    assert 0 < wanted.port < 65_536
