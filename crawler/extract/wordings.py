"""What papers write around their stories, in the languages that we know it from.

Each text is the middle of a regular expression: its lines are alternatives.
"""


def _any_of(lines: str) -> str:
    return "|".join(line.strip() for line in lines.strip().splitlines())


BEFORE_LINKS = _any_of(r"""
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

AFTER_STORY = _any_of(r"""
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

OF_AUTHORS = _any_of(r"""
    \bis (?:an?|the) (?:[\w'’-]+ ){0,8}?(?:writer|reporter|correspondent|editor|journalist)\b
    \bis (?:an?|the) (?:[\w'’-]+ ){0,8}?(?:columnist|producer|contributor)\b
    \bfollow (?:him|her|them) (?:on|at)\b|\bon (?:twitter|x|bluesky|instagram)\W+@
""")

ERRORS = _any_of(r"""
    ^(?:error\s*)?(?:40[34]|410)\b|\b(?:error|fehler|erreur|errore|ошибка|錯誤|错误|오류) ?40[34]\b
    ^(?:page|article|story|site|content|document)\b.{0,20}\bnot (?:be )?found\b|^not found\b
    \b(?:page|article)\b.{0,12}\bnot (?:be )?found\b|\bpage (?:is )?missing\b
    \b(?:page|article|story|content)\b.{0,20}\bno longer (?:available|exists)
    ^(?:oops|sorry|whoops)\b.{0,40}\b(?:page|article)\b
    \b(?:seite|artikel|beitrag)\b.{0,30}\bnicht (?:gefunden|verfügbar|mehr vorhanden)\b
    ^nicht gefunden
    \b(?:page|article)\b.{0,12}\b(?:introuvable|non trouvée?)\b
    \bp[áa]gina n[oã]o? (?:encontrada|disponible|existe)\b|\bno se encontró la página\b
    \b(?:pagina|articolo) non (?:trovat[ao]|disponibile)\b|\bpagina niet gevonden\b
    \b(?:sidan|siden|side) (?:kunde inte hittas|hittades inte|ble ikke funnet|finnes ikke)\b
    \b(?:siden (?:blev )?ikke fundet)\b|\bsivua ei löyd|\bnie znaleziono\b|\bstrona nie istnieje\b
    \bstránka (?:nebyla )?nenalezena\b|\bstránka neexist|\baz oldal nem található
    \bpagina nu (?:a fost găsită|există)|\bsayfa bulunamadı|\bη σελίδα δεν βρέθηκε
    страниц[аы] не (?:найдена|существует)
    материал (?:не найден|удал[её]н)|сторінк[уа] не (?:знайдено|існує)
    الصفحة غير موجودة|لم يتم العثور على الصفحة|صفحه (?:مورد نظر )?(?:پیدا|یافت) نشد|הדף לא נמצא
    पृष्ठ नहीं मिला|halaman tidak ditemukan|không tìm thấy trang|ไม่พบหน้า
    페이지를 찾을 수 없|찾을 수 없습니다|존재하지 않는 (?:페이지|기사)|삭제된 기사
    ページが見つかりません|お探しのページ|記事が見つかりません
    页面不存在|找不到(?:页面|網頁|网页)|頁面不存在|(?:您访问的|该)(?:页面|文章|内容)不存在|文章已(?:被)?删除
""")

MISSED = _any_of(r"""
    page (?:that )?you (?:are|were|'re) (?:looking|searching|trying)|page you (?:have )?requested
    die (?:von ihnen )?(?:gesuchte|angeforderte|aufgerufene) seite
    la page (?:que vous (?:cherchez|recherchez|avez demandée)|demandée)
    la página que (?:busca|buscas|está buscando|solicit)|a página que (?:procura|você)
    la pagina (?:che (?:cerchi|stai cercando)|richiesta)|запрашиваем\w+ (?:вами )?страниц
""")

WALLS = _any_of(r"""
    (?:accept|agree to|consent to|use of|we use|uses?) (?:all |the use of |our )?cookies|쿠키
    cookie (?:policy|settings|consent|notice|preferences)|(?:we|our|and) (?:\w+ ){0,3}partners
    cookies? (?:zustimmen|akzeptieren|zu verwenden|et|pour|para|per|i podobne)|verwende\w* cookies
    (?:utilis|utiliz|używ|použív|käyttä|gebruik|bruger|bruker|använd)\w* (?:\w+ ){0,3}cookie
    çerez|файлы cookie|ملفات تعريف الارتباط|クッキー|cookieを
    enable (?:javascript|cookies)|javascript is (?:disabled|required)|verify (?:that )?you are
    (?:disable|turn off) your ad ?blocker|adblocker (?:deaktivieren|ausschalten)
    (?:subscribe|sign ?in|log ?in|register)\b.{0,40}\b(?:read|continue|access|unlock)
    create (?:a free|an) account\b.{0,40}\b(?:read|continue|access|unlock)
    (?:to|and) (?:continue|keep) reading\b
    already (?:a |have an? )?(?:subscriber|subscription|account)\b
    (?:article|story|content) is (?:only )?(?:for|available to|reserved for) (?:our )?subscribers
    (?:weiterlesen|zugang|vollen zugriff)\b.{0,40}\b(?:abo|abonn|anmeld|registrier)
    (?:jetzt|bitte) (?:abonnieren|anmelden|registrieren)|sie haben bereits ein abo|mit einem abo
    (?:article|contenu|suite)\b.{0,30}\b(?:réservé|abonnés)|abonnez-vous pour|déjà abonné
    (?:suscr[ií]b|regístr|inicia sesión).{0,40}\b(?:leer|leyendo|acceder)
    (?:solo|exclusivo) para suscriptores
    (?:assine|faça login).{0,40}\b(?:ler|lendo|acess)|exclusivo para assinantes|conteúdo exclusivo
    (?:abbonati|accedi|registrati) per (?:leggere|continuare)|riservato agli abbonati
    (?:log in|neem een abonnement|word abonnee).{0,30}(?:verder|lezen)|alleen voor abonnees
    (?:logga in|bli prenumerant|prenumerera).{0,30}läs
    (?:logg inn|bli abonnent|køb abonnement).{0,30}læse?
    (?:zaloguj|wykup).{0,40}(?:czytać|czytaj|dostęp)|tylko dla (?:prenumeratorów|subskrybentów)
    (?:оформите|купите) подписку|войдите,? чтобы
    (?:доступ|материал).{0,20} (?:только )?(?:для|по) подпис
    (?:abone ol|giriş yap).{0,30}(?:oku|devam)
    اشترك (?:الآن )?(?:لقراءة|لمتابعة)|سجل الدخول (?:لقراءة|للمتابعة)
    로그인 (?:후|하시면|이 필요)|구독(?:자|하시면|하고).{0,12}(?:전용|이용|보기|읽)
    회원(?:만|에게만|전용)
    (?:会員|有料)(?:限定|登録|記事)|ログイン(?:して|が必要)
    続きを(?:読む|お読み)|この記事は有料
    (?:登录|登錄|登入|订阅|訂閱)(?:后|後|以|即可)?.{0,8}(?:阅读|閱讀|查看|继续|繼續)|(?:会员|會員)(?:专享|專享|限定)
""")
