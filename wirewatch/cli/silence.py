"""`wirewatch silence`: hold the alerts of a watch for a while, and look after such orders."""

from wirewatch.cli.default_group import DefaultGroup

silence = DefaultGroup(
    "silence",
    usual="add",
    lazy={
        "add": ("wirewatch.cli.silence_add:add", "hold alerts; `silence WATCH --for 1h` will do"),
        "list": ("wirewatch.cli.silence_list:show_all", "active, planned and past ones"),
        "end": ("wirewatch.cli.silence_end:end", "end one now, and be told what it held"),
    },
    help="Hold a watch's alerts for a while; at the end one message sums them up.\n\n"
    '`wirewatch silence "DPRK troops" --until 08:00 --why "night desk"`',
)
