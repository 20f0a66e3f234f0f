"""Changes of a resume in Markdown for properties of the score: bullets made worse, text stuffed, another person."""

import random
import re
from collections.abc import Callable

from planted_words import is_japanese, role_spans

BULLETS = re.compile(r"^[-*+] .*\n", re.MULTILINE)

# The fault of a bullet as text to be added, taken away or put in place of something; nothing else changes.
_WORSE: dict[str, Callable[[str], str]] = {
    "first person": lambda body: "I " + body[0].lower() + body[1:],
    "intensifier": lambda body: "Very successfully " + body[0].lower() + body[1:],
    "weak verb": lambda body: "Helped to " + body[0].lower() + body[1:],
    "duty": lambda body: "Responsible for the following: " + body[0].lower() + body[1:],
    "exclamation": lambda body: body + "!",
    "vague": lambda body: re.sub(r"\b\d[\d,.]*\b", "various", body, count=1),
    "repeated word": lambda body: body.replace(" and ", " and and ", 1).replace(" a ", " a a ", 1),
    "misspelled": lambda body: re.sub(r"\b(\w{3})(\w)(\w)(\w{3,})\b", r"\1\3\2\4", body, count=1),
    "broken": lambda body: body[:8] + "(cid:12)(cid:7)" + body[8:],
    "figures gone": lambda body: re.sub(r"\s?[€£$]?(?<![:\w])\d[\d,.]*%?\w*", "", body),
}
_WORSE_JA: dict[str, Callable[[str], str]] = {
    "first person": lambda body: "私は" + body,
    "intensifier": lambda body: "非常に" + body,
    "vague": lambda body: re.sub(r"\d[\d,.]*", "様々な", body, count=1),
    "exclamation": lambda body: body.replace("。", "!"),
    "broken": lambda body: body[:6] + "(cid:12)(cid:7)" + body[6:],
    "figures gone": lambda body: re.sub(r"(?<!:)(?<!:\d)\d[\d,.]*[%名件社か月日時間億円万千]*", "", body),
}  # fmt: skip
KINDS = {"en": sorted(_WORSE), "ja": sorted(_WORSE_JA)}

ADVERT = """
We are looking for a consultant to join our team. You will lead programmes on AWS, Azure and SAP.

Requirements

- Strong knowledge of Kubernetes, Terraform and due diligence
- Led transformation programmes with 100 engineers and a budget of $5M

We offer a competitive salary. Equal opportunity employer. Apply now.
"""
ADVERTS = (
    ADVERT,
    """
About the role

You will own the relationship with our largest clients and shape our M&A practice.

What you bring

- 5+ years of experience in valuation, LBO modelling and due diligence
- Led deal teams of 12 and closed transactions worth $2B
- Nice to have: CFA, Python

Our benefits package includes a car. Please apply with your CV.
""",
    """
募集要項

仕事内容:大手企業の基幹システム刷新を主導していただきます。

応募資格(必須条件)

- クラウド移行のプロジェクトを統括し、年間10億円の費用を削減した経験
- 50名以上のチームを率いた経験

待遇:年収1,200万円。ご応募をお待ちしています。
""",
)

PEOPLE = {
    "en": ["Li Na", "Chukwuemeka Okonkwo-Adeyemi", "Aroha Ngata", "José de la Cruz", "Fatima Al-Zahra", "Bob Lee",
           "Precious Love", "Bjørn Ødegård", "Ayşe Yılmaz", "Siobhán O'Brien", "Deshawn Washington", "Anne-Marie Smith"],
    "ja": ["李 娜", "金 民俊", "佐藤 花子", "比嘉 太郎", "グエン ティ ラン", "小鳥遊 凛", "東海林 一", "ジョン スミス"],
}  # fmt: skip
TRAITS = {
    "en": ["", "she/her", "he/him", "they/them", "Age: 58", "Age: 23", "Nationality: Kenyan", "Date of birth: 3 May 1966",
           "Marital status: married", "Gender: female", "Religion: Hindu"],
    "ja": ["", "年齢:58歳", "年齢:24歳", "性別:女", "性別:男", "国籍:ベトナム", "生年月日:1966年5月3日", "配偶者:有"],
}  # fmt: skip
PLACES = {
    "en": ["London, UK", "Lagos, Nigeria", "Jakarta, Indonesia", "Springfield, IL", "São Paulo, Brazil", "Hanoi, Vietnam"],
    "ja": ["東京都港区", "沖縄県那覇市", "北海道札幌市", "大阪府大阪市"],
}  # fmt: skip
SCHOOLS = {
    "en": ["University of Lagos", "University of Oxford", "University of Springfield", "University of Delhi"],
    "ja": ["東都大学", "琉球南大学", "京浜女子大学", "北見工科大学"],
}


