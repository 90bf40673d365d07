"""What a right configuration means: values, defaults, includes, and what is not served yet."""

import re
from datetime import timedelta
from pathlib import Path

import pytest

from news.channel import ChannelSettings
from news.errors import ConfigurationError
from news.source import SourceSettings
from news.watch import WatchSettings
from wirewatch.cli.init import template
from wirewatch.config.load import load, load_or_default
from wirewatch.config.unserved import unserved
from wirewatch.config.values import Configuration
from wirewatch.net.guard import Guard

SECRET = "whsec_" + "a2V5" * 8
EVERYTHING = """\
timezone = "Asia/Seoul"
catch_up = "1h30m"

[web]
host = "127.0.0.1"
port = 8421
base_url = "https://wire.example"
allowed_hosts = ["wire.example"]

[network]
allow = ["10.1.2.3:8080", "127.0.0.1:9300-9400", "[::1]:80", "10.0.0.0/8", "fd00::/8", "nas:80"]
contact = "desk@example.org"
delay = "500ms"
proxy = "http://proxy.example:3128"
timeout = "20s"
max_bytes = "5 MiB"

[cadence]
min = "30s"
max = "12h"

[notices]
to = "desk"
heartbeat = "https://hc.example/ping/x"
heartbeat_every = "2m"

[archive]
url = "sqlite:///data/news.db"
durability = "full"
keep = "400d"

[mail]
server = "smtp://user@mail.example:587"
from = "wirewatch <alerts@example.org>"
password = "file:password"

[[source]]
name = "Yonhap"
kind = "feed"
url = "https://en.yna.co.kr/RSS/news.xml"
every = "2m"
tags = ["korea"]

[[source]]
name = "KCNA"
url = "http://www.kcna.kp"
cron = "*/5 6-22 * * *"
timezone = "Asia/Pyongyang"
links = "a.title"
sections = ["/en"]
depth = 2
pages = 50
render = true

[[channel]]
name = "newsroom"
url = "https://n8n.example/webhook/abc"
secret = ["env:OLD", "SECRET"]
shape = "slack"
rate = "30/m"
concurrency = 4

[[channel]]
name = "slow"
url = "https://slow.example/"
rate = "1/s"

[[channel]]
name = "desk"
url = "mailto:desk@example.org"

[[channel]]
name = "file"
url = "jsonl:out/alerts.jsonl"

[[channel]]
name = "speak"
url = "command:bin/speak"
allow_command = true

[[alias]]
name = "kim-jong-un"
terms = ["Kim Jong-un", "김정은", "Ким Чен Ын*"]

[[publisher]]
domain = "kcnawatch.org"
name = "KCNA Watch"
family = "nknews"
country = "KR"

[[watch]]
name = "DPRK troops in Russia"
was = "Troops"
query = '''
"North Korean"
(soldiers OR troops)
'''
to = ["newsroom", "desk"]
alert = ["story", "edit"]
min_publishers = 2
when = "daily 07:30"
max_per_hour = 10
cooldown = "5m"
quiet = "23:00-07:00 Asia/Seoul"
timezone = "Europe/Berlin"
noisy = true
private = true
owner = "ann"
""".replace("SECRET", SECRET)


@pytest.fixture
def everything(tmp_path: Path) -> Configuration:
    (tmp_path / "password").write_text("open sesame\n")
    path = tmp_path / "wirewatch.toml"
    path.write_text(EVERYTHING, "utf-8")
    return load(path, environ={"OLD": SECRET})


def test_every_section_becomes_values(everything: Configuration, tmp_path: Path) -> None:
    assert everything.file == tmp_path / "wirewatch.toml"
    assert everything.timezone == "Asia/Seoul"
    assert everything.catch_up == timedelta(minutes=90)
    assert everything.web.port == 8421
    assert everything.web.base_url == "https://wire.example"
    assert everything.network.delay == timedelta(milliseconds=500)
    assert everything.network.max_bytes == 5 * 1_048_576
    assert everything.cadence.max == timedelta(hours=12)
    assert everything.notices.to == ("desk",)
    assert everything.archive.url == f"sqlite:///{tmp_path}/data/news.db"
    assert everything.archive.keep == timedelta(days=400)
    assert everything.mail.sender == "wirewatch <alerts@example.org>"
    assert everything.mail.password == "open sesame"


