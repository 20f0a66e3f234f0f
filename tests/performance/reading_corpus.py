"""Resumes with known text, set in code in the ways that trip readers: columns, sidebars, labels, shuffled drawing."""

import json
import random
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from fpdf import FPDF

_FONTS = Path("/usr/share/fonts")
_LATIN = ("**/DejaVuSans.ttf", "**/LiberationSans-Regular.ttf")
_JAPANESE = (
    "**/ipagp.ttf",
    "**/NotoSansCJK-Regular.ttc",
    "**/NotoSerifCJK-Regular.ttc",
    "**/NotoSerifCJK-Bold.ttc",
)
_LINE = 13.0  # points from line to line
_SIZE = 9.5


@dataclass(frozen=True, slots=True)
class _Person:
    name: str
    role: str
    contact: list[str]
    bullets: list[str]
    skills: list[str]
    dated: list[tuple[str, str]]


_PEOPLE = {
    "en": _Person(
        "Maya Okafor",
        "Strategy Consultant",
        ["maya.okafor@example.com", "+44 20 7946 0157"],
        ["Built a bottom-up market model for a national rail operator covering six countries and two scenarios",
         "Led a team of seven people on the growth strategy of an energy utility across five customer segments",
         "Redesigned the pricing of a European retailer and lifted its gross margin by 120 basis points",
         "Diagnosed cost drivers in the shared-service centre of a regional bank and cut them by a third"],
        ["Market entry and pricing", "Due diligence", "Excel, Tableau, SQL", "Workshop facilitation"],
        [("2021 - 2024", "Engagement Manager, Northwind Advisory"), ("2018 - 2021", "Consultant, Helix Partners"),
         ("2016 - 2018", "Analyst, Corvane Group"), ("2012 - 2016", "BSc Economics, University of Leeds")],
    ),
    "ja": _Person(
        "小野寺 さくら",
        "経営コンサルタント",
        ["sakura@example.com", "03-5555-6736"],
        ["大手製造業の基幹システム刷新において十三名のチームを統括しコスト削減を実現しました",
         "企業買収におけるデューデリジェンスを担当し統合後の組織設計と人材配置を支援しました",
         "金融機関の新規事業戦略を策定し七つの市場への参入計画と収益予測を作成しました",
         "業務プロセスの可視化により処理時間を短縮し全拠点への展開を完了しました"],
        ["事業戦略", "業務改革", "企業価値評価", "日本語と英語"],
        [("2021年4月", "マネージャー 青葉コンサルティング株式会社"), ("2018年4月", "コンサルタント 東洋システム統合株式会社"),
         ("2016年4月", "アナリスト 北都総合研究所"), ("2012年4月", "西京経済大学 経済学部")],
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Resume:
    """A PDF and its text units in reading order."""

    name: str
    data: bytes
    units: list[str]


Put = tuple[float, float, str]
Layout = Callable[[_Person], tuple[list[Put], list[str]]]


def _wrapped(text: str, width: int) -> list[str]:
    """Lines of at most `width` characters; Japanese breaks anywhere, other text between words."""
    if any(char > "\u2e80" for char in text):
        width = width // 2
        return [text[n : n + width] for n in range(0, len(text), width)]
    lines = [""]
    for word in text.split():
        if len(lines[-1]) + len(word) >= width:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines


def _block(x: float, y: float, texts: list[str], width: int) -> tuple[list[Put], float]:
    puts: list[Put] = []
    for text in texts:
        for line in _wrapped(text, width):
            puts.append((x, y, line))
            y += _LINE
        y += 0.5 * _LINE
    return puts, y


def _head(person: _Person) -> tuple[list[Put], float, list[str]]:
    texts = [person.name, person.role, " | ".join(person.contact)]
    puts, y = _block(50, 60, texts, 90)
    return puts, y + 6, texts


def _single(person: _Person) -> tuple[list[Put], list[str]]:
    head, y, units = _head(person)
    body = person.bullets + person.skills
    return head + _block(50, y, body, 88)[0], units + body


def _two_columns(person: _Person) -> tuple[list[Put], list[str]]:
    head, y, units = _head(person)
    left, right = person.bullets[:2] + person.skills[:2], person.bullets[2:] + person.skills[2:]
    return head + _block(50, y, left, 42)[0] + _block(320, y, right, 42)[0], units + left + right


def _sidebar(person: _Person) -> tuple[list[Put], list[str]]:
    side = person.skills + person.contact
    main = [person.name, person.role, *person.bullets]
    return _block(40, 60, side, 26)[0] + _block(210, 60, main, 60)[0], side + main


def _labels(person: _Person) -> tuple[list[Put], list[str]]:
    puts, y, units = _head(person)
    for (label, text), bullet in zip(person.dated, person.bullets, strict=True):
        puts.append((50, y, label))
        block, y = _block(150, y, [text, bullet], 66)
        puts += block
        units += [label, text, bullet]
    return puts, units


def _shuffled(layout: Layout) -> Layout:
    def draw(person: _Person) -> tuple[list[Put], list[str]]:
        puts, units = layout(person)
        random.Random(7).shuffle(puts)
        return puts, units

    return draw


LAYOUTS = {
    "single": _single, "two columns": _two_columns, "sidebar": _sidebar, "labels": _labels,
    "shuffled": _shuffled(_single), "shuffled columns": _shuffled(_two_columns),
}  # fmt: skip


def _font(patterns: tuple[str, ...]) -> Path | None:
    return next((path for pattern in patterns for path in sorted(_FONTS.glob(pattern))), None)


def generated() -> list[Resume]:
    """Every layout in every language that this machine has a font for."""
    resumes: list[Resume] = []
    for language, patterns in (("en", _LATIN), ("ja", _JAPANESE)):
        font = _font(patterns)
        if font is None:
            continue
        person = _PEOPLE[language]
        for layout, draw in LAYOUTS.items():
            puts, units = draw(person)
            resumes.append(Resume(f"{language} {layout}", _pdf(puts, font), units))
    return resumes


def _pdf(puts: list[Put], font: Path) -> bytes:
    made = FPDF(unit="pt", format="A4")
    made.add_font("text", fname=font)
    made.set_font("text", size=_SIZE)
    made.add_page()
    for x, y, text in puts:
        made.text(x, y, text)
    return bytes(made.output())


def stored(folder: Path) -> list[Resume]:
    """The PDFs of a corpus on disk: `manifest.json` lists the files, `truth` holds their units in order."""
    files = json.loads((folder / "manifest.json").read_text())["files"]
    resumes: list[Resume] = []
    for entry in files:
        truth = folder / (entry.get("truth") or "missing")
        if entry["file"].endswith(".pdf") and entry["expect"] == "ok" and truth.is_file():
            units = [unit["text"] for unit in json.loads(truth.read_text())["units"]]
            resumes.append(Resume(entry["file"], (folder / entry["file"]).read_bytes(), units))
    return resumes
