"""Somebody installs wirewatch, writes a file, checks it and applies it."""

import json
import re
import stat
from pathlib import Path

import pytest

from tests.journeys.command_line import FILE, wirewatch, write

RIGHT = """\
[[source]]
name = "Yonhap"
url = "https://en.yna.co.kr/RSS/news.xml"

[[channel]]
name = "newsroom"
url = "https://n8n.example/webhook/abc?token=s3cret"

[[channel]]
name = "desk"
url = "jsonl:alerts.jsonl"

[[watch]]
name = "Troops"
query = "soldiers"
to = ["newsroom", "desk"]
"""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_from_nothing_to_an_applied_file(folder: Path) -> None:
    assert wirewatch("init").code == 0
    assert wirewatch("check").out == f"{FILE} is right: 0 sources, 0 channels, 0 watches.\n"
    write(RIGHT)
    diff = wirewatch("apply", "--diff")
    assert diff.code == 2
    assert "add     channel   newsroom  https://n8n.example/…\n" in diff.out
    assert "3 changes pending; `wirewatch apply` makes them." in diff.out
    assert not (folder / "wirewatch.db").exists()
    applied = wirewatch("apply")
    assert applied.code == 0
    assert "3 changes made." in applied.out
    assert re.search(r"^  whsec_[A-Za-z0-9+/]{43}=$", applied.out, re.MULTILINE)
    again = wirewatch("apply")
    assert (again.code, again.out) == (0, "Nothing to change.\n")
    assert wirewatch("apply", "--diff").code == 0


def test_init_never_overwrites() -> None:
    write("# mine")
    refused = wirewatch("init")
    assert refused.code == 1
    assert refused.err == f"{FILE} is there already and stays as it is.\n"
    assert Path(FILE).read_text("utf-8") == "# mine"


def test_init_writes_where_it_is_told() -> None:
    told = wirewatch("init", "-c", "other.toml")
    assert "wirewatch check -c other.toml" in told.out
    assert wirewatch("-c", "other.toml", "check").code == 0
    assert wirewatch("init", "-c", "gone/x.toml").err == (
        "gone/x.toml cannot be written: No such file or directory\n"
    )


def test_what_init_writes_is_read_by_its_owner_alone() -> None:
    wirewatch("init")
    assert stat.S_IMODE(Path(FILE).stat().st_mode) == 0o600


def test_check_without_a_file_says_how_to_begin() -> None:
    refused = wirewatch("check")
    assert refused.code == 1
    assert "`wirewatch init` writes one to begin with." in refused.err


def test_check_tells_every_fault_on_its_line_and_no_traceback() -> None:
    write(RIGHT.replace("query", "qury").replace('"desk"]', '"dask"]') + "noisy = 1\n")
    refused = wirewatch("check")
    assert (refused.code, refused.out) == (1, "")
    assert refused.err.splitlines() == [
        f'{FILE}:13: [[watch]] "Troops": "query" is missing',
        f'{FILE}:15: [[watch]] "Troops": unknown key "qury" (did you mean "query"?)',
        f'{FILE}:16: [[watch]] "Troops": to: there is no channel "dask" (did you mean "desk"?)',
        f'{FILE}:17: [[watch]] "Troops": noisy: must be true or false, not a number',
    ]


def test_check_names_what_is_not_served_yet() -> None:
    write(RIGHT)
    checked = wirewatch("check")
    assert checked.code == 0
    assert f"{FILE} is right: 1 source, 1 channel, 1 watch.\n" in checked.out
    assert (
        '  [[channel]] "desk": jsonl: is not sent to yet; the channel is left out\n' in checked.out
    )


def test_check_for_machines() -> None:
    write(RIGHT)
    answer = json.loads(wirewatch("check", "--json").out)
    assert (answer["sources"], answer["channels"], answer["watches"]) == (1, 1, 1)
    assert len(answer["not_served_yet"]) == 1


def test_check_online_is_refused_by_words() -> None:
    assert "not served yet" in wirewatch("check", "--online").err


def test_what_strangers_wrote_into_the_file_stays_text() -> None:
    write('[[watch]]\nname = "\\u001b[2Ja"\nqury = "x"\nquery = "x"\n')
    refused = wirewatch("check")
    assert refused.code == 1
    assert "\x1b" not in refused.err


def test_the_secret_is_shown_once_and_never_in_a_plan() -> None:
    write(RIGHT)
    made = json.loads(wirewatch("apply", "--json").out)
    assert made["applied"] is True
    (secret,) = made["secrets"].values()
    write(RIGHT.replace("jsonl:alerts.jsonl", "jsonl:b.jsonl").replace("abc?token", "xyz?token"))
    for words in (["apply", "--diff"], ["apply", "--diff", "--json"], ["apply"], ["check"]):
        ran = wirewatch(*words)
        assert "s3cret" not in ran.out + ran.err
        assert secret not in ran.out + ran.err
