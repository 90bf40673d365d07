"""What sites write where an article should stand: that it is gone, that we may not read it.

Each text is the middle of a regular expression, as in wordings; they hold for what is said to the
reader, not for what a story tells (see instead).
"""

from crawler.extract.wordings import any_of

GONE = any_of(r"""
    ^\W*(?:(?:http|error|fehler)\W*)?4(?:04|10)(?:\W*$|\W+(?:error|fehler|not found|page|gone)\b)
    \b(?:error|fehler|erreur|errore|erro|ошибка)\W{0,3}40[34]\b|(?:錯誤|错误|오류|エラー)\W{0,3}40[34]
    ^\W*(?:not found|nicht gefunden|(?:no|não) encontrad[ao]|introuvable|non trovat[ao])\W*$
    \b(?:page|article|story|content|document|site|post)\b(?: you \S+(?: \S+){0,4})?(?: (?:was|is))?
    + not (?:be )?found\b
    \b(?:page|article|story|post)\b (?:can(?:no|['’])t|could(?: no|n['’])t) be found\b
    \b(?:page|article) (?:is )?missing\b|^\W*nothing (?:was )?found\b
    ^\W*the requested (?:url|page|resource)\b.{0,60}\bnot (?:be )?found
    \b(?:page|article|story|content|post|link)\b.{0,40}\bno longer (?:available|exists?|here)
    \b(?:page|article|story|content|post)\b (?:has been|was) (?:removed|deleted|taken down|moved)
    \b(?:page|article|story)\b.{0,20}\b(?:does not|doesn['’]t) exist
    ^\W*(?:oops|sorry|whoops)\b.{0,40}\b(?:page|article)\b
    \b(?:seite|artikel|beitrag|inhalt)\b.{0,30}\bnicht (?:gefunden|(?:mehr )?(?:verfügbar
    +|vorhanden))
    \b(?:seite|artikel|beitrag) existiert nicht|\bwurde (?:leider )?(?:gelöscht|entfernt)
    \b(?:page|article|contenu)\b.{0,20}\b(?:introuvable|non trouvée?|n['’](?:existe|est) (?:pas
    +|plus)
    +|a été (?:supprimée?|retirée?))
    \b(?:p[áa]gina|artículo|artigo|noticia|notícia|conte[úu]do|contenido)\b.{0,40}\b(?:no (?:existe
    +|encontrad[ao]|(?:está |se encuentra )?disponible)|não (?:existe|(?:foi )?encontrad[ao]
    +|está (?:mais )?disponível)|(?:ha sido|foi) (?:eliminad|removid|apagad)[ao])
    \bno (?:se )?(?:encontró|hemos encontrado|encontramos) (?:la página|lo que)
    \b(?:pagina|articolo|contenuto)\b.{0,30}\bnon (?:è (?:più )?)?(?:stat[ao] )?(?:trovat[ao]|esiste
    +|disponibile)|\b(?:pagina|artikel)\b.{0,20}\b(?:niet (?:\w+ )?(?:gevonden|beschikbaar)
    +|bestaat niet)
    \b(?:sidan|siden|side|artikeln?|artikkelen)\b.{0,20}\b(?:kunde inte hittas|hittades inte
    +|finns inte|ble ikke funnet|finnes ikke|findes ikke|ikke fundet)
    \bsivua ei (?:löy[dt]|ole)|\bartikkelia ei löy[dt]|\bnie znaleziono (?:strony|artykułu)
    \b(?:strona|artykuł)\b.{0,30}\b(?:nie istnieje|nie została|niedostępn|został\w? usunięt)
    \b(?:stránka|článek|článok)\b.{0,20}\b(?:nenalezen|neexist|nebyl\w? nalezen|nenašl)
    \baz (?:oldal|cikk) nem (?:található|létezik)|\bpagina nu (?:a fost găsită|(?:mai )?există)
    \barticolul nu (?:a fost găsit|(?:mai )?există)
    \b(?:sayfa|haber|içerik)\b.{0,20}\b(?:bulunamadı|mevcut değil)|\byayından kaldırıl
    η σελίδα (?:που ζητήσατε )?δεν (?:βρέθηκε|υπάρχει)|\bstranica nije pronađena
    страниц[аыу] не (?:найден|существует|удалось)|страница (?:была )?удалена
    (?:материал|статья|новость) (?:не найден|был[аи]? удал|удал[её]н|больше не доступ)
    сторінк[уаи] не (?:знайдено|існує)|(?:матеріал|статтю) (?:не знайдено|було видалено|видалено)
    страницата не (?:е намерена|съществува)|страница није пронађена
    الصفحة .{0,30}غير (?:موجودة|متوفرة)|الصفحة غير (?:موجودة|متاحة)
    لم يتم العثور على (?:الصفحة|المقال)
    صفحه (?:مورد نظر )?(?:پیدا|یافت) نشد|הדף (?:המבוקש )?לא נמצא|הכתבה לא נמצאה
    (?:पृष्ठ|पेज) (?:नहीं मिला|मौजूद नहीं)|(?:halaman|artikel|berita)\b.{0,30}\btidak (?:di)?temukan
    không tìm thấy (?:trang|bài)|\btrang bạn .{0,20}không tồn tại
    (?:trang|bài viết) (?:này )?không tồn tại|ไม่พบ(?:หน้า|บทความ|ข่าว)
    (?:페이지|기사|게시물|게시글|콘텐츠|뉴스)[를을가이은는]? ?.{0,10}찾을 수 없
    (?:해당|이) (?:기사|게시물|게시글|페이지)[는은가이]? .{0,24}삭제
    (?:존재하지 않|삭제된|삭제되었거나|없는) ?(?:는 )?(?:페이지|기사|게시물|게시글|뉴스)
    요청하신 (?:페이지|기사|게시물|뉴스|자료).{0,12}(?:삭제|없|찾을 수|존재하지)
    (?:ページ|記事|お探しの).{0,14}(?:見つかりません|存在しません|削除され(?:ました|た可能性))
    お探しのページ|掲載(?:期間)?(?:が|を)?終了
    (?:^|[，。：！\s])(?:抱歉\S?)?(?:(?:您|你)?(?:访问|訪問|查看|请求|要找|查找)的|该|此|該)?
    +(?:页面|頁面|网页|網頁|文章|内容|內容|新闻|新聞)(?:不存在|已(?:经|被)?(?:删除|刪除|移除|下线))
    找不到(?:页面|網頁|网页|頁面|该|您)
""")

