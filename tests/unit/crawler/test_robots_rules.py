"""The rules of robots.txt: who is spoken to, what decides, and how careless files are read."""

from collections.abc import Callable

import pytest

from bench import scored
from crawler.robots_rules import WILD, allowed, rules_for
from tests.ending import must_end

SITE = "https://news.test"
SHUT = "Disallow: /\n"


def may(robots: str, path: str, agent: str = "Heron") -> bool:
    return allowed(robots, agent, SITE + path)


def test_the_scorer_calls_the_product() -> None:
    assert scored.allowed is allowed


@pytest.mark.parametrize(
    ("robots", "agent", "answer"),
    [
        ("", "Heron", True),
        ("User-agent: *\n" + SHUT, "Heron", False),
        ("User-agent: Heron\n" + SHUT, "hErOn", False),
        ("User-agent: Heron/2.1 (+https://heron.test)\n" + SHUT, "heron", False),
        ("User-agent: Heron Pro\n" + SHUT, "Heron", False),
        ("User-agent: Heron Pro\n" + SHUT, "Heron Pro", True),
        ("User-agent: Heron-News\n" + SHUT, "Heron", True),
        ("User-agent: Her\n" + SHUT, "Heron", True),
        ("User-agent: * (all)\n" + SHUT, "Heron", False),
        ("User-agent: *bot\n" + SHUT, "Heron", True),
        ("User-agent: *\nAllow: /\nUser-agent: heron\n" + SHUT, "Heron", False),
        ("User-agent: *\n" + SHUT + "User-agent: heron\nDisallow:\n", "Heron", True),
        ("User-agent: *\n" + SHUT + "User-agent: heron\n", "Heron", True),
        ("User-agent: stork\nUser-agent: heron\n" + SHUT, "Stork", False),
        ("User-agent: stork\n" + SHUT + "User-agent: heron\nAllow: /x", "Heron", True),
        (SHUT + "User-agent: heron\nAllow: /x", "Heron", True),
        (SHUT, "Heron", True),
        ("User-agent: stork\nSitemap: /map\nUser-agent: *\n" + SHUT, "Stork", False),
        ("User-agent: heron\nFavourite: fish\nUser-agent: *\n" + SHUT, "Heron", False),
        ("User-agent: *\nCrawl-delay: 9\nUser-agent: stork\n" + SHUT, "Heron", True),
    ],
)
def test_the_group_that_names_us_holds_else_that_for_anybody(
    robots: str, agent: str, answer: bool
) -> None:
    assert may(robots, "/pond/frog", agent) is answer


def test_groups_of_one_agent_are_one() -> None:
    robots = "User-agent: heron\nDisallow: /a\n\nUser-agent: stork\nAllow: /\n\n"
    robots += "User-agent: HERON\nDisallow: /b\n"
    assert [may(robots, path) for path in ("/a", "/b", "/c")] == [False, False, True]


@pytest.mark.parametrize(
    ("rules", "path", "answer"),
    [
        ("Disallow: /pond\nAllow: /pond/frog", "/pond/frog", True),
        ("Allow: /pond\nDisallow: /pond/frog", "/pond/frog", False),
        ("Disallow: /pond\nAllow: /pond", "/pond", True),
        ("Allow: /pond\nDisallow: /pond", "/pond", True),
        ("Disallow: /pond", "/Pond", True),
        ("Disallow: /pond/", "/pond", True),
        ("Disallow: pond", "/pond", True),
        ("Disallow:", "/pond", True),
        ("Disallow: /\nAllow:", "/pond", False),
        ("Disallow: /*frog", "/pond/green-frog/1", False),
        ("Disallow: /*frog$", "/pond/frog/1", True),
        ("Disallow: /*frog$", "/pond/frog-frog", False),
        ("Disallow: /frog*frog$", "/frog", True),
        ("Disallow: /a*b*c", "/a/c/b", True),
        ("Disallow: /a*b*c", "/axxbxxcxx", False),
        ("Disallow: /**$", "/anything", False),
        ("Disallow: /$", "/", False),
        ("Disallow: /$", "/pond", True),
        ("Disallow: /price$list", "/price$list/2", False),
        ("Disallow: /pond*\nAllow: /pond/", "/pond/frog", True),
        ("Disallow: /*?page=", "/pond?sort=1&page=2", True),
        ("Disallow: /*page=", "/pond?sort=1&page=2", False),
        ("Disallow: /pond#frog", "/pond", False),
        ("Allow: /pond/index.html\nDisallow: /", "/pond/", True),
        ("Allow: /pond/index.html\nDisallow: /", "/pond/frog", False),
        ("Disallow: /pond/index.html", "/pond/", True),
        ("Allow: index.html\nDisallow: /", "/", False),
    ],
)
def test_the_longest_pattern_decides_and_of_two_as_long_the_one_that_allows(
    rules: str, path: str, answer: bool
) -> None:
    assert may(f"User-agent: *\n{rules}\n", path) is answer


