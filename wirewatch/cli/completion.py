"""`wirewatch completion SHELL`: the script by which a shell completes commands and names."""

import click
from click.shell_completion import get_completion_class

from wirewatch.cli.completing import COMPLETE_VARIABLE
from wirewatch.cli.options import command
from wirewatch.cli.screen import Screen, with_screen

_PLACES = {
    "bash": "~/.local/share/bash-completion/completions/wirewatch",
    "zsh": "~/.zfunc/_wirewatch",
    "fish": "~/.config/fish/completions/wirewatch.fish",
}
"""Where each shell looks by itself (zsh: where ~/.zfunc is in its fpath before compinit)."""


@command(
    "completion",
    examples=[f"wirewatch completion {shell} > {place}" for shell, place in _PLACES.items()],
)
@click.argument("shell", type=click.Choice(list(_PLACES)))
@with_screen
def completion(screen: Screen, shell: str) -> None:
    """Print the script that completes commands, options and names by Tab.

    Put it where your shell looks, then begin a new shell. Or try it in this one only:
    eval "$(wirewatch completion bash)"; in fish: wirewatch completion fish | source

    Names of sources, watches and channels are those of the archive that ./wirewatch.toml names.
    """
    root = click.get_current_context().find_root()
    made = get_completion_class(shell)
    if made is None:  # click knows all three
        raise click.ClickException(f"there is no script for {shell}")
    script = made(root.command, {}, "wirewatch", COMPLETE_VARIABLE).source()
    screen.say(script.rstrip("\n"))
