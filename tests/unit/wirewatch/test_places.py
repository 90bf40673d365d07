"""How places are written in wirewatch.toml."""

from collections.abc import Callable

import pytest

from wirewatch.config.places import (
    archive_address,
    channel_address,
    mail_address,
    mail_server,
    proxy_address,
    web_address,
)

RIGHT: list[tuple[Callable[[str], str], str]] = [
    (web_address, "https://en.yna.co.kr/RSS/news.xml"),
    (web_address, "http://127.0.0.1:9300/feed?x=1#y"),
    (web_address, "http://[::1]:9300/"),
    (web_address, "https://北朝鮮.example/"),
    (web_address, "https://user:word@news.example/feed"),
    (channel_address, "https://n8n.example/webhook/abc"),
    (channel_address, "mailto:desk@example.org"),
    (channel_address, "apprise:ntfy://ntfy.example/topic"),
    (channel_address, "jsonl:alerts.jsonl"),
    (channel_address, "command:/usr/local/bin/tell"),
    (mail_address, "wirewatch <alerts@example.org>"),
    (mail_address, '"Desk, night" <desk@example.org>'),
    (mail_server, "smtp://user@mail.example:587"),
    (mail_server, "smtps://mail.example"),
    (proxy_address, "http://proxy.example:3128"),
    (proxy_address, "socks5://127.0.0.1:1080"),
    (archive_address, "sqlite:///wirewatch.db"),
    (archive_address, "sqlite:////var/lib/wirewatch/archive.db"),
    (archive_address, "postgresql://wire@db.example/news"),
    (archive_address, "postgresql:///news?host=/run/postgresql"),
]

WRONG: list[tuple[Callable[[str], str], str, str]] = [
    (web_address, "en.yna.co.kr/RSS", "an address begins with https:// or http://, not a bare"),
    (web_address, "ftp://news.example/", 'an address begins with https:// or http://, not "ftp:"'),
    (web_address, "https:///feed", "the address names no host"),
    (web_address, "https://-/feed", "the address names no host"),
    (web_address, "https://news.example:99999/", "that is no address: its host or port"),
    (web_address, "https://[::1/", "that is no address: its host or port"),
    (web_address, "https://news.example/a b", "an address holds no blanks"),
    (channel_address, "desk@example.org", "a channel's address begins with"),
    (channel_address, "htps://n8n.example/", '"command:", not "htps:" (did you mean "https"?)'),
    (channel_address, "slack://a/b", 'other services are written "apprise:slack://…"'),
    (channel_address, "https://", "the address names no host"),
    (channel_address, "mailto:desk", "that is no mail address"),
    (channel_address, "mailto:a@example.org,b@example.org", "a channel is one address"),
    (channel_address, "mailto:a@example.org?subject=x", "a channel is one address"),
    (channel_address, "jsonl:", 'nothing stands behind "jsonl:"'),
    (mail_address, "desk@", "that is no mail address"),
    (mail_address, "", "that is no mail address"),
    (mail_address, '"@kim NEAR/5 (x"', "that is no mail address"),
    (mail_server, "mail.example:587", "a mail server is written"),
    (mail_server, "smtp://user:word@mail.example", "the password stands in its own key"),
    (proxy_address, "proxy:3128", "a proxy is written"),
    (archive_address, "sqlite://", "an archive is written"),
    (archive_address, "sqlite:///", "an archive is written"),
    (archive_address, "postgresql://db.example", "an archive is written"),
    (archive_address, "mysql://db.example/news", "an archive is written"),
]


@pytest.mark.parametrize(("check", "text"), RIGHT)
def test_a_right_place_stays_as_it_is(check: Callable[[str], str], text: str) -> None:
    assert check(text) == text


@pytest.mark.parametrize(("check", "text", "words"), WRONG)
def test_a_wrong_place_is_told_in_words(check: Callable[[str], str], text: str, words: str) -> None:
    with pytest.raises(ValueError) as fault:
        check(text)
    assert words in str(fault.value)


def test_words_never_repeat_what_may_be_secret() -> None:
    for check in (web_address, channel_address, mail_server, proxy_address, archive_address):
        with pytest.raises(ValueError) as fault:
            check("hooks.example:s3cret/token@x y")
        assert "s3cret" not in str(fault.value)