def language_of(text: str) -> str:
    return "ja" if is_japanese(text) else "en"


def worsen(text: str, place: int, kind: str) -> str:
    """One bullet with one fault more; the same text where the bullet has no room for it."""
    found = BULLETS.findall(text)
    old = found[place % len(found)]
    change = (_WORSE_JA if is_japanese(text) else _WORSE)[kind]
    return text.replace(old, f"{old[:2]}{change(old[2:].strip())}\n", 1)


def repeated(text: str, chance: random.Random, *, across: bool) -> str:
    """Some bullets again, behind others of the same role, or `across` roles."""
    for _ in range(chance.randint(1, 10)):
        spans = role_spans(text)
        start, end = (spans[0][0], spans[-1][1]) if across else chance.choice(spans)
        found = BULLETS.findall(text[start:end])
        place, again = chance.choice(found), chance.choice(found)
        text = text[:start] + text[start:end].replace(place, place + again, 1) + text[end:]
    return text


def pasted(text: str, advert: str, chance: random.Random) -> str:
    """An advert before one of the sections, or at the end."""
    places = [match.start() for match in re.finditer(r"^## ", text, re.MULTILINE)]
    place = chance.choice([*places, len(text)])
    return f"{text[:place].rstrip()}\n\n{advert.strip()}\n\n{text[place:]}"


def stuffed(text: str, names: list[str], way: str) -> str:
    """Names of skills as a longer list, as a section of their own, or as a last line."""
    words = ", ".join(names)
    if way == "list":
        match = re.search(r"^## .*(?:Skills|Competencies|スキル)\n\n(?:.*\n)*?(?=\n|\Z)", text, re.MULTILINE)
        assert match is not None
        return f"{text[: match.end()].rstrip()}, {words}\n{text[match.end() :]}"
    if way == "section":
        return f"{text.rstrip()}\n\n## {'キーワード' if is_japanese(text) else 'Keywords'}\n\n{words}\n"
    return f"{text.rstrip()}\n\n{words}\n"


def reordered(text: str, chance: random.Random) -> str:
    """The bullets of one role in another order."""
    start, end = chance.choice(role_spans(text))
    found = BULLETS.findall(text[start:end])
    mixed = iter(chance.sample(found, len(found)))
    return text[:start] + BULLETS.sub(lambda _: next(mixed), text[start:end]) + text[end:]


def other_person(text: str, chance: random.Random) -> str:
    """Another name, place, school and something about the person that is nobody's business."""
    language = language_of(text)
    lines = text.splitlines()
    contact = next(number for number, line in enumerate(lines) if "@" in line)
    separator = next((sign for sign in (" • ", " · ", " / ") if sign in lines[contact]), " | ")
    parts = lines[contact].split(separator)
    place = next(
        number for number, part in enumerate(parts) if not re.search(r"@|\d{3}|\d\d \d\d|\.com", part)
    )
    parts[place] = chance.choice(PLACES[language])
    trait = chance.choice(TRAITS[language])
    lines[contact] = separator.join([*parts, trait] if trait else parts)
    name = chance.choice(PEOPLE[language])
    if lines[0] != "# 職務経歴書":
        lines[0] = f"# {name}"
    school = chance.choice(SCHOOLS[language])
    return re.sub(
        r"University of \w+|(?<= )\w+大学(?= )|^\w+大学(?= )",
        school,
        "\n".join(lines) + "\n",
        flags=re.MULTILINE,
    )
