"""Takes English bullets apart, by the words that join their parts."""

import re
from collections.abc import Sequence
from functools import cache

from resume_review.rubric.quantities import Quantity
from resume_review.rubric.statements.measures import measures
from resume_review.rubric.statements.model import Part, Statement
from resume_review.rubric.verbs import Tense, Verb, lead_verb
from resume_review.rubric.words import lower_case, word_set

LABEL = re.compile(r"[A-Z][\w&/+.-]*(?:[ ][\w&/+.-]+){0,4}\s?:\s+(?=\S)")
"""A topic before the sentence: `Pricing: led a team ...`."""
_OPENER = re.compile(
    r"(?:After|When|While|As|Because|Since|With|Facing|Faced with|Given|Despite|Amid|Following|Although|In response to|In view of"
    r"|Against|Under|Where|Once|For|At|In|Within|To (?:stop|fix|end|reverse|counter|avoid))\s[^;.]{3,110}?,\s+(?=[A-Za-z])"
)
_CLIENT = re.compile(
    r"\b(?:for|at|of|with|to)\s+(?P<who>(?:(?:an?|the|one of|\d+|two|three|four|five|six)\s+)(?:[\w$€£.&'’-]+\s+){0,5}?(?:bank|insurer|retailer|manufacturer|maker"
    r"|carrier|operator|group|utility|ministry|company|agency|fund|firm|hospital|authority|airline|client|chain|provider|cooperative|plant|producer"
    r"|department|administrator|builder|distributor|brand|start-up|university|council|regulator|broker|lender|subsidiary|portfolio company)(?:e?s)?)\b"
)
_TROUBLED = (
    r"failing|failed|stalled|stuck|delayed|late-running|overdue|loss-making|lossmaking|unprofitable|declining|shrinking|falling|slipping|underperforming|fragmented"
    r"|outdated|ageing|aging|obsolete|distressed|struggling|troubled|inefficient|error-prone|broken|neglected|disputed|insolvent|over-budget|overspent|bankrupt|stagnating|stagnant"
    r"|inconsistent|incompatible|unreliable|unstable|overloaded|non-compliant|unclear|conflicting|dissatisfied|deteriorating|ailing|paper-based"
)
_TROUBLE = (
    rf"{_TROUBLED}|late|behind|over budget|losing|loss(?:es)?|lost|fell|fallen|dropped|declined|missed|slipped|overrun|lacked|lack of|failures?|shortages?|outages?|backlogs?|churn"
    r"|complaints?|errors?|delays?|bottlenecks?|breach(?:es)?|disputes?|at risk|could not|did not|no longer|never|no single|without|rising costs?|cost overruns?|duplicated?|gaps?|crisis|covenant|fines?|penalt(?:y|ies)"
    r"|too (?:slow|high|late|expensive|long)|turnover|attrition|fraud|defects?|risen|doubled|stopped|suffered|struggled|pressure"
)
_TROUBLE_SIGN = re.compile(rf"\b(?=\w)(?:{_TROUBLE})\b")
"""For text in lower case. Where it finds nothing, the patterns of trouble find nothing either, and they are slow."""
_TROUBLE_AHEAD = re.compile(
    rf"\b(?:{_TROUBLE}|drop|decline|fall|slump|downturn|rising|repeated|cuts|flat|shrinking)\b", re.IGNORECASE
)
_ATTRIBUTE = re.compile(
    rf"\b(?:an?\s+|the\s+)?(?:\w+ly\s+)?(?:{_TROUBLED})(?:\s+[\w&/$€£.'’-]+){{1,5}}?(?=\s(?:for|in|at|to|by|and|that|which|with|from|of|within|across|after|on|into|around)\b|[,;:.(]|\s*$)",
    re.IGNORECASE,
)
_RELATIVE = re.compile(
    rf"(?:,\s+|\s)(?P<said>(?:whose|that|which|where|who|as|because|since|after|following|despite|due to|owing to|caused by|to (?:fix|stop|end|reverse|replace))\s+(?:,(?=\d)|[^,;.:])*?\b(?:{_TROUBLE})\b(?:,(?=\d)|[^,;.:])*)",
    re.IGNORECASE,
)
_PERFECT = re.compile(
    r"\b(?:why|how|because|whose|that|which|where|who|after|as)\s+(?:[\w'’-]+\s+){0,6}?had\s+(?:\w+ly\s+)?(?:been\s+)?\w+(?:ed|en|st|d|n|t|k)\b(?:,(?=\d)|[^,;.:])*", re.IGNORECASE
)  # fmt: skip
_PARTICLES = {
    "up": "set build scale draw ramp step follow write back pick clear wrap free speed stand open clean start team sign line divide shore tidy",
    "out": "roll carry phase build spin map work sort buy carve lay pull reach point find lead sell fill hand drop",
    "over": "take hand win switch carry",
    "down": "wind bring scale cut drive close shut track write break slim pay turn",
    "off": "spin write sell lay kick start fend ward take pay",
    "in": "bring phase build step fill",
    "on": "take bring sign",
    "around": "turn",
    "back": "win cut scale bring roll",
    "forward": "bring carry put",
    "together": "bring put pull",
    "through": "push carry see",
    "away": "do",
}
_RESULT_VERBS = word_set("""
    increase raise boost grow double triple quadruple accelerate reduce cut lower decrease shorten halve save eliminate win close secure achieve
    exceed outperform generate improve surpass deliver earn beat prevent expand remove free bring lift surface reach keep release unlock trim
    recover avoid gain retain attract convert drop climb fall rise sell promote reset adopt approve pass stabilise stabilize end stop reverse
    return restore make let help speed enable allow
    """)
