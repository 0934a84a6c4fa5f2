"""Words of English dates: months, weekdays, numerals, festivals."""

from __future__ import annotations


def as_set(text: str) -> frozenset[str]:
    return frozenset(text.split())


_MONTHS = (
    "January Jan", "February Feb", "March Mar", "April Apr", "May", "June Jun", "July Jul", "August Aug",
    "September Sept Sep", "October Oct", "November Nov", "December Dec",
)  # fmt: skip
_WEEKDAYS = ("Monday Mon", "Tuesday Tues Tue", "Wednesday Weds Wed", "Thursday Thurs Thur Thu", "Friday Fri",
             "Saturday Sat", "Sunday Sun")  # fmt: skip
MONTHS = {name.lower(): month for month, names in enumerate(_MONTHS, 1) for name in names.split()}
WEEKDAYS = {name.lower(): day for day, names in enumerate(_WEEKDAYS, 1) for name in names.split()}

# Written small, these are words of other kinds or too rarely a month to be believed.
_NEVER_SMALL = (
    "march",
    "may",
    "august",
    "mar",
    "jan",
    "jun",
    "dec",
    "sat",
    "sun",
    "wed",
    "fri",
    "mon",
    "thu",
    "tue",
)
_FULL = [names.split()[0] for names in _MONTHS]
MONTH_NAMES = [
    *_FULL,
    *(name.upper() for name in _FULL),
    *(n.lower() for n in _FULL if n.lower() not in _NEVER_SMALL),
]
MONTH_SHORT = [short for names in _MONTHS for short in names.split()[1:]]
WEEKDAY_NAMES = [names.split()[0] for names in _WEEKDAYS]
WEEKDAY_SHORT = [short for names in _WEEKDAYS for short in names.split()[1:]]

_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fiftee"
    "n sixteen seventeen eighteen nineteen"
)
_ORDINALS = (
    "zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth "
    "fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
)
_TENS = {
    "twenty": 20,
    "thirty": 30,
    "forty": 40,
    "fifty": 50,
    "sixty": 60,
    "seventy": 70,
    "eighty": 80,
    "ninety": 90,
}
NUMBERS = (
    {word: value for value, word in enumerate(_ONES.split())} | _TENS | {"a": 1, "an": 1, "hundred": 100}
)
_TWENTY = {f"twenty-{word}": 20 + value for value, word in enumerate(_ORDINALS.split()[:10]) if value}
ORDINALS = {word: value for value, word in enumerate(_ORDINALS.split())} | {
    "thirtieth": 30,
    **_TWENTY,
    "thirty-first": 31,
}
DECADES = {
    "twenties": 2, "thirties": 3, "forties": 4, "fifties": 5, "sixties": 6, "seventies": 7, "eighties": 8,
    "nineties": 9,
}  # fmt: skip

# What decades and years are counted from when they are spelt: the nineteen-fifties.
HUNDREDS = {word: value for word, value in NUMBERS.items() if 14 <= value <= 19}

