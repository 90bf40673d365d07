"""`wirewatch source`: the places that tell news."""

from wirewatch.cli.group import LazyGroup

source = LazyGroup(
    "source",
    lazy={
        "add": ("wirewatch.cli.source_add:add", "find the feeds behind an address, and add one"),
        "list": ("wirewatch.cli.source_list:list_sources", "the sources, and how they are doing"),
        "show": ("wirewatch.cli.source_show:show_source", "all that is known of one source"),
        "try": ("wirewatch.cli.source_try:try_source", "visit a source now; nothing is kept"),
        "pause": ("wirewatch.cli.source_rest:pause", "leave a source alone for a while"),
        "resume": ("wirewatch.cli.source_rest:resume", "visit a source again"),
        "rm": ("wirewatch.cli.source_rest:rm", "take a source away; its articles stay"),
        "import": ("wirewatch.cli.source_import:import_sources", "add what an OPML file lists"),
        "export": ("wirewatch.cli.source_export:export_sources", "write the sources as OPML"),
    },
    help="Places that tell news: find, try, add and list them.",
    epilog="Begin with: wirewatch source add example.org",
)
