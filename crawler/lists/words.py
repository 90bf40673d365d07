"""Words that newsrooms all over the world write into addresses and classes, by what they mean."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


SERVICES = _words(
    """author authors autor autores autorin auteur auteurs autorzy profile
    profiles people contributor contributors columnist columnists search suche recherche login
    logout signin signup register account user users member members membership subscribe
    subscription subscriptions abo
    newsletter newsletters about aboutus contact contacts kontakt contacto privacy datenschutz
    cookies cookie terms help hilfe faq rss feed feeds jobs karriere careers advertise advertising
    advert mediadaten impressum imprint sitemap share print comments forum archive archives archiv
    events event calendar shop store live tv legal agb weather wetter games puzzle puzzles
    raetsel epaper services service preferences preference editorial-policy follow support donate
    programs programmes schedule bookmarks corporate policy rules"""
)
"""In an address: what leads to people and services, or through calendars."""

LISTS = SERVICES | _words(
    """tag tags topic topics category categories kategorie kategoria categoria categorias
    rubrik rubrique section sections list lists themen thema tema temas series serie seccion"""
)
"""In an address: what leads to lists, people and services."""

MEDIA = _words(
    """video videos gallery galleries galerie galerias photo photos album albums fotos podcast
    podcasts audio watch slideshow"""
)
"""In an address: what leads to what is watched and heard, not read."""

THINGS = _words(
    """id idx idxno no num nid aid sid pid newsid news_id article articleid article_id art artid
    story storyid item itemid docid doc seq uid key post postid cid contentid newsno bbsidx
    article_no a n"""
)
"""In a query: keys that a number behind makes the name of one thing."""

PAGING = _words(
    """page paged pg p offset start sort order lang language hl sc_section_code sc_sub_section_code
    sc_area view_type category cat tag topic year month seite pagina str from filter author
    section q query search replytocom share"""
)
"""In a query: keys that turn the pages of lists, or choose among them."""

FILES = _words(
    """pdf jpg jpeg png gif webp svg mp3 mp4 m4a avi mov zip rar doc docx xls xlsx ppt pptx xml rss
    atom json ics epub apk hwp css js exe"""
)
"""Endings of what is not a page."""

MONTHS = _words(
    """jan feb mar apr may jun jul aug sep oct nov dec ene abr ago dic fev avr mai juin juil aou
    fév okt dez mrz maj paz gru lis"""
)
"""The first three letters of months, as addresses write them."""

NAVIGATION = _words(
    """nav navbar navigation navi gnb lnb gnavi snb menu menus submenu megamenu mega topnav subnav
    mainnav breadcrumb breadcrumbs pagination pager paging pages paginator toolbar topbar topline
    util utility utilities sitelinks lang langs language languages skip accessibility filters"""
)
FOOT = _words("footer foot colophon copyright imprint sitefooter bottomlinks")
HEAD = _words("header masthead head topline siteheader")
PAID = _words(
    """ad ads adv advert advertisement advertorial sponsored sponsor sponsors
    banner banners taboola outbrain partner partners pr cookie cookies consent gdpr rodo social
    share sharing follow login signin newsletter subscribe"""
)
TOPICS = _words(
    """tag tags tagcloud topics trending keywords kicker byline author authors autor autoren au
    auteur writer columnist colunistas category categories cat comments comment social"""
)
"""In classes and ids: which part of a page this is."""

TITLES = _words(
    """title titles tit headline headlines heading hl subject subtitle ttl titre titel titulo
    titular caption hed"""
)
TEASERS = _words(
    """lead teaser summary standfirst excerpt desc description abstract dek deck intro chapo chapeau
    teasertext snippet body dsc text sapo subheadline"""
)