MISSED = any_of(r"""
    page (?:that )?you (?:are|were|'re) (?:looking|searching|trying)|page you (?:have )?requested
    (?:article|story) (?:that )?you(?:'re| are| were) (?:looking|searching|trying)
    die (?:von ihnen )?(?:gesuchte|gewünschte|angeforderte|aufgerufene) seite
    der (?:gewünschte|gesuchte|angeforderte) artikel
    la page (?:que vous (?:cherchez|recherchez|avez demandée)|demandée)
    la página que (?:busca|buscas|está buscando|solicit)
    [oa] (?:página|conteúdo) que (?:procura|você)
    la pagina (?:che (?:cerchi|stai cercando)|richiesta)|запрашиваем\w+ (?:вами )?страниц
    запитуван\w+ (?:вами )?сторінк|aradığınız (?:sayfa|haber|içerik)|strona,? której szukasz
    de pagina die (?:u|je) zoekt|الصفحة التي تبحث عنها|페이지의 주소가 잘못|주소가 잘못 ?입력
""")

REFUSED = any_of(r"""
    just a moment|one moment,? please|attention required!?|(?:40[13] )?forbidden|please wait
    (?:error )?(?:40[13]|429|451|50[0234])(?: \w+){0,3}
    access (?:to this page )?(?:has been )?denied
    (?:are you|you are|verify(?:ing)?(?: that)? you are|confirm you are) (?:not )?(?:an? )?
    +(?:human|robot|bot)|checking your browser(?: .{0,40})?|(?:please )?verif\w+(?: .{0,30})?human
    (?:security|browser|robot|bot|human|cloudflare) (?:check|verification|challenge)
    before you continue(?: to .{0,30})?|(?:please )?(?:solve |complete |enter )?(?:the |a )?captcha
    pardon our interruption|unusual traffic(?: .{0,40})?|ddos[- ]guard|too many requests
    (?:you are being )?redirect(?:ing|ed)|page redirection|unavailable (?:for|due to) legal reasons
    (?:site|website|scheduled)? ?(?:is )?(?:under |undergoing )?maintenance(?: mode)?
    we['’]ll be (?:right )?back(?: soon)?|service (?:temporarily )?unavailable|bad gateway
    (?:gateway time-?out|internal server error|database error|error)|unsupported browser
    log ?in(?: required| to continue)?|sign ?in|subscribe to (?:read|continue)|consent
    сайт на (?:реконструкции|обслуживании)|доступ (?:запрещ[её]н|ограничен)|вы не робот
    로그인|보안문자|접근(?:이)? (?:제한|거부)|アクセスが拒否されました|访问被拒绝|安全验证
""")

