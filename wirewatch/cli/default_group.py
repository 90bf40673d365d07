"""A group that takes words which are none of its commands as those of its usual one."""

from collections.abc import Mapping, Sequence

import click
from click.shell_completion import CompletionItem

from wirewatch.cli.group import LazyGroup

_WITH_VALUE = ("-c", "--config")
_HELP = ("-h", "--help")


class DefaultGroup(LazyGroup):
    """`wirewatch silence Coffins --for 1h` means `wirewatch silence add Coffins --for 1h`.

    With `bare`, the usual command is also meant where nothing is said at all. What has the name of
    one of the commands is still meant by `silence add list`.
    """

    def __init__(
        self,
        name: str,
        *,
        usual: str,
        lazy: Mapping[str, tuple[str, str]],
        help: str,  # noqa: A002 - click's own word
        bare: bool = False,
    ) -> None:
        super().__init__(name, lazy=lazy, help=help)
        self._usual = usual
        self._bare = bare

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put the usual command's name in where none stands."""
        position = self._first_word(args)
        if position == len(args):
            args = [*args, self._usual] if self._bare else args
        elif args[position] not in _HELP and args[position] not in self.list_commands(ctx):
            args = [*args[:position], self._usual, *args[position:]]
        return super().parse_args(ctx, args)

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Offer the commands, and what the usual one takes as its first word."""
        offered = super().shell_complete(ctx, incomplete)
        usual = self.get_command(ctx, self._usual)
        words = [one for one in usual.params if isinstance(one, click.Argument)] if usual else []
        return offered + [item for one in words[:1] for item in one.shell_complete(ctx, incomplete)]

    def _first_word(self, args: Sequence[str]) -> int:
        """Return where the options that every command has come to an end."""
        shared = {name for option in self.params for name in option.opts}
        position = 0
        while position < len(args):
            name, equals, _ = args[position].partition("=")
            if name not in shared:
                break
            position += 2 if name in _WITH_VALUE and not equals else 1
        return min(position, len(args))
