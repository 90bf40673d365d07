"""How a plan looks to the person who applies it; `run` shows what it applied the same way."""

from collections.abc import Iterator, Sequence

from news.alias import Alias
from news.channel import ChannelSettings
from news.source import SourceSettings
from news.watch import WatchSettings
from wirewatch.apply import Applied
from wirewatch.cli.screen import Screen
from wirewatch.comparison import Step, Verb
from wirewatch.config.values import DesiredPublisher
from wirewatch.differences import address_without_path
from wirewatch.plan import Plan

_LONGEST = 160


def show_pending(screen: Screen, plan: Plan, later: Sequence[str]) -> None:
    """Show what would be done; `later` are the settings that are not served yet."""
    if screen.manner.json:
        screen.data({**as_json(plan, later), "applied": False})
        return
    _show_steps(screen, plan)
    many = _many(plan)
    screen.say(
        f"{many} pending; `wirewatch apply` makes them." if plan.steps else "Nothing to change."
    )
    _show_remarks(screen, plan, later)


def show_applied(screen: Screen, applied: Applied, later: Sequence[str]) -> None:
    """Show what was done, and the secrets that were made: it is the only time."""
    if screen.manner.json:
        secrets = {one.channel: one.secret for one in applied.made}
        screen.data({**as_json(applied.plan, later), "applied": True, "secrets": secrets})
        return
    _show_steps(screen, applied.plan)
    screen.say(f"{_many(applied.plan)} made." if applied.plan.steps else "Nothing to change.")
    show_secrets(screen, applied)
    _show_remarks(screen, applied.plan, later)


def show_secrets(screen: Screen, applied: Applied) -> None:
    """Show each secret that was made, once."""
    for one in applied.made:
        screen.say(
            f'\nThe secret of channel "{one.channel}", shown this once; receivers verify by it:'
        )
        screen.say(f"  {one.secret}", bold=True)


def as_json(plan: Plan, later: Sequence[str]) -> dict[str, object]:
    """Return a plan for machines."""
    changes = [
        {
            "do": step.verb.value,
            "kind": step.noun,
            "name": step.name,
            "changed": [{"key": one.key, "old": one.old, "new": one.new} for one in step.told],
        }
        for step in plan.steps
    ]
    return {
        "changes": changes,
        "remarks": [*plan.losses, *plan.remarks],
        "not_served_yet": list(later),
    }


def lines_of(step: Step) -> Iterator[str]:
    """Return a step as a person reads it: one line, and one more per key that changes."""
    yield f"{step.verb:<7} {step.noun:<9} {step.name}{_gist(step)}".rstrip()
    for one in step.told if step.verb is Verb.CHANGE else ():
        same = " (another one at the same place)" if one.old == one.new else ""
        yield f"{'':<18}{one.key}: {_short(one.old)} → {_short(one.new)}{same}"


def _gist(step: Step) -> str:
    match step.verb:
        case Verb.RENAME:
            return f"  (was: {step.told[0].old})"
        case Verb.PAUSE | Verb.REMOVE:
            return "  (it left the file)"
        case Verb.ADD:
            return f"  {_short(_new(step))}"
        case _:
            return ""


def _new(step: Step) -> str:
    match step.settings:
        case SourceSettings(url=url):
            return url
        case ChannelSettings(url=url):
            return address_without_path(url)
        case WatchSettings(query=query):
            return query
        case Alias(terms=terms):
            return ", ".join(terms)
        case DesiredPublisher(name=name):
            return name or ""
        case None:
            return ""


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1]}…"


def _show_steps(screen: Screen, plan: Plan) -> None:
    for step in plan.steps:
        for line in lines_of(step):
            screen.say(f"  {line}")


def _show_remarks(screen: Screen, plan: Plan, later: Sequence[str]) -> None:
    for line in (*plan.losses, *plan.remarks):
        screen.remark(line)
    for line in later:
        screen.remark(f"not served yet: {line}")


def _many(plan: Plan) -> str:
    return "1 change" if len(plan.steps) == 1 else f"{len(plan.steps)} changes"
