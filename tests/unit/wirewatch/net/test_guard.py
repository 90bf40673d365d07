"""Which addresses are public, and how the operator's list is read."""

import pytest

from wirewatch.net.guard import Guard, literal_address, parse_allowed


@pytest.mark.parametrize(
    ("address", "kind"),
    [
        ("127.0.0.1", "a loopback"),
        ("127.255.0.9", "a loopback"),
        ("0.0.0.0", "an unspecified"),
        ("10.0.0.1", "a private"),
        ("172.31.255.255", "a private"),
        ("192.168.1.1", "a private"),
        ("100.64.0.1", "a carrier's private"),
        ("100.100.100.200", "a carrier's private"),
        ("169.254.169.254", "a link-local"),
        ("168.63.129.16", "a metadata"),
        ("192.0.0.192", "a reserved"),
        ("198.18.0.1", "a reserved"),
        ("224.0.0.1", "a multicast"),
        ("255.255.255.255", "a reserved"),
        ("::", "an unspecified"),
        ("::1", "a loopback"),
        ("::127.0.0.1", "a reserved"),
        ("fe80::1%eth0", "a link-local"),
        ("fd00:ec2::254", "a private"),
        ("ff02::1", "a multicast"),
        ("::ffff:127.0.0.1", "a loopback"),
        ("::ffff:a00:1", "a private"),
        ("64:ff9b::7f00:1", "a loopback"),
        ("64:ff9b:1::1", "a reserved"),
        ("2002:0a00:0001::1", "a private"),
        ("2001:0:1234::1", "a reserved"),
        ("2001:db8::1", "a reserved"),
    ],
)
def test_what_is_not_public_is_refused(address: str, kind: str) -> None:
    fault = Guard().fault("evil.example", address, 80)
    assert fault is not None
    assert fault.startswith(f"evil.example is {kind} address")
    assert "evil.example:80 under [network] allow" in fault


@pytest.mark.parametrize(
    "address",
    ["93.184.216.34", "8.8.8.8", "2606:4700::1", "64:ff9b::808:808", "2002:0808:0808::1",
     "::ffff:8.8.8.8", "172.32.0.1", "100.128.0.1"],
)  # fmt: skip
def test_what_is_public_may_be_reached(address: str) -> None:
    assert Guard().fault("good.example", address, 443) is None


@pytest.mark.parametrize(
    ("entry", "name", "address", "port"),
    [
        ("10.1.2.3:8080", "10.1.2.3", "10.1.2.3", 8080),
        ("10.1.2.3:8080", "inside.example", "10.1.2.3", 8080),
        ("10.1.2.3", "10.1.2.3", "10.1.2.3", 1),
        ("127.0.0.1:9300-9400", "127.0.0.1", "127.0.0.1", 9400),
        ("10.0.0.0/8", "x", "10.200.0.1", 80),
        ("10.0.0.0/8:80", "x", "10.200.0.1", 80),
        ("[::1]:8080", "::1", "::1", 8080),
        ("::1", "::1", "::1", 8080),
        ("fd00::/8", "x", "fd12::1", 80),
        ("127.0.0.0/8", "x", "::ffff:127.0.0.1", 80),
        ("n8n.internal:5678", "n8n.internal", "10.9.9.9", 5678),
        ("N8N.internal", "n8n.INTERNAL.", "10.9.9.9", 80),
    ],
)
def test_what_is_listed_may_be_reached(entry: str, name: str, address: str, port: int) -> None:
    assert Guard.of([entry]).fault(name, address, port) is None


@pytest.mark.parametrize(
    ("entry", "name", "address", "port"),
    [
        ("10.1.2.3:8080", "10.1.2.3", "10.1.2.3", 8081),
        ("127.0.0.1:9300-9400", "127.0.0.1", "127.0.0.1", 9401),
        ("10.0.0.0/8", "x", "11.0.0.1:", 80),
        ("10.0.0.0/8", "x", "192.168.0.1", 80),
        ("n8n.internal:5678", "evil.example", "10.9.9.9", 5678),
        ("n8n.internal:5678", "n8n.internal", "10.9.9.9", 80),
        ("127.0.0.1", "x", "::1", 80),
    ],
)
def test_the_list_says_no_more_than_it_says(entry: str, name: str, address: str, port: int) -> None:
    assert Guard.of([entry]).fault(name, address, port) is not None


@pytest.mark.parametrize(
    "entry", ["", "http://10.0.0.1/", "10.0.0.1:", "10.0.0.1:0", "10.0.0.1:90-80", "a:70000",
              "a b", "[example.org]:80", "10.0.0.0/99", "*", "10.0.0.1:80:90"],
)  # fmt: skip
def test_a_line_that_says_nothing_is_refused_in_words(entry: str) -> None:
    with pytest.raises(ValueError, match=r"is not|is neither"):
        parse_allowed(entry)


def test_the_fault_names_name_and_address_once() -> None:
    assert Guard().fault("example.org", "10.0.0.1", 443) == (
        "example.org is a private address (10.0.0.1); "
        "list example.org:443 under [network] allow to reach it"
    )
    assert Guard().fault("::1", "::1", 80) == (
        "::1 is a loopback address; list [::1]:80 under [network] allow to reach it"
    )


@pytest.mark.parametrize(
    ("host", "address"),
    [
        ("127.0.0.1", "127.0.0.1"),
        ("2130706433", "127.0.0.1"),
        ("0x7f000001", "127.0.0.1"),
        ("0177.0.0.1", "127.0.0.1"),
        ("127.1", "127.0.0.1"),
        ("127.0.0.1.", "127.0.0.1"),
        ("[::1]", "::1"),
        ("::ffff:127.0.0.1", "::ffff:7f00:1"),
        ("example.org", None),
        ("１２７.0.0.1", None),
        ("1.2.3.4.5", None),
    ],
)
def test_every_spelling_of_an_address_is_seen_through(host: str, address: str | None) -> None:
    found = literal_address(host)
    assert found in (address, "::ffff:127.0.0.1") if address else found is None


@pytest.mark.parametrize(
    ("url", "listed"),
    [
        ("http://10.1.2.3:8080/a", True),
        ("http://10.1.2.3/a", False),
        ("http://N8N.internal/", True),
        ("https://n8n.internal:444/", True),
        ("https://other.internal/", False),
        ("http://127.0.0.9:90/", True),
        ("http://127.9:90/", True),
        ("http://name.test:90/", False),
    ],
)
def test_an_address_is_listed_as_it_is_spelt(url: str, *, listed: bool) -> None:
    guard = Guard.of(["10.1.2.3:8080", "n8n.internal", "127.0.0.0/8", "0.0.0.0/8"])
    assert guard.lists(url) is listed
