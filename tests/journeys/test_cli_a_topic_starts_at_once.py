"""Somebody begins with a ready topic: one command, and it runs before a webhook is known."""

import json
import stat
from contextlib import closing
from pathlib import Path

import pytest

from archive import aliases, publishers, sources, watches
from archive.database import Database
from tests.contract.kept import keep
from tests.journeys.command_line import FILE, wirewatch, write
from tests.queries import Text

TOPIC = "north-korea-russia"
BESIDE = f"topics/{TOPIC}.toml"
WEBHOOK = "https://n8n.example/webhook/abc"


def opened(folder: Path) -> closing[Database]:
    return closing(Database.open(f"sqlite:///{folder}/wirewatch.db"))


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_from_an_empty_folder_to_a_search_by_name(folder: Path) -> None:
    begun = wirewatch("init", "--topic", TOPIC)
    assert begun.code == 0
    assert begun.out.startswith(f"{FILE} and {BESIDE} are written.\n")
    assert sorted(str(path.relative_to(folder)) for path in folder.rglob("*")) == [
        "topics",
        BESIDE,
        FILE,
    ]
    checked = wirewatch("check")
    assert checked.code == 0
    assert "10 sources, 0 channels, 3 watches" in checked.out
    assert "Nobody is told of what " in checked.out
    applied = wirewatch("apply")
    assert applied.code == 0
    assert "add     alias     kim-jong-un  Kim Jong-un, Kim Jongun, 김정은" in applied.out
    assert wirewatch("apply").out == "Nothing to change.\n"
    with opened(folder) as database, database.writing() as conn:
        keep(conn, Text("김정은이 쿠르스크에", "…"), "hangul")
        keep(conn, Text("О Ким Чен Ыне", "…"), "cyrillic")
        keep(conn, Text("Kim Il-sung", "…"), "other")
    found = wirewatch("search", "@kim-jong-un", "--json")
    assert found.code == 0
    titles = [json.loads(line)["title"] for line in found.out.splitlines()]
    assert titles == ["О Ким Чен Ыне", "김정은이 쿠르스크에"]


def test_the_archive_has_all_of_it_as_the_files(folder: Path) -> None:
    wirewatch("init", "--topic", TOPIC)
    wirewatch("apply")
    with opened(folder) as database, database.reading() as conn:
        assert {"The Guardian: North Korea", "Yonhap (English)"} < {
            one.settings.name for one in sources.listing(conn)
        }
        assert len(watches.listing(conn)) == 3
        assert aliases.listing(conn)["kursk"][0] == "Kursk"
        described = {one.domain: one for one in publishers.listing(conn)}
    watch = described["kcnawatch.org"]
    assert (watch.name, watch.family, watch.country) == ("KCNA Watch", "nknews", "kr")
    assert described["nknews.org"].family == "nknews"


def test_one_line_is_to_be_edited_and_it_is_named(folder: Path) -> None:
    told = json.loads(wirewatch("init", "--topic", TOPIC, "--json").out)
    assert (told["file"], told["topic"]) == (FILE, BESIDE)
    lines = (folder / FILE).read_text("utf-8").split("\n")
    assert lines[told["line_to_edit"] - 1].startswith("url = ")
    lines[told["line_to_edit"] - 1] = f'url = "{WEBHOOK}"'
    write("\n".join(lines))
    checked = json.loads(wirewatch("check", "--json").out)
    assert checked["remarks"] == []
    assert wirewatch("apply").code == 0
    with opened(folder) as database, database.reading() as conn:
        assert all(one.channels for one in watches.listing(conn))


def test_the_file_that_will_hold_secrets_is_its_owners_alone(folder: Path) -> None:
    wirewatch("init", "--topic", TOPIC)
    assert stat.S_IMODE((folder / FILE).stat().st_mode) == 0o600


def test_nothing_is_ever_overwritten(folder: Path) -> None:
    write("# mine")
    refused = wirewatch("init", "--topic", TOPIC)
    assert (refused.code, refused.err) == (1, f"{FILE} is there already and stays as it is.\n")
    assert not (folder / "topics").exists()
    (folder / FILE).unlink()
    (folder / "topics").mkdir()
    write("# mine as well", BESIDE)
    begun = wirewatch("init", "--topic", TOPIC)
    assert begun.code == 0
    assert "the topic was there and stays as it is" in begun.out
    assert (folder / BESIDE).read_text("utf-8") == "# mine as well"


def test_it_is_written_where_it_is_told(folder: Path) -> None:
    (folder / "desk").mkdir()
    begun = wirewatch("init", "--topic", TOPIC, "-c", "desk/watch.toml")
    assert "wirewatch run -c desk/watch.toml" in begun.out
    assert (folder / "desk" / BESIDE).exists()
    assert wirewatch("check", "-c", "desk/watch.toml").code == 0


def test_an_unknown_topic_and_a_folder_that_is_not_there(folder: Path) -> None:
    refused = wirewatch("init", "--topic", "south-korea")
    assert refused.code == 2
    assert f'There is no topic "south-korea"; ready are: {TOPIC}' in refused.err
    gone = wirewatch("init", "--topic", TOPIC, "-c", "gone/x.toml")
    assert gone.code == 1
    assert gone.err == f"gone/{BESIDE} cannot be written: No such file or directory\n"
    assert list(folder.iterdir()) == []


def test_the_ready_topics_are_listed_with_what_they_are_about(folder: Path) -> None:
    line = f"{TOPIC}: North Korean soldiers in Russia's war against Ukraine"
    assert wirewatch("init", "--topics").out.startswith(line)
    assert json.loads(wirewatch("init", "--topics", "--json").out)["name"] == TOPIC
    assert list(folder.iterdir()) == []
