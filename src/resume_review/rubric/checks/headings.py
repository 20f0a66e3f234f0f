"""Section headings that no parser knows."""

import difflib
import re

from resume_review.documents import Block, BlockKind, Kind, SectionType
from resume_review.rubric.checks.base import Hit, Outcome, counted
from resume_review.rubric.context import Context
from resume_review.rubric.words import tokens, word_set

_LINES = frozenset({BlockKind.PARAGRAPH, BlockKind.ENTRY})
_LARGER = 1.08  # than the body
_LONGEST_TITLE = 40
_MOST_TITLE_WORDS = 7
_STANDARD = {
    SectionType.SUMMARY: "Summary",
    SectionType.EXPERIENCE: "Experience",
    SectionType.EDUCATION: "Education",
    SectionType.SKILLS: "Skills",
    SectionType.CERTIFICATIONS: "Certifications",
    SectionType.PROJECTS: "Projects",
    SectionType.LANGUAGES: "Languages",
    SectionType.PUBLICATIONS: "Publications",
    SectionType.AWARDS: "Awards",
    SectionType.INTERESTS: "Interests",
}
_FANCIFUL = re.compile(
    r"\b(?:journey|adventures?|toolbox|toolkit|superpowers?|arsenal|badges|secret sauce|brain food|story so far)\b"
    r"|\b(?:battles|trenches|backpack|tricks|stuff|magic|dues|classroom|wins|playbook|passions?)\b|^my\b"
    r"|^(?:where|what|things|how|who|why|places|people) i\b|\bi(?:'m| am| do| did| got| have| was| know| bring)\b"
    r"|できること|得意なこと|学びの|学んだ|歩み|軌跡|武器|引き出し|戦ってきた|歩んで",
    re.IGNORECASE,
)
# What people write over a section when they avoid the usual word.
_FANCY = {
    "journey": "Experience", "career": "Experience", "path": "Experience", "story": "Summary", "been": "Experience",
    "worked": "Experience", "adventure": "Experience", "work": "Experience", "did": "Experience", "done": "Experience",
    "me": "Summary", "who": "Summary", "toolbox": "Skills", "toolkit": "Skills", "superpower": "Skills",
    "arsenal": "Skills", "know": "Skills", "bring": "Skills", "good": "Skills", "can": "Skills", "expertise": "Skills",
    "learned": "Education", "learnt": "Education", "studie": "Education", "study": "Education", "school": "Education",
    "schooling": "Education", "classroom": "Education", "smart": "Education", "trenches": "Experience",
    "battle": "Experience", "due": "Experience", "trick": "Skills", "stuff": "Skills", "backpack": "Skills", "knowledge": "Education", "badge": "Certifications", "built": "Projects", "fun": "Interests",
    "学んだ": "学歴", "得意": "スキル", "引き出し": "スキル", "武器": "スキル", "現場": "職務経歴", "歩": "職務経歴",
    "経歴": "職務経歴", "自分": "職務要約", "できること": "スキル", "学び": "学歴", "強み": "自己PR",
}  # fmt: skip
_ACCEPTED = word_set("""
    volunteer volunteering community patent military additional personal memberships membership affiliation affiliations
    leadership activity extracurricular conference speaking press training course coursework board hobby reference
    industry sector domain client tool technology method qualification competency research teaching selected visa
    availability portfolio profile patents strength area interest hobby 得意分野 語学 活かせる 自己
    engagement transaction deal achievement accomplishment highlight objective other information detail data declaration
    自己pr その他 備考 志望動機 職務内容 特記事項 本人希望 趣味 活用
    """)


def unknown_heading(context: Context) -> Outcome | None:
    """ATS05."""
    if not context.document.sections:
        return None
    hits: list[Hit] = []
    for start, end in _other_headings(context):
        title = context.text[start:end].strip(" :：")
        if title and context.genuine(start) and not _accepted(title):
            standard = _nearest(title)
            values = {"standard": standard or ""}
            hits.append(Hit(start, end, values, variant=None if standard else "plain"))
    return counted(hits, 3)


