"""Titles of roles that no role was read from, because nothing beside them reads as a date."""

import re

from resume_review.documents import Block, BlockKind, SectionType
from resume_review.rubric import lexicon
from resume_review.rubric.context import Context
from resume_review.rubric.words import count_words

LONGEST_TITLE = 10
"""Words."""
TIME = re.compile(
    r"\d{4}|\b\d{1,2}[/.]\d{2}\b|['’]\d\d\b|\b(?:summer|spring|autumn|fall|winter|since|years?|months?|ago|circa|current|now|today|present)\b"
    r"|\bQ[1-4]\b|現在|\d年|数年|頃",
    re.IGNORECASE,
)


def lost_entries(context: Context) -> list[list[Block]]:
    """The blocks between bullets, or before the first, that name a role while no dated role starts there."""
    dated = [view.role for view in context.roles if view.role.start_date or view.role.end_date]
    undated = {view.role.start for view in context.roles if not (view.role.start_date or view.role.end_date)}
    found: list[list[Block]] = []
    for section in context.sections(SectionType.EXPERIENCE):
        header: list[Block] = []
        for block in context.blocks:
            if not section.start < block.start < section.end:
                continue
            if block.kind is not BlockKind.BULLET:
                header.append(block)
                continue
            if header and header[0].start not in undated and _names_a_role(header, context):
                first, last = header[0].start, header[-1].end
                if not any(
                    first <= role.start < last or first <= _place(role.dates_span) < last for role in dated
                ):
                    found.append(header)
            header = []
    return found


def _place(span: object) -> int:
    start = getattr(span, "start", -1)
    return start if isinstance(start, int) else -1


def _names_a_role(header: list[Block], context: Context) -> bool:
    first = context.text[header[0].start : header[0].end].strip()
    if count_words(first) > LONGEST_TITLE + 6 or first.endswith((":", ".", "。", ":")):
        return False
    return bool(lexicon.book("title").search(first) or context.pack.title_book.search(first))
