"""Words and phrases the checks look for, in English and Japanese. One row more is one phrase more."""

import re
from collections.abc import Iterable
from functools import cache

from resume_review.rubric.patterns import may_match, pattern
from resume_review.rubric.words import Match, PhraseBook, Words, lower_case

_ENGLISH = {
    "duty": """
        responsible for, was responsible for, responsibilities included, responsibilities include, responsibility for,
        duties included, duties include, duties were, job duties, in charge of, tasked with, charged with, accountable for,
        my role was, my job was, role involved, role included, job involved, work involved
    """,
    "vague": """
        various, several, numerous, many, multiple, a lot of, lots of, a number of, some of the, etc, and so on, and more,
        countless, a variety of, a range of, different kinds of, significantly, substantially, considerably, a few
    """,
    "cliche": """
        team player, detail-oriented, detail oriented, attention to detail, hard-working, hardworking, hard worker,
        results-driven, results driven, results-oriented, results-focused, results focused, self-motivated, self-starter,
        self starter, go-getter, go getter, think outside the box, thinking outside the box, outside-the-box, synergistic,
        dynamic individual, dynamic professional, highly motivated, proven track record, track record of success,
        strong work ethic, excellent communication skills, good communication skills, strong communication skills,
        people person, fast learner, quick learner, passionate about, thought leader, best of breed, value add,
        team-oriented, works well under pressure, work well under pressure, hit the ground running, strategic thinker,
        problem solver, multi-tasker, multitasker, goal-oriented, goal oriented, go above and beyond, guru, ninja, rockstar,
        rock star, wizard, visionary leader, seasoned professional, bottom-line focused, fast-paced environment
    """,
    "intensifier": """
        very, really, extremely, highly, successfully, truly, incredibly, absolutely, totally, quite, greatly, deeply,
        exceptionally, remarkably, tremendously, vastly, hugely, perfectly, flawlessly, seamlessly, effectively, efficiently
    """,
    "slang": """
        gonna, wanna, gotta, kinda, sorta, awesome, cool stuff, stuff, super cool, kick-ass, badass, lol, btw, asap, guys,
        folks, nailed it, crushed it, crushed, killed it, no-brainer, bucks, crazy, insane, dude, tons of, loads of, yeah, gig
    """,
    "table_stakes": """
        Microsoft Office, MS Office, Microsoft Word, MS Word, Word, PowerPoint, Microsoft PowerPoint, Outlook,
        Microsoft Outlook, e-mail, email, Internet, web browsing, typing, Windows, Google Docs, Zoom, Microsoft Excel basics,
        basic computer skills, computer literacy, telephone, fax, Office, Microsoft Office Suite, MS Office Suite,
        internet research, Slack, Office 365, Microsoft 365, M365, emailing, e-mailing, MS Excel basics, basic computer, basic Excel,
        basic computing, computer skills, PC skills, MS Outlook, MS PowerPoint, Google Drive, Gmail, web browser, Internet Explorer, Skype,
        Microsoft Teams, MS Teams, printing, photocopying, copying, filing, data entry, Windows 10, Windows 11, word processing, keyboard skills,
        typing skills, Google Workspace, Google Search, social media browsing, WhatsApp, Facebook, surfing the web, Excel basics, Word basics, using a computer, using computers
    """,
    "title": """
        consultant, manager, engineer, analyst, director, architect, associate, developer, lead, officer, partner,
        president, specialist, advisor, adviser, accountant, controller, auditor, designer, scientist, administrator,
        coordinator, executive, intern, graduate, student, leader, programmer, banker, researcher, strategist, owner, founder,
        head of, principal, CEO, CFO, CTO, CIO, COO, planner, tester, trainer, lawyer, economist, recruiter, buyer
    """,
}
_JAPANESE = {
    "duty": "に従事 業務全般 に携わ 業務を行 業務に対応",
    "vague": "様々な さまざまな 多くの 多数の いくつかの など多岐 幅広い 数多くの 多様な 大幅に いろいろな",
    "cliche": """
        コミュニケーション能力 コミュニケーション力 責任感が強 責任感があ 協調性 チームプレイヤー 向上心 几帳面 真面目 積極的に
        何事にも 努力家 粘り強 ポジティブ リーダーシップがあ 柔軟性があ 即戦力 人一倍 一生懸命 やる気
    """,
    "intensifier": "非常に とても 大変 極めて すごく 本当に 完璧に 見事に 成功裏に",
    "slang": "めっちゃ ヤバい やばい ガチ マジ すごい バリバリ ガンガン",
    "table_stakes": "メール ワード インターネット タイピング ワードプロセッサ 電子メール パソコン基本操作 パソコン操作 パソコン PC操作 PC基本操作 オフィスソフト 電話応対 ビジネスマナー ネット検索 ブラインドタッチ パワーポイント エクセル 文書作成 文字入力 データ入力 表計算ソフト",
    "title": """
        コンサルタント マネージャー マネジャー エンジニア アナリスト ディレクター アーキテクト アソシエイト リーダー 担当者 部長 課長
        パートナー 会計士 デザイナー プログラマ 研究員 社員 責任者 アドバイザー 専門家 経理 営業 人事 企画
    """,
    "first_person": "私は 私が 私の 私に 僕は 僕が 僕の 俺 自分は わたしは",
    "weak": "をサポート を補助 を手伝 の補助 の手伝い に参画 に参加 のサポート",
}


@cache
def book(name: str) -> PhraseBook:
    """The phrases of one kind, in both languages."""
    english = (phrase.strip() for phrase in _ENGLISH.get(name, "").replace("\n", " ").split(","))
    return PhraseBook.of([*(phrase for phrase in english if phrase), *_JAPANESE.get(name, "").split()])


def find(name: str, text: str, start: int, words: Words, *, japanese: bool) -> list[Match]:
    """The phrases of one kind in a passage, from the list and the pattern, in order; where two overlap, the longer one.

    Args:
        name: The kind.
        text: The passage.
        start: Its place in the document.
        words: Its words.
        japanese: Whether the phrases of Japanese are wanted too.
    """
    phrases = book(name)
    found = list(phrases.find(words))
    if japanese:
        found += phrases.find_wide(text, start)
    if may_match(name, text, words):
        found += _by_pattern(pattern(name, japanese=False), lower_case(text), text, start)
    if japanese:
        found += _by_pattern(pattern(name, japanese=True), text, text, start)
    return _longest(match for match in found if match.end > match.start) if found else found


def _by_pattern(rule: re.Pattern[str] | None, searched: str, text: str, start: int) -> list[Match]:
    matches = rule.finditer(searched) if rule else ()
    return [_stripped(text[match.start() : match.end()], match.start() + start) for match in matches]


def _stripped(words: str, start: int) -> Match:
    left = len(words) - len(words.lstrip(" \n\t•▪●◦‣·–—*"))
    return Match(start + left, start + len(words.rstrip()), words.strip())


def _longest(found: Iterable[Match]) -> list[Match]:
    kept: list[Match] = []
    for match in sorted(found, key=lambda match: (match.start - match.end, match.start)):
        if all(match.end <= other.start or match.start >= other.end for other in kept):
            kept.append(match)
    return sorted(kept, key=lambda match: match.start)