ROBOTS = any_of(r"""
    (?:verify|verifying|confirm|make sure|think|know)(?: that)? you(?:'re| are
    +| were) (?:not )?(?:a )?
    +(?:human|robot|bot)
    review the security of your connection|unusual traffic from your|automated access to our
    (?:enter|type) the characters you see|solve the captcha|checking your browser before
    (?:enable|requires?|turn on) (?:javascript|js|cookies)\b|javascript is (?:disabled|required)
    (?:disable|turn off) (?:any|your) ad ?blocker|adblocker (?:deaktivieren|ausschalten)
    attempting to access this website from a country|enforces? the (?:gdpr|general data protection)
    (?:unavailable|not available|blocked)\b.{0,40}\b(?:your (?:country|region|location)|in europe)
    you are being redirected|not redirected automatically|weitergeleitet|serez redirigé
    undergoing (?:scheduled )?maintenance|down for maintenance|check back (?:soon|later|shortly)
    (?:don['’]t|do not) have permission to (?:access|view)|request (?:was|has been) blocked
    (?:подтвердите|докажите),? что вы не робот|включите javascript|vérifi\w+ votre navigateur
    activer javascript
    javascript (?:aktivieren|activado|attivare|habilitado)|(?:activ|habilit)\w* javascript
    (?:보안문자|자동 ?등록 ?방지|자동 접속)|자바스크립트를 활성화|javascriptを有効
    (?:请|請)(?:输入|輸入)验证码|(?:请|請)(?:开启|啟用|启用) ?javascript|安全验证
""")

CONSENT = any_of(r"""
    (?:accept|agree to|consent to|we use|uses|use of) (?:all |the use of |our )?cookies
    cookie (?:policy|settings|consent|notice|preferences)|(?:we|our|and) (?:\w+ ){0,3}partners
    cookies? (?:zustimmen|akzeptieren|zu verwenden|et|pour|para|per|i podobne)|verwende\w* cookies
    (?:utilis|utiliz|używ|použív|käyttä|gebruik|bruger|bruker|använd)\w* (?:\w+ ){0,3}cookie
    mit werbung (?:und tracking|weiterlesen|lesen)|\bpur-abo\b|\bcontentpass\b
    (?:accepter|continuer sans) (?:\w+ ){0,3}cookies|ohne einwilligung
    çerez(?:ler\w*)? (?:kullan|politika|ayar|kabul)|файлы cookie|ملفات تعريف الارتباط
    쿠키(?:를|의)? ?(?:사용|허용|동의|설정|정책)
    クッキー(?:を|の)(?:使用|利用|設定|同意)|cookieを|(?:使用|接受|同意) ?cookie
""")

