"""`wirewatch story`: see what tells a story, and correct what wirewatch took for one."""

from wirewatch.cli.default_group import DefaultGroup

story = DefaultGroup(
    "story",
    usual="show",
    lazy={
        "show": ("wirewatch.cli.story_show:show", "one story; `story st_12` will do"),
        "split": ("wirewatch.cli.story_split:split", "articles become a story of their own"),
        "join": ("wirewatch.cli.story_join:join", "two stories become one"),
    },
    help="Show a story: who told it, in whose words, what was changed, who was told.\n\n"
    "`wirewatch story st_12`, `wirewatch story https://…`, `wirewatch story ar_40 --diff 1`",
)
