"""Every fault of wirewatch.toml has its line, its table and its words."""

from pathlib import Path

import pytest

from news.errors import ConfigurationError
from wirewatch.config.load import load

SOURCE = '[[source]]\nname = "Yonhap"\nurl = "https://en.yna.co.kr/RSS/news.xml"\n'
CHANNEL = '[[channel]]\nname = "newsroom"\nurl = "https://n8n.example/webhook/abc"\n'
WATCH = '[[watch]]\nname = "DPRK troops"\nquery = "soldiers"\n'
ALIAS = "[[alias]]\nname = 'kim'\nterms = ['Kim']\n"
MAIL = '[mail]\nserver = "smtp://mail.example"\nfrom = "alerts@example.org"\n'

# text, line, and what follows "wirewatch.toml:LINE: "
FAULTS = [
    # above the first table
    ('timezone = "Asia/Soul"', 1, 'timezone: "Asia/Soul" is no time zone (did you mean "Asia/S'),
    ("catch_up = 3", 1, 'catch_up: a duration has a unit: write "3s" or "3m"'),
    ("catch_up = true", 1, 'catch_up: must be a duration such as "90s", "2m" or "1h", not true'),
    ('\n\ntimezon = "UTC"', 3, 'unknown "timezon" (did you mean "timezone"?)'),
    ("include = 3", 1, "include: must be a list of texts in quotes, not a number"),
    ('include = ["gone.toml"]', 1, 'include: there is no file "gone.toml"'),
    # names and brackets of tables
    ("[netwrk]\ndelay = '1s'", 1, 'unknown [netwrk] (did you mean "[network]"?)'),
    ("\n[[sources]]\nname = 'x'", 2, 'unknown [[sources]] (did you mean "[[source]]"?)'),
    ("[source]\nname = 'x'", 1, "there may be many: write it as [[source]]"),
    ("[[network]]\ndelay = '1s'", 1, '"network" is a section: write it as [network]'),
    ("watch = [1]", 1, "[[watch]] 1: must be a table: write it as [[watch]]"),
    # sections
    ("[web]\nport = '80'", 2, "[web]: port: must be a whole number, not a text"),
    ("[web]\nport = 0", 2, "[web]: port: must be from 1 to 65535, not 0"),
    ("[web]\nprot = 80", 2, '[web]: unknown key "prot" (did you mean "port"?)'),
    ("[web]\nbase_url = 'desk'", 2, "[web]: base_url: an address begins with https:// or"),
    ("[network]\nallow = [\n  '10.0.0.1:x'\n]", 3, '[network]: allow: "10.0.0.1:x" is not host'),
    ("[network]\ndelay = '1 s'", 2, '[network]: delay: "1 s" is no duration'),
    ("[network]\ntimeout = '1ms'", 2, '[network]: timeout: the least is "1s"'),
    ("[network]\nmax_bytes = 'ten'", 2, '[network]: max_bytes: "ten" is no size; write one'),
    ("[network]\nproxy = 'x'", 2, "[network]: proxy: a proxy is written"),
    ("[cadence]\nmin = '2h'\nmax = '1h'", 2, "[cadence]: min is longer than max"),
    ("[notices]\nto = 'desk'", 2, '[notices]: to: there is no channel "desk"; write a [[channel]]'),
    ("[archive]\nurl = 'mysql://x/y'", 2, "[archive]: url: an archive is written"),
    ("[archive]\ndurability = 'ful'", 2, '[archive]: durability: "ful" is not known here (did'),
    ("[archive]\nkeep = '6d'", 2, '[archive]: keep: the least is "7d"'),
    ("[mail]\nserver = 'smtp://mail.example'", 1, '[mail]: "from" is missing: whom do mails'),
    (MAIL + "password = 'env:GONE'", 4, '[mail]: password: the environment has no "GONE"'),
    # sources
    (SOURCE + "tag = ['a']", 4, '[[source]] "Yonhap": unknown key "tag" (did you mean "tags"?)'),
    (SOURCE + "kind = 'fed'", 4, '[[source]] "Yonhap": kind: "fed" is not known here (did you'),
    (SOURCE + "every = 120", 4, '[[source]] "Yonhap": every: a duration has a unit: write "120'),
    (SOURCE + "every = '0s'", 4, '[[source]] "Yonhap": every: the least is "1s"'),
    (SOURCE + "cron = 'soon'", 4, '[[source]] "Yonhap": cron: '),
    (SOURCE + "every = '2m'\ncron = '0 * * * *'", 5, '[[source]] "Yonhap": every and cron exclude'),
    (SOURCE + "links = 'h3 >'", 4, '[[source]] "Yonhap": links: this is not a CSS selector'),
    (SOURCE + "links = 'a::text'", 4, '[[source]] "Yonhap": links: name the links themselves'),
    (SOURCE + "kind = 'feed'\ndepth = 2", 5, '[[source]] "Yonhap": depth: a feed has none; it is'),
    (
        SOURCE + "sections = [\n '/a',\n 'http://b.test/']",
        6,
        '[[source]] "Yonhap": sections: "http',
    ),
    (SOURCE + "sections = ['ftp://en.yna.co.kr/']", 4, '[[source]] "Yonhap": sections: "ftp://en'),
    (SOURCE + SOURCE.replace("Yonhap", "B"), 6, '[[source]] "B": url: the source at wirewatch.tom'),
    ("[[source]]\nname = 'Yonhap'", 1, '[[source]] "Yonhap": "url" is missing'),
    ("[[source]]\nurl = 'https://a.example/'", 1, '[[source]] 1: "name" is missing'),
    ("[[source]]\nname = ''\nurl = 'https://a.example/'", 2, '[[source]] "": name: must not be'),
    # channels
    (CHANNEL + CHANNEL, 5, '[[channel]] "newsroom": the name is taken already at wirewatch.toml:1'),
    (CHANNEL + "secret = 'x'", 4, '[[channel]] "newsroom": secret: a webhook\'s secret begins'),
    (CHANNEL + "secret = 'file:gone'", 4, '[[channel]] "newsroom": secret: "gone" cannot be read'),
    (CHANNEL + "shape = 'slak'", 4, '[[channel]] "newsroom": shape: "slak" is not known here (di'),
    (CHANNEL + "rate = '30'", 4, '[[channel]] "newsroom": rate: "30" is no rate; write one like'),
    (CHANNEL + "concurrency = 0", 4, '[[channel]] "newsroom": concurrency: must be from 1 to'),
    (CHANNEL + "was = 'newsroom'", 4, '[[channel]] "newsroom": was: "newsroom" still stands at'),
    (MAIL + "[[channel]]\nname = 'd'\nurl = 'mailto:d'", 6, '[[channel]] "d": url: that is no ma'),
    (
        "[[channel]]\nname = 'd'\nurl = 'mailto:d@a.example'",
        3,
        '[[channel]] "d": mailto: needs a',
    ),
    ("[[channel]]\nname = 'c'\nurl = 'command:x'", 3, '[[channel]] "c": a command runs only'),
    ("[[channel]]\nname = 'j'\nurl = 'jsonl:x'\nshape = 'slack'", 4, '[[channel]] "j": shape: onl'),
    ("[[channel]]\nname = 'j'\nurl = 'jsonl:x'\nsecret = 'x'", 4, '[[channel]] "j": secret: only'),
    ("[[channel]]\nname = 'w_3'\nurl = 'jsonl:x'", 2, '[[channel]] "w_3": name: "w_3" is how wir'),
    # aliases and publishers
    ("[[alias]]\nname = 'kim'", 1, '[[alias]] "kim": "terms" is missing'),
    ("[[alias]]\nname = 'kim'\nterms = [1]", 3, '[[alias]] "kim": terms: must be a text in quot'),
    (ALIAS.replace("kim", "k im"), 2, '[[alias]] "k im": name: queries call it by @, so the name'),
    (ALIAS + ALIAS, 5, '[[alias]] "kim": the name is taken already at wirewatch.toml:1'),
    (ALIAS.replace("['Kim']", "[]"), 3, '[[alias]] "kim": terms: at least one spelling'),
    ("[[publisher]]\ndomain = 'a b'", 2, '[[publisher]] "a b": domain: "a b" is no domain; write'),
    ("[[publisher]]\ndomain = 'a.kr'\ncountry = 'kor'", 3, '[[publisher]] "a.kr": country: "kor"'),
    ("[[publisher]]\ndomain = 'www.nk.org'", 2, '[[publisher]] "www.nk.org": domain: articles the'),
    # watches
    (
        WATCH + "qury = 'x'",
        4,
        '[[watch]] "DPRK troops": unknown key "qury" (did you mean "query"?)',
    ),
    (WATCH + "to = ['news']", 4, '[[watch]] "DPRK troops": to: there is no channel "news"; write'),
    (CHANNEL + WATCH + "to = ['newsrom']", 7, '[[watch]] "DPRK troops": to: there is no channel "'),
    (WATCH + "alert = ['stry']", 4, '[[watch]] "DPRK troops": alert: "stry" is not known here ('),
    (WATCH + "min_publishers = 0", 4, '[[watch]] "DPRK troops": min_publishers: must be from 1'),
    (WATCH + "max_per_hour = true", 4, '[[watch]] "DPRK troops": max_per_hour: must be a whole'),
    (WATCH + "when = 'sometimes'", 4, '[[watch]] "DPRK troops": when: "sometimes" does not say'),
    (WATCH + "quiet = '23-07'", 4, '[[watch]] "DPRK troops": quiet: "23" is no time of day'),
    (WATCH + "noisy = 'yes'", 4, '[[watch]] "DPRK troops": noisy: must be true or false, not a t'),
    (WATCH + "cooldown = 0", 4, '[[watch]] "DPRK troops": cooldown: a duration has a unit'),
    ("[[watch]]\nname = 'a'\nquery = 3", 3, '[[watch]] "a": query: must be a text in quotes, not'),
    ("[[watch]]\nname = 'a'\nquery = ''", 3, '[[watch]] "a": query: must not be empty'),
]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def told(text: str) -> list[str]:
    """Return the lines by which `text` is refused."""
    path = Path("wirewatch.toml")
    path.write_text(text, "utf-8")
    with pytest.raises(ConfigurationError) as refused:
        load(path, environ={})
    return str(refused.value).split("\n")


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(("text", "line", "words"), FAULTS)
def test_a_fault_has_its_line_and_words(text: str, line: int, words: str) -> None:
    (fault,) = told(text)
    assert fault.startswith(f"wirewatch.toml:{line}: {words}")


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("a = 1\nname", 2, 'not TOML: expected "=" after a key'),
        ("[web]\nport = 1\nport = 2\n", 3, 'the key "port" stands twice in one table'),
        ("[web]\nport = 1\nport = 2\nhost = 'x'\n", 3, 'the key "port" stands twice'),
        ("[web]\n[web]\n", 2, "[web] stands twice in this file"),
        ("[[watch]]\n[watch]\n", 2, "[watch] stands twice in this file"),
        ("web = { port = 1, port = 2 }\n", 1, 'the key "port" stands twice in one table'),
        ("timezone = UTC\n", 1, "no value that TOML knows: texts stand in quotes"),
        ('timezone = "UTC\n', 1, "not TOML: "),
        ("timezone = 'a' 'b'\n", 1, "not TOML: expected newline"),
        ('query = "\\kim"', 1, "not TOML: "),
        ("x = " + "[" * 20_000, 1, "lists or tables are nested too deeply"),
    ],
)
def test_what_is_no_toml_is_shown_with_its_line(text: str, line: int, words: str) -> None:
    assert told(text)[0].startswith(f"wirewatch.toml:{line}: {words}")