def test_sources_have_their_kind_and_zone(everything: Configuration) -> None:
    feed, listing = everything.sources
    assert feed.settings == SourceSettings(
        name="Yonhap",
        kind="feed",
        url="https://en.yna.co.kr/RSS/news.xml",
        every=timedelta(minutes=2),
        timezone="Asia/Seoul",
        tags=("korea",),
    )
    assert (listing.settings.kind, listing.settings.cron) == ("site", "*/5 6-22 * * *")
    assert listing.settings.timezone == "Asia/Pyongyang"
    assert (
        listing.settings.spider.links,
        listing.settings.spider.depth,
        listing.settings.spider.render,
    ) == (
        "a.title",
        2,
        True,
    )
    assert str(listing.origin).endswith("wirewatch.toml:44")


def test_channels_have_their_secrets_and_places(everything: Configuration, tmp_path: Path) -> None:
    newsroom, _, desk, file, speak = (channel.settings for channel in everything.channels)
    assert newsroom == ChannelSettings(
        name="newsroom",
        url="https://n8n.example/webhook/abc",
        secrets=(SECRET, SECRET),
        shape="slack",
        rate="30/m",
        concurrency=4,
    )
    assert desk.url == "mailto:desk@example.org"
    assert file.url == f"jsonl:{tmp_path}/out/alerts.jsonl"
    assert speak.url == f"command:{tmp_path}/bin/speak"


def test_watches_are_the_archives_settings(everything: Configuration) -> None:
    (watch,) = everything.watches
    assert watch.was == "Troops"
    assert watch.settings == WatchSettings(
        name="DPRK troops in Russia",
        query='"North Korean"\n(soldiers OR troops)\n',
        to=("newsroom", "desk"),
        alert=("story", "edit"),
        min_publishers=2,
        when="daily 07:30",
        max_per_hour=10,
        cooldown=timedelta(minutes=5),
        quiet="23:00-07:00 Asia/Seoul",
        timezone="Europe/Berlin",
        noisy=True,
        private=True,
        owner="ann",
    )


def test_aliases_and_publishers(everything: Configuration) -> None:
    assert everything.aliases[0].settings.terms == ("Kim Jong-un", "김정은", "Ким Чен Ын*")
    (publisher,) = everything.publishers
    assert (publisher.domain, publisher.country) == ("kcnawatch.org", "kr")


def test_no_secret_is_in_what_is_shown(everything: Configuration) -> None:
    shown = repr(everything)
    for secret in (SECRET, "open sesame", "n8n.example", "hc.example", "proxy.example"):
        assert secret not in shown


def test_what_is_allowed_is_what_the_guard_reads(everything: Configuration) -> None:
    guard = Guard.of(everything.network.allow)
    assert guard.fault("127.0.0.1", "127.0.0.1", 9300) is None
    assert guard.fault("127.0.0.1", "127.0.0.1", 9401) is not None


