"""What the process of wirewatch/pages_child.py runs; only there is Scrapy loaded."""

import sys

from crawler.engine_child import serve
from wirewatch.crawl_settings import crawl_settings
from wirewatch.heap import give_large_blocks_back
from wirewatch.net.told import own_network


def main(arguments: list[str]) -> None:
    """Serve until stdin ends; the one argument is what `pages_child.command` put there."""
    give_large_blocks_back()
    serve(crawl_settings(own_network(arguments[0])))


if __name__ == "__main__":
    main(sys.argv[1:])
