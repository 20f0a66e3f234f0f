"""Japanese forms of entries: one line for joining and one for leaving, schools written without commas."""

import re

from resume_review.documents.facts.lexicon import title_score
from resume_review.documents.facts.phrases import Phrase

JOINED = re.compile(r"入社|入所|入行|入職|入庁|入省|就職|着任|入局")
LEFT = re.compile(r"退社|退職|退所|退行|退官|離任|契約満了")
FINISHED = re.compile(r"卒業|修了|中退|退学|満期")
SAME = re.compile(r"同社|同大学|一身上の都合|同校|会社都合")
_SCHOOL = re.compile(
    r"^(?P<school>\S*?(?:大学院大学|大学校|短期大学|大学|高等専門学校|高等学校|専門学校|高専|高校|中学校|学院|学園|スクール))(?P<rest>.*)$"
)
_VERB = re.compile(
    r"\s*(?:を|に)?(?:入学|編入|進学|卒業(?:見込み?|予定)?|修了(?:見込み?|予定)?|中退|退学|在学中|満期退学)\s*$"
)
_COMPANY_VERB = re.compile(r"\s*(?:に|へ|を)?(?:入社|入所|入行|入職|就職|退社|退職|勤務|在籍|着任)\s*$")
_COMPANY = re.compile(
    r"^(?P<company>(?:株式会社|有限会社|合同会社|一般社団法人)\S+|\S+?(?:株式会社|有限会社|合同会社|監査法人|税理士法人|銀行|証券|研究所|事務所))[ \u3000]+(?P<rest>\S.*)$"
)

_DEPARTMENT = re.compile(
    r"(?:部門?|課|室|局|係|科|本部|グループ|チーム|ユニット|事業部|支店|担当|[員士師長職者])$"
)
_SPACED = re.compile(
    r"^(?P<company>\S*[\u3040-\u30ff\u3400-\u9fff]\S*)[ \u3000]+(?P<rest>\S*[\u3040-\u30ff\u3400-\u9fff]\S*)$"
)


def split_school(phrase: Phrase) -> tuple[Phrase, Phrase | None] | None:
    """Cut `東京理科大学 工学部 情報工学科 卒業` into the school and the course."""
    text = _VERB.sub("", phrase.text)
    match = _SCHOOL.match(text)
    if match is None:
        return None
    school = Phrase(phrase.start, phrase.start + match.end("school"), match["school"], phrase.unit)
    rest = match["rest"]
    course = rest.strip()
    if not course:
        return school, None
    start = phrase.start + match.start("rest") + rest.index(course)
    return school, Phrase(start, start + len(course), course, phrase.unit)


def split_company(phrase: Phrase) -> tuple[Phrase, Phrase | None]:
    """Cut `株式会社未来 営業部 主任` into the company and what follows; drop the verb at the end."""
    text = _COMPANY_VERB.sub("", phrase.text)
    trimmed = Phrase(phrase.start, phrase.start + len(text), text, phrase.unit, phrase.bold)
    match = _COMPANY.match(text)
    if match is None:
        match = _SPACED.match(text)
        if match is None or title_score(match["rest"]) < 0.5 or _DEPARTMENT.search(match["company"]):
            return trimmed, None
    start = phrase.start + match.start("rest")
    return (
        Phrase(phrase.start, phrase.start + match.end("company"), match["company"], phrase.unit, phrase.bold),
        Phrase(start, phrase.start + len(text), match["rest"], phrase.unit, phrase.bold),
    )
