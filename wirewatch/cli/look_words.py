"""When an article's page was looked at again, and when it will be, in words."""

from collections.abc import Iterator

from archive.looks import Looks
from wirewatch.cli.screen import Screen


def looks_in_words(screen: Screen, looks: Looks) -> Iterator[str]:
    """Yield a line on what was looked at, or will be; none where there is nothing of either."""
    said = []
    if looks.last is not None:
        often = "" if looks.count == 1 else f" {looks.count} times, last"
        said.append(f"its page was looked at again{often} {screen.ago(looks.last)}")
    if looks.next is not None:
        due = looks.next <= screen.clock()
        said.append("the next look is due" if due else f"the next look is {screen.ago(looks.next)}")
    elif said:
        said.append("it is not looked at any more")
    if said:
        yield ", ".join(said)
