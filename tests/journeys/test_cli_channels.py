"""Ways out are added, listed, rotated, opened and removed, at a shell."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from archive import channels, outbox
from archive.database import Database
from news.channel import KeptChannel
from news.clock import utc_now
from news.delivery import Attempt
from tests.journeys.command_line import Ran, wirewatch, write

HOOK = "https://hook.test/path-that-is-a-secret?token=t0ken"
SECRET = "whsec_" + "a2V5" * 8
MAIL = '[mail]\nserver = "smtp://post.test"\nfrom = "wirewatch@a.test"\n'
FILED = f"[[channel]]\nname = 'filed'\nurl = '{HOOK}'\n"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    write(MAIL)
    return tmp_path


@pytest.fixture
def archive(folder: Path) -> Iterator[Database]:
    assert wirewatch("channel", "add", "desk", HOOK, "--secret", SECRET).code == 0
    database = Database.open(f"sqlite:///{folder / 'wirewatch.db'}")
    yield database
    database.close()


def channel(*words: str) -> Ran:
    return wirewatch("channel", *words)


def kept(archive: Database, name: str = "desk") -> KeptChannel:
    with archive.reading() as conn:
        return next(one for one in channels.listing(conn) if one.settings.name == name)


def test_a_file_may_name_a_channel_that_was_added_by_hand(archive: Database) -> None:
    write(f"{MAIL}[notices]\nto = ['desk']\n[[watch]]\nname = 'w'\nquery = 'x'\nto = ['desk']\n")
    assert wirewatch("check").code == 0
    assert wirewatch("source", "list").code == 0
    assert wirewatch("apply", "--yes").code == 0
    assert kept(archive).owned_by_file is None
    write(f"{MAIL}[[watch]]\nname = 'w'\nquery = 'x'\nto = ['dask']\n")
    ran = wirewatch("check")
    assert (ran.code, 'there is no channel "dask" (did you mean "desk"?)' in ran.err) == (
        1,
        True,
    )


def test_a_channel_that_left_the_file_is_not_there_by_hand(archive: Database) -> None:
    write(f"{MAIL}{FILED}[notices]\nto = ['filed']\n")
    assert wirewatch("apply", "--yes").code == 0
    write(f"{MAIL}[notices]\nto = ['filed']\n")
    assert kept(archive, "filed").owned_by_file is not None
    assert wirewatch("check").code == 1


def test_what_an_archive_that_is_to_be_upgraded_holds_is_not_judged(archive: Database) -> None:
    with archive.writing() as conn:
        conn.execute(text("UPDATE alembic_version SET version_num = '0001'"))
    write(f"{MAIL}[notices]\nto = ['desk']\n")
    assert wirewatch("check").code == 0


def owe(archive: Database, count: int = 1, number: int = 1) -> None:
    with archive.writing() as conn:
        for _ in range(count):
            outbox.owe(conn, channel=number, alerts=[], payload=b"{}", now=utc_now())


def close(archive: Database) -> None:
    """Let the receiver say that it wants nothing more."""
    owe(archive)
    with archive.writing() as conn:
        now = utc_now()
        due = outbox.claim_due(conn, now=now, lease=now - now, limit=1)[0]
        gone = Attempt(at=now, outcome="HTTP 410", status=410)
        outbox.bury(conn, due, gone, disable=True)


def test_a_webhook_is_added_and_its_secret_is_shown_once() -> None:
    ran = channel("add", "desk", HOOK)
    assert ran.code == 0, ran.err
    assert ran.out.startswith('ch_1 "desk" → https://hook.test/…\n')
    (secret,) = re.findall(r"^  (whsec_[A-Za-z0-9+/=]{44})$", ran.out, re.MULTILINE)
    assert "wirewatch channel test desk" in ran.err
    for again in (channel("list"), channel("list", "--json"), channel("add", "desk", HOOK)):
        assert secret not in again.out + again.err
        assert "path-that-is" not in again.out + again.err


def test_a_secret_that_is_given_is_never_shown(
    monkeypatch: pytest.MonkeyPatch, folder: Path
) -> None:
    monkeypatch.setenv("WHSEC", SECRET)
    (folder / "key").write_text(SECRET)
    for number, spelt in enumerate((SECRET, "env:WHSEC", "file:key")):
        ran = channel("add", f"c{number}", HOOK, "--secret", spelt)
        assert ran.code == 0
        assert SECRET not in ran.out + ran.err
    database = Database.open(f"sqlite:///{folder / 'wirewatch.db'}")
    assert {kept(database, f"c{number}").settings.secrets for number in range(3)} == {(SECRET,)}
    database.close()


def test_a_mailbox_is_added_and_machines_are_told() -> None:
    ran = channel("add", "post", "mailto:desk@example.org", "--json")
    assert json.loads(ran.out) == {"id": "ch_1", "name": "post", "secret": None}
    (row,) = channel("list").out.splitlines()
    assert row.split("\t")[:5] == ["ch_1", "post", "mail", "mailto:desk@example.org", "ok"]
    made = channel("add", "hook", HOOK, "--json")
    assert json.loads(made.out)["secret"].startswith("whsec_")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["x", "ftp://a.test/"], "a channel's address begins with"),
        (["x", "apprise:ntfy://abc"], "services of Apprise (apprise:) are not served yet."),
        (["x", "mailto:nobody"], "that is no mail address"),
        (["x", "mailto:a@b.test", "--secret", SECRET], "only webhooks are signed"),
        (["ch_1", HOOK], "is how wirewatch itself numbers things"),
        (["x", HOOK, "--secret", "hunter2"], '--secret: a webhook\'s secret begins with "whsec_"'),
        (["x", HOOK, "--secret", "env:NOT_THERE"], "--secret: the environment has no"),
        (["x", "http://127.0.0.1:9300/hook"], '[network]\nallow = ["127.0.0.1:9300"]'),
        (["x", "http://localhost/hook"], 'allow = ["localhost:80"]'),
        (["x", "https://[fd00::1]/hook"], 'allow = ["[fd00::1]:443"]'),
        (["x", "http://0x7f.1:8080/hook"], 'allow = ["0x7f.1:8080"]'),
    ],
)
def test_what_would_never_arrive_is_refused_at_once(words: list[str], said: str) -> None:
    ran = channel("add", *words)
    assert ran.code == 2
    assert said in ran.err
    assert "path-that-is" not in ran.err
    assert "hunter2" not in ran.err
    assert not Path("wirewatch.db").exists()


def test_a_private_address_that_is_listed_is_taken_and_mail_needs_a_server() -> None:
    write('[network]\nallow = ["10.0.0.0/8", "127.0.0.1:9300"]\n')
    assert channel("add", "near", "http://127.0.0.1:9300/hook").code == 0
    assert channel("add", "inside", "https://10.1.2.3/hook").code == 0
    other = channel("add", "other", "http://127.0.0.1:9301/hook")
    assert 'allow = ["10.0.0.0/8", "127.0.0.1:9300", "127.0.0.1:9301"]' in other.err
    mail = channel("add", "post", "mailto:desk@example.org")
    assert mail.code == 2
    assert "[mail]\nserver = " in mail.err


def test_names_are_taken_once_and_the_files_are_the_files() -> None:
    write(MAIL + FILED)
    refused = channel("add", "filed", HOOK)
    assert (refused.code, "`wirewatch apply`" in refused.err) == (2, True)
    assert channel("add", "desk", HOOK).code == 0
    assert 'There is a channel "desk" already.' in channel("add", "desk", HOOK).err
    wirewatch("apply")
    assert "wirewatch.toml" in channel("list").out
    gone = channel("rm", "filed", "--yes")
    assert gone.code == 2
    assert "stands in" in gone.err


def test_a_list_shows_how_each_does(archive: Database) -> None:
    owe(archive)
    close(archive)
    owe(archive, 2)
    ran = channel("list")
    row = ran.out.rstrip("\n").split("\t")
    assert row[:4] == ["ch_1", "desk", "webhook", "https://hook.test/…"]
    assert re.fullmatch(r"disabled since \S+Z: HTTP 410", row[4])
    assert row[5:] == ["3", "1", "-"]
    assert "wirewatch channel enable desk" in ran.err
    told = json.loads(channel("list", "--json").out)
    assert (told["state"], told["reason"]) == ("disabled", "HTTP 410")
    assert (told["waiting"], told["dead"]) == (3, 1)
    assert SECRET not in json.dumps(told)


def test_a_disabled_channel_is_opened_again(archive: Database) -> None:
    assert "is not disabled, but ok." in channel("enable", "desk").out
    close(archive)
    owe(archive, 2)
    ran = channel("enable", "desk")
    assert ran.out == 'Channel "desk" is open again; 2 deliveries that wait go out now.\n'
    assert "wirewatch alerts replay --since 7d --channel desk --failed" in ran.err
    with archive.writing() as conn:
        now = utc_now()
        assert outbox.claim_due(conn, now=now, lease=now - now, limit=9)


def test_a_secret_is_rotated_in_two_steps(archive: Database) -> None:
    made = channel("rotate", "desk")
    assert made.code == 0
    newest, oldest = kept(archive).settings.secrets
    assert oldest == SECRET
    assert f"  {newest}\n" in made.out
    assert SECRET not in made.out
    assert "two secrets" in channel("list").out
    assert channel("rotate", "desk").code == 2
    done = channel("rotate", "desk", "--finish")
    assert (done.code, newest in done.out) == (0, False)
    assert kept(archive).settings.secrets == (newest,)
    assert "there is none to drop" in channel("rotate", "desk", "--finish").err
    told = json.loads(channel("rotate", "desk", "--json").out)
    assert told["secret"] == kept(archive).settings.secrets[0]


def test_a_secret_that_stands_in_the_file_is_rotated_there(archive: Database) -> None:
    write(MAIL + FILED + f"secret = '{SECRET}'\n")
    wirewatch("apply")
    ran = channel("rotate", "filed")
    assert ran.code == 2
    assert 'secret = ["whsec_NEW", "whsec_OLD"]' in ran.err
    assert SECRET not in ran.err
    assert kept(archive, "filed").settings.secrets == (SECRET,)


def test_a_secret_that_was_made_for_the_file_is_rotated_here(archive: Database) -> None:
    write(MAIL + FILED)
    wirewatch("apply")
    assert channel("rotate", "filed").code == 0
    assert len(kept(archive, "filed").settings.secrets) == 2
    assert "Nothing to change." in wirewatch("apply").out
    assert len(kept(archive, "filed").settings.secrets) == 2
    write(MAIL + FILED, "other.toml")
    foreign = wirewatch("-c", "other.toml", "channel", "rotate", "filed")
    assert foreign.code == 2
    assert "name it with -c FILE" in foreign.err
    assert (
        "has no secret" in (channel("add", "p", "mailto:a@b.test"), channel("rotate", "p"))[1].err
    )


def test_a_channel_is_removed_and_what_that_costs_is_said_first(archive: Database) -> None:
    assert wirewatch("watch", "add", "Kursk", "kursk", "--to", "desk").code == 0
    owe(archive, 2)
    refused = channel("rm", "desk")
    assert refused.code == 2
    assert 'This would remove channel "desk". "Kursk" names it.' in refused.err
    assert "2 deliveries wait and are given up. Say --yes to do it." in refused.err
    done = channel("rm", "desk", "--yes")
    assert done.out.startswith('Channel "desk" is gone. "Kursk" names it.')
    assert channel("list").out == ""
    assert "There is no channel yet." in channel("list").err


def test_pruning_a_file_says_what_is_dropped(archive: Database) -> None:
    write(MAIL + FILED)
    wirewatch("apply")
    owe(archive, 3, number=kept(archive, "filed").id)
    write(MAIL)
    shown = wirewatch("apply", "--diff", "--prune")
    assert '3 deliveries that wait for channel "filed" are given up' in shown.err
    refused = wirewatch("apply", "--prune")
    assert '3 deliveries that wait for channel "filed" are given up' in refused.err
    assert '"filed" are given up' in wirewatch("apply", "--prune", "--yes").err