def test_a_file_that_is_no_text(folder: Path) -> None:
    (folder / "wirewatch.toml").write_bytes(b'timezone = "UTC"\n# \xff\xfe\n')
    with pytest.raises(ConfigurationError, match=r"^wirewatch.toml:2: this is not UTF-8"):
        load(Path("wirewatch.toml"))


def test_a_file_that_is_not_there_or_a_folder(folder: Path) -> None:
    with pytest.raises(ConfigurationError, match=r"^gone.toml: cannot be read: No such file"):
        load(Path("gone.toml"))
    with pytest.raises(ConfigurationError, match="cannot be read: Is a directory"):
        load(folder)


@pytest.mark.usefixtures("folder")
def test_a_wrong_query_is_shown_with_a_caret() -> None:
    head, *picture = told(WATCH.replace('"soldiers"', "'soldiers AND (\"kim'"))
    assert head == 'wirewatch.toml:3: [[watch]] "DPRK troops": query: cannot be understood'
    assert picture[0] == '    soldiers AND ("kim'
    assert picture[1].strip().strip("^") == ""
    assert all(line.startswith("    ") for line in picture)


@pytest.mark.usefixtures("folder")
def test_an_unknown_alias_is_shown_with_a_caret() -> None:
    head, *picture = told(ALIAS + WATCH.replace("soldiers", "soldiers @kin"))
    assert head == 'wirewatch.toml:6: [[watch]] "DPRK troops": query: cannot be understood'
    assert picture == [
        "    soldiers @kin",
        "             ^^^^",
        "    there is no alias set @kin, but @kim; did you mean  soldiers @kim",
    ]


