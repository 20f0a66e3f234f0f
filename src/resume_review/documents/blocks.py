"""Blocks of the Document: what each group of lines is."""

import re

from resume_review.documents.dates import find_dates
from resume_review.documents.model import Block, BlockKind, SectionType
from resume_review.documents.sections.detect import Sections
from resume_review.documents.units import Unit

_CONTACT = re.compile(r"@|https?://|www\.|linkedin\.com|github\.com|\+\d[\d ()-]{7,}", re.IGNORECASE)
LONGEST_ENTRY = 140


def make_blocks(units: list[Unit], sections: Sections) -> list[Block]:
    """One block for each unit, in reading order."""
    where = {id(unit): part.type for part in sections.parts for unit in part.units}
    headings = sections.headings
    return [_block(unit, unit.start in headings, where.get(id(unit))) for unit in units]


def _block(unit: Unit, is_heading: bool, section: SectionType | None) -> Block:  # noqa: FBT001
    row = unit.first
    return Block(
        start=row.start,
        end=unit.end,
        page=row.page,
        kind=_kind(unit, is_heading=is_heading, section=section),
        level=row.level,
        font_size=row.font_size,
        bold=row.bold,
    )


def _kind(unit: Unit, *, is_heading: bool, section: SectionType | None) -> BlockKind:
    row = unit.first
    if is_heading or row.kind is BlockKind.HEADING:
        return BlockKind.HEADING
    if row.kind is not None:
        return row.kind
    if unit.bullet:
        return BlockKind.BULLET
    if section in (None, SectionType.CONTACT) and _CONTACT.search(unit.text):
        return BlockKind.CONTACT
    if section in (SectionType.EXPERIENCE, SectionType.EDUCATION, SectionType.PROJECTS):
        short = len(unit.text) <= LONGEST_ENTRY and not unit.text.rstrip().endswith((".", "。"))
        if short and (row.bold or unit.gaps or find_dates(unit.text)):
            return BlockKind.ENTRY
    return BlockKind.PARAGRAPH
