"""Query parameters that say who a reader is or came from, and nothing about the article.

Some names never mean anything else. Others (`ref`, `source`, `from`) name articles on one site
and readers on the next, so there the value has to speak of a way in: a feed, a network, a mail.
So it is with sessions: `sid` may be a story's number, but a long word of letters and digits is not.
What nobody has listed is known by the shape of its name, or by a value that ends in saying "feed".
"""

import re

_ALWAYS = """
    __hsfp __hssc __hstc __s __tn__ __twitter_impression _branch_match_id _ga _gl _hsenc _hsmi _ke
    _openstat action_object_map action_ref_map action_type_map cmpid cmp_id cmpsrc dclid dicbo dm_i
    echobox ef_id epik fbclid fdx_click_id feedname feedtype ftag gbraid gclid gclsrc gdftrk
    guce_referrer guce_referrer_sig guccounter hsctatracking icid icmp ico igsh igshid ito mkt_tok
    msclkid ncid nr_email_referer ocid ref_src ref_url rb_clickid rsf rss rssfeed s_cid s_kwcid
    sfmc_id smid smtyp soc_src soc_trk spjobid spm spmailingid spreportid spuserid srsltid sref
    tblci traffic_source trk trkcampaign ttclid twclid vmcid wbraid wickedid wprov xtor yclid ysclid
    zanpid
"""
_BEGINNINGS = """
    utm_ utm- at_medium at_campaign at_custom at_link at_format at_ptr at_bbc at_creation fb_action
    fb_ref fb_source fb_comment ga_source ga_medium ga_term ga_content ga_campaign ga_place hsa_
    itm_ mc_cid mc_eid mc_tc mtm_ matomo_ ns_campaign ns_fee ns_linkname ns_mchannel ns_source
    oly_anon oly_enc pk_campaign pk_kwd pk_source pk_medium pk_content piwik_ stm_ vero_ wt_mc
    wt_zmc wt_ref aspsessionid
"""
_BY_THEIR_VALUE = """
    campaign cid cmp emc feed feedid from ir link medium mod ns origin partner partnerid platform r
    ref refer referer referral referrer root sc share shared site siteid source sourceid src st via
    xid
"""
_SESSIONS = "phpsessid jsessionid sessionid session_id sessid oscsid zenid cfid cftoken"
_PERHAPS_SESSIONS = "s sess session sid token"
_SESSION = re.compile(r"(?=[^&]*[0-9])(?=[^&]*[a-z])[0-9a-z-]{16,}", re.IGNORECASE)
_SESSION_NAMES = frozenset(_PERHAPS_SESSIONS.split())
_NAMES = frozenset(_SESSIONS.split()) | frozenset(_ALWAYS.split())
_PREFIXES = tuple(_BEGINNINGS.split())
_AMBIGUOUS = frozenset(_BY_THEIR_VALUE.split())
_WAYS_IN = re.compile(
    r"(?:^|[^a-z])(?:rss|feed|feedburner|rssfeed|newsfeed|facebook|fb|twitter|tw|twtr|newsletter"
    r"|email|social|flipboard|applenews|whatsapp|telegram|linkedin|reddit|share|sharebutton"
    r"|googlenews)(?:[^a-z]|$)"
)
_CLICK = re.compile(r"[a-z]{1,3}_?clk?id|[a-z]{1,3}braid")
_MAY_CHOOSE = """
    action article c cat category channel content do feature file format f id item k key keyword
    keywords kw mode name op option output p page q query s search section slug sort story subject
    t tab tag tags term theme title topic topics type view w word
"""
_CHOOSES = frozenset(_MAY_CHOOSE.split())
_A_FEED = re.compile(
    r"(?:.*[-_.:/+])?(?:rss(?:[12](?:\.[0-9])?)?|(?:rss|news)[-_]?feeds?|feedburner)"
)
_FROM_A_PAGE = re.compile(r"https?(?::|%3a)(?://|%2f%2f).*")
_REFERS = frozenset(["ref", "refer", "referer", "referrer", "referral", "http_referer", "origin"])


def is_tracking(piece: str) -> bool:
    """Tell whether `piece` (`name=value` of a query) only tells of its reader."""
    name, _, value = piece.lower().partition("=")
    if name in _NAMES or name.startswith(_PREFIXES) or _CLICK.fullmatch(name):
        return True
    if name in _SESSION_NAMES and _SESSION.fullmatch(value):
        return True
    if name in _AMBIGUOUS and _WAYS_IN.search(value) is not None:
        return True
    if name in _REFERS and _FROM_A_PAGE.fullmatch(value):
        return True
    return name not in _CHOOSES and _A_FEED.fullmatch(value) is not None
