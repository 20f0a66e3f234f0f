"""Whether the work of a resume shows a listed skill: by any of its names, their forms, and what belongs to it."""

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from resume_review.rubric.context import Context
from resume_review.rubric.packs import Pack, PackSkill
from resume_review.rubric.verbs import lead_verb
from resume_review.rubric.words import KEPT_WORDS, forms_of, word_set

_WIDE = re.compile(r"[\x00-\u303f\uff00-\uffef\u3040-\u309f]+")
"""All but kanji and katakana: particles tell nothing."""
_DETAIL = re.compile(r"\s*[((\[【][^))\]】]*[))\]】]?")
_EMPTY = word_set("""
    the and of to in for a an with on by from at as skill skills knowledge experience advanced basic proficient expert familiar good
    strong certified level years year tool tools software system systems service services data process
    management manager business team client new project consultant senior engineer work month present current company
    """)
# Nobody has to show a language, a habit or the programs of every office at work.
_PLAIN_TOOLS = re.compile(
    r"(?:microsoft |ms |google )?(?:office(?: 365)?|excel|word|powerpoint|power point|outlook|visio|teams|sharepoint|onenote|workspace|docs|sheets|slides|project)(?: suite)?"
    r"|jira|confluence|slack|zoom|miro|mural|trello|asana|notion|git|github|gitlab|think-?cell|keynote|windows|macos|vs code|postman"
    r"|bloomberg(?: terminal)?|factset|capital iq|s&p capital iq|pitchbook|refinitiv|mergermarket|orbis|speeda|backlog|エクセル|パワーポイント|ワード",
    re.IGNORECASE,
)
_SOFT = re.compile(
    r"\b(?:communication|teamwork|team[- ]?work(?:ing)?|collaboration|interpersonal|problem[- ]solving|critical thinking|analytical|time management|organi[sz]ation(?:al)? skills|adaptability"
    r"|creativity|presentation(?: skills)?|public relations skills|attention to detail|multi-?tasking|self-motivation|work ethic|flexibility|empathy|emotional intelligence|leadership(?: skills)?|mentoring"
    r"|technical writing|stakeholder (?:engagement|communication))\b|コミュニケーション|ファシリテーション|プレゼンテーション|リーダーシップ|論理的思考|ロジカルシンキング|チームワーク|課題解決力|傾聴|タイムマネジメント|ビジネスマナー|文章力",
    re.IGNORECASE,
)
_LANGUAGE = re.compile(
    r"(?:english|german|french|spanish|italian|portuguese|dutch|swedish|norwegian|danish|finnish|polish|czech|hungarian|romanian|greek|turkish|russian|ukrainian|arabic|hebrew|hindi|urdu"
    r"|bengali|tamil|telugu|punjabi|gujarati|marathi|mandarin|cantonese|chinese|japanese|korean|vietnamese|thai|malay|indonesian|tagalog|swahili|yoruba|igbo|hausa|zulu|afrikaans|irish|welsh"
    r"|catalan|basque|bulgarian|serbian|croatian|slovak|slovene|latvian|lithuanian|estonian|persian|farsi|bahasa)\b(?:\s*[(:–-].*)?|.*\b(?:native|fluent|conversational|mother tongue|bilingual|[ABC][12]|JLPT)\b.*"
    r"|.*(?:語|TOEIC|TOEFL|英検|IELTS|ネイティブ|簿記|検定|[0-9]級).*",
    re.IGNORECASE | re.DOTALL,
)


def speaks_for_itself(skill: str) -> bool:
    """Whether a skill needs no bullet: a language, a certificate of one, a habit, an everyday program."""
    bare = _DETAIL.sub("", skill).strip(" .,:;・")
    if _LANGUAGE.fullmatch(skill.strip()) or _SOFT.fullmatch(bare):
        return True
    return _PLAIN_TOOLS.fullmatch(bare) is not None