@pytest.mark.parametrize(
    ("pattern", "path", "matches"),
    [
        ("/왜가리", "/%EC%99%9C%EA%B0%80%EB%A6%AC/1", True),
        ("/%ec%99%9c", "/%EC%99%9C%EA%B0%80", True),
        ("/%7Eheron", "/~heron/", True),
        ("/~heron", "/%7eheron/", True),
        ("/a%2fb", "/a%2Fb", True),
        ("/a%2fb", "/a/b", False),
        ("/star-%2A", "/star-*", True),
        ("/star-%2A", "/star-fish", False),
        ("/100%", "/100%/x", True),
    ],
)
def test_escapes_are_compared_in_one_spelling(pattern: str, path: str, matches: bool) -> None:
    assert may(f"User-agent: *\nDisallow: {pattern}\n", path) is not matches


@pytest.mark.parametrize(
    "robots",
    [
        "USER-AGENT: heron\nDISALLOW: /pond",
        "user agent: heron\ndissallow: /pond",
        "useragent: heron\ndisalow: /pond",
        "user-agent heron\ndisallow /pond",
        "user-agent\theron\ndisallow \t /pond\t",
        "  User-agent : heron  \n\tDisallow : /pond  # no fishing",
        "User-agent: heron\rDisallow: /pond\r",
        "User-agent: heron\r\nDisallow: /pond\r\n",
        "\ufeffUser-agent: heron\n\n\n\nDisallow: /pond",
        "\x00\x01\nUser-agent: heron\n<p>\nDisallow: /pond",
    ],
)
def test_careless_files_are_read_as_they_are_meant(robots: str) -> None:
    assert not may(robots, "/pond/frog")
    assert may(robots, "/meadow")


@pytest.mark.parametrize(
    "robots", ["user-agent: heron\ndisallow /pond and more", "user agent heron\ndisallow: /pond"]
)
def test_what_could_mean_anything_means_nothing(robots: str) -> None:
    assert may(robots, "/pond")


def test_a_line_without_end_counts_as_far_as_lines_are_read() -> None:
    reed = "/reed" * 3_330
    robots = f"User-agent: *\nDisallow: {reed}{'/deep' * 900}\n"
    assert may(robots, "/reed")
    assert not may(robots, reed + "/deep" * 2)


@pytest.mark.parametrize(
    ("url", "answer"),
    [
        ("https://news.test", False),
        ("https://news.test#top", False),
        ("//news.test/", False),
        ("news.test/?to=https://pond.test/x", False),
        ("https://news.test?page=1", True),
        ("https://news.test;frog", True),
        ("https://news.test/pond#frog", True),
        ("", False),
    ],
)
def test_what_of_an_address_is_matched(url: str, answer: bool) -> None:
    robots = "User-agent: *\nDisallow: /\nAllow: /pond$\nAllow: /?page\nAllow: /;frog\n"
    assert allowed(robots, "Heron", url) is answer


def test_the_first_delay_that_can_be_read_holds_for_those_it_speaks_to() -> None:
    robots = "User-agent: *\nCrawl-delay: soon\nCrawl-delay: 4\nUser-agent: heron\nCrawldelay: 2\n"
    assert rules_for("Heron", robots).crawl_delay == 2
    assert rules_for("Stork", robots).crawl_delay == 4
    assert rules_for("Stork", "Crawl-delay: 4").crawl_delay is None


