"""How the text sounds: person, voice, phrases, spelling, style."""

import re
from collections.abc import Callable, Iterable, Iterator

from resume_review.documents import SectionType
from resume_review.rubric import lexicon
from resume_review.rubric.checks.base import (
    ENGLISH,
    ENGLISH_JAPANESE,
    Check,
    Dimension,
    Hit,
    Outcome,
    Severity,
    counted,
)
from resume_review.rubric.context import Context, Passage
from resume_review.rubric.model import Category
from resume_review.rubric.spelling import corrected, corrected_japanese, misspellings, side_of
from resume_review.rubric.verbs import passives, present_passives
from resume_review.rubric.words import Token, Words, lower_case, word_form, word_set

_PERSON = frozenset({"my", "me", "mine", "myself", "we", "our", "ours", "us", "i'm", "i've", "i'd", "i'll"})
_PERSON_FORMS = frozenset({"i", *map(word_form, _PERSON)})
_NUMBERED = word_set("phase level part type tier grade division class category series step stage volume")
_EMOJI = re.compile(r"[\U0001f300-\U0001faff\u2600-\u27bf]\ufe0f?|!+")
_KEPT_SIGNS = frozenset("✓✔✗✦❖➢➤★☆✉☎✆")
# For text in lower case: searching there is twice as fast as leaving the case to the pattern.
_DOUBLED = re.compile(r"\b([a-z]{2,}+)\s+\1\b")
_A_VOWEL = re.compile(r"(?<![&\w'’.-])a\s+(?=(?:[aeio]|un(?!i)|u[bpst](?!e))[a-z]{2,})[a-z]+")
_ONE_SOUND = re.compile(r"\ba\s+(?:one|once|eu|ewe|uni|use|user|usual|util)")
_AN_CONSONANT = re.compile(
    r"\b[Aa]n\s+(?=[bcdfgjklpqtvwyz][a-z]|s[a-z]|r[a-z]|n[a-z]|m[a-z]|h(?!our|eir|onest|onou?r)[a-z]|(?:uni(?!n)|use|usu|util|eu|one\b|once\b))[A-Za-z]+"
)
# For text in lower case; it finds nothing between words, so that only the beginnings of words are tried.
_CONFUSED = re.compile(
    r"\b(?=\w)(?:\balot\b|\b(?:could|would|should|must) of\b|\b(?:more|less|better|higher|lower|faster|greater) then\b|\bless (?:people|employees|"
    r"errors|users|defects|incidents)\b|\btheir (?:is|are|was|were)\b|\bits a\b|\bamount of (?:people|users|employees|clients)\b"
    r"|\b(?:he|she|it|team) (?:have|were)\b|\b(?:was|were) (?:went|did|led to be)\b|\bmanage to (?:reduced|increased|improved)\b"
    r"|\b(?:a|the|this|one) (?:\w+ )?(?:team|client|company|project|system|process|programme|program|department|group) (?:that|which) (?:have|were|are)(?: \w+ed)?\b|\blead to (?:an?|the)\b"
    r"|\bamount of (?!data\b|cash\b|access\b|process\b|business\b|progress\b|stress\b|news\b|time)[a-z]+[^s\W]s\b|\bthe (?!business|process|basis|analysis|bus|status|campus|focus|progress|series|news|access|success|crisis|thesis|gas|lens)[a-z]+[^sui\W]s (?:was|is|has)\b"
    r"|\b(?:they|we|teams|clients) (?:was|is|has)\b|\b(?:did|didn't|does) (?:\w+ed|went|wrote|built|led)\b|\bto (?:managed|reduced|improved|increased|developed|created|achieved|delivered|supported)\b"
    r"|\b(?:many|several|few|various|\d{2,}) (?:project|client|employee|team|customer|system|report|user|country|company)\b(?! (?:\w+s|staff|hours|people|manager\w*|lead\w*|team\w*|member\w*|base|data|account\w*|site\w*|plan\w*))"
    r"|\b(?:much|less) (?:projects|clients|customers|people|reports|systems|teams|hours|days|tickets|calls|costs)\b|\b(?:every|each|another) (?:projects|clients|teams|months|weeks|days|years|employees)\b"
    r"|\b(?:depend|rely|focus|concentrate)(?:s|ed)? (?:of|in|from)\b|\b(?:responsible|accountable) (?:of|to manage|to lead)\b|\bdiscuss(?:ed|ing)? about\b|\bcomprised of\b|\bfurnitures\b|\bstaffs\b|\bfeedbacks\b|\btrainings?s\b"
    r"|\b(?:since|for) (?:the )?last \d+ year\b|\b\d{1,3} (?:year|month|week|day|hour|minute)\b(?!['’s-])(?= (?:of|in|to|at|later|earlier|ago|early|late))|\bthe team have been\b|\b(?:the|a|an|my|our) (?:the|a|an|my|our)\b|\bdatas\b|\binformations\b|\badvices\b|\bequipments\b|\bsoftwares\b)"
)
_PASTS = (
    "ran|went|wrote|began|did|chose|spoke|took|gave|drove|grew|saw|knew|broke|fell|flew|rose|arose|drew|threw|wore|swore|tore|froze|stole|shook|ate|overtook"
    "|undertook|oversaw|foresaw|withdrew|overcame|became|came|sang|swam|sank|drank|rang|sprang|wove|woke|forgot|outgrew|rewrote|underwent|mistook|strove"
)
"""Simple pasts whose participle is another word."""
_THINGS = "project|team|client|customer|system|report|user|manager|employee|supplier|process|account|country|programme|program|product|department|office|store|campaign"
# For text in lower case that holds one of the words below.
_FORMS = re.compile(
    rf"\b(?:had|has|have|having|was|were|been|being) (?:also |then |already |never |\w+ly )?(?:{_PASTS})\b"
    rf"|\bmore (?:[\w-]+ ){{1,3}}then (?:any|the|all|in|other|expected|planned|before|ever|half|\d)"
    rf"|\btoo (?:the|an?|our|their|its|my|all|each|every|both|senior|top|\d+)\b"
    rf"|\b(?:of|in|to|for|with|by|on|from|at|across|over|under|within|cut|raised?|improved?|reduced?|increased?|lowered|grew|doubled|built|launched) it['’]s\b"
    rf"|\bit['’]s (?:own|budget|team|cost|costs|sales|revenue|size|value|customers|clients|users|staff|first|market|margin|profit|performance|share|kind|peers|budgets|teams)\b"
    rf"|\b(?:these|those) (?:{_THINGS})\b(?! (?:\w+s|staff|data)\b)|\b(?:this|that|each|every|another|a|an) (?:{_THINGS.replace('process|', '').replace('country|', '')})s\b(?!['’])"
    rf"|\b(?:was|were) (?:manage|develop|create|deliver|implement|reduce|improve|increase|achieve|organi[sz]e|introduce)\b"
    rf"|\bmore (?:better|higher|lower|faster|bigger|easier|cheaper|stronger|quicker|safer|smaller|larger)\b|\bmost (?:best|highest|biggest|fastest|largest)\b"
    rf"|\bsince (?:\d+|two|three|four|five|six|seven|eight|nine|ten) (?:years?|months?|weeks?|days?)\b(?! ago)|\bone of (?:the|our|my|its|their) (?:\w+est |most \w+ |leading |main |key )?(?:{_THINGS})\b(?! (?:\w+s|of)\b)"
    rf"|\b(?:your|their|there) (?:welcome|are (?:budget|team))\b|\bthere (?:own|budget|team|clients|customers|sales|costs|needs|staff)\b|\b(?:knowledges|hardwares|homeworks|machineries|researchs|childrens|peoples' are|advises on how)\b"
    rf"|\b(?:didn['’]t|did not|could|should|would|must|can|will|to) (?:{_PASTS})\b|\bloose (?:clients|customers|revenue|money|time|data|weight|sales)\b|\beffected by\b|\bwho['’]s (?:budget|team|sales|goal|aim|task|cost)\b"
)
_SLIP_WORDS = (
    "had ", "has ", "have ", "having ", "was ", "were ", "been ", "being ", "more ", "most ", "too ", "it's", "it’s", "these ", "those ", "this ", "that ", "each ", "every ",
    "another ", "since ", "one of ", "there ", "knowledges", "hardwares", "homeworks", "machineries", "researchs", "childrens", "did", "could ", "should ", "would ", "must ",
    "can ", "will ", "loose ", "effected ", "who's", "who’s", " a ", "to ran", "to went", "to wrote",
)  # fmt: skip
_GRAMMAR_JA = re.compile(
    r"をを|がが(?!ん)|(?<!も)のの|(?<!に)にに(?!ん)|はは(?!は)|でで|へへ|をが|がを|にを(?!い)|をに(?=[、。])|はが(?!き)|(?<=[るた])を(?:し|行)|(?:する|した)をし|ですです|ますます。|しましたました|しましたでした|ましたです"
    r"|(?:見|食べ|出|来|起き|考え|決め|受け|着|寝|信じ|続け|始め|調べ|答え|伝え|教え|助け|支え|変え|超え|越え|感じ|集め|まとめ|進め|高め|下げ|上げ)れる|させて(?:いただか|頂か)せ|できれる|行なえれ|読まさせ|やらさせ|行かさせ|作らさせ"
    r"|(?:[えけてねべめげぜ](?<!くれ)れ(?:る|ます|ました|ない|た(?=[、。]))|せれ(?:る|ます|ました|ない))|[らかわまたばが]させて(?:いただ|頂)|しまた。|ましった|しました(?:た|した)|しししました|とゆう|づつ|すいません|こんにちわ|うる覚え|いづらい(?=です)|全然(?:良|よ)い|違かった|違くて|(?:的を得|汚名挽回)|、、|。。"
)
_POLITE = re.compile(r"(?:です|ます|ました|でした|ません)。?(?=\s|$|。)")
_PLAIN = re.compile(
    r"(?:である|だ|する|いる|なる|れる|える|める|[^\sしで]た|(?<![まで])した)。(?=\s|$|[^」])"
)


