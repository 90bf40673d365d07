"""What papers write around their stories, in the languages that we know it from.

Each text is the middle of a regular expression: its lines are alternatives, but for those that
begin with a plus and go on where the line above ends.
"""


def any_of(lines: str) -> str:
    """Return the expression that matches what any of the lines does."""
    return "|".join(line.strip() for line in lines.strip().splitlines()).replace("|+", "")


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

# Words that no story says in a short last line.
SERVICES = any_of(r"""
    riproduzione riservata|\ball rights reserved|\bmay not be (?:published|reproduced|republished)
    tous droits réservés|toute reproduction|alle rechte vorbehalten|alle rechten voorbehouden
    (?:todos (?:los|os) (?:derechos|direitos)|tutti i diritti) r[ei]servad?[ot]?[sio]
    wszelkie prawa zastrzeżone|tüm hakları saklıdır|все права защищены|усі права захищ
    при (?:использовании|перепечатке|цитировании) (?:\w+ ){0,4}(?:ссылка|гиперссылка)
    جميع الحقوق محفوظة|حقوق النشر محفوظة
    무단\s?(?:전재|복제|배포)|재배포\s?금지|저작권자|無断(?:転載|複製)|禁无断转载
    (?:禁止|请勿|謝絕|不得)(?:擅自)?转载|转载请(?:注明|联系)|未经(?:授权|许可).{0,10}(?:转载|使用)
    ^\W*(?:©|copyright\b|\(c\)\s?(?:19|20)\d\d)
    \b(?:our|your|nuestr[ao]s?|notre|nos|unser\w*|noss[ao]|nostr[ao]|onze|vår\w*|nasz\w*)
    + (?:[\w-]+ ){0,3}(?:newsletters?|boletín|infolettre|nieuwsbrief|nyhetsbrev|newsletterach)\b
    \bnewsletters?\b.{0,140}\b(?:sign ?up|subscribe|inbox)\b|\b(?:sign ?up|subscribe) here\b
    ^\W*(?:download|get|install|try) (?:our|the) (?:[\w-]+ ){0,3}app\b
    (?:télécharge\w+|descarg\w+|scarica|baixe|laden sie) .{0,20}\bapp(?:li\w*|s)?\b
    ^\W*(?:print|e-?mail|share|save|bookmark|listen to) this (?:page|article|story|post)\b
    ^\W*(?:imprimir|imprimer|stampa|drucken|распечатать|версия для печати|인쇄하기)\W*$
    ^\W*become an? (?:\w+ )?(?:member|subscriber|supporter)\b|^\W*unlimited access to\b
    ^\W*(?:support|donate to) (?:our|independent)\b.{0,40}\bjournalism\b
    benefício do assinante|presentear (?:este|matéria)|offrir cet article|compartir este artículo
    기사\s?제보|제보는|카카오톡\s?[:>]|네이버에서 .{0,12}구독|기자 ?구독
    (?:хотите|узнавайте) .{0,40}(?:подпи|телеграм|telegram)|наш\w* (?:\w+ )?телеграм-?канал
""")

# A box that asks for readers' addresses, wherever it stands in a text.
SIGN_UPS = any_of(r"""
    ^\W*(?:get|sign up|subscribe|receive|join)\b.{0,80}\b(?:newsletters?|inbox)\b
    ^\W*(?:by (?:signing up|subscribing|registering|entering your)|with your registration)\b.{0,60}
    +\b(?:agree|accept|consent|confirm)
    ^\W*(?:recib[ae]|suscríb\w+|inscriv\w+|recevez|inscrivez|melden sie|abonnieren sie|iscriviti)
    +\b.{0,60}\b(?:newsletter|boletín|infolettre)
    ^\W*your (?:e-?mail )?address\W*$|^\W*thank you for (?:signing up|subscribing)\b
""")
