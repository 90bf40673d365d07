"""Who speaks, by the address."""

import pytest

from news.ids import parse_wire_id, wire_id
from news.publisher import publisher_domain, publisher_of


@pytest.mark.parametrize(
    ("url", "publisher"),
    [
        ("https://www.theguardian.com/world/a", "theguardian.com"),
        ("https://en.yna.co.kr/view/1", "yna.co.kr"),
        ("https://desk.github.io/a", "desk.github.io"),
        ("https://EXAMPLE.org.:8443/a", "example.org"),
        ("http://127.0.0.1:9301/a", "127.0.0.1:9301"),
        ("http://127.0.0.1/a", "127.0.0.1"),
        ("http://localhost:9301/a", "localhost:9301"),
        ("http://[::1]:9301/a", "::1:9301"),
        ("https://co.uk/a", "co.uk"),
        ("http://newsroom/a", "newsroom"),
    ],
)
def test_the_publisher_of_an_address(url: str, publisher: str) -> None:
    assert publisher_of(url) == publisher


def test_a_name_stands_for_itself_where_it_is_a_suffix() -> None:
    assert publisher_domain("co.kr") == "co.kr"


def test_names_on_the_wire_go_there_and_back() -> None:
    assert wire_id("ar", 18204) == "ar_18204"
    assert parse_wire_id("ar_18204") == ("ar", 18204)


@pytest.mark.parametrize(
    "text", ["", "ar_", "ar_0", "ar_01", "xx_1", "ar_1 ", "AR_1", "ar_²", "ar_1234567890123456789"]
)
def test_what_is_no_name_on_the_wire(text: str) -> None:
    assert parse_wire_id(text) is None