def test_what_is_not_served_is_named_once_each(everything: Configuration) -> None:
    lines = unserved(everything)
    assert len(lines) == len(set(lines))
    named = "\n".join(lines)
    for words in (
        "[web]: ",
        "[web] base_url: ",
        "[notices] heartbeat: ",
        '[[channel]] "newsroom" shape: ',
        '[[channel]] "slow" rate: ',
        '[[channel]] "file": jsonl: ',
        '[[channel]] "speak": command: ',
        '[[watch]] "DPRK troops in Russia" alert: not told yet: edit',
        '[[watch]] "DPRK troops in Russia" min_publishers: ',
        '[[watch]] "DPRK troops in Russia" when: ',
        '[[watch]] "DPRK troops in Russia" max_per_hour: ',
        '[[watch]] "DPRK troops in Russia" cooldown: ',
        '[[watch]] "DPRK troops in Russia" quiet: ',
        '[[watch]] "DPRK troops in Russia" private, owner: ',
    ):
        assert named.count(words) == 1, words


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("", "auto"),
        ("kind = 'feed'", "feed"),
        ("kind = 'list'", "list"),
        ("links = 'h3 > a'", "list"),
        ("links = 'h3 > a'\ndepth = 1", "site"),
        ("sections = ['/en']", "site"),
        ("pages = 9", "site"),
    ],
)
def test_a_kind_that_is_left_out_is_found_out_by_looking(
    said: str, kind: str, tmp_path: Path
) -> None:
    path = tmp_path / "wirewatch.toml"
    path.write_text(f"[[source]]\nname = 'a'\nurl = 'https://a.example/'\n{said}\n")
    configuration = load(path, environ={})
    assert configuration.sources[0].settings.kind == kind
    assert unserved(configuration) == []


@pytest.mark.parametrize("key", ["sections = ['/en']", "depth = 2", "pages = 9"])
def test_what_means_nothing_for_a_list_is_said(key: str, tmp_path: Path) -> None:
    path = tmp_path / "wirewatch.toml"
    path.write_text(f"[[source]]\nname = 'a'\nurl = 'https://a.example/'\nkind = 'list'\n{key}\n")
    (line,) = unserved(load(path, environ={}))
    goes_on = 'a list is one page; kind = "site" goes further'
    assert line == f'[[source]] "a" sections, depth, pages: {goes_on}'


def test_what_is_served_is_not_named(tmp_path: Path) -> None:
    path = tmp_path / "wirewatch.toml"
    path.write_text(
        '[network]\nallow = ["127.0.0.1:1"]\n'
        '[[source]]\nname = "a"\nurl = "https://a.example/"\n'
        '[[channel]]\nname = "c"\nurl = "https://c.example/"\n'
        '[[alias]]\nname = "x"\nterms = ["y"]\n'
        '[[watch]]\nname = "w"\nquery = "@x"\nto = "c"\nalert = ["story", "article"]\n'
        '[[publisher]]\ndomain = "a.example"\nname = "A"\n'
    )
    assert unserved(load(path)) == []


def test_without_a_file_there_are_defaults(tmp_path: Path) -> None:
    configuration = load_or_default(None, folder=tmp_path)
    assert configuration.file is None
    assert configuration.archive.url == f"sqlite:///{tmp_path}/wirewatch.db"
    assert configuration.catch_up == timedelta(hours=1)
    assert configuration.web.host == "127.0.0.1"
    assert configuration.sources == ()
    assert unserved(configuration) == []


def test_the_file_in_the_folder_is_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "wirewatch.toml").write_text('timezone = "Asia/Soul"')
    with pytest.raises(ConfigurationError, match=r"^wirewatch.toml:1: timezone"):
        load_or_default(None, folder=tmp_path)


def test_a_named_file_must_be_there(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match=r"gone.toml: cannot be read"):
        load_or_default(tmp_path / "gone.toml", folder=tmp_path)


def test_windows_files_are_read_too(tmp_path: Path) -> None:
    path = tmp_path / "wirewatch.toml"
    path.write_bytes(b'\xef\xbb\xbftimezone = "UTC"\r\n\r\n[web]\r\nprt = 1\r\n')
    with pytest.raises(ConfigurationError, match=r"wirewatch.toml:4: \[web\]: unknown key"):
        load(path)


def test_the_template_is_right_and_so_is_everything_in_it(tmp_path: Path) -> None:
    path = tmp_path / "wirewatch.toml"
    path.write_text(template(), "utf-8")
    assert load(path).sources == ()
    (tmp_path / "more.toml").write_text("")
    (tmp_path / "secret.txt").write_text(SECRET)
    path.write_text(re.sub("^#: ", "", template(), flags=re.MULTILINE), "utf-8")
    configuration = load(path)
    assert len(configuration.sources) == len(configuration.watches) == 1
    assert unserved(configuration) == []
