"""Feeds as hypothesis makes them up: every format, what stands in them, in any order."""

from hypothesis import strategies as st

WORDS = st.sampled_from(
    [
        "",
        "Soldiers came home",
        "  two\n lines ",
        "Гроб под флагом",
        "김정은",
        "AT&amp;T &lt;b&gt;bold&lt;/b&gt;",
        "&lt;p&gt;One&lt;/p&gt;&lt;p&gt;Two&lt;br/&gt;three&amp;nbsp;four&lt;/p&gt;",
        "<![CDATA[<p>In <i>CDATA</i> &copy; <img src='x'/></p>]]>",
        "<![CDATA[<ul><li>a<li>b</ul><pre>c\n d</pre> 1 < 2]]>",
        "5 &lt; 6 &amp;amp; 7",
        "caf\u00c3\u00a9",
        "&#8217;&#160;&#x1F600;",
        "a &amp;unknown; b",
    ]
)
ADDRESSES = st.sampled_from(
    [
        "https://news.test/a",
        "https://news.test/a?x=1&amp;y=2",
        "HTTP://News.Test/b/../c",
        "/relative/path",
        "../up?q#frag",
        "",
        "urn:uuid:17",
        "tag:news.test,2024:5",
        "javascript:alert(1)",
        "https:///three.slashes.test/",
        " https://news.test/blank end ",
        "https://news.test/한국",
    ]
)
DATES = st.sampled_from(
    [
        "Tue, 05 Nov 2024 06:00:00 GMT",
        "5 Nov 2024 06:00:00 +0900",
        "Tue, 05 Nov 2024 06:00:00 EST",
        "2024-11-05T06:00:00Z",
        "2024-11-05T06:00:00.123+05:30",
        "2024-11-05",
        "2024.11.05 15:00",
        "yesterday",
        "",
        "31 Feb 2024 10:00:00 GMT",
        "Thu, 01 Jan 1970 00:00:00 GMT",
        "99999-01-01T00:00:00Z",
    ]
)
MAILS = st.sampled_from(["Kim", "kim@news.test (Kim)", "Kim &lt;kim@news.test&gt;", "", "박"])

SPACES = (
    'xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:content="http://purl.org/rss/1.0/modules/content/" '
    'xmlns:media="http://search.yahoo.com/mrss/" '
    'xmlns:slash="http://purl.org/rss/1.0/modules/slash/" '
    'xmlns:sy="http://purl.org/rss/1.0/modules/syndication/" '
    'xmlns:thr="http://purl.org/syndication/thread/1.0" '
    'xmlns:it="http://www.itunes.com/DTDs/PodCast-1.0.dtd" '
    'xmlns:feedburner="http://rssnamespace.org/feedburner/ext/1.0" '
    'xmlns:own="https://own.test/ns" '
)
ATOM = "http://www.w3.org/2005/Atom"