@pytest.mark.usefixtures("folder")
def test_a_wrong_term_of_an_alias_is_shown_with_a_caret_once() -> None:
    terms = "terms = [\n  'Kim',\n  'Kim OR Lee',\n]"
    wrong = ALIAS.replace("terms = ['Kim']", terms)
    head, *picture = told(wrong + WATCH.replace("soldiers", "@kim"))
    assert head == 'wirewatch.toml:5: [[alias]] "kim": terms: cannot be understood'
    assert picture[:2] == ["    Kim OR Lee", "        ^^"]
    assert len(picture) == 3


@pytest.mark.usefixtures("folder")
def test_an_alias_of_the_wrong_shape_brings_forth_no_fault_of_its_queries() -> None:
    (fault,) = told(ALIAS + "trms = ['x']\n" + WATCH.replace("soldiers", "@kim"))
    assert fault.startswith('wirewatch.toml:4: [[alias]] "kim": unknown key "trms"')


@pytest.mark.usefixtures("folder")
def test_a_watch_with_a_wrong_key_is_told_of_its_wrong_query_too() -> None:
    lines = told(WATCH.replace("soldiers", "(soldiers") + "qury = 'x'")
    assert [line.partition(": [[watch]]")[0] for line in lines if "[[watch]]" in line] == [
        "wirewatch.toml:3",
        "wirewatch.toml:4",
    ]


@pytest.mark.usefixtures("folder")
def test_two_secrets_may_stand_there_and_no_third() -> None:
    key = "whsec_" + "a2V5" * 8
    (fault,) = told(f"{CHANNEL}secret = ['{key}', '{key}', '{key}']")
    assert fault.startswith('wirewatch.toml:4: [[channel]] "newsroom": secret: at most two')


@pytest.mark.usefixtures("folder")
def test_no_fault_repeats_a_secret() -> None:
    lines = told(
        "[mail]\nserver = 'smtp://u:hunter2@mail.example'\npassword = ['hunter2']\n"
        "[network]\nproxy = 'hunter2'\n[archive]\nurl = 'mysql://u:hunter2@x'\n"
        "[[channel]]\nname = 'a'\nurl = 'hunter2'\nsecret = 'whsec_hunter2'\n"
    )
    assert len(lines) == 5
    assert not [line for line in lines if "hunter2" in line]
