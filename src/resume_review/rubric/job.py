"""A job advert beside the resume: which of its terms the resume shows, and where. No score but its own hangs on it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from resume_review.documents import Span
from resume_review.rubric.context import Context
from resume_review.rubric.packs import Pack, PackSkill
from resume_review.rubric.shown import means_all
from resume_review.rubric.verbs import verb_forms
from resume_review.rubric.vocabulary import COMMON
from resume_review.rubric.words import PhraseBook, Words, has_cjk, tokens, word_form, word_set

MOST_TERMS = 40
_PREFERRED = re.compile(
    r"nice[- ]to[- ]haves?|\bpreferred|\bprefer\b|\bpreferabl[ye]|\ba plus\b|\bpluses\b|bonus(?! scheme)|desirable|desired|advantage|\bideally|optional|beneficial|good to have|would be (?:great|helpful)"
    r"|歓迎|尚可|優遇|あれば|望ましい|あると(?:良|よ)い|プラス|活かせる",
    re.IGNORECASE,
)
_REQUIRED = re.compile(
    r"\b(?:requirements?|required|must[- ]haves?|you have|you(?:'ll| will) (?:bring|need|have)|you bring|what you bring|(?:your|candidate|the) profile|about you|who you are|qualifications|essentials?|what (?:you|we) need"
    r"|what we(?:'re| are) looking for|minimum|we expect|we require|skills|experience we|your background|you are)\b"
    r"|必須|応募資格|応募条件|求める(?!人物)|要件(?!定義)|必要な|必要スキル|資格要件",
    re.IGNORECASE,
)
_OTHER = re.compile(
    r"\b(?:we offer|what we offer|our offer|benefits|about (?:us|the company|our)|who we are|salary|compensation|how to apply|perks|equal opportunity|our company|why (?:us|join)|location|contact)\b"
    r"|待遇|福利厚生|給与|年収|応募方法|会社概要|会社紹介|勤務地|勤務時間|休日|選考|求める人物像",
    re.IGNORECASE,
)
_LABEL = re.compile(r"[\s#*【\[■◆●・-]*([^::\n]{2,40})[::]\s*(?=\S)")
_AROUND_HEADING = re.compile(r"^[\s#*【\[■◆●<＜]+|[\s*】\]>＞::]+$")
_IN_BRACKETS = re.compile(r"[((][^))]*[))]")
_FIRMLY = re.compile(r"required|must|mandatory|必須", re.IGNORECASE)
_COMPLETE_JA = re.compile(r"(?:経験|以上|年|こと|方|能力|知識|スキル|資格)$")
_VENDOR = re.compile(r"^(?:Apache|Microsoft|MS|Google|Amazon|Oracle|IBM)\s+(?=[A-Z])|\s+\d+(?:\.\d+)*$")
_SENTENCE = re.compile(r"(?<=[a-z0-9)])[.;]\s+(?=[A-Z])|[。;]")
_FROM_HERE = re.compile(
    r"(?:\(|,|;|[-–—])?\s*\b(?:ideally|preferably|nice to have:?|bonus(?: points)?(?: for| if)?:?|desirable:?|optional(?:ly)?:?|as well as, ideally,)\s",
    re.IGNORECASE,
)
_FACT_LINE = re.compile(r"\s*[-•*]?\s*(?:location|salary|company|team|start(?:ing)? date|contract|employer|contact|job title|position|reference|posted|勤務地|給与|年収|会社名|募集職種|職種|雇用形態)\s*[::]", re.IGNORECASE)  # fmt: skip
_NAME = re.compile(
    r"(?<![A-Za-z0-9_.@/])(?:[A-Z][A-Za-z0-9+#./&-]*[A-Za-z0-9+#](?:\s(?:[A-Z][A-Za-z0-9+#/-]*[A-Za-z0-9+#]|[0-9]+(?![\w+%])))*|[A-Z]{2,6}\d?|[A-Za-z]+(?:\+\+|#|\.js)|[RC])(?![A-Za-z0-9_@])"
)
_WIDE = re.compile(r"[ァ-ヴー・]{4,}|[一-龥]{3,8}")
_WIDE_END = re.compile(
    r"(?:の)?(?:実務)?(?:経験者?|知識|能力|スキル|以上|資格|業務|程度|全般|歓迎|必須|優遇|尚可|お持ち|方|者)+$"
)
_NO_TERMS = word_set("""
    hand self day end full senior hands-on
    we you our your the a an and or to of in on for with as at by i he she it this that is are will be have bring team role job
    company client experience year years skills requirements responsibilities degree bachelor master university english fluent
    knowledge work ability strong excellent plus nice required preferred must london berlin tokyo uk usa eu who what why how if
    about offer apply us please equal opportunity employer january monday consultant manager engineer analyst developer architect associate director lead specialist senior junior you'll we're you're
    """)
_NO_TERMS_WIDE = word_set(
    "プロジェクト コミュニケーション ビジネス チーム メンバー マネジメント コンサルティング コンサルタント エンジニア リーダー システム 経験者 経験年数 年収 万円 点以上 推進 顧客 企業 業界 領域 仕事内容 応募資格 必須条件 歓迎条件 勤務地 給与 待遇 福利厚生 応募方法 経験者 年以上 株式会社 求める人物像 必須 歓迎 業務内容 雇用形態"
)


@dataclass(frozen=True, slots=True)
class Term:
    """A term of the advert, whether it is asked for or only welcome, and its places in the resume."""

    term: str
    required: bool
    evidence: tuple[Span, ...]


def terms_of(job_text: str, context: Context) -> tuple[Term, ...]:
    """The skills of the pack, and the names of tools and methods, that an advert asks for, in its order."""
    wanted: dict[str, tuple[str, bool, tuple[str, ...]]] = {}
    for part, required in _parts(job_text):
        for key, shown, names in _named(part, context):
            known = wanted.get(key)
            wanted[key] = (known[0], required or known[1], known[2]) if known else (shown, required, names)
    return tuple(
        Term(shown, required, tuple(_places(names, context)))
        for shown, required, names in list(wanted.values())[:MOST_TERMS]
    )


def coverage(terms: tuple[Term, ...]) -> float:
    """Share (0-1) of the required terms that the resume shows; of all terms where none is required."""
    counted = [term for term in terms if term.required] or list(terms)
    return round(sum(bool(term.evidence) for term in counted) / len(counted), 2) if counted else 0.0


def as_answer(terms: tuple[Term, ...]) -> dict[str, object]:
    """`Review.job`."""
    return {
        "required": [_row(term) for term in terms if term.required],
        "preferred": [_row(term) for term in terms if not term.required],
        "coverage": coverage(terms),
    }


def _row(term: Term) -> dict[str, object]:
    return {"term": term.term, "evidence": [{"start": span.start, "end": span.end} for span in term.evidence]}


def _parts(text: str) -> Iterator[tuple[str, bool]]:
    """The parts of an advert that may name terms, with whether they are required."""
    for line, required in _lines(text):
        for sentence in _SENTENCE.split(line):
            mark = _FROM_HERE.search(sentence)
            if mark and mark.start() > 0:
                yield sentence[: mark.start()], required
                yield sentence[mark.end() :], False
            elif has_cjk(sentence):
                yield from ((part, required and not _PREFERRED.search(part)) for part in _clauses(sentence))
            else:
                yield sentence, required and not _PREFERRED.search(sentence)


def _clauses(sentence: str) -> Iterator[str]:
    """The wishes of a Japanese sentence: `SAPの経験5年以上、ABAPの知識があれば尚可` holds two."""
    part = ""
    for clause in sentence.split("、"):
        part = f"{part}、{clause}" if part else clause
        if _COMPLETE_JA.search(part.strip()):
            yield part
            part = ""
    if part:
        yield part


def _lines(text: str) -> Iterator[tuple[str, bool]]:
    """The lines of the sections that ask for something; an advert without such headings asks anywhere."""
    required = True
    lines = text.splitlines()
    skipped = any(_is_heading(line) and (_REQUIRED.search(line) or _PREFERRED.search(line)) for line in lines)
    for line in lines:
        if not line.strip() or _FACT_LINE.match(line):
            continue
        label = _LABEL.match(line)
        if label and (_REQUIRED.search(label[1]) or _PREFERRED.search(label[1])):
            preferred = _PREFERRED.search(label[1]) and not _FIRMLY.search(label[1])
            yield line[label.end() :], not preferred
            continue
        if _is_heading(line):
            # A heading that says both ("Required and preferred skills") asks; each line then says which.
            if _PREFERRED.search(line) and not _FIRMLY.search(line):
                required, skipped = False, False
                continue
            if _REQUIRED.search(line) or _PREFERRED.search(line):
                required, skipped = True, False
                continue
            if _OTHER.search(line):
                skipped = True
                continue
        if not skipped:
            yield line, required


def _is_heading(line: str) -> bool:
    bare = _IN_BRACKETS.sub("", _AROUND_HEADING.sub("", line)).strip()
    if not 0 < len(bare) <= 40 or line.strip()[0] in "-•・" or line.strip().startswith("* "):
        return False
    return not re.search(r"[.,、。]|\d", bare) and len(bare.split()) <= 6


def _named(part: str, context: Context) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Key, words of the advert and all words that stand for the term."""
    found: list[tuple[int, int, str, str, tuple[str, ...]]] = []
    skills = _skills(context.pack)
    for match in sorted(context.pack.skill_book.search(part), key=lambda match: match.start - match.end):
        if any(match.start < last and first < match.end for first, last, *_ in found):
            continue
        shown = part[match.start : match.end]
        skill = skills[match.value]
        if shown.casefold().startswith(skill.name.casefold()) or means_all(skill, shown):
            found.append((match.start, match.end, match.value.casefold(), shown, (shown, *skill.words)))
        else:  # one tool of a field does not stand for another
            found.append((match.start, match.end, shown.casefold(), shown, _other_names(shown)))
    known = [(first, last) for first, last, *_ in found]
    for shown, start, end in _others(part):
        if not any(first < end and start < last for first, last in known):
            found.append((start, end, shown.casefold(), shown, _other_names(shown)))
    for _, _, key, shown, names in sorted(found):
        yield key, shown, names