_FIRST_RESULTS = _RESULT_VERBS - word_set(
    "make let help bring keep enable allow return deliver promote reset adopt approve close pass stop sell remove release"
)
_CONNECTOR = re.compile(  # for text in lower case
    r"(?:,\s+|\s[-–—]\s|;\s+|\s)(?P<said>(?:resulting in|leading to|(?:which|and) (?:led|contributed) to|which resulted in|thereby|thus|so that|so the|with the result that|as a result"
    r"|enabling|allowing|which (?:let|made|means|meant|allowed|enabled)|in order to save)\b.*)",
    re.DOTALL,
)
_COMES = re.compile(  # for text in lower case: that is twice as fast as leaving the case to the pattern
    r"\b(?=\w)(?:went live|go live|goes live|gone live|in production|came to|came in|fell|rose|dropped|grew|climbed|halved|doubled|tripled|now takes?|now (?:used|runs?|sells?|in use|live)"
    r"|(?:was|were|is|are|got|been|being)\s+(?:\w+ly\s+)?(?:approved|adopted|accepted|signed|promoted|implemented|endorsed|selected|awarded|published|retained|extended|renewed|chosen|funded|cited|used|retrained|hired)"
    r"|(?:approved|adopted|accepted|signed|endorsed|used|funded|implemented)\s+by|deals?\s+closed|still\s+with|passed|ahead of (?:schedule|plan|time|target)|under budget|on (?:time|schedule|budget)|on time and|inside the new plan"
    r"|without\s+(?:\w+\s+){0,2}(?:downtime|loss|losses|incidents?|disruption|outages?|overtime|interruption|complaints?|redundanc\w+|layoffs?|strikes?|delays?)"
    r"|with\s+(?:no|zero)\s+(?:[\w-]+\s+){0,2}(?:downtime|loss|losses|incidents?|disruption|outages?|findings?|defects?|complaints?|interruption|delays?|errors?)"
    r"|instead\s+of|rather\s+than|down\s+from|up\s+from|(?:since|first)\s+(?:sold|adopted|used)|first(?:-|\s)year)\b"
)  # fmt: skip
_FROM_TO = re.compile(
    r"\bfrom\s+[^,;.]{1,24}?\d[^,;.]{0,24}?\s+to\s+[^,;.]{0,12}?(?:\d|one|two|half|zero)", re.IGNORECASE
)
_MEANS = re.compile(r"\s(?:by\s+[a-z-]*ing\b|(?:through|via|using|thanks to|with the help of)\s)")
_OTHERS_ACT = re.compile(
    r"(?:the|its|their|both|two|all)?\s*(?:client|board|bank|group|company|management|partner|customer|ministry|CFO|CEO|COO|cabinet|minister|committee|council|regulator|supplier|buyer)s?"
    r"\s+(?:(?:then|later|since|also|has|have)\s+)?(?P<verb>[a-z]+)\b"
)
_OBJECT_END = re.compile(  # for text in lower case
    r"[;:(]|\.(?=\s|$)|\s[-–—]\s|\s(?:for|at|in|across|on|into|within|during|with|by|from|to|through|via|using|after|before|following|despite|against|under|between"
    r"|that|which|who|whose|where|so|while|when|(?<!infrastructure\s)as|because|resulting|leading|thereby|ahead|without|over(?=\s+\w+\s+(?:years?|months?))|throughout|among|per|instead)\b|\s(?=[\d$€£][\d.,–-]*\s?(?:%|percent|bps|x\b))"
    r"|\s(?=\d+\s(?:days?|weeks?|months?|hours?|years?)\s(?:ahead|early|before|after|late|earlier|later))"
)
_STOP = re.compile(r"[,;.]\s")
_WORD = re.compile(r"[A-Za-z][A-Za-z'’-]*")
_SEGMENT = re.compile(r"[,;]\s+(?:and\s+)?|\.\s+(?=[A-Z])|\s+and\s+|\s[-–—]\s|:\s+|\s(?=(?:that|which)\s)")


