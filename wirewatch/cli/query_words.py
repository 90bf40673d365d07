"""Commands that take a query as an argument: what a shell makes of one, and how to mend it."""

import shlex

import click

from archive.database import Transaction
from news.errors import UsageError
from news.query.aliases import names_in
from news.query.fault import Fault
from news.query.parse import parse
from news.query.tree import Query
from wirewatch.cli.screen import Screen
from wirewatch.queries import query_of


class QueryCommand(click.Command):
    """A command whose last argument is a query, which may begin with "-" or hold blanks."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the command line; where a query was misread, say how to write it."""
        given = list(args)
        try:
            return super().parse_args(ctx, args)
        except click.NoSuchOption as error:
            raise _with_hint(error, _dashed(ctx, given), ctx) from error
        except click.UsageError as error:
            if "unexpected extra argument" not in error.message:
                raise
            raise _with_hint(error, "Put the whole query in single quotes.", ctx) from error


def understood(conn: Transaction, text: str) -> Query:
    """Read a query; UsageError with a caret under the fault and the likely repair."""
    return _read(text, query_of(conn, text))


def readable(text: str) -> None:
    """Raise UsageError where no archive could read `text`, whatever aliases it keeps."""
    _read(text, parse(text, dict.fromkeys(names_in(text), ("x",))))


def remark_hints(screen: Screen, parsed: Query) -> None:
    """Say what may not be meant in a query, each thing once."""
    for words in dict.fromkeys(map(str, parsed.hints)):
        screen.remark(words)


def _read(text: str, parsed: Query | Fault) -> Query:
    if isinstance(parsed, Fault):
        raise UsageError(f"The query cannot be understood:\n\n{parsed.caret(text)}")
    return parsed


def _with_hint(error: click.UsageError, hint: str, ctx: click.Context) -> click.UsageError:
    return click.UsageError(f"{error.format_message()}\n{hint}", ctx)


def _dashed(ctx: click.Context, given: list[str]) -> str:
    """Say how the command line is written whose query begins with "-"."""
    options = {name for each in ctx.command.params for name in (*each.opts, *each.secondary_opts)}
    is_option = [word.partition("=")[0] in options for word in given]
    begin = next(
        (at for at, word in enumerate(given) if word.startswith("-") and not is_option[at]), 0
    )
    end = next((at for at in range(begin, len(given)) if is_option[at]), len(given))
    query = " ".join(given[begin:end])
    others = [*given[:begin], *given[end:]]
    line = shlex.join([*ctx.command_path.split(), *others, "--", query])
    return f"A query that begins with - comes last, after --, as in: {line}"
