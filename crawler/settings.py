"""Scrapy's settings as constants, hardened: its defaults are made for crawling by hand.

Components of our own find what the roof brings under more names:

* `WIREWATCH_CLIENT`: a function that builds the guarded HTTP client
* `WIREWATCH_DRAWS`: a function that makes what draws pages (crawler/drawing)
* `WIREWATCH_KEEP`: a function that is given each `ReadItem` of a crawl by hand
* `WIREWATCH_REST`: a function that tells how long the operator lets the host of an address rest
"""

from typing import Any

CLIENT = "WIREWATCH_CLIENT"
DRAWS = "WIREWATCH_DRAWS"
KEEP = "WIREWATCH_KEEP"
REST = "WIREWATCH_REST"

_HANDLER = "crawler.download_handler.GuardedDownloadHandler"

HARDENED: dict[str, Any] = {
    "BOT_NAME": "wirewatch",
    "SPIDER_MODULES": ["crawler.spiders"],
    "NEWSPIDER_MODULE": "crawler.spiders",
    "TWISTED_REACTOR": "twisted.internet.asyncioreactor.AsyncioSelectorReactor",
    # One way out: our handler over the guarded client, and no other scheme at all.
    "DOWNLOAD_HANDLERS": {
        "http": _HANDLER,
        "https": _HANDLER,
        "data": None,
        "file": None,
        "ftp": None,
        "s3": None,
    },
    "DOWNLOAD_VERIFY_CERTIFICATES": True,
    "DOWNLOAD_MAXSIZE": 10 * 1024 * 1024,
    "DOWNLOAD_WARNSIZE": 0,
    "DOWNLOAD_TIMEOUT": 30,
    # Hosts are kept apart by ourselves (crawler/politeness.py); nothing may queue behind others.
    "CONCURRENT_REQUESTS": 0,
    "CONCURRENT_REQUESTS_PER_DOMAIN": 1,
    "DOWNLOAD_DELAY": 0,
    # What these would do is done by the client, the page reader or nobody.
    "DOWNLOADER_MIDDLEWARES_BASE": {
        "scrapy.downloadermiddlewares.defaultheaders.DefaultHeadersMiddleware": 400,
        "scrapy.downloadermiddlewares.stats.DownloaderStats": 850,
    },
    "DEFAULT_REQUEST_HEADERS": {
        "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.5",
    },
    "COMPRESSION_ENABLED": False,
    "COOKIES_ENABLED": False,
    "HTTPCACHE_ENABLED": False,
    "HTTPPROXY_ENABLED": False,
    "METAREFRESH_ENABLED": False,
    "REDIRECT_ENABLED": False,
    "RETRY_ENABLED": False,
    "ROBOTSTXT_OBEY": False,  # crawler/robots.py obeys it
    "DNSCACHE_ENABLED": False,  # it never expires
    # Nobody may look in or steer from outside, and nothing is reported anywhere.
    "REMOTE_CONTROL_ENABLED": False,
    "TELNETCONSOLE_ENABLED": False,
    "MEMUSAGE_ENABLED": False,
    "STATSMAILER_RCPTS": [],
    "FEED_STORAGES": {"ftp": None, "ftps": None, "gs": None, "s3": None},
    "ITEM_PIPELINES": {"crawler.keeping.Keeping": 100},
    # stdout belongs to frames and to `-o -`; logging goes to stderr.
    "LOG_STDOUT": False,
    "LOG_LEVEL": "INFO",
    "LOG_VERSIONS": [],
    "LOGSTATS_INTERVAL": 0,
}
