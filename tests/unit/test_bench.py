"""The runner of the measurements."""

import sys
from pathlib import Path
from types import ModuleType

import pytest

from bench import __main__ as runner
from bench import scored
from news.article_key import article_key


def measurement(monkeypatch: pytest.MonkeyPatch, name: str, error: BaseException | None) -> None:
    module = ModuleType(f"bench.bench_{name}")

    def main() -> None:
        if error is not None:
            raise error
        sys.stdout.write(f"table of {name}\n")

    monkeypatch.setattr(module, "main", main, raising=False)
    monkeypatch.setitem(sys.modules, module.__name__, module)


def test_measurements_are_known_by_their_files(tmp_path: Path) -> None:
    for file in ("bench_owe.py", "bench_match.py", "newsroom.py", "bench_owe.txt"):
        (tmp_path / file).touch()
    assert runner.names(tmp_path) == ["match", "owe"]


def test_an_unknown_measurement_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert runner.main(["nothing", "ever"]) == 2
    assert "No measurement is called ever, nothing." in capsys.readouterr().out


@pytest.mark.parametrize("error", [RuntimeError("no disk"), SystemExit("refused")])
def test_one_that_fails_stops_no_other(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], error: BaseException
) -> None:
    measurement(monkeypatch, "first", error)
    measurement(monkeypatch, "second", None)
    monkeypatch.setattr(runner, "names", lambda: ["first", "second"])
    assert runner.main([]) == 1
    told = capsys.readouterr().out
    assert "table of second" in told
    assert told.endswith("Failed: first\n")


def test_what_is_wanted_is_run_in_that_order(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("first", "second", "third"):
        measurement(monkeypatch, name, None)
    monkeypatch.setattr(runner, "names", lambda: ["first", "second", "third"])
    assert runner.main(["third", "first"]) == 0
    told = capsys.readouterr().out
    assert told.index("table of third") < told.index("table of first")
    assert "second" not in told


def test_the_header_says_what_it_was_measured_on() -> None:
    assert "cores" in runner.header()
    assert "sqlalchemy 2." in runner.header()


def test_the_scorer_of_addresses_calls_the_product() -> None:
    assert scored.canonical_url is article_key
