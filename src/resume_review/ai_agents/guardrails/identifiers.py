"""What identifies a person, as patterns: contact data, numbers of documents, birth, family and sex."""

import re
from enum import StrEnum


class Personal(StrEnum):
    """What a placeholder stands for."""

    NAME = "NAME"
    EMAIL = "EMAIL"
    PHONE = "PHONE"
    LINK = "LINK"
    ADDRESS = "ADDRESS"
    BIRTH_DATE = "BIRTH_DATE"
    ID = "ID"
    PERSONAL = "PERSONAL"
    SCHOOL = "SCHOOL"
    PRONOUN = "PRONOUN"


EMAIL = re.compile(
    r"[\w.+%-]+\s?(?:@|\(at\)|\[at\]|＠)\s?[\w-]+(?:(?:\.|\s?(?:\(dot\)|\[dot\])\s?)[\w-]+)+", re.IGNORECASE
)
LINK = re.compile(
    r"\b(?:https?://|www\.)[^\s<>|,;、。）)]+"
    r"|\b(?:[\w-]+\.)*(?:linkedin|github|gitlab|xing|twitter|facebook|instagram|wantedly|qiita|medium|behance|dribbble)"
    r"\.(?:com|io|jp|net|org)(?:/[^\s<>|,;、。）)]*)?"
    r"|\b(?:orcid\.org|t\.me|wa\.me|x\.com|threads\.net|note\.com|zenn\.dev|researchgate\.net)/[^\s<>|,;、。）)]+"
    r"|\b(?:skype|line id|wechat|telegram|whatsapp|signal|kakao ?talk)\s*[:：]\s*\S{3,40}"
    r"|(?<![\w@.])@[A-Za-z]\w{2,30}\b",
    re.IGNORECASE,
)
ADDRESS = re.compile(
    r"〒\s?\d{3}-\d{4}[^\n|]{0,60}"
    r"|(?<![\d-])\d{3}-\d{4}(?=\s*[\u4e00-\u9fff])[^\n|]{0,60}"
    r"|(?:住所|現住所|Address|Anschrift|Adresse)\s*[:：][^\n|]{3,80}"
    r"|(?:東京都|北海道|(?:京都|大阪)府|[\u4e00-\u9fff]{2,3}県)[\u4e00-\u9fffぁ-んァ-ヶ]{1,12}[市区町村郡][^\n|、。]{0,40}\d[^\n|、。]{0,30}"
    r"|\b\d{1,5}[A-Za-z]?\s+(?:[A-Z][\w.'-]*\s+){1,4}(?:Street|St|Road|Rd|Avenue|Ave|Lane|Ln|Drive|Dr|Boulevard|Blvd|Court|Ct|Close"
    r"|Way|Place|Pl|Terrace|Square|Sq|Gardens|Crescent)\b\.?(?:,?\s+(?:Apt|Flat|Unit|Suite|#)\.?\s*\w+)?[^\n|]{0,40}"
    r"|\b[A-Z]{1,2}\d[A-Z\d]?\s+\d[A-Z]{2}\b"
    r"|\b[A-ZÄÖÜ][\wäöüß.-]*(?:straße|strasse|str\.|gasse|allee)\s*\d{1,4}\s?[a-z]?\b[^\n|]{0,40}"
    r"|\b\d{1,4}(?:\s?bis)?,?\s+(?:rue|avenue|boulevard|chemin|impasse|quai|allée)\s+[^\n|]{3,60}"
    r"|\b(?:Calle|Via|Rua|Avenida|Piazza)\s+[A-Z][^\n|\d]{2,40}\d{1,4}[^\n|]{0,40}",
)
BIRTH = re.compile(
    r"(?:date of birth|d\.?o\.?b\.?|born(?:\s+on)?|birth\s?date|birthday|geburtsdatum|date de naissance|生年月日|誕生日)"
    r"\s*[:：]?\s*[^\n|,;、]{4,30}"
    r"|(?:昭和|平成|[SHsh])\s?\d{1,2}\s?[年./]\s?\d{1,2}\s?[月./]\s?\d{1,2}\s?日?\s?生(?:まれ)?"
    r"|\d{4}\s?年\s?\d{1,2}\s?月\s?\d{1,2}\s?日\s?生(?:まれ)?(?:\s?[(（]満?\s?\d{1,2}\s?歳[)）])?",
    re.IGNORECASE,
)
ID = re.compile(
    r"\b\d{3}-\d{2}-\d{4}\b"
    r"|\b[A-CEGHJ-PR-TW-Z]{2}\s?\d{2}\s?\d{2}\s?\d{2}\s?[A-D]\b"
    r"|(?:passport|social security|ssn|national (?:id|insurance)|tax id|driver'?s? licen[cs]e|personalausweis|steuer-?id|nif|dni|"
    r"マイナンバー|個人番号|旅券番号|パスポート番号|運転免許証番号|在留カード番号)\s*(?:no\.?|number|番号|#)?\s*[:：]?\s*[A-Z0-9][A-Z0-9 -]{4,20}",
    re.IGNORECASE,
)
PERSONAL = re.compile(
    r"(?:\b(?:gender|sex|age|nationality|citizenship|marital status|religion|ethnicity|race|children|dependants|visa status|"
    r"staatsangehörigkeit|familienstand|geschlecht)|性別|年齢|国籍|配偶者|婚姻|扶養家族|本籍|出身地|宗教)\s*[:：]\s*[^\n|,;、]{1,40}"
    r"|[(（]?満?\s?\d{1,2}\s?歳[)）]?|\baged? \d{2}\b|\b\d{2}[- ]years?[- ]old\b"
    r"|\b(?:maternity|paternity|parental) leave\b|\b(?:mother|father|mum|dad|parent) of \w+\b|\b(?:husband|wife|sorority|fraternity)\b"
    r"|産休|育休|産前産後休業|育児休業|[一二三四五\d]児の[父母]",
    re.IGNORECASE,
)
PRONOUN = re.compile(
    r"\b(?:(?:she|he|they)/(?:her|him|them)(?:/(?:hers|his|theirs))?|Mrs?|Ms|Mx)\b\.?|(?<=[(（])[男女](?=[)）])|[男女]性"
    r"|\b(?:[Ss]he|[Hh]e|[Hh]ers?|[Hh]im|[Hh]is|[Hh]erself|[Hh]imself)\b|彼女|(?<![\u4e00-\u9fff])彼(?![\u4e00-\u9fff])"
)
HANDLE = re.compile(r"[^\s|,;、。()（）]*\w[./_-]\w[^\s|,;、。()（）]*|\w{6,40}")
READING = re.compile(r"(?:ふりがな|フリガナ|氏名|氏　名|お名前|Name)\s*[:：]?\s*([^\n|]{2,30})")
SCHOOL = re.compile(
    r"\b(?:[A-Z][\w.'&-]*\s+){0,4}(?:University|College|Institute|Polytechnic|Academy|High School|Business School|School of [A-Z]\w+)"
    r"(?:\s+of\s+(?:[A-Z][\w.'-]*\s?){1,4})?"
    r"|[\u4e00-\u9fffァ-ヶーA-Za-z]{2,14}(?:大学院|大学|高等学校|高校|専門学校)"
)
