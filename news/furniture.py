"""What stands on a page beside the words of its author, and changes without them.

Counters, how long ago something was, when a page was made anew, and titles of other pieces below a
text. A line is such a one only where nothing else stands in it: a list of words that say that much
in the languages of many papers, and numbers. "Death toll: 12" is never one.
"""

import re
from collections import Counter

_MOST_WORDS = 16
_SHORTEST_TITLE, _LONGEST_TITLE = 3, 24
"""Words that a line of furniture, and the title of another piece, may have."""

_SAID = """
    updated update published posted modified edited last first at on of the by in ago just now today
    yesterday min mins minute minutes hour hours hr hrs h m s sec second seconds day days week weeks
    month months a an am pm utc gmt cet cest est edt et bst kst jst msk ist read reading time
    view views viewed comment comments share shares shared like likes reply replies reader readers
    reaction reactions click clicks live
    aktualisiert veröffentlicht stand am um uhr vor minuten stunde stunden tag tagen lesezeit
    kommentar kommentare aufrufe geteilt gestern heute
    mis à jour publié le la modifié il y a heure heures jour jours lecture commentaire commentaires
    partages vues hier aujourd hui
    actualizado publicado el hace minuto minutos hora horas día días lectura comentario comentarios
    ayer hoy compartir vistas
    atualizado em há às dias leitura comentário comentários ontem hoje visualizações
    aggiornato pubblicato il alle fa minuti ore giorno giorni lettura commenti ieri oggi
    обновлено опубликовано назад мин минут минуты минуту час часа часов день дня дней сегодня вчера
    просмотров просмотра просмотр комментариев комментарий комментария мск г года в
    تحديث آخر نشر منذ دقيقة دقائق ساعة ساعات يوم أيام قبل مشاهدة تعليق تعليقات
    january february march april may june july august september october november december
    jan feb mar apr jun jul aug sep sept oct nov dec
    monday tuesday wednesday thursday friday saturday sunday mon tue wed thu fri sat sun
    januar februar märz mai juni juli oktober dezember montag dienstag mittwoch donnerstag freitag
    samstag sonntag
    janvier février mars avril juin juillet août septembre octobre novembre décembre
    lundi mardi mercredi jeudi vendredi samedi dimanche
    enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre de
    января февраля марта апреля мая июня июля августа сентября октября ноября декабря
    يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر
"""
_WORDS = frozenset(_SAID.split())
_TOO_COMMON = "a the of by in at on le la il el de em may mars fa first last m s live"
_TELLING = _WORDS.difference(_TOO_COMMON.split())
_SIGNS = re.compile(
    "최종|입력|수정|등록|업데이트|조회수?|댓글|공유|추천|분|시간|일|전|오전|오후|년|월|시|초|방금|개|"
    "更新|公開|公开|発表|发布|發布|閲覧|阅读|閱讀|浏览|瀏覽|评论|評論|コメント|分钟|分鐘|小时|小時|"
    "時間|分|秒|天|日|前|後|年|月|時|时|午前|午後|上午|下午|刚刚|件|次|条|條|数"
)
_WORD = re.compile(r"[^\W\d_]+")
_ENDS = re.compile(r"""[.!?。！？…؟:;"”»』」)\]]$""")


def is_furniture(line: str) -> bool:
    """Tell whether a line says nothing but when, how often, or how long ago."""
    words = [word.casefold() for word in _WORD.findall(_SIGNS.sub(" ", line))]
    if not words:
        return any(sign.isdigit() for sign in line) or not line.strip() or _bare(line)
    if len(words) > _MOST_WORDS or not _WORDS.issuperset(words):
        return False
    return any(word in _TELLING for word in words)


def substance(text: str) -> tuple[str, ...]:
    """Return the lines of a text that are its author's, their blanks made alike.

    Titles of other pieces, two or more of them below the last sentence, are not.
    """
    return parted(text)[0]


def parted(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the lines of a text, and those below them that look like titles of other pieces."""
    lines = [" ".join(line.split()) for line in text.split("\n")]
    kept = tuple(line for line in lines if line and not is_furniture(line))
    last = len(kept)
    while last and _is_title(kept[last - 1]):
        last -= 1
    last = last if last and len(kept) - last > 1 else len(kept)
    return kept[:last], kept[last:]


def both_substances(before: str, after: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the substance of either text.

    Titles of other pieces give way to others. Where all of them stayed and more came, or some went,
    it is a list that was changed, of the dead or of results: its author's words.
    """
    (old, under), (new, below) = parted(before), parted(after)
    lines, others = Counter(under), Counter(below)
    if lines < others or others < lines:
        return old + under, new + below
    return old, new


def _bare(line: str) -> bool:
    return not _WORD.search(line) or not _SIGNS.sub("", line).strip(" ·|:-–—/.,()[]\t")


def _is_title(line: str) -> bool:
    many = len(line.split())
    return _SHORTEST_TITLE <= many <= _LONGEST_TITLE and _ENDS.search(line) is None
