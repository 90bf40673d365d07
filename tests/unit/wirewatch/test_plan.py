"""What the configuration changes in the archive, decided without either."""

from dataclasses import asdict, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from archive.publishers import KeptPublisher
from archive.sources import KeptSource
from news.channel import ChannelSettings, KeptChannel
from news.errors import ConfigurationError
from news.families import shipped
from news.source import Rhythm, SourceSettings
from news.watch import Watch, WatchSettings
from wirewatch.comparison import Step, Verb
from wirewatch.config.fault import Origin
from wirewatch.config.values import (
    Configuration,
    DesiredChannel,
    DesiredPublisher,
    DesiredSource,
    DesiredWatch,
)
from wirewatch.plan import LEFT_THE_FILE, Kept, Plan, plan

FILE = Path("/etc/wirewatch.toml")
HERE = Origin("wirewatch.toml", 3)
NOW = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)
SOURCE = SourceSettings(name="Yonhap", kind="feed", url="https://en.yna.co.kr/RSS/news.xml")
CHANNEL = ChannelSettings(name="newsroom", url="https://n8n.example/a", secrets=("whsec_a",))
WATCH = WatchSettings(name="Troops", query="soldiers", to=("newsroom",))


def asked(*settings: object, was: str | None = None) -> Configuration:
    """Return a file that asks for these settings; `was` is the former name of each."""
    return Configuration(
        file=FILE,
        sources=tuple(
            DesiredSource(settings=one, origin=HERE, was=was)
            for one in settings
            if isinstance(one, SourceSettings)
        ),
        channels=tuple(
            DesiredChannel(settings=one, origin=HERE, was=was)
            for one in settings
            if isinstance(one, ChannelSettings)
        ),
        watches=tuple(
            DesiredWatch(settings=one, origin=HERE, was=was)
            for one in settings
            if isinstance(one, WatchSettings)
        ),
    )


def source(
    settings: SourceSettings = SOURCE, *, owner: str | None = str(FILE), paused: str | None = None
) -> KeptSource:
    return KeptSource(
        id=1,
        settings=settings,
        owned_by_file=owner,
        added_at=NOW,
        paused_reason=paused,
        next_visit_at=None,
        last_visit_at=None,
        last_good_at=None,
        failing_since=None,
        last_reason=None,
        rhythm=Rhythm(),
    )


def channel(settings: ChannelSettings = CHANNEL, owner: str | None = str(FILE)) -> KeptChannel:
    return KeptChannel(id=2, settings=settings, owned_by_file=owner)


def watch(settings: WatchSettings = WATCH, *, paused: bool = False) -> Watch:
    return Watch(
        id=3, version=1, settings=settings, added_at=NOW, paused=paused, owned_by_file=str(FILE)
    )


ALL = Kept(sources=[source()], channels=[channel()], watches=[watch()])


def gist(planned: Plan) -> list[tuple[str, str, str]]:
    return [(step.verb.value, step.noun, step.name) for step in planned.steps]


def only(planned: Plan) -> Step:
    (step,) = planned.steps
    return step


def test_what_is_new_is_added_channels_before_the_watches_that_name_them() -> None:
    assert gist(plan(asked(WATCH, SOURCE, CHANNEL), Kept())) == [
        ("add", "channel", "newsroom"),
        ("add", "source", "Yonhap"),
        ("add", "watch", "Troops"),
    ]


def test_what_is_there_already_needs_nothing() -> None:
    assert plan(asked(SOURCE, CHANNEL, WATCH), ALL) == Plan(file=str(FILE))


def test_without_a_file_nothing_is_touched() -> None:
    assert plan(Configuration(), ALL, prune=True) == Plan()


def test_a_change_tells_old_and_new() -> None:
    wanted = replace(SOURCE, every=timedelta(minutes=2), tags=("korea", "north"))
    step = only(plan(asked(wanted), Kept(sources=[source()])))
    assert (step.verb, step.number, step.settings) == (Verb.CHANGE, 1, wanted)
    assert [(one.key, one.old, one.new) for one in step.told] == [
        ("every", "–", "2m"),
        ("tags", "–", "korea, north"),
    ]


def test_a_changed_secret_or_address_is_told_but_not_shown() -> None:
    wanted = replace(CHANNEL, url="https://n8n.example/b", secrets=("whsec_b", "whsec_a"))
    step = only(plan(asked(wanted), Kept(channels=[channel()])))
    assert [(one.key, one.old, one.new) for one in step.told] == [
        ("url", "https://n8n.example/…", "https://n8n.example/…"),
        ("secret", "(1 not shown)", "(2 not shown)"),
    ]


