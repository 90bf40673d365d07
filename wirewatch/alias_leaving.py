"""What becomes of aliases that left the file: a watch that names one must not go blind."""

from collections.abc import Sequence

from news.alias import Alias
from news.query.aliases import names_in
from news.watch import Watch
from wirewatch.comparison import Present, Step, Verb


def leaving(
    left: Sequence[Present[Alias]], watches: Sequence[Watch], *, prune: bool
) -> tuple[list[Step], list[str]]:
    """Return the removals, and a remark for each alias that stays.

    `watches` keep the queries that they have: made by hand, of another file, or resting.
    """
    namers = {name: watch for watch in watches for name in names_in(watch.settings.query)}
    steps: list[Step] = []
    remarks: list[str] = []
    for one in left:
        name = one.settings.name
        if name in namers:
            watch = namers[name].settings.name
            remarks.append(f'alias "{name}" left the file and stays: watch "{watch}" names it')
        elif prune:
            steps.append(Step(noun="alias", verb=Verb.REMOVE, name=name, number=one.number))
        else:
            remarks.append(f'alias "{name}" left the file and stays until `apply --prune`')
    return steps, remarks
