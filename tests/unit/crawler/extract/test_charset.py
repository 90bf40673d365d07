"""From bytes to characters, whatever the page says of itself."""

import pytest

from crawler.extract.charset import decoded

RUSSIAN = "Старый портовый кран разобрали в понедельник, рассказали рабочие порта. " * 5
KOREAN = "항구의 낡은 기중기가 월요일에 철거되었다고 부두 노동자들이 말했다. " * 5
JAPANESE = "港の古いクレーンが月曜日に解体されたと、港の作業員が話した。" * 5
CHINESE = "港口工人说，旧起重机于星期一被拆除，它已经闲置了十一年。" * 5
GERMAN = "Der alte Kran im Hafen wurde am Montag abgebaut – „endlich“, sagte ein Hafenarbeiter. "


@pytest.mark.parametrize(
    ("text", "charset", "said"),
    [
        (RUSSIAN, "utf-8", ""),
        (RUSSIAN, "utf-8", "windows-1251"),
        (RUSSIAN, "cp1251", "windows-1251"),
        (RUSSIAN, "koi8-r", "koi8-r"),
        (KOREAN, "cp949", "euc-kr"),
        (JAPANESE, "shift_jis", "Shift_JIS"),
        (JAPANESE, "euc_jp", "euc-jp"),
        (CHINESE, "gb18030", "gb2312"),
        (CHINESE, "big5", "big5"),
        (GERMAN, "cp1252", "iso-8859-1"),
    ],
)
@pytest.mark.parametrize("where", ["header", "page"])
def test_a_charset_that_is_named_is_taken(text: str, charset: str, said: str, where: str) -> None:
    if charset == "big5":
        text = text.encode("big5", "ignore").decode("big5")
    meta = f'<meta charset="{said}">' if where == "page" else ""
    header = f"text/html; charset={said}" if where == "header" else "text/html"
    body = f"<html><head>{meta}</head><body>{text}</body></html>".encode(charset)
    assert text in decoded(body, header)


@pytest.mark.parametrize("charset", ["utf-8-sig", "utf-16"])
def test_a_byte_order_mark_goes_before_everything(charset: str) -> None:
    body = f"<html>{KOREAN}</html>".encode(charset)
    assert decoded(body, "text/html; charset=windows-1251") == f"<html>{KOREAN}</html>"


@pytest.mark.parametrize("said", ["", "utf-8", "no-such-charset", "hex", "idna", "utf-16", "\x00"])
def test_what_cannot_be_is_not_believed(said: str) -> None:
    body = f"<html><body>{RUSSIAN * 5}</body></html>".encode("cp1251")
    assert RUSSIAN in decoded(body, f"text/html; charset={said}")


def test_one_broken_character_does_not_make_another_charset_of_it() -> None:
    body = f"<html>{KOREAN * 20}".encode() + b"\xff" + KOREAN.encode()
    assert KOREAN in decoded(body, "text/html; charset=utf-8")


ARABIC = (
    "أعلن مدير الميناء يوم الاثنين تفكيك الرافعة القديمة بعد أن ألحقت بها العاصفة أضرارا كبيرة. "
    * 5
)


def page(text: str, said: str = "") -> str:
    meta = f'<meta charset="{said}">' if said else ""
    return f"<html><head>{meta}<title>x</title></head><body><p>{text}</p></body></html>"


@pytest.mark.parametrize(
    ("text", "charset"),
    [(RUSSIAN, "cp1251"), (ARABIC, "cp1256"), (KOREAN, "cp949"), (JAPANESE, "shift_jis")],
)
def test_a_server_that_calls_every_page_western_is_not_believed(text: str, charset: str) -> None:
    body = page(text, charset).encode(charset)
    assert text in decoded(body, "text/html; charset=iso-8859-1")


@pytest.mark.parametrize(
    ("text", "charset"),
    [(RUSSIAN, "cp1251"), (KOREAN, "cp949"), (JAPANESE, "shift_jis"), (CHINESE, "gb18030")],
)
def test_a_charset_that_nobody_names_is_guessed(text: str, charset: str) -> None:
    assert text in decoded(page(text * 4).encode(charset), "text/html")


@pytest.mark.parametrize("said", ["iso-8859-1", "windows-1252", "windows-1251", "euc-kr", ""])
def test_utf8_with_few_broken_bytes_is_utf8_whatever_is_said(said: str) -> None:
    body = page(KOREAN * 3 + GERMAN, said).encode() + b"\xff\xc3 and cut \xed\x95"
    text = decoded(body, f"text/html; charset={said}")
    assert KOREAN in text
    assert GERMAN in text


def test_western_pages_with_few_signs_of_their_own_are_not_utf8() -> None:
    assert GERMAN in decoded(page(GERMAN).encode("cp1252"), "text/html; charset=iso-8859-1")


@pytest.mark.parametrize("charset", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("blanks", ["", "\r\n\r\n"])
def test_utf16_is_known_without_its_mark(charset: str, blanks: str) -> None:
    text = blanks + page(KOREAN, "utf-16")
    assert decoded(text.encode(charset), "text/html") == text


def test_a_page_that_holds_the_sign_of_broken_text_is_not_broken() -> None:
    assert decoded(page("a \ufffd b").encode(), "") == page("a \ufffd b")


def test_scripts_do_not_make_a_page_western() -> None:
    body = page(f"<script>{'var crane = 1;' * 500}</script>{RUSSIAN}", "windows-1251")
    assert RUSSIAN in decoded(body.encode("cp1251"), "text/html; charset=iso-8859-1")
