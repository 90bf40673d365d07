"""Texts written for tests of stories: events told by two outlets, and instalments of series."""

from typing import NamedTuple


class Pair(NamedTuple):
    """A language and two pieces in it, each a title and a text."""

    language: str
    one: tuple[str, str]
    other: tuple[str, str]


SAME_EVENT = [
    Pair(
        "en",
        (
            "Ferry with 214 aboard runs aground off Port Marrow",
            (
                "The ferry Halcyon ran aground on a sandbank "
                "off Port Marrow late on Tuesday with 214 "
                "passengers on board, the coastguard said. Nobody "
                "was hurt. Tugs from Dunmere hope to "
                "free the Halcyon at high tide, said harbour master Elsa Brandt."
            ),
        ),
        (
            "Passengers spend night on stranded Halcyon",
            (
                "More than 200 people spent the night aboard "
                "the ferry Halcyon, which hit a sandbank "
                "outside Port Marrow on Tuesday evening. Harbour master Elsa Brandt told reporters "
                "that two tugs would try to pull the ferry off at high tide. All 214 are well."
            ),
        ),
    ),
    Pair(
        "ru",
        (
            "Паром сел на мель у Порт-Марроу",
            (
                "Паром «Альциона» с 214 пассажирами сел на мель "
                "возле Порт-Марроу вечером во вторник. "
                "Пострадавших нет, сообщила береговая охрана. Буксиры из Данмира попытаются снять "
                "паром с мели во время прилива, заявила капитан порта Эльза Брандт."
            ),
        ),
        (
            "Пассажиры парома «Альциона» провели ночь на мели",
            (
                "Более двухсот пассажиров парома «Альциона» "
                "провели ночь на борту: судно во вторник "
                "наскочило на мель недалеко от Порт-Марроу. Капитан "
                "порта Эльза Брандт рассказала, что "
                "два буксира будут снимать паром с мели в прилив. Все 214 человек здоровы."
            ),
        ),
    ),
    Pair(
        "de",
        (
            "Fähre mit 214 Passagieren vor Port Marrow auf Grund gelaufen",
            (
                "Die Fähre Halcyon ist am Dienstagabend vor Port "
                "Marrow auf eine Sandbank gelaufen. An "
                "Bord waren 214 Passagiere, verletzt wurde niemand, teilte die Küstenwache mit. "
                "Schlepper aus Dunmere sollen die Fähre bei Flut befreien, sagte Elsa Brandt."
            ),
        ),
        (
            "Passagiere verbringen Nacht auf gestrandeter Fähre Halcyon",
            (
                "Mehr als 200 Passagiere mussten die Nacht "
                "auf der Fähre Halcyon verbringen, die am "
                "Dienstag auf eine Sandbank vor Port Marrow "
                "lief. Hafenmeisterin Elsa Brandt kündigte "
                "an, dass zwei Schlepper sie bei Flut freiziehen. Allen 214 gehe es gut."
            ),
        ),
    ),
    Pair(
        "ko",
        (
            "포트마로 앞바다서 여객선 좌초… 승객 214명 무사",
            (
                "화요일 저녁 포트마로 앞바다에서 승객 214명을 "
                "태운 여객선 할시온호가 모래톱에 좌초했다고 "
                "해안경비대가 밝혔다. 다친 사람은 없다. 엘사 "
                "브란트 항만장은 만조 때 예인선이 여객선을 "
                "끌어낼 것이라고 말했다."
            ),
        ),
        (
            "좌초한 할시온호 승객들 배에서 밤 지새워",
            (
                "포트마로 인근 모래톱에 걸린 여객선 할시온호의 승객 "
                "200여 명이 배에서 밤을 보냈다. 엘사 "
                "브란트 항만장은 예인선 두 척이 만조에 맞춰 "
                "여객선을 끌어낼 계획이라고 설명했다. 승객 "
                "214명은 모두 건강하다."
            ),
        ),
    ),
    Pair(
        "ar",
        (
            "جنوح عبارة على متنها 214 راكبا قبالة بورت مارو",
            (
                "جنحت العبارة هالسيون وعلى متنها 214 راكبا قبالة "
                "ميناء بورت مارو مساء الثلاثاء، وقال خفر "
                "السواحل إن أحدا لم يصب. وستحاول القاطرات سحب "
                "العبارة عند المد، بحسب مديرة الميناء "
                "إلسا برانت."
            ),
        ),
        (
            "ركاب العبارة هالسيون يقضون الليل على متنها",
            (
                "أمضى أكثر من مئتي راكب الليل على متن العبارة "
                "هالسيون التي جنحت الثلاثاء قبالة بورت مارو. "
                "وقالت مديرة الميناء إلسا برانت إن قاطرتين "
                "ستسحبان العبارة عند المد، وإن الركاب "
                "البالغ عددهم 214 بخير."
            ),
        ),
    ),
    Pair(
        "zh",
        (
            "渡轮在马罗港外搁浅 214名乘客平安",
            (
                "海岸警卫队说，载有214名乘客的翠鸟号渡轮星期二"
                "晚在马罗港外的沙洲搁浅，无人受伤。港务长布兰特说，"
                "拖船将在涨潮时把渡轮拖出沙洲。"
            ),
        ),
        (
            "翠鸟号乘客在搁浅渡轮上过夜",
            (
                "两百多名乘客在翠鸟号渡轮上过了一夜。这艘渡轮星期"
                "二在马罗港外的沙洲搁浅。港务长布兰特表示，两艘拖船"
                "计划在涨潮时拖出渡轮，214名乘客身体都好。"
            ),
        ),
    ),
]

