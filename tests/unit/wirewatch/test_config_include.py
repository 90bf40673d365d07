"""Files that include others: paths, origins, clashes and circles."""

from pathlib import Path

import pytest

from news.errors import ConfigurationError
from wirewatch.config.load import load

SOURCE = '[[source]]\nname = "{0}"\nurl = "https://{0}.example/"\n'
CHANNEL = '[[channel]]\nname = "hook"\nurl = "https://hook.example/"\n'
WATCH = '[[watch]]\nname = "w"\nquery = "x"\nto = "hook"\n'


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(**files: str) -> None:
    for name, text in files.items():
        path = Path(name.replace("__", "/") + ".toml")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")


def faults() -> list[str]:
    with pytest.raises(ConfigurationError) as refused:
        load(Path("main.toml"))
    return str(refused.value).split("\n")


def test_what_is_included_counts_as_if_it_stood_there(folder: Path) -> None:
    write(
        main='include = ["topics/korea.toml", "hooks.toml"]\ntimezone = "Asia/Seoul"\n' + WATCH,
        topics__korea='include = "more.toml"\n' + SOURCE.format("a"),
        topics__more=SOURCE.format("b") + "every = '2m'\n",
        hooks=CHANNEL,
    )
    configuration = load(Path("main.toml"))
    assert configuration.file == folder / "main.toml"
    assert {one.settings.name: str(one.origin) for one in configuration.sources} == {
        "a": "topics/korea.toml:2",
        "b": "topics/more.toml:1",
    }
    assert {one.settings.timezone for one in configuration.sources} == {"Asia/Seoul"}
    assert configuration.channels[0].settings.name == "hook"


def test_a_file_that_two_include_is_read_once() -> None:
    write(
        main='include = ["a.toml", "b.toml"]\n',
        a='include = ["shared.toml"]\n',
        b='include = ["shared.toml"]\n',
        shared=SOURCE.format("x"),
    )
    assert len(load(Path("main.toml")).sources) == 1


def test_faults_name_the_included_file() -> None:
    write(main='include = ["a.toml"]\nx = 1\n', a=SOURCE.format("x") + "tag = 1\n")
    assert faults() == [
        'a.toml:4: [[source]] "x": unknown key "tag" (did you mean "tags"?)',
        'main.toml:2: unknown "x"',
    ]


@pytest.mark.parametrize("inner", ["main.toml", "../main.toml", "a.toml", "./a.toml"])
def test_circles_are_refused(inner: str) -> None:
    name = "sub/a.toml" if inner.startswith("../") else "a.toml"
    write(main=f'include = ["{name}"]\n')
    write(**{name.removesuffix(".toml").replace("/", "__"): f'\ninclude = ["{inner}"]\n'})
    assert faults() == [f'{name}:2: include: "{inner}" includes this file again; break the circle']


def test_one_name_in_two_files_is_a_clash() -> None:
    write(main='include = ["a.toml"]\n' + CHANNEL, a=CHANNEL)
    assert faults() == ['a.toml:2: [[channel]] "hook": the name is taken already at main.toml:2']


def test_one_section_in_two_files_is_a_clash() -> None:
    write(
        main='include = ["a.toml"]\ncatch_up = "1h"\n[web]\nport = 1\n',
        a='catch_up = "2h"\n[web]\nport = 2\n',
    )
    assert faults() == [
        'a.toml:1: "catch_up" is said already in another file',
        "a.toml:2: [web]: stands already at main.toml:3; one of them must go",
    ]


def test_a_missing_file_brings_forth_no_other_faults() -> None:
    write(main='include = [\n  "gone.toml",\n]\n' + WATCH)
    assert faults() == ['main.toml:2: include: there is no file "gone.toml"']


def test_paths_are_relative_to_the_file_they_stand_in(folder: Path) -> None:
    secret = "whsec_" + "a2V5" * 8
    write(
        main='include = ["sub/a.toml"]\n',
        sub__a=CHANNEL + 'secret = "file:key"\n[archive]\nurl = "sqlite:///x.db"\n',
    )
    (folder / "sub" / "key").write_text(secret)
    configuration = load(Path("main.toml"))
    assert configuration.channels[0].settings.secrets == (secret,)
    assert configuration.archive.url == f"sqlite:///{folder}/sub/x.db"