def _phrases(name: str, limit: float) -> Callable[[Context], Outcome | None]:
    """A check for the phrases of one list."""

    def run(context: Context) -> Outcome | None:
        hits: list[Hit] = []
        for passage, words in zip(context.prose, context.prose_words, strict=True):
            found = lexicon.find(name, passage.text, passage.start, words, japanese=context.japanese)
            hits += [Hit(match.start, match.end) for match in found]
        return counted(hits, limit)

    return run


def first_person(context: Context) -> Outcome | None:
    """TON01."""
    hits: list[Hit] = []
    for passage, words in zip(context.prose, context.prose_words, strict=True):
        if context.japanese:
            found = lexicon.find("first_person", passage.text, passage.start, Words(), japanese=True)
            hits += [Hit(match.start, match.end) for match in found]
        hits += [Hit(token.start, token.end) for token in _persons(words, context.text)]
    return counted(hits, 4)


def _persons(words: Words, text: str) -> Iterable[Token]:
    if _PERSON_FORMS.isdisjoint(words.forms):
        return
    for index, token in enumerate(words):
        before = words[index - 1].form if index else ""
        if token.text == "I":
            if before not in _NUMBERED and text[token.end : token.end + 1] not in {".", "-", "/"}:
                yield token
        elif token.text.lower().replace("’", "'") in _PERSON and not token.text.isupper():
            yield token


