"""The kind of work a Japanese bullet tells, and its words cut to what a sentence can carry."""

_THEMES = {
    "analyse": "分析 調査 評価 特定 検証 解析 診断 整理 把握 予測 ヒアリング インタビュー 可視化",
    "improve": "改善 見直し 標準化 効率化 刷新 最適化 自動化 改革 統合 移行 削減 短縮 整備",
    "win": "受注 交渉 営業 獲得 販売 契約 調達 開拓",
    "advise": "提案 助言 報告 説明 支援 調整 提言 研修 指導 プレゼン",
    "lead": "統括 主導 管理 率い 推進 リード 育成 マネジメント 立ち上げ 運営",
    "create": "構築 設計 開発 作成 導入 策定 企画 立案 実装 執筆 制作",
}
"""Named like the themes of English verbs."""

LONGEST = 60
"""Characters of the resume that a message repeats."""


def japanese_theme(words: str) -> str | None:
    """The kind of work; the word that stands last decides."""
    places = {theme: max(words.rfind(stem) for stem in stems.split()) for theme, stems in _THEMES.items()}
    best = max(places, key=lambda theme: places[theme])
    return best if places[best] >= 0 else None


def shortened(words: str) -> str:
    """One line of at most `LONGEST` characters, cut at a word."""
    line = " ".join(words.split()).strip(" ,;:.、。")
    if len(line) <= LONGEST:
        return line
    cut = line[:LONGEST]
    return (cut.rsplit(" ", 1)[0] if " " in cut else cut).rstrip(" ,;:、") + "…"
