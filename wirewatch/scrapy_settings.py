"""Scrapy's settings, as scrapy.cfg names them, for `scrapy list` and `scrapy crawl` by hand.

They go out through the same guarded client, with the `[network]` of the wirewatch.toml in the
current folder or of the file that WIREWATCH_CONFIG names; what they read is kept in its archive.
"""

import os
from pathlib import Path

from crawler.settings import KEEP
from wirewatch.config.load import load_or_default
from wirewatch.crawl_settings import crawl_settings
from wirewatch.keep import KeptByHand
from wirewatch.network import settings_of

_named = os.environ.get("WIREWATCH_CONFIG")
_configuration = load_or_default(Path(_named) if _named else None, folder=Path.cwd())

# Scrapy takes every name in capitals of this module for a setting.
globals().update(crawl_settings(settings_of(_configuration.network)))
globals()[KEEP] = KeptByHand(_configuration)