def _other_headings(context: Context) -> list[tuple[int, int]]:
    """Headings of sections of no known kind, and headings on the level of sections that start none."""
    found = [
        (section.start, section.start + len(section.title))
        for section in context.sections(SectionType.OTHER)
        if context.text.startswith(section.title, section.start)
    ]
    # The reader may guess what a fanciful heading stands for; other systems may not.
    found += [
        (section.start, section.start + len(section.title))
        for section in context.document.sections
        if section.type is not SectionType.OTHER
        and context.text.startswith(section.title, section.start)
        and _FANCIFUL.search(section.title)
    ]
    # Recognised characters have no sure size, so no line of theirs is surely a heading.
    return found if context.document.layout.recognised else found + _nameless(context) + _unmarked(context)


def _nameless(context: Context) -> list[tuple[int, int]]:
    """Headings that look like those of sections but start none."""
    known = {section.start for section in context.document.sections}
    titles = [block for block in context.headings if block.start in known]
    levels = {block.level for block in titles}
    looks = {_look(block) for block in titles}
    # Where levels are guessed from the look, a role may look like a section.
    guessed = context.document.source.kind not in {Kind.MD, Kind.DOCX, Kind.HTML, Kind.ODT}
    named = [
        span.start
        for view in (context.roles if guessed else [])
        for span in (view.role.title_span, view.role.employer_span, view.role.dates_span)
        if span is not None
    ]
    others = [
        block
        for block in context.headings
        if block.start not in known
        and (_look(block) in looks if guessed else block.level in levels)
        and _is_below_contact(block, context)
    ]
    roles = [block for block in others if any(block.start <= place < block.end for place in named)]
    # One heading taken for a role is a heading; where several look like sections, roles are set that way.
    if len(roles) == 1 and any(_look(block) != (None, False) for block in roles):
        roles = []
    return [(block.start, block.end) for block in others if block not in roles]


def _is_below_contact(block: Block, context: Context) -> bool:
    """Name and headline may look like headings too; below the contact data nothing else does."""
    fields = context.document.fields
    places = [value.start for value in (*fields.emails, *fields.phones)]
    headline = fields.headline
    named = headline is not None and block.start <= headline.start < block.end
    return block.start >= context.head_end or (not named and any(place < block.start for place in places))


def _unmarked(context: Context) -> list[tuple[int, int]]:
    """Lines that no style or size marks as headings, but that look like the titles or cannot be anything else."""
    known = {section.start for section in context.document.sections}
    titles = {_look(block) for block in context.blocks if block.start in known}
    body = context.document.layout.body_size or 0.0
    found: list[tuple[int, int]] = []
    for block in context.blocks:
        text = context.text[block.start : block.end].strip()
        if (
            block.kind not in _LINES
            or block.start in known
            or block.start < context.head_end
            or not _is_short(text)
        ):
            continue
        larger = (block.font_size or 0.0) > _LARGER * body > 0
        if (larger and _look(block) in titles) or (not block.font_size and _FANCIFUL.search(text)):
            found.append((block.start, block.end))
    return found


def _is_short(text: str) -> bool:
    """Whether a line has the form of a title."""
    return (
        0 < len(text) <= _LONGEST_TITLE
        and len(text.split()) <= _MOST_TITLE_WORDS
        and not text[0].islower()
        and re.search(r"[.,;:!?。、|@\d]", text) is None
    )


def _look(block: Block) -> tuple[float | None, bool]:
    return (None if block.font_size is None else round(block.font_size), bool(block.bold))


def _accepted(title: str) -> bool:
    lower = title.lower()
    words = {token.form for token in tokens(title)}
    return bool(words & _ACCEPTED) or any(not name.isascii() and name in lower for name in _ACCEPTED)


def _nearest(title: str) -> str | None:
    for word, standard in _FANCY.items():
        if word.isascii():
            if any(token.form == word for token in tokens(title)):
                return standard
        elif word in title:
            return standard
    close = difflib.get_close_matches(title.title(), list(_STANDARD.values()), n=1, cutoff=0.6)
    return close[0] if close else None
