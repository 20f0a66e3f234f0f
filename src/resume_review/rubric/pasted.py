"""Text that was pasted in from a job advert: it says nothing about the candidate and is left out of every count."""

from collections.abc import Sequence
from functools import cache

from resume_review.documents import Document, Section, SectionType
from resume_review.rubric.words import PhraseBook, Words

_ADVERT = """
we are looking for, we are seeking, we're looking for, we're seeking, we are hiring, we're hiring, you will, you'll,
you have, you bring, your profile, your responsibilities, your background, the ideal candidate, ideal candidate,
successful candidate, about the role, about us, about the company, who we are, what you will do, what you'll do,
what we offer, we offer, what you bring, what we are looking for, who you are, join our team, join us, job description,
key responsibilities, minimum qualifications, preferred qualifications, required qualifications, required skills,
preferred skills, must have, nice to have, years of experience required, is required, is preferred, are required,
is a plus, equal opportunity employer, equal opportunity, apply now, how to apply, please apply, send your resume,
salary range, competitive salary, benefits package, the candidate will, report to the, in a related field,
or related field, or equivalent experience, the role, this role, this position
"""
_ADVERT_JA = """
募集要項 応募資格 必須条件 歓迎条件 必須スキル 歓迎スキル 求める人物像 仕事内容 業務内容の詳細 募集背景 待遇 福利厚生 応募方法
給与 勤務地 ご応募 お任せします 当社では 募集しています 選考フロー 想定年収 尚可
"""
ENOUGH = 2
"""Different advert phrases from which on a part of the text counts as pasted."""


@cache
def _book() -> PhraseBook:
    english = (phrase.strip() for phrase in _ADVERT.replace("\n", " ").split(","))
    return PhraseBook.of([*english, *_ADVERT_JA.split()])


def advert_phrases(words: Words, text: str) -> set[str]:
    """The different phrases of job adverts in a text and its words."""
    return {match.value for match in (*_book().find(words), *_book().find_wide(text))}


def pasted_spans(document: Document, words: Words) -> list[tuple[int, int]]:
    """The parts of a resume that read like a job advert, from the first such block to the end of its section.

    `words` are the words of the whole text.
    """
    matches = [*_book().find(words), *_book().find_wide(document.text)]
    if len({match.value for match in matches}) < ENOUGH:
        return []
    found: list[tuple[int, int]] = []
    for section in _parts(document):
        inside = sorted(match.start for match in matches if section.start <= match.start < section.end)
        values = {match.value for match in matches if section.start <= match.start < section.end}
        follows = bool(found) and found[-1][1] >= section.start - 1
        if len(values) >= (1 if follows else ENOUGH):
            found.append((_block_start(document, inside[0]), section.end))
    return found


def _parts(document: Document) -> Sequence[Section]:
    first = document.sections[0].start if document.sections else len(document.text)
    head = Section(type=SectionType.CONTACT, title="", start=0, end=first, page=1)
    return [head, *document.sections] if first > 0 else document.sections


def _block_start(document: Document, place: int) -> int:
    return next((block.start for block in document.blocks if block.start <= place < block.end), place)
