"""Queries as arguments: what a shell makes of them, and how the command says to mend that."""

import click
import pytest
from click.testing import CliRunner, Result

from news.errors import UsageError
from news.query.parse import parse
from news.query.tree import Query
from wirewatch.cli.options import Manner, command
from wirewatch.cli.query_words import QueryCommand, readable, remark_hints
from wirewatch.cli.screen import Screen


def run(*words: str) -> Result:
    @command("add", kind=QueryCommand)
    @click.argument("name")
    @click.argument("query")
    @click.option("--to", multiple=True)
    @click.option("--loud/--soft", default=None)
    def add(name: str, query: str, to: tuple[str, ...], *, loud: bool | None) -> None:
        click.echo(f"{name}|{query}|{','.join(to)}|{loud}")

    return CliRunner().invoke(add, words, prog_name="wirewatch watch add")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["n", "kim -football"], "n|kim -football||None"),
        (["n", "--to", "a", "--", "-football kim"], "n|-football kim|a|None"),
        (["--loud", "n", "kim", "--to", "a", "--to", "b"], "n|kim|a,b|True"),
    ],
)
def test_what_is_written_well_is_taken(words: list[str], said: str) -> None:
    ran = run(*words)
    assert (ran.exit_code, ran.output) == (0, f"{said}\n")


@pytest.mark.parametrize(
    ("words", "mended"),
    [
        (["n", "-football kim"], "n -- '-football kim'"),
        (["n", "-football", "kim"], "n -- '-football kim'"),
        (["n", "-x", "y", "--to", "a"], "n --to a -- '-x y'"),
        (["--soft", "n", "-x y"], "--soft n -- '-x y'"),
        (["n", "--to=a", "-it's"], "n --to=a -- '-it'\"'\"'s'"),
    ],
)
def test_a_query_that_looks_like_an_option_is_told_where_it_goes(
    words: list[str], mended: str
) -> None:
    ran = run(*words)
    assert ran.exit_code == 2
    hint = "A query that begins with - comes last, after --, as in: wirewatch watch add "
    assert ran.output.splitlines()[-1] == hint + mended


@pytest.mark.parametrize("words", [["n", "kim", "kursk"], ["n", "kim", "AND", "kursk"]])
def test_a_query_in_several_words_is_told_to_be_quoted(words: list[str]) -> None:
    ran = run(*words)
    assert ran.exit_code == 2
    assert ran.output.splitlines()[-1] == "Put the whole query in single quotes."


def test_other_faults_stay_as_they_are() -> None:
    assert "Missing argument 'QUERY'" in run("n").output
    assert "single quotes" not in run("n").output


def test_what_no_archive_could_read_is_told_at_once() -> None:
    readable("@kim-jong-un (soldiers OR troops)")  # an archive may know the alias
    with pytest.raises(UsageError, match="this parenthesis is never closed"):
        readable("(@kim-jong-un")


def test_each_hint_is_said_once(capsys: pytest.CaptureFixture[str]) -> None:
    parsed = parse("kim and park and choi or lee")
    assert isinstance(parsed, Query)
    assert len(parsed.hints) == 3
    remark_hints(Screen(manner=Manner(), terminal=False), parsed)
    assert capsys.readouterr().err.splitlines() == [
        "and is read as a word; the operator is AND",
        "or is read as a word; the operator is OR",
    ]
