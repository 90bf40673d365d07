"""Where platforms keep the feeds of what stands on them: one row each, known by the address.

Many of them name their feeds nowhere, or show strangers a wall in the page's place. A row is only a
place to look: what stands there is read like any other before it is offered.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit


@dataclass(frozen=True, slots=True)
class Platform:
    """Addresses that `page` matches (without scheme) have feeds at `feeds`, its groups filled in.

    `{host}` is the host as it was named.
    """

    page: re.Pattern[str]
    feeds: tuple[str, ...]


def _row(page: str, *feeds: str) -> Platform:
    return Platform(re.compile(rf"(?:www\.)?{page}", re.IGNORECASE), feeds)


PLATFORMS = (
    _row(
        r"(?:m\.)?youtube\.com/channel/(UC[\w-]+).*",
        "https://www.youtube.com/feeds/videos.xml?channel_id={1}",
    ),
    _row(
        r"(?:m\.)?youtube\.com/(?:playlist|watch)\?(?:.*&)?list=([\w-]+).*",
        "https://www.youtube.com/feeds/videos.xml?playlist_id={1}",
    ),
    _row(
        r"(?:m\.)?youtube\.com/user/([\w-]+).*",
        "https://www.youtube.com/feeds/videos.xml?user={1}",
    ),
    _row(
        r"(?:\w+\.)?reddit\.com/((?:r|user|domain)/[\w.+-]+)(?:/.*)?",
        "https://www.reddit.com/{1}/.rss",
    ),
    _row(r"(?:\w+\.)?reddit\.com/?", "https://www.reddit.com/.rss"),
    _row(r"[\w-]+\.substack\.com(?:/.*)?", "https://{host}/feed"),
    _row(r"medium\.com/(@?[\w.-]+)/tagged/([\w-]+).*", "https://medium.com/feed/{1}/tagged/{2}"),
    _row(r"medium\.com/tag/([\w-]+).*", "https://medium.com/feed/tag/{1}"),
    _row(r"medium\.com/(@?[\w.-]+)(?:/.*)?", "https://medium.com/feed/{1}"),
    _row(r"(?!www\.)[\w-]+\.medium\.com(?:/.*)?", "https://{host}/feed"),
    _row(
        r"github\.com/([\w.-]+)/([\w.-]+)(?:/.*)?",
        "https://github.com/{1}/{2}/releases.atom",
        "https://github.com/{1}/{2}/commits.atom",
    ),
    _row(r"github\.com/([\w-]+)/?", "https://github.com/{1}.atom"),
    _row(
        r"gitlab\.com/([\w.-]+/[\w.-]+)(?:/.*)?",
        "https://gitlab.com/{1}/-/tags?format=atom",
        "https://gitlab.com/{1}.atom",
    ),
    _row(r"[\w-]+\.blogspot\.[a-z.]+(?:/.*)?", "https://{host}/feeds/posts/default"),
    _row(r"(?!www\.)[\w-]+\.tumblr\.com(?:/.*)?", "https://{host}/rss"),
    _row(r"tumblr\.com/([\w-]+)(?:/.*)?", "https://{1}.tumblr.com/rss"),
    _row(r"[\w-]+\.wordpress\.com(?:/.*)?", "https://{host}/feed/"),
    _row(r"[\w-]+\.livejournal\.com(?:/.*)?", "https://{host}/data/rss"),
    _row(r"[\w-]+\.ghost\.io(?:/.*)?", "https://{host}/rss/"),
    _row(r"bsky\.app/profile/([\w.:-]+)(?:/.*)?", "https://bsky.app/profile/{1}/rss"),
    _row(r"vimeo\.com/([\w-]+)(?:/.*)?", "https://vimeo.com/{1}/videos/rss"),
    _row(r"dailymotion\.com/([\w-]+)(?:/.*)?", "https://www.dailymotion.com/rss/user/{1}"),
    _row(r"(?:[\w-]+\.)?stackexchange\.com(?:/.*)?", "https://{host}/feeds"),
    _row(r"stackoverflow\.com/questions/tagged/([\w+.-]+).*", "https://{host}/feeds/tag/{1}"),
    _row(r"flickr\.com/photos/([\w@-]+)(?:/.*)?", "https://www.flickr.com/photos/{1}/feed"),
    # Mastodon and its like run on any host; the first row that fits counts, so it stands last.
    _row(r"[\w.-]+\.[a-z]{2,}/@([\w.]+)/?", "https://{host}/@{1}.rss"),
)


def feeds_by_platform(url: str) -> Iterator[str]:
    """Yield where the platform that `url` stands on keeps its feeds; nothing for other sites."""
    parts = urlsplit(url)
    bare = f"{parts.netloc}{parts.path}{'?' + parts.query if parts.query else ''}"
    for row in PLATFORMS:
        found = row.page.fullmatch(bare)
        if found is not None:
            for feed in row.feeds:
                yield feed.format("", *found.groups(), host=parts.netloc)
            return