def read_english(body: str, start: int, quantities: Sequence[Quantity]) -> Statement:
    """The parts of an English bullet."""
    label = LABEL.match(body)
    begin = label.end() if label else 0
    opener = _OPENER.match(body, begin)
    if opener and _verb_at(body, opener.end()) is None:
        opener = None
    place = opener.end() if opener else begin
    action = _action(body, place)
    result = _result(body, action)
    thing = _object(body, action, result)
    until = result[0] if result and action and result[0] > action[1] else len(body)
    situation, complication = _before(body, until, (opener.start(), opener.end()) if opener else None)
    if thing is None and action is None and label:
        thing = (0, label.end())
    return Statement(
        situation=_part(body, start, situation),
        complication=_part(body, start, complication),
        action=_part(body, start, action),
        object=_part(body, start, thing),
        result=_part(body, start, result),
        measures=measures(body, start, quantities, japanese=False),
    )


def _part(body: str, start: int, span: tuple[int, int] | None) -> Part | None:
    if span is None:
        return None
    first, last = span
    while first < last and body[first] in " \n\t,;:.–—-(":
        first += 1
    while last > first and body[last - 1] in " \n\t,;:.–—":
        last -= 1
    return Part(first + start, last + start, " ".join(body[first:last].split())) if last > first else None


def _verb_at(body: str, place: int) -> tuple[Verb, int] | None:
    """The verb that starts at a place, also after an adverb, and its end."""
    for _ in range(2):
        word = _WORD.match(body, place)
        if word is None:
            return None
        following = _WORD.search(body, word.end())
        verb = lead_verb(word[0], following[0] if following else None)
        if verb is not None:
            return verb, word.end()
        if not word[0].endswith("ly"):
            return None
        place = word.end() + 1
    return None


def _action(body: str, place: int) -> tuple[int, int] | None:
    """The leading verb with its particle and the verbs joined to it."""
    found = _verb_at(body, place)
    if found is None:
        return None
    verb, end = found
    end = _with_particle(body, verb, end)
    while True:
        joint = re.match(r"(?:\s*,\s*(?:and\s+)?|\s+and\s+|/|\s*&\s*)", body[end:])
        if joint is None:
            return place, end
        word = _WORD.match(body, end + joint.end())
        other = lead_verb(word[0]) if word else None
        if (
            word is None
            or other is None
            or not other.known
            or other.tense is not verb.tense
            or verb.tense is Tense.BASE
        ):
            return place, end
        following = body[word.end() : word.end() + 1]
        if following not in {" ", ","} or other.lemma in _RESULT_VERBS:
            return place, end
        end = _with_particle(body, other, word.end())


@cache
def _particles() -> dict[str, frozenset[str]]:
    return {particle: word_set(lemmas) for particle, lemmas in _PARTICLES.items()}


def _with_particle(body: str, verb: Verb, end: int) -> int:
    word = re.match(r"\s(?:([a-z]+)\b(?!\s+\d)|(up|out|off|back)\b)", body[end:])
    if word and verb.lemma in _particles().get(word[1] or word[2], frozenset()):
        return end + word.end()
    return end