PAID = any_of(r"""
    (?:subscribe|sign ?in|log ?in|register)\b.{0,40}\b(?:read|continue|access|unlock|keep)\b
    create (?:a free|an) account\b.{0,40}\b(?:read|continue|access|unlock)
    (?:to|and) (?:continue|keep) reading\b|reached your (?:\w+ ){0,3}limit
    free articles? (?:left|this)
    already (?:a |have an? )?(?:subscriber|subscription|account)\b|register for free
    (?:don['’]t|do not) have an account|(?:choose|pick) a plan\b
    (?:article|story|content|post|page) is (?:only )?(?:for|available to|reserved for)
    + (?:\w+ ){0,2}(?:subscribers|members)
    (?:weiterlesen|zugang|vollen zugriff)\b.{0,40}\b(?:abo|plus|abonn|anmeld|registrier)
    (?:jetzt|bitte) (?:abonnieren|anmelden|registrieren)|(?:sie haben )?bereits (?:ein abo|abonnent)
    mit einem abo|nur für (?:abonnenten|abonnentinnen)
    (?:article|contenu|suite)\b.{0,30}\b(?:réservée?s?|abonnés)|abonnez-vous pour|déjà abonné
    il vous reste [\d.,]+ ?%
    (?:suscr[ií]b|regístr|inicia sesión).{0,40}\b(?:leer|leyendo|acceder)
    (?:solo|exclusivo) para suscriptores
    (?:assine|faça login).{0,40}\b(?:ler|lendo|acess)|exclusivo para assinantes|conteúdo exclusivo
    (?:abbonati|accedi|registrati) per (?:leggere|continuare)|riservato agli abbonati
    (?:log in|neem een abonnement|word abonnee).{0,30}(?:verder|lezen)|alleen voor abonnees
    (?:logga in|bli prenumerant|prenumerera).{0,30}läs
    (?:logg inn|bli abonnent|køb abonnement).{0,30}læse?
    (?:zaloguj|wykup).{0,40}(?:czytać|czytaj|dostęp)|tylko dla (?:prenumeratorów|subskrybentów)
    (?:pozostało|zostało) [\d.,]+ ?% (?:artykułu|tekstu)
    (?:оформите|купите) подписку|войдите,? чтобы
    (?:доступ|материал|статья).{0,20} (?:только )?(?:для|по) подпис
    (?:abone ol|giriş yap).{0,30}(?:oku|devam)
    اشترك (?:الآن )?(?:لقراءة|لمتابعة)|سجل الدخول (?:لقراءة|للمتابعة)
    로그인 (?:후|하시면|이 필요)|구독(?:자|하시면|하고).{0,12}(?:전용|이용|보기|읽)
    회원(?:만|에게만|전용)|(?:유료|회원) ?(?:전용|기사입니다)
    (?:会員|有料)(?:限定|登録|記事|会員)|ログイン(?:して|が必要)|残り ?[\d０-９,]+ ?(?:文字|字)
    続きを(?:読む|お読み)|この記事は有料
    (?:登录|登錄|登入|订阅|訂閱)(?:后|後|以|即可)?.{0,8}(?:阅读|閱讀|查看|继续|繼續)|(?:会员|會員)(?:专享|專享|限定)
""")

# What speaks to the reader of the page, as stories seldom do outside of quotes.
TO_READERS = any_of(r"""
    \byou(?:r|['’]re|['’]ve)?\b|\b(?:we|our|please|sorry|oops|whoops)\b
    \bthis (?:article|story|content|page|site|website)\b
    \b(?:ihnen|bitte|leider|unser\w*|wir|uns|jetzt|diese[rn]? (?:artikel|seite|inhalt))\b
    \b(?:vous|votre|vos|nous|notre|désolée?|oups|cet article|cette page)\b|\bce (?:site|contenu)\b
    \b(?:usted|nuestr[oa]s?|lo sentimos|est[ea] (?:artículo|página|contenido|noticia))\b
    \b(?:você|noss[oa]s?|ops|desculpe|est[ea] (?:artigo|conteúdo))\b
    \b(?:spiacenti|tu[oa]i?|nostr[oaie]|quest[oa] (?:articolo|pagina|contenuto))\b|\bstai\b
    \b(?:jouw?|onze|wij|helaas|dit artikel|deze pagina)\b
    \b(?:przepraszamy|niestety|twoj\w*|nasz\w*|państw\w*|tego artykułu)\b
    \b(?:bohužel|omlouváme|naše)\b
    \b(?:tyvärr|beklager|desværre|valitettavasti|vår[at]?|vores)\b|\b(?:sajnáljuk|ne pare rău)\b
    \b(?:вы|вам|вами|вас|ваш\w*|мы|наш\w*|пожалуйста|извините|к сожалению)\b
    \b(?:ви|вашу?|на жаль|вибачте|ласка)\b|\b(?:lütfen|üzgünüz|maalesef|siz|aradığınız|sitemiz\w*)\b
    عذرا|يرجى|التي تبحث|الذي تبحث|لقراءة|متأسفانه|מצטערים|क्षमा करें|\b(?:maaf|anda|kami)\b
    xin lỗi|ขออภัย
    하세요|주세요|십시오|하시면|하실 수|요청하신|죄송합니다|고객님|기사입니다
    ください|お探し|お読み|申し訳|いただけます|この(?:記事|ページ)|您|(?<![申邀聘提])[请請](?![求愿願])|抱歉|本站
""")
