"""Text that speaks to a machine instead of to a reader."""

import base64
import itertools
import re
from collections.abc import Iterator

from resume_review.documents.model import IntegrityKind, IntegrityMark

_PATTERNS = (
    r"\b(?:ignore|disregard|forget|override)\b[^.\n]{0,40}\b(?:previous|prior|above|earlier|all|any|other)\b[^.\n]{0,30}\b(?:instructions?|prompts?|rules|guidelines|directions|criteria|rubric)",
    r"\b(?:system|developer)\s+(?:prompt|message|note|instruction|override)s?\s*:",
    r"\b(?:you are|act as|as)\s+(?:an?\s+)?(?:ai|a\.i\.|language model|llm|chatgpt|gpt|assistant)\b[^.\n]{0,60}\b(?:must|should|rate|score|rank|recommend|reviewing|screening|evaluating)",
    r"\b(?:rate|score|rank|grade|mark|give)\s+(?:this|the|my)?\s*(?:candidate|resume|cv|applicant|me)\b[^.\n]{0,60}\b(?:100|10/10|highest|top|maximum|best|perfect|excellent|outstanding)",
    r"\b(?:this|the) (?:candidate|applicant) (?:is|must be) (?:an? )?(?:perfect|ideal|exceptional|best)[^.\n]{0,40}\b(?:recommend|hire|shortlist)",
    r"\b(?:ai|llm|gpt|chatgpt|language model|automated)\s*(?:reviewer|screener|recruiter|system|model)s?\b[^.\n]{0,40}\b(?:must|should|please|ignore|rate|score|recommend)",
    r"\b(?:reveal|print|show|repeat|output)\b[^.\n]{0,20}\b(?:system|hidden|initial)\s+(?:prompt|instructions?)",
    r"<\|?(?:im_start|system|endoftext)\|?>|\[/?INST\]",
    r"(?:以前|これまで|上記|前)の(?:すべての)?(?:指示|命令|プロンプト)を(?:すべて)?(?:無視|破棄)",
    r"(?:この)?(?:候補者|応募者|履歴書)を?[^。\n]{0,20}(?:満点|最高(?:点|評価)|100点)[^。\n]{0,10}(?:評価|採点|付け)",
    r"\b(?:note|message|memo|instructions?|attention|hint)\s*(?:to|for)\s+(?:the\s+|any\s+|all\s+)?(?:ai|a\.i\.|llm|gpt|chatgpt|language model|bot|algorithm|automat(?:ed|ic) (?:review|screen|recruit|rank|grad)\w*|machine reader|screening (?:system|software|tool)|ats)s?\b",
    r"\bif you(?:'re| are) (?:an? |the )?(?:ai|a\.i\.|llm|gpt|chatgpt|(?:large )?language model|automated|bot|machine|algorithm)\b",
    r"\b(?:ai|llm|language model)s?\b[^.\n]{0,20}\b(?:reading|processing|evaluating|screening|parsing) this (?:resume|cv|document|text)\b",
    r"(?:AI|人工知能|LLM|ChatGPT|言語モデル|自動(?:選考|審査|採点))[^。\n]{0,12}(?:担当(?:者)?|システム|審査官|採点者|モデル|の方)(?:へ[、,:：\s]|に(?:告ぐ|対する指示)|は必ず)",
    r"(?:AI|人工知能|言語モデル)(?:へ[、,:：]|は、?必ず)",
    r"プロンプトを(?:読|処理)[^。\n]{0,6}AI|(?:これ|この(?:文章|文書|書類|履歴書|職務経歴書))を(?:読|処理|評価)[^。\n]{0,8}(?:AI|人工知能|言語モデル)",
    r"(?<!\w)(?:システム|system)\s*[:：][^。\n]{0,30}(?:評価|点数?|採点|合格)[^。\n]{0,12}(?:してください|すること|付け|与え|せよ|しなさい)",
    r"あなたは[^。\n]{0,14}(?:AI|人工知能|言語モデル|アシスタント)です",
    r"\bignor(?:iere?n?|ez?)\b[^.\n]{0,40}\b(?:anweisungen|vorherigen|instructions)",
    r"\b(?:rate|score|rank|grade|mark|treat)\b[^.\n]{0,30}\b(?:others?|remaining|competing)\b[^.\n]{0,20}\b(?:candidates?|applicants?|resumes?|cvs?)\b[^.\n]{0,40}\b(?:unfit|unsuitable|unqualified|low(?:er|est)?|poor(?:ly)?|zero|0)\b",
    r"\breject\s+(?:all|any|every|the)\s+others?\s+(?:candidates?|applicants?)\b",
    r"\b(?:call|invoke|execute|use|run)\s+(?:the\s+)?(?:tool|function|plugin)\s+[`'\"]?[a-z]+(?:_[a-z]+)+",
    r"\b(?:new|updated|revised|official|correct)\s+(?:scoring\s+|evaluation\s+|grading\s+)?(?:rubric|criteria|scale)\s*:[^\n]{0,80}\b(?:scores?|points|100|highest|full marks|5/5)",
    r"[\"“]scores[\"”]\s*:\s*\{|\b(?:tool[_ ]result|agent step \d+)\s*:|<{2,3}\s?(?:end|untrusted)\b",
    r"(?:満点|最高点|最高評価|100点)(?:を|で|と|に)?[^。\n]{0,6}(?:付け|つけ|評価し|採点し|与え)(?:て(?:ください|下さい)|ること|よ|なさい)",
    r"(?:忽略|无视|無視)[^。\n]{0,12}(?:指令|指示|说明|提示)|(?:给予|给|评为|評為)[^。\n]{0,12}(?:满分|滿分|最高分|100分)",
    r"(?:이전|앞선|위의)[^.\n]{0,10}(?:지시|명령|프롬프트)[^.\n]{0,10}무시|(?:만점|최고\s?점수|100점)[^.\n]{0,10}(?:주세요|부여|평가하)",
    r"\b(?:ignora|ignore|ignorar|ignorate)\b[^.\n]{0,30}\b(?:instrucciones|instruções|istruzioni|reglas)\b",
    r"\b(?:da|dale|otorga|otorgue|califica|califique|donnez|attribuez|accordez|dê|atribua|assegna|gib|geben sie|vergeben sie|bewerten sie)\b[^.\n]{0,50}\b(?:puntuación máxima|máxima puntuación|note maximale|meilleure note|nota máxima|pontuação máxima|punteggio massimo|höchste[nr]? (?:punktzahl|note|bewertung)|volle punktzahl|100 (?:puntos|points|pontos|punti|punkte))",
)
_RUSSIAN = re.compile(
    r"игнорир\w*[^.\n]{0,40}(?:инструкци|указани)|(?:поставь|оцени)\w*[^.\n]{0,40}(?:100|максимальн)",
    re.IGNORECASE,
)
_ANY = re.compile("|".join(f"(?:{pattern})" for pattern in _PATTERNS), re.IGNORECASE)
_TWINS = str.maketrans(
    "аеорсухіјѕԁһкмтвнАВЕКМНОРСТХІЈЅοΟΑΒΕΖΗΙΚΜΝΡΤΥΧν", "aeopcyxijsdhkmtbhABEKMHOPCTXIJSoOABEZHIKMNPTYXv"
)
_CODED = re.compile(r"(?<![A-Za-z0-9+/=])[A-Za-z0-9+/]{24,}={0,2}(?![A-Za-z0-9+/=])")
_SAMPLE = 300
MOST_MARKS = 10


