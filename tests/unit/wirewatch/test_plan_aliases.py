"""Aliases in the plan: added, changed, taken over, and kept while a watch would go blind."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from news.alias import Alias, KeptAlias
from news.errors import ConfigurationError
from news.watch import Watch, WatchSettings
from wirewatch.cli.changes import lines_of
from wirewatch.comparison import Step
from wirewatch.config.fault import Origin
from wirewatch.config.values import Configuration, DesiredAlias, DesiredWatch
from wirewatch.plan import Kept, Plan, plan

FILE = Path("/etc/wirewatch.toml")
HERE = Origin("wirewatch.toml", 3)
NOW = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)
KIM = Alias(name="kim", terms=("Kim Jong-un", "김정은"))
TROOPS = WatchSettings(name="Troops", query="@kim soldiers")
BY_HAND = Watch(id=7, version=1, settings=TROOPS, added_at=NOW)


def asked(*aliases: Alias, watch: WatchSettings | None = None) -> Configuration:
    return Configuration(
        file=FILE,
        aliases=tuple(DesiredAlias(settings=one, origin=HERE) for one in aliases),
        watches=() if watch is None else (DesiredWatch(settings=watch, origin=HERE),),
    )


def kept(*watches: Watch, alias: Alias = KIM, owner: str | None = str(FILE)) -> Kept:
    return Kept(
        aliases=[KeptAlias(id=1, settings=alias, owned_by_file=owner)], watches=list(watches)
    )


def gist(planned: Plan) -> list[tuple[str, str, str]]:
    return [(step.verb.value, step.noun, step.name) for step in planned.steps]


def shown(step: Step) -> list[str]:
    return list(lines_of(step))


def test_a_new_alias_is_added_before_the_watches_that_name_it() -> None:
    planned = plan(asked(KIM, watch=TROOPS), Kept())
    assert gist(planned) == [("add", "alias", "kim"), ("add", "watch", "Troops")]
    assert shown(planned.steps[0]) == ["add     alias     kim  Kim Jong-un, 김정은"]


def test_an_alias_that_is_there_already_needs_nothing() -> None:
    assert plan(asked(KIM), kept()) == Plan(file=str(FILE))


def test_other_terms_are_told_and_no_watch_gets_a_version_for_them() -> None:
    wanted = replace(KIM, terms=("Kim Jong-un", "金正恩"))
    mine = replace(BY_HAND, owned_by_file=str(FILE))
    planned = plan(asked(wanted, watch=TROOPS), kept(mine))
    assert gist(planned) == [("change", "alias", "kim")]
    assert shown(planned.steps[0])[1].strip() == (
        "terms: Kim Jong-un, 김정은 → Kim Jong-un, 金正恩"
    )


def test_an_alias_that_left_the_file_stays_until_it_is_pruned() -> None:
    planned = plan(asked(), kept())
    assert planned.steps == ()
    assert planned.remarks == ('alias "kim" left the file and stays until `apply --prune`',)
    assert gist(plan(asked(), kept(), prune=True)) == [("remove", "alias", "kim")]


@pytest.mark.parametrize("prune", [True, False])
def test_an_alias_that_another_watch_names_stays_in_any_case(*, prune: bool) -> None:
    planned = plan(asked(), kept(BY_HAND), prune=prune)
    assert planned.steps == ()
    assert planned.remarks == ('alias "kim" left the file and stays: watch "Troops" names it',)


def test_a_watch_that_goes_or_asks_for_something_else_holds_no_alias_back() -> None:
    mine = replace(BY_HAND, owned_by_file=str(FILE))
    assert gist(plan(asked(), kept(mine), prune=True)) == [
        ("remove", "watch", "Troops"),
        ("remove", "alias", "kim"),
    ]
    other = replace(TROOPS, query="soldiers")
    assert gist(plan(asked(watch=other), kept(mine), prune=True)) == [
        ("change", "watch", "Troops"),
        ("remove", "alias", "kim"),
    ]


def test_a_watch_of_the_file_that_rests_still_names_its_alias() -> None:
    mine = replace(BY_HAND, owned_by_file=str(FILE))
    planned = plan(asked(), kept(mine))
    assert gist(planned) == [("pause", "watch", "Troops")]
    assert planned.remarks[-1] == 'alias "kim" left the file and stays: watch "Troops" names it'


@pytest.mark.parametrize(
    ("owner", "words"), [(None, "was made by hand"), ("/etc/b.toml", "belongs to /etc/b.toml")]
)
def test_an_alias_of_another_owner_is_refused(owner: str | None, words: str) -> None:
    with pytest.raises(ConfigurationError) as refused:
        plan(asked(KIM), kept(owner=owner))
    assert str(refused.value) == (
        f'wirewatch.toml:3: [[alias]] "kim": an alias of this name {words}; change one of them'
    )


def test_an_alias_of_a_file_that_is_gone_is_taken_over() -> None:
    had = replace(kept(owner="/etc/old.toml"), vanished=frozenset({"/etc/old.toml"}))
    assert gist(plan(asked(KIM), had)) == [("change", "alias", "kim")]
    assert plan(asked(), had).remarks == (
        "1 object belongs to /etc/old.toml, which is gone: left alone",
    )
