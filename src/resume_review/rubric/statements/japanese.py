"""Takes Japanese bullets apart, by their particles and joints."""

import re
from collections.abc import Sequence

from resume_review.rubric.quantities import Quantity
from resume_review.rubric.statements.measures import measures
from resume_review.rubric.statements.model import Part, Statement

_TROUBLED = (
    "属人化|遅延|老朽化|停滞|低迷|形骸化|分散|乱立|滞留|悪化|赤字|頓挫|煩雑|複雑化|肥大化|硬直化|サイロ化|不採算|ブラックボックス化|陳腐化|逼迫|炎上|失注|減少|減収|減益|未整備|手作業|紙"
    "|欠品|廃棄|離職|障害|不備|不足|課題|問題|ばらつ|ばらばら|バラバラ|異な|増え|増加|かかって|発生|離脱|苦情|クレーム|懸念|危機|反対|ミス|ロス|超過|失敗|できて|なかった|ない状"
)
_STATES = "属人化|遅延|老朽化|停滞|低迷|形骸化|分散|乱立|滞留|悪化|赤字|頓挫|煩雑|複雑化|肥大化|硬直化|サイロ化|不採算|ブラックボックス化|陳腐化|逼迫|炎上|難航|混乱|高止まり|伸び悩"
"""What a thing was like before: these say so in front of its name."""
_COMPLICATION = re.compile(
    rf"[^。、]*(?:{_TROUBLED})[^。、]*?(?:ため|ことから|ことを受け(?:て)?|状況(?:下)?(?:で|に|を受け)?|中|なか|おり|ものの|を受け(?:て)?|に対し(?:て)?|に直面し|していたが|ていたが|でしたが|だったが)(?=[、。])"
)
_ATTRIBUTIVE = re.compile(
    rf"(?:{_STATES})[^、。を]{{0,10}}?(?:していた|していました|になっていた|となっていた|が続いていた|が続く|に陥っていた|に陥った|だった|であった|していない|していた|した|している|が多発していた|が生じていた|がかかっていた|て(?:い)?た|の)(?P<thing>[^、。を]{{1,26}}?)(?=を|に|の|で)"
)
_CAUSE = re.compile(
    r"[^。、]*(?:課題|問題|原因|ボトルネック|要因)(?:であった|だった|となっていた|を(?:特定|抽出|発見|洗い出し|分析))[^。、]*"
)
_SITUATION = re.compile(
    r"^[^。、]*?(?:において(?:は)?|における|向けに|向けの|に対し(?:て)?|に向けて?|にあたり|に際し(?:て)?|に伴い|として|では|にて(?=[、,])|を対象に)"
)
_JOINT = re.compile(
    r"(?:により|によって|ことで|ことにより|した結果|の結果|結果として|その結果|を通じて|につなげ|につながり|に貢献)[、,]?"
)
_OUTCOME = (
    "削減|短縮|向上|達成|実現|増加|改善|獲得|成功|受注|拡大|完了|承認|回避|低減|倍増|表彰|半減|減らし|減らす|増やし|採択|黒字|上回|合意|成立|稼働|前倒し|昇進|昇格|受賞|貢献|解消|効率化|合格|採用され|導入され|定着|圧縮|減少"
    "|ゼロ|防止|確保|回収|維持|引き上げ|引き下げ|安定|移行させ|完遂|独り立ち|継続|成長"
)  # fmt: skip
_RESULT = re.compile(_OUTCOME)
_VERB_AFTER = re.compile(
    r"を(?:[^、。を]{0,18}?(?:[\d%\uff05円名件倍割](?![一-龥]{1,3}[でにへ])\s?(?:で|に|へ|まで|以上|程度)?|(?:で|に|へ|まで|より|ずつ)))?(?P<verb>見直し|立ち上げ|引き上げ|引き下げ|取りまとめ|とりまとめ|洗い出し|作り上げ"
    r"|組み立て|切り替え|巻き取り|[一-龥ァ-ヴーA-Za-z・&]{1,12}(?:化)?(?=し|す|さ|、|。|$|\s|的|後)|[一-龥]{1,3}[ぁ-ん]{1,4}(?=[、。]|まし|た|$)|(?!から|まで|として|より|にて|において)[ぁ-ん一-龥]{2,6})"
)
_BY_DEED = re.compile(
    r"(?P<object>[^、。をに]{2,30}?)(?:への|の)(?P<verb>[一-龥ァ-ヴー]{2,8})(?=により|によって|を通じて|に伴い|で(?=[一-龥]))"
)
_TO_VERB = re.compile(
    r"(?:に|へ|の|と)(?P<verb>移行|展開|導入|統合|刷新|転換|参入|登壇|提案|交渉|参画|統一|適用|拡張|連携|昇格|従事)(?=し|す|、|。|$)"
)
_NOUN_VERB = re.compile(
    r"(?P<object>[^、。を()（）]{2,40}?)(?:の|・)?(?P<verb>設計|開発|構築|導入|推進|統括|策定|運用|管理|受注|短縮|改善|分析|提案|実施|作成|立案|支援|整備|移行|指導|育成|削減|刷新|企画|調整|運営)(?:・[一-龥]{2,4})?(?=[、。(（\u3000]|し|$)"
)
_CUT = re.compile(
    r"(?:において(?:は)?|における|にて|により|によって|ことで|として|向けに|に向け(?:て)?|ため|に対し(?:て)?|を通じて|とともに|では|で(?=[^すの]))"
)
_BRACKETS = re.compile(r"[((【][^))】]*[))】]")