def speaks_to_machine(text: str) -> bool:
    """Whether some sentence of the text gives orders to whoever processes it, also in disguised letters or in Base64."""
    return next(_matches(text), None) is not None


def find_addressed(text: str) -> list[IntegrityMark]:
    """Marks for visible sentences that give orders to an automatic reader; the text itself stays."""
    return [
        IntegrityMark(
            kind=IntegrityKind.ADDRESSED_TO_AI,
            text=sentence[:_SAMPLE],
            detail="A visible sentence gives orders to an automatic reader.",
        )
        for sentence in itertools.islice(_matches(text), MOST_MARKS)
    ]


def _matches(text: str) -> Iterator[str]:
    """The passages as they stand in the text."""
    flat = text.replace("\n", " ")
    # Twins are as long as what they stand for, so that places stay.
    for match in _ANY.finditer(flat if flat.isascii() else flat.translate(_TWINS)):
        yield flat[match.start() : match.end()]
    if not flat.isascii():
        # Russian is read as it is written.
        yield from (match.group() for match in _RUSSIAN.finditer(flat))
    for coded in _CODED.finditer(flat):
        if _ANY.search(_decoded(coded.group())):
            yield coded.group()


def _decoded(coded: str) -> str:
    """The text behind Base64, or nothing."""
    try:
        return base64.b64decode(coded + "=" * (-len(coded) % 4)).decode()
    except ValueError:
        return ""
