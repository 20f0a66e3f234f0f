"""A job advert beside the resume: which of its terms the resume shows, and where. No score but its own hangs on it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from resume_review.documents import Span
from resume_review.rubric.context import Context
from resume_review.rubric.words import PhraseBook, Token, has_cjk, tokens, word_set

MOST_TERMS = 40
_PREFERRED = re.compile(
    r"nice[- ]to[- ]have|preferred|prefer\b|a plus|bonus|desirable|advantage|ideally|optional|beneficial|歓迎|尚可|優遇|あれば|望ましい",
    re.IGNORECASE,
)
_REQUIRED = re.compile(
    r"\b(?:requirements?|required|must[- ]haves?|you have|you bring|your profile|qualifications|essential|what you need|minimum|we expect|skills)\b"
    r"|必須|応募資格|求める|要件|必要な",
    re.IGNORECASE,
)
_OTHER = re.compile(
    r"\b(?:we offer|benefits|about us|who we are|salary|how to apply|perks|equal opportunity|our company)\b|待遇|福利厚生|給与|応募方法|会社概要",
    re.IGNORECASE,
)
_NAME = re.compile(
    r"(?<![.!?:]\s)(?<!^)(?<![-•*]\s)\b[A-Z][A-Za-z0-9+#./-]*[A-Za-z0-9+#](?:\s[A-Z][A-Za-z0-9+#]+)*\b|\b[A-Z]{2,6}\d?\b|\b[A-Za-z]+(?:\+\+|#|\.js)"
)
_WIDE = re.compile(r"[ァ-ヴー]{4,}|[一-龥]{3,8}")
_NO_TERMS = word_set("""
    we you our your the a an and or to of in on for with as at by i he she it this that is are will be have bring team role job
    company client experience year years skills requirements responsibilities degree bachelor master university english fluent
    knowledge work ability strong excellent plus nice required preferred must london berlin tokyo uk usa eu who what why how if
    about offer apply us please equal opportunity employer january monday consultant manager engineer analyst developer architect associate director lead specialist senior junior you'll we're you're
    """)
_NO_TERMS_WIDE = word_set(
    "仕事内容 応募資格 必須条件 歓迎条件 勤務地 給与 待遇 福利厚生 応募方法 経験者 年以上 株式会社 求める人物像 必須 歓迎 業務内容 雇用形態"
)


@dataclass(frozen=True, slots=True)
class Term:
    """A term of the advert, whether it is asked for or only welcome, and its places in the resume."""

    term: str
    required: bool
    evidence: tuple[Span, ...]


def terms_of(job_text: str, context: Context) -> tuple[Term, ...]:
    """The skills of the pack, and the names of tools and methods, that an advert asks for, in its order."""
    wanted: dict[str, tuple[str, bool]] = {}
    for line, required in _lines(job_text):
        for name, shown in _named(line, context):
            key = name.casefold()
            known = wanted.get(key)
            wanted[key] = (known[0] if known else shown, required or bool(known and known[1]))
    return tuple(
        Term(shown, required, tuple(_places(key, shown, context)))
        for key, (shown, required) in list(wanted.items())[:MOST_TERMS]
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


def _lines(text: str) -> Iterator[tuple[str, bool]]:
    """The lines of an advert that may name terms, with whether they are required."""
    required = True
    # An advert with headings says its terms under them; one without says them anywhere.
    skipped = any(_is_heading(line) and _REQUIRED.search(line) for line in text.splitlines())
    for line in text.splitlines():
        stripped = line.strip()
        if not stripped:
            continue
        heading = _is_heading(line)
        if heading and _OTHER.search(stripped):
            skipped = True
        elif heading and _PREFERRED.search(stripped):
            required, skipped = False, False
        elif heading and _REQUIRED.search(stripped):
            required, skipped = True, False
        elif not skipped:
            yield line, required and not _PREFERRED.search(line)


def _is_heading(line: str) -> bool:
    stripped = line.strip()
    return 0 < len(stripped) <= 40 and stripped[0] not in "-•*・" and not re.search(r"[.,、。]|\d", stripped)


def _named(line: str, context: Context) -> Iterator[tuple[str, str]]:
    taken: list[tuple[int, int]] = []
    for match in context.pack.skill_book.search(line):
        taken.append((match.start, match.end))
        yield match.value, line[match.start : match.end]
    names = [*_NAME.finditer(line), *(_WIDE.finditer(line) if has_cjk(line) else ())]
    for match in names:
        if any(start < match.end() and match.start() < end for start, end in taken):
            continue
        words = {token.form for token in tokens(match[0])}
        if (words and words <= _NO_TERMS) or match[0] in _NO_TERMS_WIDE or len(match[0]) < 2:
            continue
        yield match[0], match[0]


def _places(key: str, shown: str, context: Context) -> Iterator[Span]:
    """Where the resume names the term or, for a skill of the pack, one of its other names."""
    names = {shown, key, *_aliases(context).get(key, ())}
    book = PhraseBook.of(sorted(names))
    genuine: list[Token] = [token for token in context.tokens if context.genuine(token.start)]
    for match in (*book.find(genuine), *book.find_wide(context.text)):
        if context.genuine(match.start):
            yield Span(start=match.start, end=match.end)


def _aliases(context: Context) -> dict[str, tuple[str, ...]]:
    return _aliases_of(context.pack.industry, tuple(
        (skill.name, (skill.name, *([skill.ja] if skill.ja else []), *skill.aliases))
        for group in context.pack.groups
        for skill in group.skills
    ))  # fmt: skip


@cache
def _aliases_of(industry: str, skills: tuple[tuple[str, tuple[str, ...]], ...]) -> dict[str, tuple[str, ...]]:
    assert industry
    return {name.casefold(): names for name, names in skills}