SERIES = [
    Pair(
        "en",
        (
            "Markets close: Veldania index up 0.4% at 7,312",
            (
                "The Veldania index closed 0.4% higher at 7,312 points on Monday. Turnover was 2.1 "
                "billion crowns. Banks gained 1.2% while miners "
                "lost 0.7%. The crown traded at 11.42 "
                "to the dollar."
            ),
        ),
        (
            "Markets close: Veldania index down 1.1% at 7,231",
            (
                "The Veldania index closed 1.1% lower at 7,231 points on Tuesday. Turnover was 2.6 "
                "billion crowns. Banks lost 0.9% while miners "
                "gained 0.2%. The crown traded at 11.57 "
                "to the dollar."
            ),
        ),
    ),
    Pair(
        "ru",
        (
            "Генштаб: за сутки потери составили 1 210 человек",
            (
                "По данным Генштаба, за минувшие сутки противник "
                "потерял 1 210 человек, 14 танков, 32 "
                "бронемашины и 41 артиллерийскую систему. Всего сбито 87 беспилотников."
            ),
        ),
        (
            "Генштаб: за сутки потери составили 1 340 человек",
            (
                "По данным Генштаба, за минувшие сутки противник "
                "потерял 1 340 человек, 9 танков, 27 "
                "бронемашин и 55 артиллерийских систем. Всего сбито 103 беспилотника."
            ),
        ),
    ),
    Pair(
        "de",
        (
            "Tag 1273: Was in der Nacht geschah",
            (
                "Ein Überblick über Tag 1273 des Krieges. In der Nacht meldete die Luftwaffe 92 "
                "Drohnen, 71 wurden abgeschossen. In Norden fiel für 14000 Haushalte der Strom aus."
            ),
        ),
        (
            "Tag 1274: Was in der Nacht geschah",
            (
                "Ein Überblick über Tag 1274 des Krieges. In der Nacht meldete die Luftwaffe 58 "
                "Drohnen, 49 wurden abgeschossen. In Norden fiel für 9000 Haushalte der Strom aus."
            ),
        ),
    ),
    Pair(
        "ko",
        (
            "코스피 2,610선 마감… 0.4% 상승",
            (
                "코스피가 23일 전 거래일보다 10.42포인트(0.4%) "
                "오른 2,612.31에 거래를 마쳤다. 외국인은 "
                "1,203억원어치를 순매수했다. 원/달러 환율은 1,391.5원이다."
            ),
        ),
        (
            "코스피 2,580선 마감… 1.1% 하락",
            (
                "코스피가 24일 전 거래일보다 28.95포인트(1.1%) "
                "내린 2,583.36에 거래를 마쳤다. 외국인은 "
                "2,871억원어치를 순매도했다. 원/달러 환율은 1,402.1원이다."
            ),
        ),
    ),
    Pair(
        "ar",
        (
            "أسعار الذهب اليوم: عيار 21 عند 3120 جنيها",
            (
                "سجل سعر الذهب عيار 21 اليوم 3120 جنيها للجرام، "
                "وعيار 24 نحو 3565 جنيها، وعيار 18 نحو "
                "2674 جنيها، وبلغ الجنيه الذهب 24960 جنيها."
            ),
        ),
        (
            "أسعار الذهب اليوم: عيار 21 عند 3145 جنيها",
            (
                "سجل سعر الذهب عيار 21 اليوم 3145 جنيها للجرام، "
                "وعيار 24 نحو 3594 جنيها، وعيار 18 نحو "
                "2696 جنيها، وبلغ الجنيه الذهب 25160 جنيها."
            ),
        ),
    ),
    Pair(
        "zh",
        (
            "沪指收盘涨0.4% 报3312点",
            (
                "沪指23日收盘上涨0.4%，报3312点，成交额841"
                "2亿元。深成指上涨0.7%，报10421点。银行股领涨。"
            ),
        ),
        (
            "沪指收盘跌1.1% 报3275点",
            (
                "沪指24日收盘下跌1.1%，报3275点，成交额912"
                "7亿元。深成指下跌1.5%，报10265点。银行股领跌。"
            ),
        ),
    ),
    Pair(
        "en",
        (
            "League report: Harwick beat Dunmere with two late goals",
            (
                "Harwick beat Dunmere 2-1 in the national league "
                "after goals by Olsen in minute 83 and "
                "Petrak in minute 90 at the Northgate ground before 8,120 people."
            ),
        ),
        (
            "League report: Solvey beat Kestrow with two late goals",
            (
                "Solvey beat Kestrow 3-2 in the national league "
                "after goals by Amari in minute 79 and "
                "Lindqvist in minute 88 at the Riverside ground before 6,340 people."
            ),
        ),
    ),
]