def test_a_channel_without_a_secret_keeps_the_one_that_was_made() -> None:
    wanted = replace(CHANNEL, secrets=())
    assert plan(asked(wanted), Kept(channels=[channel()])).steps == ()
    renamed = asked(replace(wanted, name="desk"), was="newsroom")
    assert gist(plan(renamed, Kept(channels=[channel()]))) == [("rename", "channel", "desk")]


@pytest.mark.parametrize("settings", [SOURCE, CHANNEL, WATCH])
def test_a_former_name_renames(
    settings: SourceSettings | ChannelSettings | WatchSettings,
) -> None:
    wanted = asked(replace(settings, name="New"), was=settings.name)
    steps = plan(wanted, ALL).steps
    renames = [step for step in steps if step.verb is Verb.RENAME]
    assert [(step.name, step.told[0].old) for step in renames] == [("New", settings.name)]


def test_a_former_name_may_stay_in_the_file() -> None:
    wanted = asked(replace(SOURCE, name="New"), was="Yonhap")
    assert plan(wanted, Kept(sources=[source(replace(SOURCE, name="New"))])).steps == ()


def test_a_source_at_the_same_address_is_the_same_source() -> None:
    wanted = replace(SOURCE, name="Yonhap English", url=SOURCE.url + "?utm_source=x")
    steps = plan(asked(wanted), Kept(sources=[source()])).steps
    assert [step.verb for step in steps] == [Verb.RENAME, Verb.CHANGE]


def test_a_renamed_channel_changes_no_watch_that_names_it_anew() -> None:
    wanted = Configuration(
        file=FILE,
        channels=(
            DesiredChannel(settings=replace(CHANNEL, name="desk"), origin=HERE, was="newsroom"),
        ),
        watches=(DesiredWatch(settings=replace(WATCH, to=("desk",)), origin=HERE),),
    )
    kept = Kept(channels=[channel()], watches=[watch()])
    assert gist(plan(wanted, kept)) == [("rename", "channel", "desk")]


def test_what_left_the_file_rests_and_channels_stay() -> None:
    planned = plan(asked(), ALL)
    assert gist(planned) == [("pause", "watch", "Troops"), ("pause", "source", "Yonhap")]
    assert planned.remarks == ('channel "newsroom" left the file and stays until `apply --prune`',)


def test_what_rests_already_is_only_remarked() -> None:
    kept = Kept(sources=[source(paused=LEFT_THE_FILE)], watches=[watch(paused=True)])
    planned = plan(asked(), kept)
    assert planned.steps == ()
    assert planned.remarks == (
        'watch "Troops" left the file and rests until `apply --prune`',
        'source "Yonhap" left the file and rests until `apply --prune`',
    )


def test_pruning_removes_watches_before_sources_before_channels() -> None:
    planned = plan(asked(), ALL, prune=True)
    assert gist(planned) == [
        ("remove", "watch", "Troops"),
        ("remove", "source", "Yonhap"),
        ("remove", "channel", "newsroom"),
    ]
    assert planned.removals == 3
    assert planned.remarks == ()


def test_what_comes_back_goes_on() -> None:
    kept = Kept(sources=[source(paused=LEFT_THE_FILE)], watches=[watch(paused=True)])
    assert gist(plan(asked(SOURCE, WATCH), kept)) == [
        ("resume", "source", "Yonhap"),
        ("resume", "watch", "Troops"),
    ]


def test_a_source_that_stopped_by_itself_goes_on_only_when_it_was_changed() -> None:
    kept = Kept(sources=[source(paused="410 Gone")])
    assert plan(asked(SOURCE), kept).steps == ()
    moved = replace(SOURCE, url="https://en.yna.co.kr/new.xml")
    assert [step.verb for step in plan(asked(moved), kept).steps] == [Verb.CHANGE, Verb.RESUME]


@pytest.mark.parametrize(
    ("kept", "words"),
    [
        (
            source(owner=None),
            'wirewatch.toml:3: [[source]] "Yonhap": a source of this name was made',
        ),
        (source(replace(SOURCE, name="B"), owner=None), '"Yonhap": a source of this address was'),
        (source(owner="/etc/b.toml"), '"Yonhap": a source of this name belongs to /etc/b.toml'),
    ],
)
def test_what_is_not_the_files_is_refused(kept: KeptSource, words: str) -> None:
    with pytest.raises(ConfigurationError) as refused:
        plan(asked(SOURCE), Kept(sources=[kept]))
    assert words in str(refused.value)