PIECE = 500 * 1024
HOSTILE = {
    "short lines": "a\n" * (PIECE // 2),
    "blank lines": "\n" * PIECE,
    "one line": "x" * PIECE,
    "only blanks": " " * PIECE,
    "agents": "".join(f"user-agent: b{n}\n" for n in range(PIECE // 20)),
    "ourselves": "user-agent: heron\n" * (PIECE // 18),
    "plain rules": "user-agent: *\n" + "".join(f"disallow:/{n}\n" for n in range(PIECE // 16)),
    "stars": "user-agent: *\n" + "".join(f"disallow:/*{n}*x\n" for n in range(PIECE // 19)),
    "one pattern of stars": "user-agent: *\ndisallow: /" + "*a" * (PIECE // 2),
    "escapes": "user-agent: *\n" + "".join(f"allow:/%e{n:05}%7e\n" for n in range(PIECE // 19)),
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_no_file_of_strangers_keeps_us_busy(text: str) -> None:
    with must_end():
        rules = rules_for("Heron", text[:PIECE])
        rules.allow(SITE + "/" + "a" * 2_000 + "/frog")


LONG = SITE + "/" + "a" * 32_000
COSTLY: dict[str, Callable[[int], str]] = {
    "no letter of it": lambda number: f"*b{number}",
    "nearly": lambda number: f"*{'a' * 8}b{number:x}",
    "many stars": lambda number: "*a*" * 6 + f"b{number}",
    "one folder": lambda number: f"/a*b{number}$",
}


@pytest.mark.parametrize("pattern", COSTLY.values(), ids=COSTLY.keys())
def test_a_permission_costs_little_whatever_stands_in_the_file(
    pattern: Callable[[int], str],
) -> None:
    lines = "".join(f"disallow:{pattern(number)}\n" for number in range(30_000))
    rules = rules_for("Heron", ("user-agent: *\n" + lines)[:PIECE])
    with must_end():
        for _ in range(100):  # to hold each pattern against all of it would take seconds a time
            assert rules.allow(LONG) is (pattern(0)[0] == "*")


def test_of_too_many_stars_what_forbids_holds_by_its_beginning() -> None:
    lines = "".join(f"Disallow: /*/{number}/\n" for number in range(WILD))
    robots = f"User-agent: *\n{lines}Disallow: /pond*frog\nAllow: /lake*frog\nDisallow: *newt\n"
    assert not may(robots, f"/a/{WILD - 1}/")
    assert not may(robots, "/pond/newt")
    assert may(robots, "/lake/newt")
    assert may(robots + "Allow: /*/7/\n", "/a/7/")  # what is known already takes no room


def test_endings_without_stars_are_as_many_as_one_likes() -> None:
    robots = "User-agent: *\n" + "".join(f"Disallow: /{n}$\n" for n in range(2 * WILD))
    assert not may(robots, f"/{2 * WILD - 1}")
    assert may(robots, f"/{2 * WILD - 1}/")


def test_stars_are_followed_far_and_an_end_is_the_end_of_the_address() -> None:
    robots = "User-agent: *\nDisallow: /*frog\nDisallow: /*.pdf$\n"
    assert not may(robots, "/" + "a" * 2_000 + "/frog")
    assert may(robots, "/" + "a" * 3_000 + "/frog")
    assert not may(robots, "/" + "a" * 3_000 + ".pdf")
    assert may(robots, "/" + "a" * 1_000 + ".pdf" + "a" * 3_000)


def test_the_weightiest_of_all_wild_rules_decides_wherever_its_star_stands() -> None:
    robots = "User-agent: *\nDisallow: /*\nAllow: /pond/*\nDisallow: /*/frog\nAllow: /p*/frog\n"
    assert may(robots, "/pond/frog")
    assert may(robots, "/pond/newt")
    assert not may(robots, "/lake/frog")
    assert not may(robots, "/lake")
