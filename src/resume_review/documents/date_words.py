"""Words of dates: months, eras, seasons, and the words for a time that goes on."""

_MONTH_WORDS = (
    "january jan januar jänner jän janvier janv enero ene gennaio gen janeiro januari",
    "february feb februar febr février fevrier févr fév febrero febbraio fevereiro fev februari",
    "march mar märz maerz mrz mär mars marzo março maart mrt",
    "april apr avril avr abril abr aprile",
    "may mai mayo maggio mag maio mei",
    "june jun juni juin junio giugno giu junho",
    "july jul juli juillet juil julio luglio lug julho",
    "august aug août aout agosto ago augustus",
    "september sept sep septembre septiembre settembre set setembro",
    "october oct oktober okt octobre octubre ottobre ott outubro out",
    "november nov novembre noviembre novembro",
    "december dec dezember dez décembre decembre déc diciembre dic dicembre dezembro",
)
MONTHS = {word: number for number, words in enumerate(_MONTH_WORDS, start=1) for word in words.split()}
SAME_SHORT_AND_LONG = frozenset({"may", "mai", "mei", "mayo"})
LONG_THOUGH_SHORT = frozenset(
    [
        "march",
        "april",
        "june",
        "july",
        "märz",
        "maerz",
        "juni",
        "juli",
        "mars",
        "avril",
        "juin",
        "août",
        "aout",
        "marzo",
        "abril",
        "junio",
        "julio",
        "aprile",
    ]
)

# Year before the first one of each Japanese era, plus one.
ERAS = {"令和": 2019, "平成": 1989, "昭和": 1926, "大正": 1912, "R": 2019, "H": 1989, "S": 1926}

SEASONS = (
    "spring", "summer", "fall", "autumn", "winter", "q1", "q2", "q3", "q4",
    "sommersemester", "wintersemester", "sose", "wise", "ss", "ws",
    "printemps", "été", "automne", "hiver", "frühjahr", "frühling", "sommer", "herbst",
)  # fmt: skip

PRESENT = (
    "present", "current", "currently", "now", "today", "ongoing", "date",
    "heute", "aktuell", "laufend", "jetzt", "dato", "gegenwart", "gegenwärtig",
    "aujourd'hui", "aujourd’hui", "présent", "ce jour", "en cours", "actuel", "actuellement", "maintenant",
    "現在", "現在に至る", "至現在", "在職中", "現職", "至る", "在学中", "継続中", "今",
    "actualidad", "actual", "presente", "la actualidad", "oggi", "in corso", "atual", "atualmente", "hoje", "heden", "nu",
)  # fmt: skip

SINCE = ("since", "seit", "depuis", "ab", "desde", "dal", "sinds", "from")