@pytest.mark.parametrize(
    ("before", "after", "kind"),
    [
        ("https://n8n.example/a", "mailto:desk@mail.test", "webhook"),
        ("mailto:desk@mail.test", "https://n8n.example/a", "mail"),
    ],
)
@pytest.mark.parametrize("was", [None, "newsroom"])
def test_a_channel_keeps_its_kind(before: str, after: str, kind: str, was: str | None) -> None:
    name = "desk" if was else "newsroom"
    kept = Kept(channels=[channel(replace(CHANNEL, url=before))])
    with pytest.raises(ConfigurationError) as refused:
        plan(asked(replace(CHANNEL, name=name, url=after), was=was), kept)
    assert str(refused.value) == (
        f'wirewatch.toml:3: [[channel]] "{name}": it is a {kind} channel and cannot become another '
        "kind; give the new one another name, and that to the watches that name it"
    )


def test_a_channel_may_move_within_its_kind() -> None:
    kept = Kept(channels=[channel(replace(CHANNEL, url="http://n8n.example/a"))])
    assert gist(plan(asked(CHANNEL), kept)) == [("change", "channel", "newsroom")]


def test_every_clash_is_told_at_once() -> None:
    kept = Kept(sources=[source(owner=None)], channels=[channel(owner=None)])
    with pytest.raises(ConfigurationError) as refused:
        plan(asked(SOURCE, CHANNEL), kept)
    assert len(str(refused.value).splitlines()) == 2


def test_objects_made_by_hand_are_left_alone() -> None:
    kept = Kept(sources=[source(owner=None)], channels=[channel(owner=None)])
    assert plan(asked(), kept, prune=True) == Plan(file=str(FILE))


def test_a_file_that_moved_takes_its_objects_along() -> None:
    old = "/old/wirewatch.toml"
    other = replace(source(owner=old), id=9, settings=replace(SOURCE, name="B", url="https://b/"))
    kept = Kept(sources=[source(owner=old), other], vanished=frozenset({old}))
    planned = plan(asked(SOURCE), kept)
    assert [(one.key, one.old, one.new) for one in only(planned).told] == [("file", old, str(FILE))]
    assert planned.remarks == (f"1 object belongs to {old}, which is gone: left alone",)


def test_what_is_not_served_yet_is_left_out() -> None:
    wanted = asked(
        replace(CHANNEL, url="jsonl:/var/alerts.jsonl"),
        replace(CHANNEL, shape="slack"),
    )
    assert plan(wanted, Kept()).steps == ()


def test_publishers_are_described_where_that_says_something_new() -> None:
    configuration = Configuration(
        file=FILE,
        publishers=(
            DesiredPublisher(domain="kcnawatch.org", origin=HERE, name="KCNA Watch", country="kr"),
            DesiredPublisher(domain="nknews.org", origin=HERE, family="nknews"),
            DesiredPublisher(domain="a.example", origin=HERE, name="A"),
        ),
    )
    kept = [
        KeptPublisher(id=1, domain="nknews.org", name="NK", family="nknews", country=None),
        KeptPublisher(id=2, domain="a.example", name="A", family=None, country=None),
    ]
    planned = plan(configuration, Kept(publishers=kept))
    assert gist(planned) == [
        ("add", "publisher", "kcnawatch.org"),
        ("change", "publisher", "nknews.org"),
    ]


def test_what_is_known_of_a_publisher_from_the_start_is_no_news() -> None:
    said = DesiredPublisher(domain="theguardian.com", origin=HERE, name="The Guardian")
    known = shipped("theguardian.com")
    kept = [KeptPublisher(id=1, domain="theguardian.com", **asdict(known))]
    assert plan(Configuration(file=FILE, publishers=(said,)), Kept(publishers=kept)).steps == ()


def test_what_a_file_no_longer_says_of_a_publisher_is_taken_back() -> None:
    said = KeptPublisher(id=1, domain="a.example", name="A", family="f", country=None)
    kept = [replace(said, owned_by_file=str(FILE)), replace(said, id=2, owned_by_file="other.toml")]
    planned = plan(Configuration(file=FILE), Kept(publishers=kept))
    assert gist(planned) == [("remove", "publisher", "a.example")]
