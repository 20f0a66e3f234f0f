"""Marks on the pages of a resume lie on the very words they are about, as PDF.js itself places them."""

import re
import unicodedata
from collections.abc import Callable
from importlib.resources import files
from io import BytesIO
from typing import Any

import pikepdf
import pytest
from fpdf import FPDF
from playwright.sync_api import Page, expect

from resume_review.testing.browser import OpenPage
from resume_review.testing.consultant import Consultant

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(300)]

SLACK = 2.0
"""Points by which a box may miss the words that PDF.js places."""

Letter = tuple[str, list[float]]
Mark = tuple[str, list[float]]

LEFT = [
    "Katarina Whitlock",
    "katarina@agency.example",
    "London, UK",
    "Skills",
    "Pricing, SQL, Python",
    "Microsoft Office, Tableau",
    "Languages",
    "English, Polish",
]
RIGHT = [
    "Experience",
    "Consultant, Northbridge Partners",
    "Mar 2021 - Present",
    "Responsible for the weekly reporting to the client",
    "Helped with various workstreams of a bank merger",
    "Cut the cost of billing by 12% within nine months",
    "Analyst, Harrow & Lane",
    "Sep 2018 - February 2021",
    "Worked on several pricing models for retailers",
    "In charge of the preparation of board papers",
    "Education",
    "MSc Economics, London School of Economics, 2018",
]
JAPANESE = [
    "職務経歴書",
    "山田 花子",
    "hanako@agency.example",
    "職務要約",
    "業務改革を八年担当したコンサルタントです。",
    "職務経歴",
    "株式会社東都総研 2019年4月〜現在",
    "・営業部門の業務改善を担当しました。",
    "・様々な部署と調整し、報告書の作成を担当しました。",
    "・受注処理の時間を40%短縮しました。",
    "学歴",
    "東都大学経済学部 卒業 2016年3月",
    "スキル",
    "SQL、Python、Excel",
]

TEXT_OF_PAGE = """
(page) => {
  const sheet = document.querySelector(`[data-page="${page}"]`);
  const place = sheet.getBoundingClientRect();
  const scale = Number(sheet.dataset.scale);
  const points = (left, top, right, bottom) =>
    [left - place.left, top - place.top, right - place.left, bottom - place.top].map((value) => value / scale);
  const letters = [];
  const walker = document.createTreeWalker(sheet.querySelector('[data-text-layer]'), NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    // As high as the font is large; the letters of a stand-in font may be higher.
    const line = node.parentElement.getBoundingClientRect();
    for (let at = 0; at < node.data.length; at += 1) {
      const range = document.createRange();
      range.setStart(node, at);
      range.setEnd(node, at + 1);
      const { left, right } = range.getBoundingClientRect();
      letters.push([node.data[at], points(left, line.top, right, line.bottom)]);
    }
  }
  const marks = [...sheet.querySelectorAll('[data-finding]')].map((mark) => {
    const { left, top, right, bottom } = mark.getBoundingClientRect();
    return [mark.dataset.finding, points(left, top, right, bottom)];
  });
  return { letters, marks };
}
"""


def two_columns() -> bytes:
    """A sidebar and a body, drawn line by line across both, as design tools do."""
    made = FPDF(unit="pt", format="A4")
    made.add_page()
    for n in range(max(len(LEFT), len(RIGHT))):
        for x, lines in ((48, LEFT), (230, RIGHT)):
            if n < len(lines):
                made.set_font("Helvetica", "B" if len(lines[n].split()) < 3 else "", 10)
                made.text(x, 80 + (31 if x == 48 else 24) * n, lines[n])
    return bytes(made.output())