def passive(context: Context) -> Outcome | None:
    """TON02."""
    hits: list[Hit] = []
    for passage, words in zip(context.prose, context.prose_words, strict=True):
        found = list(passives(words))
        if not found and passage.section in {SectionType.EXPERIENCE, SectionType.PROJECTS}:
            found = list(present_passives(words))
        hits += [Hit(token.start, participle.end) for token, participle in found]
    return counted(hits, 4)


def misspelling(context: Context) -> Outcome | None:
    """TON04."""
    hits: list[Hit] = []
    for passage, words in zip(context.prose, context.prose_words, strict=True):
        if context.japanese:
            hits += [
                Hit(passage.start + start, passage.start + end, {"right": right})
                for start, end, right in corrected_japanese(passage.text)
            ]
            continue
        for index, token in enumerate(words):
            right = corrected(token.text.lower()) if _may_be_misspelled(token, first=index == 0) else None
            if right:
                hits.append(Hit(token.start, token.end, {"right": right}))
    return counted(hits, 4)


def _may_be_misspelled(token: Token, *, first: bool) -> bool:
    """Names are not: a capital inside a sentence makes a word a name, unless the slip is a known one."""
    return (
        token.text.islower() or (first and token.text[1:].islower()) or token.text.lower() in misspellings()
    )


def grammar(context: Context) -> Outcome | None:
    """TON05."""
    hits: list[Hit] = []
    for passage in context.prose:
        if context.japanese:
            hits += [
                Hit(passage.start + match.start(), passage.start + match.end(), confidence=0.8)
                for match in _GRAMMAR_JA.finditer(passage.text)
            ]
            continue
        hits += [
            Hit(passage.start + match.start(), passage.start + match.end(), confidence=0.8)
            for match in _slips(passage.text)
        ]
    return counted(hits, 3)