def _of(pattern: str, values: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return values.map(pattern.format)


_BOTH = [
    _of("<title>{}</title>", WORDS),
    _of("<dc:title>{}</dc:title>", WORDS),
    _of("<dc:creator>{}</dc:creator>", MAILS),
    _of("<dc:date>{}</dc:date>", DATES),
    _of("<media:title>{}</media:title>", WORDS),
    _of("<media:group><media:title>{}</media:title></media:group>", WORDS),
    _of("<media:content url='x'><media:description>{}</media:description></media:content>", WORDS),
    _of("<content:encoded>{}</content:encoded>", WORDS),
    _of("<it:summary>{}</it:summary>", WORDS),
    _of("<it:author>{}</it:author>", MAILS),
    _of("<feedburner:origLink>{}</feedburner:origLink>", ADDRESSES),
    _of("<own:title>{}</own:title>", WORDS),
    _of("<own:box><own:part a='1'>{}</own:part></own:box>", WORDS),
    _of("<slash:comments>{}</slash:comments>", st.integers(0, 9).map(str)),
    _of("<category>{}</category>", WORDS),
    _of("<post-id xmlns='urn:wordpress'>{}</post-id>", st.integers(0, 9).map(str)),
    st.just("<!-- a comment -->"),
    st.just("<thr:total>3</thr:total>"),
]
_RSS = [
    _of("<link>{}</link>", ADDRESSES),
    _of("<guid>{}</guid>", ADDRESSES),
    _of("<guid isPermaLink='false'>{}</guid>", ADDRESSES),
    _of("<guid isPermaLink='true'>{}</guid>", ADDRESSES),
    _of("<description>{}</description>", WORDS),
    _of("<pubDate>{}</pubDate>", DATES),
    _of("<author>{}</author>", MAILS),
    _of("<source url='https://other.test/'>{}</source>", WORDS),
    _of("<a:link href='{}'/>", ADDRESSES),
    _of("<a:link rel='self' href='{}'/>", ADDRESSES),
    _of("<title xml:lang='ko'>{}</title>", WORDS),
    st.just("<enclosure url='https://news.test/a.mp3' type='audio/mpeg'/>"),
    st.just("<image>https://news.test/p.png</image>"),
    st.just("<description>half <b>inline</b></description>"),
]
_KINDS = ["", " type='text'", " type='html'", " type='xhtml'", " type='text/html'"]
_ATOM = [
    *(
        _of(f"<{name}{kind}>{{}}</{name}>", WORDS)
        for name in ("title", "summary", "content")
        for kind in _KINDS
    ),
    _of(
        "<content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'><p>{}</p> x<br/>y</div>"
        "</content>",
        WORDS.filter(lambda word: "CDATA" not in word),
    ),
    _of("<link href='{}'/>", ADDRESSES),
    _of("<link rel='alternate' type='text/html' href='{}'/>", ADDRESSES),
    _of("<link rel='alternate' type='image/png' href='{}'/>", ADDRESSES),
    _of("<link rel='enclosure' href='{}'/>", ADDRESSES),
    _of("<id>{}</id>", ADDRESSES),
    _of("<published>{}</published>", DATES),
    _of("<updated>{}</updated>", DATES),
    _of("<author><name>{}</name><email>m@news.test</email></author>", MAILS),
    _of("<author><name>{}</name></author>", MAILS),
    _of("<author>\n<email>{}</email><uri>https://news.test</uri></author>", MAILS),
    _of("<contributor><name>{}</name></contributor>", MAILS),
    _of("<source><title>{}</title><id>urn:x</id></source>", WORDS),
    st.just("<content src='https://news.test/c' type='text/html'/>"),
]
_CHANNEL = [
    _of("<title>{}</title>", WORDS),
    _of("<description>{}</description>", WORDS),
    _of("<language>{}</language>", st.sampled_from(["ko", "en-US", "de_DE", "?"])),
    _of("<ttl>{}</ttl>", st.sampled_from(["5", "sixty", "99999999999"])),
    _of("<lastBuildDate>{}</lastBuildDate>", DATES),
    st.just("<image><title>Logo</title><url>https://news.test/l.png</url></image>"),
    st.just("<sy:updatePeriod>hourly</sy:updatePeriod><sy:updateFrequency>2</sy:updateFrequency>"),
    st.just("<a:link rel='self' href='https://news.test/rss'/>"),
    st.just("<it:owner><it:name>N</it:name><it:email>n@news.test</it:email></it:owner>"),
]


def _some(parts: list[st.SearchStrategy[str]], most: int) -> st.SearchStrategy[str]:
    return st.lists(st.one_of(*parts), max_size=most).map("\n".join)


def _several(item: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.lists(item, max_size=4).map("\n".join)


_BASES = st.sampled_from(["", " xml:base='https://base.test/dir/'", " xml:lang='fr'"])
_RSS_ITEM = _of("<item>{}</item>", _some(_BOTH + _RSS, 9))
_ENTRY = st.builds("<entry{}>{}</entry>".format, _BASES, _some(_BOTH + _ATOM, 9))

rss = st.builds(
    f"<rss version='2.0' {SPACES} xmlns:a='{ATOM}'{{}}><channel>{{}}{{}}{{}}</channel>"
    "</rss>".format,
    _BASES,
    _some(_CHANNEL, 5),
    _several(_RSS_ITEM),
    _some(_CHANNEL, 1),
)
rdf = st.builds(
    f"<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' {SPACES}"
    "xmlns='http://purl.org/rss/1.0/'><channel rdf:about='https://news.test/'>{}</channel>{}"
    "</rdf:RDF>".format,
    _some(_CHANNEL[:5], 4),
    _several(
        st.builds("<item rdf:about='{}'>{}</item>".format, ADDRESSES, _some(_BOTH + _RSS[:6], 7))
    ),
)
atom = st.builds(
    f"<feed xmlns='{ATOM}' {SPACES}{{}}>{{}}{{}}</feed>".format,
    _BASES,
    _some(_BOTH[:4] + _ATOM[:1], 4),
    _several(_ENTRY),
)
feeds = st.one_of(rss, rdf, atom)