def _result(body: str, action: tuple[int, int] | None) -> tuple[int, int] | None:
    """The earliest words that say what came of the work; a verb that is itself an outcome makes all of it the result."""
    begin = action[1] if action else 0
    lower = lower_case(body)
    starts = [match.start("said") for match in (_CONNECTOR.search(lower, begin),) if match]
    starts += [place for place in _segments(body, begin) if _tells_outcome(body, place)]
    if starts:
        return min(starts), len(body)
    leading = _verb_at(body, action[0]) if action else None
    if action and leading and leading[0].lemma in _FIRST_RESULTS and leading[0].tense is not Tense.GERUND:
        means = _MEANS.search(body[begin:])
        return action[0], begin + means.start() if means else len(body)
    change = _FROM_TO.search(body, begin) or _COMES.search(lower, begin)
    return (change.start(), len(body)) if change else None


def _segments(body: str, begin: int) -> list[int]:
    return [match.end() for match in _SEGMENT.finditer(body, begin)]


def _tells_outcome(body: str, place: int) -> bool:
    """Whether the part that starts here tells an outcome in its first words."""
    stop = _STOP.search(body, place)
    part = body[place : stop.start() if stop else len(body)]
    words = _WORD.findall(part)[:9]
    if not words:
        return False
    first = 1 if words[0].lower() in {"that", "which"} else 0
    lead = next((word for word in words[first:] if not word.endswith("ly")), "")
    verb = lead_verb(lead)
    if (
        verb is not None
        and verb.known
        and verb.lemma in _RESULT_VERBS
        and verb.tense in {Tense.GERUND, Tense.PAST}
    ):
        return True
    others = _OTHERS_ACT.match(part)
    if _COMES.search(lower_case(part)) or (
        others and (act := lead_verb(others["verb"])) and act.tense is Tense.PAST
    ):
        return True
    if first:
        return False
    later = [lead_verb(word) for word in words[1:]]
    return any(
        verb is not None and verb.known and verb.tense is Tense.PAST and verb.lemma in _RESULT_VERBS
        for verb in later
    ) and (
        body[max(0, place - 2) : place].strip() in {";", "."}
        or any(character.isdigit() for character in part)
    )


def _object(
    body: str, action: tuple[int, int] | None, result: tuple[int, int] | None
) -> tuple[int, int] | None:
    """What follows the verb, up to a preposition, a clause or the result; the items of a list stay together."""
    if action is None:
        return None
    begin = action[1]
    stop = _OBJECT_END.search(lower_case(body), begin + 1)
    end = stop.start() if stop else len(body)
    if result and result[0] > begin:
        end = min(end, result[0])
    comma = body.find(", ", begin, end)
    while comma >= 0:
        rest = body[comma + 2 : end]
        if (
            _verb_at(body, comma + 2)
            or not re.match(r"(?:[\w&/'’-]+\s?){1,4}(?:,|\sand\s|$)", rest)
            or not re.search(r"\band\s", rest)
        ):
            end = comma
            break
        comma = body.find(", ", comma + 2, end)
    joint = re.search(r"\sand\s+(?:\w+ly\s+)?(?=([a-z-]+))", body[begin:end])
    if joint and (verb := lead_verb(joint[1])) and verb.known and verb.tense is Tense.PAST:
        end = begin + joint.start()
    while end > begin and (hanging := re.search(r"(?:\s+and|,)\s*$", body[begin:end])):
        end = begin + hanging.start()
    return (begin, end) if body[begin:end].strip(" ,;:.") else None


def _before(
    body: str, until: int, opener: tuple[int, int] | None
) -> tuple[tuple[int, int] | None, tuple[int, int] | None]:
    """For whom and under which circumstances, and what was wrong."""
    situation = complication = None
    head = body[:until]
    if opener:
        if _TROUBLE_AHEAD.search(body, *opener):
            complication = opener
        else:
            situation = opener
    client = _CLIENT.search(head, opener[1] if opener else 0)
    if client and situation is None:
        situation = client.span("who")
    if complication is None:
        lower = lower_case(head)
        troubled = _TROUBLE_SIGN.search(lower) is not None
        for pattern, possible in ((_PERFECT, "had" in lower), (_RELATIVE, troubled), (_ATTRIBUTE, troubled)):
            match = pattern.search(head) if possible else None
            if match:
                complication = match.span("said") if pattern is _RELATIVE else match.span()
                break
    return situation, complication