def _slips(text: str) -> Iterator[re.Match[str]]:
    lower = lower_case(text)
    yield from (match for match in _DOUBLED.finditer(lower) if match[1] not in {"that", "had"})
    yield from (match for match in _A_VOWEL.finditer(lower) if not _ONE_SOUND.match(match[0]))
    yield from _AN_CONSONANT.finditer(text)
    yield from _CONFUSED.finditer(lower)
    if any(word in lower for word in _SLIP_WORDS):
        yield from _FORMS.finditer(lower)


def slang(context: Context) -> Outcome | None:
    """TON07."""
    hits: list[Hit] = []
    for passage, words in zip(context.prose, context.prose_words, strict=True):
        found = lexicon.find("slang", passage.text, passage.start, words, japanese=context.japanese)
        places = [(match.start, match.end) for match in found]
        places += [(passage.start + start, passage.start + end) for start, end in _signs(passage)]
        hits += [Hit(*place) for place in sorted(set(places))]
    return counted(hits, 3)


def _signs(passage: Passage) -> Iterable[tuple[int, int]]:
    for match in _EMOJI.finditer(passage.text):
        at_edge = not passage.text[: match.start()].strip()
        if not at_edge and match[0][0] not in _KEPT_SIGNS:
            yield match.start(), match.end()


def mixed_style(context: Context) -> Outcome | None:
    """TON08."""
    return _mixed_japanese(context) if context.japanese else _mixed_english(context)


def _mixed_english(context: Context) -> Outcome:
    sides: dict[str, list[Token]] = {"UK": [], "US": []}
    for words in context.prose_words:
        for token in words:
            side = side_of(token.text.lower()) if len(token.text) > 5 and not token.text.isupper() else None
            if side:
                sides[side].append(token)
    if not sides["UK"] or not sides["US"]:
        return counted([], 3)
    fewer = "UK" if len(sides["UK"]) < len(sides["US"]) else "US"
    if len(sides["UK"]) == len(sides["US"]):  # as the resume begins is how it means to go on
        fewer = "UK" if sides["UK"][0].start > sides["US"][0].start else "US"
    usual = "US" if fewer == "UK" else "UK"
    return counted([Hit(token.start, token.end, {"usual": usual}) for token in sides[fewer]], 3)


def _mixed_japanese(context: Context) -> Outcome:
    polite: list[tuple[int, int]] = []
    plain: list[tuple[int, int]] = []
    for passage in context.prose:
        polite += [
            (passage.start + m.start(), passage.start + m.end()) for m in _POLITE.finditer(passage.text)
        ]
        plain += [
            (passage.start + match.start(), passage.start + match.end())
            for match in _PLAIN.finditer(passage.text)
            if not _POLITE.search(passage.text, max(0, match.start() - 3), match.end())
        ]
    if not polite or not plain:
        return counted([], 3)
    fewer, usual = (polite, "である") if len(polite) < len(plain) else (plain, "です・ます")
    return counted([Hit(*place, {"usual": usual}, variant="ja") for place in fewer], 3)


_TONE = (Dimension.TONE,)

CHECKS = (
    Check("TON01", Category.TONE, Severity.LOW, first_person, _TONE, languages=ENGLISH_JAPANESE, version=2),
    Check("TON02", Category.TONE, Severity.LOW, passive, _TONE, languages=ENGLISH, version=2),
    Check(
        "TON03",
        Category.TONE,
        Severity.LOW,
        _phrases("cliche", 3),
        _TONE,
        languages=ENGLISH_JAPANESE,
        version=2,
    ),
    Check("TON04", Category.TONE, Severity.MEDIUM, misspelling, _TONE, languages=ENGLISH_JAPANESE, version=3),
    Check("TON05", Category.TONE, Severity.LOW, grammar, _TONE, languages=ENGLISH_JAPANESE, version=3),
    Check(
        "TON06",
        Category.TONE,
        Severity.LOW,
        _phrases("intensifier", 4),
        _TONE,
        languages=ENGLISH_JAPANESE,
        version=2,
    ),
    Check("TON07", Category.TONE, Severity.LOW, slang, _TONE, languages=ENGLISH_JAPANESE, version=2),
    Check("TON08", Category.TONE, Severity.LOW, mixed_style, _TONE, languages=ENGLISH_JAPANESE),
)
