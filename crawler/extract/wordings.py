"""What papers write around their stories, in the languages that we know it from.

Each text is the middle of a regular expression: its lines are alternatives.
"""


def any_of(lines: str) -> str:
    return "|".join(line.strip() for line in lines.strip().splitlines())


BEFORE_LINKS = any_of(r"""
    read (?:more|also|next|the full)|also read|see (?:also|more)|further reading|recommended
    more(?: on this| stories| coverage)?\s*:|more (?:from|on|about|stories|news)\b
    most (?:read|popular)\b|trending\b|don['’]t miss|you (?:may|might) also like
    related(?: (?:stories|articles?|content|coverage|reading))?\s*(?::|$)
    (?:watch|listen)(?: now| more)?\s*:|(?:in pictures|analysis|explainer)\s*:
    lesen sie (?:auch|mehr|hier)|mehr (?:zum thema|dazu|lesen)|lest auch|auch interessant
    siehe auch|das könnte sie auch interessieren
    (?:à )?lire (?:aussi|également|la suite)|(?:à )?voir aussi|pour aller plus loin
    le[ea] (?:también|más|mais|também)|leer más|te puede interesar|ver también|más información
    veja também|saiba mais|leggi (?:anche|di più|tutto)|vedi anche|potrebbe interessarti
    lees (?:ook|meer|verder)|zie ook|läs (?:också|mer|även)|les (?:også|mer)|læs (?:også|mere)
    lue myös|czytaj (?:też|także|również|więcej)|zobacz (?:też|także|również)
    přečtěte si|čtěte (?:také|též)|olvass[ao]|citește și|citiți și|ilgili haber|ayrıca oku
    διαβάστε (?:επίσης|ακόμη|περισσότερα)|читайте також
    читай(?:те)? (?:также|ещё|еще|по теме)|по теме|смотрите также|что ещё почитать
    اقرأ أيض|إقرأ أيض|شاهد أيض|ذات صلة|بیشتر بخوانید|קראו גם|यह भी पढ़
    baca juga|xem thêm|đọc thêm|อ่านเพิ่มเติม|관련\s?기사|더 ?보기
    【?関連|あわせて読みたい|合わせて読みたい|相关(?:阅读|新闻|报道)|延伸阅读|推荐阅读
    相關(?:閱讀|新聞|報導)|延伸閱讀
""")

AFTER_STORY = any_of(r"""
    our standards\s*:|have (?:a|any) (?:tip|story)\b|do you have a (?:story|tip)
    (?:sign up|subscribe) (?:for|to)\b|get (?:the latest|our|all the)\b.{0,80}(?:inbox|newsletter)
    follow (?:us|me|him|her|them|@)|like us on|share this|more from\b|filed under\b
    join (?:us|our|the conversation)\b.{0,60}(?:facebook|telegram|whatsapp|newsletter|channel)
    (?:e-?mail|contact|reach) (?:\w+ ){1,4}at \S+@|e-?mail \S+@
    (?:tags?|topics?)\s*:|comments? (?:are )?(?:closed|off)
    abonnez-vous|suivez[- ]nous|inscrivez-vous|folgen sie|folge uns|abonnieren sie|melden sie sich
    síguenos|suscríbete|siga-nos|inscreva-se|seguici|iscriviti|volg ons|följ oss
    подписывайтесь|подпишитесь|следите за|читайте нас|підписуйтесь|obserwuj nas|bizi takip
    تابعنا|اشترك|무단\s?전재|저작권자|ⓒ|구독|版权声明|责任编辑|責任編輯|扫码|おすすめ
""")

OF_AUTHORS = any_of(r"""
    \bis (?:an?|the) (?:[\w'’-]+ ){0,8}?(?:writer|reporter|correspondent|editor|journalist)\b
    \bis (?:an?|the) (?:[\w'’-]+ ){0,8}?(?:columnist|producer|contributor)\b
    \bfollow (?:him|her|them) (?:on|at)\b|\bon (?:twitter|x|bluesky|instagram)\W+@
""")