def japanese() -> bytes:
    """Lines in a font that is not in the file, as Japanese office software writes them."""
    pdf = pikepdf.new()
    info = pikepdf.Dictionary(
        Registry=pikepdf.String("Adobe"), Ordering=pikepdf.String("Japan1"), Supplement=6
    )
    descriptor = pikepdf.Dictionary(
        Type=pikepdf.Name.FontDescriptor,
        FontName=pikepdf.Name("/HeiseiKakuGo-W5"),
        Flags=4,
        FontBBox=[0, -120, 1000, 880],
        ItalicAngle=0,
        Ascent=880,
        Descent=-120,
        CapHeight=740,
        StemV=80,
    )
    letters = pikepdf.Dictionary(
        Type=pikepdf.Name.Font,
        Subtype=pikepdf.Name.CIDFontType0,
        BaseFont=pikepdf.Name("/HeiseiKakuGo-W5"),
        CIDSystemInfo=info,
        FontDescriptor=pdf.make_indirect(descriptor),
        DW=1000,
        W=[1, 230, 500],
    )
    font = pikepdf.Dictionary(
        Type=pikepdf.Name.Font,
        Subtype=pikepdf.Name.Type0,
        BaseFont=pikepdf.Name("/HeiseiKakuGo-W5-UniJIS-UTF16-H"),
        Encoding=pikepdf.Name("/UniJIS-UTF16-H"),
        DescendantFonts=[pdf.make_indirect(letters)],
    )
    drawn = "".join(
        f"BT /F1 11 Tf 1 0 0 1 64 {770 - 26 * n} Tm <{line.encode('utf-16-be').hex()}> Tj ET\n"
        for n, line in enumerate(JAPANESE)
    )
    page = pdf.add_blank_page(page_size=(595, 842))
    page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=pdf.make_indirect(font)))
    page.Contents = pikepdf.Stream(pdf, drawn.encode())
    kept = BytesIO()
    pdf.save(kept)
    return kept.getvalue()


SAMPLE = "strategy_consultant_en.pdf"
FILES: dict[str, tuple[Callable[[], bytes], str]] = {
    SAMPLE: ((files("resume_review") / "samples" / SAMPLE).read_bytes, "en"),
    "two columns.pdf": (two_columns, "en"),
    "職務経歴書.pdf": (japanese, "ja"),
}


def review_of(robin: Consultant, name: str, data: bytes, language: str = "en") -> str:
    """The id of a completed review of a new candidate's resume."""
    person = {"first_name": "Klara", "last_name": "Evidence"}
    created = robin.client.post("/candidates", json=person).raise_for_status().json()
    path = f"/resume_upload/candidates/{created['candidate']['id']}/resumes"
    resume = robin.client.post(path, files={"file": (name, data)}).raise_for_status().json()
    asked = {"industry": "strategy_consulting", "language": language}
    started = robin.client.post(f"/analysis/resumes/{resume['id']}/analyze", json=asked)
    review_id: str = started.raise_for_status().json()["analysis_id"]
    assert robin.ended(review_id)["status"] == "completed"
    return review_id


def findings_of(robin: Consultant, review_id: str) -> list[dict[str, Any]]:
    """Findings and strengths."""
    answer = robin.client.get(f"/analysis/analysis/{review_id}/findings")
    return answer.raise_for_status().json()["findings"]


def drawn(page: Page, number: int) -> tuple[list[Letter], list[Mark]]:
    """The letters of a page as PDF.js places them and the marks over them, in points."""
    page.locator(f'[data-page="{number}"]').scroll_into_view_if_needed()
    layer = page.locator(f'[data-text-layer="{number}"][data-drawn="true"]')
    layer.wait_for(state="attached", timeout=60_000)
    found = page.evaluate(TEXT_OF_PAGE, number)
    return found["letters"], found["marks"]


