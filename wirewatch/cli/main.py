"""The command `wirewatch`: its subcommands, and what becomes of their errors.

Exit codes: 0 well, 1 a fault, 2 wrong usage or changes pending, 130 interrupted. A rule that was
broken (WirewatchError) ends in its words; anything else is a bug and shows its traceback.
"""

from typing import IO, Any

import click

from news.errors import UsageError, WirewatchError
from wirewatch.cli.group import LazyGroup
from wirewatch.inert import inert_lines
from wirewatch.version import VERSION

FAULT, USAGE, INTERRUPTED = 1, 2, 130

_COMMANDS = {
    "run": ("wirewatch.cli.run:run", "gather, watch and tell, until Ctrl-C"),
    "demo": ("wirewatch.cli.demo:demo", "watch a small newsroom on this machine; no internet"),
    "init": ("wirewatch.cli.init:init", "write a commented wirewatch.toml to begin with"),
    "check": ("wirewatch.cli.check:check", "say what is wrong with wirewatch.toml, if anything"),
    "apply": ("wirewatch.cli.apply:apply", "bring the archive in line with wirewatch.toml"),
    "source": ("wirewatch.cli.source:source", "find, try, add and list places that tell news"),
    "watch": ("wirewatch.cli.watch:watch", "say what you wait for, and try it on the past"),
    "channel": ("wirewatch.cli.channel:channel", "add, list and try ways out"),
    "search": ("wirewatch.cli.search:search", "find articles in the archive"),
    "why": ("wirewatch.cli.why:why", "why an article raised an alert, or did not"),
    "alerts": ("wirewatch.cli.alerts:alerts", "what was told, and whether it arrived; replay it"),
    "notices": ("wirewatch.cli.notices:notices", "sources in trouble, and who was told of it"),
    "silence": ("wirewatch.cli.silence:silence", "hold a watch's alerts for a while"),
    "tail": ("wirewatch.cli.tail:tail", "follow articles and alerts as they come"),
    "story": ("wirewatch.cli.story:story", "one story: its articles, revisions and alerts"),
    "article": ("wirewatch.cli.article:article", "erase an article for good, and bar its return"),
    "db": ("wirewatch.cli.db:db", "look after the archive: upgrade, stats, backup, prune"),
    "completion": ("wirewatch.cli.completion:completion", "complete commands and names by Tab"),
}


class _Fault(click.ClickException):
    """Words for a person, without a traceback."""

    exit_code = FAULT

    def show(self, file: IO[Any] | None = None) -> None:
        click.echo(inert_lines(self.message), file=file, err=file is None)


class _WrongUse(_Fault):
    """The command line asks for something that does not exist."""

    exit_code = USAGE


class _Main(LazyGroup):
    """The outermost group: the one place where errors become words and exit codes."""

    def invoke(self, ctx: click.Context) -> object:
        try:
            result: object = super().invoke(ctx)
        except UsageError as error:
            raise _WrongUse(str(error)) from error
        except WirewatchError as error:
            raise _Fault(str(error)) from error
        except (KeyboardInterrupt, click.Abort):
            click.echo("Stopped.", err=True)
            ctx.exit(INTERRUPTED)
        return result


main = _Main(
    "wirewatch",
    lazy=_COMMANDS,
    help="Watches the news for people who must not miss it.",
    epilog=(
        "Begin with `wirewatch source add example.org`, then `wirewatch run`; or see "
        "`wirewatch demo`."
    ),
)
click.version_option(VERSION, prog_name="wirewatch", message="%(prog)s %(version)s")(main)


if __name__ == "__main__":
    main()
