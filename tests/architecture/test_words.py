"""Names say something, packages hold a docstring, and nothing tells of one machine."""

import subprocess
from collections.abc import Iterator

import pytest

from tests.architecture.tree import AROUND, PRODUCT, ROOT, Source, sample, sources
from tests.architecture.words import empty_names, full_package, machine_traces

NOT_OURS_TO_READ = ("tests/architecture/words.py", "tests/architecture/test_words.py")


def test_every_name_says_something() -> None:
    assert [told for source in sources(*PRODUCT, *AROUND) for told in empty_names(source)] == []


def test_packages_hold_a_docstring_and_nothing_else() -> None:
    assert [source.place for source in sources(*PRODUCT, *AROUND) if full_package(source)] == []


def test_nothing_tells_of_one_machine() -> None:
    assert [told for place, text in kept_files() for told in machine_traces(place, text)] == []


def kept_files() -> Iterator[tuple[str, str]]:
    """Read every text file that git keeps."""
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    for place in filter(None, listed.stdout.split("\0")):
        path = ROOT / place
        if place not in NOT_OURS_TO_READ and path.is_file():
            yield place, path.read_text("utf-8", errors="replace")


@pytest.mark.parametrize(
    "source",
    [
        sample("", "crawler/utils.py"),
        sample("", "archive/common/rows.py"),
        sample("", "alerts/http_helpers.py"),
        sample("class WatchManager: ..."),
    ],
)
def test_an_empty_name_is_told(source: Source) -> None:
    assert len(list(empty_names(source))) == 1


def test_a_speaking_name_is_fine() -> None:
    assert list(empty_names(sample("class Commonplace: ...", "crawler/library.py"))) == []


@pytest.mark.parametrize("text", ["", "import os", '"""Words."""\nfrom news.url import host_of'])
def test_a_package_with_code_is_told(text: str) -> None:
    assert full_package(sample(text, "crawler/__init__.py"))


def test_a_package_with_a_docstring_is_fine() -> None:
    assert not full_package(sample('"""Words."""', "crawler/__init__.py"))
    assert not full_package(sample("import os", "crawler/reader.py"))


@pytest.mark.parametrize(
    "line",
    [
        'PATH = "/home/ann/news.db"',
        "--find-links /" + "root/wheels",
        "see https://pypi.example/simple",
    ],
)
def test_a_trace_of_a_machine_is_told(line: str) -> None:
    assert len(list(machine_traces("README.md", line))) == 1


@pytest.mark.parametrize(
    "line", ["https://a.test/wo" + "rk/", "run/" + "root/x", "secret = 'file:/run/s'"]
)
def test_an_address_is_no_trace(line: str) -> None:
    assert list(machine_traces("README.md", line)) == []