def read_japanese(body: str, start: int, quantities: Sequence[Quantity]) -> Statement:
    """The parts of a Japanese bullet."""
    said, body = body, _BRACKETS.sub(lambda match: "\u3000" * len(match[0]), body)
    complication = _complication(body)
    opening = _SITUATION.match(body)
    situation = opening.span() if opening else None
    if situation and complication and situation[0] < complication[1] and complication[0] < situation[1]:
        situation = None
    begin = (
        complication[1] if complication and body[complication[1] : complication[1] + 1] in {"、", "。"} else 0
    )
    action, thing = _deed(body, begin)
    result = _result(body, action)
    if situation and action and situation[1] > action[0]:
        situation = None
    return Statement(
        situation=_part(said, start, situation),
        complication=_part(said, start, complication),
        action=_part(said, start, action),
        object=_part(said, start, thing),
        result=_part(said, start, result),
        measures=measures(said, start, quantities, japanese=True),
    )


def _part(body: str, start: int, span: tuple[int, int] | None) -> Part | None:
    if span is None:
        return None
    first, last = span
    while first < last and body[first] in " \n\t\u3000、。,・":
        first += 1
    while last > first and body[last - 1] in " \n\t\u3000、。,":
        last -= 1
    return Part(first + start, last + start, body[first:last].replace("\n", "")) if last > first else None


def _complication(body: str) -> tuple[int, int] | None:
    for pattern in (_COMPLICATION, _ATTRIBUTIVE, _CAUSE):
        match = pattern.search(body)
        if match:
            return match.span()
    return None


def _deed(body: str, begin: int) -> tuple[tuple[int, int] | None, tuple[int, int] | None]:
    """The first thing that was done after the situation, and what it was done to."""
    matches = [rule.search(body, begin) for rule in (_BY_DEED, _VERB_AFTER, _TO_VERB)]
    found = min((match for match in matches if match), key=lambda match: match.start("verb"), default=None)
    found = found or _NOUN_VERB.search(body, begin)
    if found is None:
        return None, None
    end = found.start() if "object" not in found.re.groupindex else found.end("object")
    return found.span("verb"), _object(body, begin, end)


def _object(body: str, begin: int, end: int) -> tuple[int, int] | None:
    """The words before the particle, after the last joint of the clause."""
    first = begin
    for mark in re.finditer(r"[、。]", body[begin:end]):
        first = begin + mark.end()
    for cut in _CUT.finditer(body, first, end):
        if cut.end() < end:
            first = cut.end()
    span = (first, end)
    return span if body[first:end].strip("、。 の") else None


def _result(body: str, action: tuple[int, int] | None) -> tuple[int, int] | None:
    """What follows a joint, or the first later clause with an outcome; a single clause that is one is all of it."""
    joint = _JOINT.search(body)
    if joint and _RESULT.search(body, joint.end()):
        return joint.end(), len(body)
    begin = action[1] if action else 0
    comma = re.compile("[、。]").search(body, begin)
    place = comma.end() if comma else len(body)
    while place < len(body):
        stop = re.compile("[、。]").search(body, place)
        end = stop.start() if stop else len(body)
        if _RESULT.search(body, place, end):
            return place, len(body)
        place = end + 1
    last = max(body.rfind("、", 0, begin), body.rfind("。", 0, begin)) + 1
    found = _RESULT.search(body, last)
    return (last, len(body)) if found else None