def _others(part: str) -> Iterator[tuple[str, int, int]]:
    """Names that no pack knows: words with capitals, and words of katakana or kanji that are no everyday ones."""
    begin = len(part) - len(part.lstrip(" \t-•*・"))
    for match in _NAME.finditer(part):
        words = [token.form for token in tokens(match[0])]
        if match.start() == begin:
            words, match_start = _without_plain_start(match, words)
        else:
            match_start = match.start()
        shown = part[match_start : match.end()]
        if len(shown) < 2 and shown not in {"R", "C"}:
            continue
        if words and not set(words) <= _NO_TERMS and not set(words) <= _everyday():
            yield shown, match_start, match.end()
    if has_cjk(part):
        for match in _WIDE.finditer(part):
            shown = _WIDE_END.sub("", match[0]).strip("・")
            if len(shown) >= 3 and shown not in _NO_TERMS_WIDE and not _NO_TERMS_WIDE & {match[0]}:
                yield shown, match.start(), match.start() + len(shown)


def _without_plain_start(match: re.Match[str], words: list[str]) -> tuple[list[str], int]:
    """A sentence starts with a capital: a plain word there is no name, what follows it may be."""
    start = match.start()
    parts = match[0].split()
    while (
        parts
        and (tokens(parts[0]) and tokens(parts[0])[0].form in _everyday() | _NO_TERMS)
        and not parts[0].isupper()
    ):
        start += len(parts[0]) + 1
        parts = parts[1:]
        words = words[1:]
    return (words, start) if parts else ([], match.end())


@cache
def _everyday() -> frozenset[str]:
    return word_set(COMMON) | frozenset(word_form(form) for form in verb_forms())


_SAME = (("kubernetes", "k8s"), ("javascript", "js"), ("typescript", "ts"), ("postgresql", "postgres"), ("gcp", "google cloud"), ("golang", "go"), ("ci/cd", "cicd"), ("ms sql", "sql server"))  # fmt: skip


def _other_names(shown: str) -> tuple[str, ...]:
    lower = shown.casefold()
    bare = _VENDOR.sub("", shown)
    return (shown, bare, *(name for names in _SAME if lower in names for name in names))


def _places(names: tuple[str, ...], context: Context) -> Iterator[Span]:
    """Where genuine text of the resume names the term."""
    book = PhraseBook.of(sorted(set(names)))
    genuine = Words(token for token in context.tokens if context.genuine(token.start))
    for match in (*book.find(genuine), *book.find_wide(context.text)):
        if context.genuine(match.start):
            yield Span(start=match.start, end=match.end)


def _skills(pack: Pack) -> dict[str, PackSkill]:
    return {skill.name: skill for group in pack.groups for skill in group.skills}