@dataclass(frozen=True, slots=True)
class Shown:
    """What some parts of a text show."""

    pack: Pack
    texts: tuple[str, ...]
    words: frozenset[str]
    initials: str
    roots: frozenset[str]
    pairs: frozenset[str]

    @classmethod
    def of(cls, places: list[tuple[int, int]], context: Context) -> "Shown":
        """What is shown in these places."""
        texts = tuple(context.text[start:end] for start, end in places)
        words = [token for start, end in places for token in context.tokens_in(start, end)]
        wide = "".join(_WIDE.sub("", text) for text in texts if not text.isascii())
        return cls(
            pack=context.pack,
            texts=texts,
            words=frozenset(token.form for token in words),
            initials="".join(token.form[0] for token in words),
            roots=frozenset[str]().union(*map(_roots, {token.form for token in words})),
            pairs=frozenset(wide[index : index + 2] for index in range(len(wide) - 1)),
        )

    def shows(self, skill: str) -> bool:
        """Half of the words of one of its names, in any form, are enough; a detail in brackets may be what is shown."""
        head = _DETAIL.sub("", skill).strip()
        details = re.split(r"[,、/・]", "".join(re.findall(r"[((]([^))]*)", skill)))
        names = {name for name in (skill, head, *details) if len(name.strip()) > 1}
        for known in _meant(self.pack, head or skill):
            names |= {name for name in (known.name, known.ja, *known.aliases) if name}
        return self._practises(head) or any(self._holds(name.strip()) for name in names)

    def _practises(self, tool: str) -> bool:
        """`Terraform` where infrastructure as code is told in full: the practice needs a tool of its kind."""
        for match in self.pack.skill_book.search(tool):
            practice = match.value.casefold()
            if practice.count(" ") >= 2 and any(practice in text.casefold() for text in self.texts):
                return True
        return False

    def _holds(self, name: str) -> bool:
        words = [form for form in forms_of(name) if form not in _EMPTY]
        if words:
            if len(words) == 1 and self._holds_word(name, words[0]):
                return True
            found = sum(not self.roots.isdisjoint(_roots(word)) for word in words)
            return found >= max(1, (len(words) + 1) // 2)
        wide = _WIDE.sub("", name)
        pairs = [wide[index : index + 2] for index in range(len(wide) - 1)]
        if len(pairs) < 2:
            return bool(name) and any(name.casefold() in text.casefold() for text in self.texts)
        return sum(pair in self.pairs for pair in pairs) >= 0.5 * len(pairs)

    def _holds_word(self, name: str, form: str) -> bool:
        """`Spark` in PySpark; `PMO` where a programme management office is written out."""
        if len(form) >= 4 and any(form in word for word in self.words):
            return True
        return name.isupper() and 3 <= len(name) <= 5 and self._spelled_out(name.lower())

    def _spelled_out(self, letters: str) -> bool:
        words = r"[\s-]+(?:(?:of|and|for|the)\s+)?".join(rf"{re.escape(letter)}[a-z]+" for letter in letters)
        return letters in self.initials and any(
            re.search(rf"\b{words}\b", text, re.IGNORECASE) for text in self.texts
        )


def _meant(pack: Pack, skill: str) -> list[PackSkill]:
    """The skills of the pack that a listed one stands for.

    A name stands for all that belongs to it. Another word for a method stands for the method; one tool of a field never
    stands for another.
    """
    key = skill.casefold()
    for group in pack.groups:
        if key in {group.name.casefold(), group.ja}:
            return list(group.skills)
    found: list[PackSkill] = []
    for match in pack.skill_book.search(skill):
        group = pack.group_of.get(match.value)
        for known in group.skills if group else ():
            whole = match.end - match.start >= 0.8 * len(skill)
            if known.name == match.value and (
                key in {known.name.casefold(), known.ja} or (whole and means_all(known, skill))
            ):
                found.append(known)
    return found


def means_all(known: PackSkill, word: str) -> bool:
    """Whether a word stands for all of a skill: its name does, and any word for a method, but no name of a tool."""
    key = word.casefold()
    if key == known.name.casefold() or word == known.ja:
        return True
    written = next((alias for alias in known.aliases if alias.casefold() == key), "")
    plain = not written.isascii() or written == written.lower() or written.isupper()
    return plain and is_method(known.name, known.aliases)


@cache
def is_method(name: str, aliases: tuple[str, ...]) -> bool:
    """Whether a skill of a pack is a method, whose other words mean the same; names of tools carry capitals."""
    ascii_words = [alias for alias in aliases if alias.isascii()]
    plain = sum(alias == alias.lower() for alias in ascii_words)
    return bool(ascii_words) and plain >= 0.5 * len(ascii_words) and not name.isupper()


_ENDING = re.compile(r"(?:ation|ition|tion|sion|ing|ment|ed|er|or|ive|al|e)$")


@lru_cache(maxsize=KEPT_WORDS)
def _roots(form: str) -> frozenset[str]:
    """What forms of a word have in common: hiring and hired, negotiation and negotiated."""
    roots = {form[:6] if len(form) > 6 else form}
    verb = lead_verb(form)
    if verb is not None and verb.known:
        roots.add(verb.lemma)
    stem = _ENDING.sub("", form)
    if len(stem) >= 3:
        roots.add(stem[:5])
    return frozenset(roots)