def spelled(text: str) -> str:
    """Without blanks, and with one form for letters that look the same."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


def under(boxes: list[list[float]], letters: list[Letter], *, by: float = 0.0) -> list[Letter]:
    """The letters whose middle lies in the boxes grown by some points, box after box, from left to right."""
    found: list[Letter] = []
    for left, top, right, bottom in boxes:
        inside = [
            letter
            for letter in letters
            if letter[0].strip()
            and left - by <= (letter[1][0] + letter[1][2]) / 2 <= right + by
            and top <= (letter[1][1] + letter[1][3]) / 2 <= bottom
        ]
        found += sorted(inside, key=lambda letter: letter[1][0])
    return found


def follows(part: str, whole: str) -> bool:
    """Whether the letters of a part stand in the whole in the same order."""
    rest = iter(whole)
    return all(letter in rest for letter in part)


def misplaced(quote: str, boxes: list[list[float]], letters: list[Letter]) -> list[str]:
    """What is wrong with the boxes of a quote: other words under them, or words that reach out of them."""
    wanted = spelled(quote)
    grown = spelled("".join(letter for letter, _ in under(boxes, letters, by=SLACK)))
    shrunk = spelled("".join(letter for letter, _ in under(boxes, letters, by=-SLACK)))
    most = len(wanted) + 2 * len(boxes)
    if not (follows(wanted, grown) and follows(shrunk, wanted) and len(grown) <= most):
        return [f"{quote!r} is marked on {shrunk!r}, at most {grown!r}"]
    faults: list[str] = []
    for box in boxes:
        line = under([box], letters)
        above = box[1] - min(place[1] for _, place in line)
        below = max(place[3] for _, place in line) - box[3]
        if max(above, below) > SLACK:
            faults.append(f"{quote!r} reaches out by {above:.1f} above, {below:.1f} below")
    return faults


@pytest.mark.parametrize(
    ("name", "zoom"), [(SAMPLE, 0), (SAMPLE, 2), ("two columns.pdf", 1), ("職務経歴書.pdf", 0)]
)
def test_marks_lie_on_the_quoted_words(open_page: OpenPage, robin: Consultant, name: str, zoom: int) -> None:
    make, language = FILES[name]
    review_id = review_of(robin, name, make(), language)
    findings = {one["id"]: one for one in findings_of(robin, review_id)}
    faults: list[str] = []
    checked = 0

    for view in ("findings", "strengths"):
        page = open_page(f"/reviews/{review_id}?view={view}")
        expect(page.locator("[data-page]").first).to_be_visible(timeout=60_000)
        for _ in range(zoom):
            page.get_by_role("button", name="Larger").click()
        for number in range(1, page.locator("[data-page]").count() + 1):
            letters, marks = drawn(page, number)
            for finding_id in dict.fromkeys(found for found, _ in marks if found in findings):
                boxes = [box for found, box in marks if found == finding_id]
                quote = findings[finding_id]["original_text"]
                checked += 1
                faults += misplaced(quote, boxes, letters)

    assert checked >= 5
    assert faults == []


def test_a_finding_and_its_mark_choose_each_other(open_page: OpenPage, robin: Consultant) -> None:
    review_id = review_of(robin, SAMPLE, FILES[SAMPLE][0]())
    one, other = [
        finding
        for finding in findings_of(robin, review_id)
        if finding["boxes"] and finding["feedback_type"] != "strength" and finding["check_id"] == "CON08"
    ][:2]
    page = open_page(f"/reviews/{review_id}?view=findings")
    mark = page.locator(f'[data-page] [data-finding="{one["id"]}"]').first
    expect(mark).to_be_attached(timeout=60_000)

    page.locator(f'[data-row="{one["id"]}"]').get_by_role("button").first.click()
    expect(mark).to_have_attribute("data-state", "chosen")
    expect(mark).to_be_in_viewport()
    assert f"finding={one['id']}" in page.url

    place = page.locator(f'[data-page] [data-finding="{other["id"]}"]').first
    place.scroll_into_view_if_needed()
    box = place.bounding_box()
    assert box
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    expect(page.locator(f'[data-row="{other["id"]}"]')).to_have_attribute("data-lit", "true")
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    expect(page.locator(f'[data-row="{other["id"]}"]')).to_have_attribute("data-chosen", "true")
    expect(page.locator(f'[data-row="{other["id"]}"]')).to_be_in_viewport()
    assert f"finding={other['id']}" in page.url