# `FESTIVALS[name]` matches the festival as it is written with capitals.
FESTIVALS = {
    "new-year": "New Year(?:['’]s Day|s Day)",
    "new-year-eve": "New Year(?:['’]s|s)? Eve",
    "spring-eve": "(?:Lunar|Chinese) New Year(?:['’]s)? Eve",
    "spring": "(?:the )?Spring Festival(?! [Gg]ala)|(?:the )?(?:Lunar|Chinese) New Year(?:['’]s Day)?",
    "lantern": "(?:the )?Lantern Festival",
    "qingming": "(?:the )?(?:Qingming|Tomb[- ][Ss]weeping)(?: (?:Festival|Day))",
    "dragon-boat": "(?:the )?Dragon Boat Festival|(?:the )?Duanwu Festival",
    "qixi": "(?:the )?Qixi(?: Festival)?",
    "ghost": "(?:the )?(?:Hungry )?Ghost Festival",
    "mid-autumn": "(?:the )?(?:Mid-?[Aa]utumn|Moon)(?: Festival| Day)",
    "double-ninth": "(?:the )?(?:Double Ninth|Chongyang)(?: Festival| Day)",
    "laba": "(?:the )?Laba Festival",
    "national": "(?:the )?National Day(?: (?:holidays?|Golden Week))?",
    "independence": "Independence Day",
    "labour": "(?:International )?(?:Labou?r Day|Workers['’] Day)|May Day",
    "women": "International Women['’]s Day|Women['’]s Day",
    "youth": "Youth Day",
    "children": "(?:International )?Children['’]s Day",
    "teachers": "Teachers?['’]? Day|Teacher['’]s Day",
    "army": "Army Day",
    "christmas-eve": "Christmas Eve",
    "christmas": "Christmas Day|Christmas(?:time| ?Time)?|Xmas",
    "boxing-day": "Boxing Day",
    "thanksgiving": "Thanksgiving(?: Day)?",
    "good-friday": "Good Friday",
    "palm-sunday": "Palm Sunday",
    "ash-wednesday": "Ash Wednesday",
    "easter": "Easter(?: Sunday)?",
    "easter-monday": "Easter Monday",
    "black-friday": "Black Friday",
    "halloween": "Halloween|Hallowe['’]en",
    "valentine": "(?:St\\.? )?Valentine['’]?s Day",
    "april-fools": "April Fools?['’]?s? Day",
    "mothers": "Mothers?['’]?s? Day",
    "fathers": "Fathers?['’]?s? Day",
    "singles": "Singles['’]? Day|Double (?:11|Eleven)",
    "memorial": "Memorial Day",
    "veterans": "Veterans['’]? Day",
    "remembrance": "Remembrance (?:Day|Sunday)|Armistice Day",
    "columbus": "Columbus Day",
    "presidents": "Presidents?['’]?s? Day",
    "mlk": "Martin Luther King(?:,? Jr\\.?)? Day|MLK Day",
    "juneteenth": "Juneteenth",
    "st-patrick": "(?:St\\.?|Saint) Patrick['’]s Day",
    "earth-day": "Earth Day",
    "election-day": "Election Day",
    "ramadan": "Ramadan",
    "eid-fitr": "Eid al-Fitr",
    "eid-adha": "Eid al-Adha",
    "diwali": "Diwali",
    "hanukkah": "Hanukkah|Chanukah",
    "passover": "Passover",
    "summer-solstice": "(?:the )?[Ss]ummer [Ss]olstice",
    "winter-solstice": "(?:the )?[Ww]inter [Ss]olstice",
    "start-of-spring": "(?:the )?Start of Spring",
}
# After these a festival only says what kind of thing is spoken of.
FESTIVAL_THINGS = (
    "trees?|cards?|carols?|music|presents?|gifts?|part(?:y|ies)|stor(?:y|ies)|songs?|lights|decorations?|"
    "dinner|lunch|bonus(?:es)?|shopping|eggs?|bunny|Island|Carol|Tree|costumes?|cracker|"
    "jumpers?|stockings?|markets?|pudding|wish|wishes"
)

ERAS = {
    "Hongwu": (1368, 1398), "Yongle": (1403, 1424), "Xuande": (1426, 1435), "Zhengtong": (1436, 1449),
    "Chenghua": (1465, 1487), "Hongzhi": (1488, 1505), "Zhengde": (1506, 1521), "Jiajing": (1522, 1566),
    "Longqing": (1567, 1572), "Wanli": (1573, 1620), "Tianqi": (1621, 1627), "Chongzhen": (1628, 1644),
    "Shunzhi": (1644, 1661), "Kangxi": (1662, 1722), "Yongzheng": (1723, 1735), "Qianlong": (1736, 1795),
    "Jiaqing": (1796, 1820), "Daoguang": (1821, 1850), "Xianfeng": (1851, 1861), "Tongzhi": (1862, 1874),
    "Guangxu": (1875, 1908), "Xuantong": (1909, 1911), "Zhenguan": (627, 649), "Kaiyuan": (713, 741),
    "Tianbao": (742, 756), "Meiji": (1868, 1912), "Taisho": (1912, 1926), "Showa": (1926, 1989),
    "Heisei": (1989, 2019), "Reiwa": (2019, 2099),
}  # fmt: skip

# What is counted: a number of four digits before these is no year.
UNITS = (
    "percent|per|pages?|years?|days?|hours?|minutes?|miles?|metres?|meters?|feet|dollars?|yuan|pounds?|euros?|"
    "tons?|tonnes?|kilomet(?:er|re)s?|km|kg|mm|cm|mph|MHz|calories|words?|square|million|billion|trillion|"
    "thousand|hundred|cubic|times|rpm|cc|copies|kilograms?|kilos?|grams?|lit(?:er|re)s?|degrees|acres|hectares|"
    "or so|of the|of them|of these|of his|of their|of those|of our|bucks|inhabitants"
)
# A year may stand before these after "in" and the like: in 1989 students protested.
THINGS = (
    "people|men|women|children|troops|soldiers|police|cattle|sheep|head|employees|residents|members|students|"
    "households|points|votes|seats|jobs|workers|units|characters|items|cases|houses|homes|guests|fans|visitors|"
    "passengers|victims|signatures|bottles|boxes|cars|vehicles|ships|planes|aircraft|rooms|beds|species|lines|"
    "entries|steps|pieces|different|more|other"
)
