"""A running `run` takes up where mails leave; of what else has changed it says that it does not."""

import os
from pathlib import Path

import pytest

from alerts.channels.mail_server import MailServer, Security
from wirewatch.config.load import load, load_or_default
from wirewatch.live_file import LiveFile

MAIL = '[mail]\nserver = "smtp://127.0.0.1:8025"\nfrom = "wirewatch <alerts@wire.test>"\n'
SERVER = MailServer(
    host="127.0.0.1",
    port=8025,
    security=Security.PLAIN,
    sender="wirewatch <alerts@wire.test>",
    user=None,
    password=None,
)


def write(path: Path, text: str, at: int) -> None:
    """Write, `at` so many seconds: two changes in a row must not share a moment."""
    path.write_text(text, "utf-8")
    os.utime(path, (at, at))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "wirewatch.toml"
    write(path, 'timezone = "UTC"\n', at=1)
    return path


async def test_mail_that_is_written_later_is_taken_up(file: Path) -> None:
    live = LiveFile(load(file))
    assert await live.mail() is None
    write(file, MAIL, at=2)
    assert await live.mail() == SERVER
    write(file, "", at=3)
    assert await live.mail() is None


async def test_a_file_that_was_not_there_at_the_start_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    live = LiveFile(load_or_default(None, folder=tmp_path))
    assert await live.mail() is None
    write(tmp_path / "wirewatch.toml", MAIL, at=2)
    assert await live.mail() == SERVER


async def test_an_included_file_counts_also_one_that_is_included_later(
    file: Path, tmp_path: Path
) -> None:
    live = LiveFile(load(file))
    write(tmp_path / "mail.toml", "", at=1)
    write(file, 'include = ["mail.toml"]\n', at=2)
    assert await live.mail() is None
    write(tmp_path / "mail.toml", MAIL, at=3)
    assert await live.mail() == SERVER


async def test_a_faulty_file_changes_nothing_is_said_once_and_is_read_until_it_is_right(
    file: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    write(file, MAIL, at=2)
    live = LiveFile(load(file))
    write(file, 'include = ["more.toml"]\n[mail]\nserver =', at=3)
    assert await live.mail() == SERVER
    assert await live.mail() == SERVER
    assert [line.levelname for line in caplog.records] == ["WARNING"]
    assert "mails leave as before" in caplog.text
    write(file, 'include = ["more.toml"]\n' + MAIL.replace("8025", "8026"), at=4)
    assert await live.mail() == SERVER  # what it includes is not there yet
    write(tmp_path / "more.toml", "", at=5)
    mail = await live.mail()
    assert mail is not None
    assert mail.port == 8026


async def test_what_holds_from_the_start_is_said_once(
    file: Path, caplog: pytest.LogCaptureFixture
) -> None:
    live = LiveFile(load(file))
    for at in (2, 3):
        write(file, f'[network]\nallow = ["127.0.0.1:9000"]\n{"#" * at}', at=at)
        await live.mail()
    assert [line.getMessage() for line in caplog.records] == [
        "[network] has changed; that holds once `wirewatch run` is started anew"
    ]


async def test_a_file_that_stays_is_read_once(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    live = LiveFile(load(file))
    monkeypatch.setattr("wirewatch.live_file.load", lambda _: pytest.fail("it was read again"))
    assert await live.mail() is None


async def test_who_hears_notices_is_taken_up_and_said(
    file: Path, caplog: pytest.LogCaptureFixture
) -> None:
    live = LiveFile(load(file))
    assert list(await live.notices_to()) == []
    channel = '[[channel]]\nname = "desk"\nurl = "https://hook.test/"\n'
    write(file, f'[notices]\nto = ["desk"]\n{channel}', at=2)
    assert list(await live.notices_to()) == ["desk"]
    assert caplog.text.count("[notices] to is taken up") == 1
    write(file, '[notices]\nto = ["nobody"]\n', at=3)  # no such channel: the file is at fault
    assert list(await live.notices_to()) == ["desk"]
    write(file, "", at=4)
    assert list(await live.notices_to()) == []
