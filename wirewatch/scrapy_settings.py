"""Scrapy's settings, as scrapy.cfg names them, for `scrapy list` and `scrapy crawl` by hand.

They go out through the same guarded client, with the `[network]` of the wirewatch.toml in the
current folder or of the file that WIREWATCH_CONFIG names.
"""

import os
from pathlib import Path

from wirewatch.config.load import load_or_default
from wirewatch.crawl_settings import crawl_settings
from wirewatch.network import settings_of

_named = os.environ.get("WIREWATCH_CONFIG")
_network = load_or_default(Path(_named) if _named else None, folder=Path.cwd()).network

# Scrapy takes every name in capitals of this module for a setting.
globals().update(crawl_settings(settings_of(_network)))
