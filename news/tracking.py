"""Query parameters that say who a reader is or came from, and nothing about the article.

Some names never mean anything else. Others (`ref`, `source`, `from`) name articles on one site
and readers on the next, so there the value has to speak of a way in: a feed, a network, a mail.
So it is with sessions: `sid` may be a story's number, but a long word of letters and digits is not.
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
    campaign cid cmp emc feed feedid from ir link mod origin partner partnerid r ref referer
    referrer root sc share shared source sourceid src st via xid
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


def is_tracking(piece: str) -> bool:
    """Tell whether `piece` (`name=value` of a query) only tells of its reader."""
    name, _, value = piece.partition("=")
    name = name.lower()
    if name in _NAMES or name.startswith(_PREFIXES):
        return True
    if name in _SESSION_NAMES and _SESSION.fullmatch(value):
        return True
    return name in _AMBIGUOUS and _WAYS_IN.search(value.lower()) is not None
