"""Writes the two bundled resumes, the same bytes each time. Both people and every firm named are invented.

They are decent but not finished on purpose: duties without results, three ways to write a date, a missing number here
and there, so that a first review has something to show.
"""

import io
import sys
import zipfile
from datetime import UTC, datetime
from itertools import cycle
from pathlib import Path
from typing import NamedTuple

from docx import Document
from fpdf import FPDF
from fpdf.enums import Align, XPos, YPos

SAMPLES = Path(__file__).parents[1] / "src" / "resume_review" / "samples"
WRITTEN = datetime(2026, 9, 1, tzinfo=UTC)
INK = (31, 41, 55)
ACCENT = (23, 78, 120)


class Role(NamedTuple):
    title: str
    employer: str
    dates: str
    bullets: list[str]


PROFILE = (
    "Consulting manager with eleven years across strategy and technology transformation for retail banks, insurers and "
    "public services. Combines operating model design with hands-on data work, and is a strong team player who enjoys "
    "working with senior stakeholders. Looking for a principal role in a strategy practice with a technology focus."
)

ROLES = [
    Role(
        "Engagement Manager, Strategy & Technology",
        "Northmoor Advisory LLP, London",
        "Mar 2021 \u2013 Present",
        [
            "Lead teams of 4 to 7 consultants on operating model and core banking programmes worth GBP 2.1m in fees a year.",
            (
                "Redesigned the mortgage journey of a top-ten UK lender, cutting time to offer from 19 to 8 days and "
                "lifting completion by 11%."
            ),
            (
                "Built the business case for a GBP 34m cloud migration at a mutual insurer; the board approved it in one "
                "round and the first two waves closed 6% under budget."
            ),
            "Responsible for stakeholder management and steering committee reporting across various workstreams.",
            "Coached three associates to promotion and run the practice's monthly training on structured problem solving.",
            "Helped with the development of proposals for new clients.",
        ],
    ),
    Role(
        "Senior Consultant, Digital Operations",
        "Calder & Finch Consulting, London",
        "09/2018 - 02/2021",
        [
            (
                "Mapped 140 back-office processes for a utilities group and automated 23 of them with Python and UiPath, "
                "releasing 31 full-time equivalents in ten months."
            ),
            (
                "Designed the target operating model for a shared service centre in Krakow, moving 85 roles without a "
                "break in the monthly close."
            ),
            "Responsible for vendor selection of a new CRM platform.",
            "Worked on a pricing diagnostic for a specialty insurer and presented the findings to the executive committee.",
            "Introduced a reusable Power BI dashboard for benefit tracking, which was used on several later engagements.",
        ],
    ),
    Role(
        "Consultant",
        "Calder & Finch Consulting, Manchester",
        "09/2016 - 08/2018",
        [
            (
                "Analysed 2.4 million claims records in SQL to find the drivers of leakage; the client recovered GBP 3.7m "
                "in the first year."
            ),
            "Duties included market sizing, interviews with experts and preparation of slides.",
            "Supported the integration of two regional water companies, covering procurement and fleet.",
            "Wrote the interview guide and scoring model that six later due diligence projects reused.",
        ],
    ),
    Role(
        "Business Analyst (graduate scheme)",
        "Brightwater Systems plc, Leeds",
        "2015 to August 2016",
        [
            "Gathered requirements for the billing module of a housing management system used by 40 councils.",
            "Tested releases and trained client users.",
            "Cut the defect backlog from 210 to 65 in five months by introducing a weekly triage with developers.",
        ],
    ),
]

PROJECTS = [
    (
        "Payments carve-out (2025): separated 61 systems of a card business from its parent in nine months, with no "
        "missed settlement day."
    ),
    (
        "Branch network review (2024): modelled 312 branches of a building society and proposed 48 closures with a "
        "mobile service; 44 were carried out and customer loss stayed below 2%."
    ),
    "Data strategy for a city council (2022): set priorities for 27 use cases and wrote the two-year roadmap.",
]

EDUCATION = [
    (
        "MSc Operations Research",
        "University of Edinburgh",
        "2014 - 2015",
        "Distinction. Thesis on appointment scheduling.",
    ),
    ("BSc Mathematics and Economics", "University of Leeds", "2011 - 2014", "First class honours."),
]

SKILLS = [
    (
        "Consulting",
        "operating model design, business cases, due diligence, programme management, change management",
    ),
    (
        "Technology",
        "SQL, Python, Power BI, UiPath, AWS fundamentals, core banking platforms, Microsoft Office",
    ),
    ("Industries", "retail banking, insurance, utilities, local government"),
]

FURTHER = [
    (
        "Certificates",
        "PRINCE2 Practitioner (2019), AWS Certified Cloud Practitioner (2022), Lean Six Sigma Green Belt (2017)",
    ),
    ("Languages", "English (native), Polish (fluent), German (B1)"),
    ("Publications", '"Automation after the pilot", Operations Review, May 2023'),
    ("Interests", "Trustee of a literacy charity since 2020, fell running, choir"),
]


def new_page_set() -> FPDF:
    pdf = FPDF(format="A4")
    # The core fonts have the Windows-1252 glyphs, bullets and dashes among them.
    pdf.core_fonts_encoding = "windows-1252"
    pdf.set_creation_date(WRITTEN)
    pdf.set_title("Katarina Whitlock - Resume")
    pdf.set_author("Katarina Whitlock")
    pdf.set_margins(20, 17, 20)
    pdf.c_margin = 0
    pdf.set_auto_page_break(auto=True, margin=16)
    pdf.add_page()
    return pdf


def line(pdf: FPDF, text: str, *, size: float, style: str = "", height: float = 5, indent: float = 0) -> None:
    pdf.set_font("Helvetica", style, size)
    pdf.set_x(pdf.l_margin + indent)
    pdf.multi_cell(0, height, text, align=Align.L, new_x=XPos.LMARGIN, new_y=YPos.NEXT)


def heading(pdf: FPDF, text: str) -> None:
    # Never the last thing on a page.
    if pdf.will_page_break(24):
        pdf.add_page()
    pdf.ln(3.5)
    pdf.set_text_color(*ACCENT)
    line(pdf, text, size=11.5, style="B", height=6)
    pdf.set_draw_color(*ACCENT)
    pdf.line(pdf.l_margin, pdf.get_y(), pdf.w - pdf.r_margin, pdf.get_y())
    pdf.ln(1.8)
    pdf.set_text_color(*INK)


def left_and_right(pdf: FPDF, left: str, right: str) -> None:
    pdf.set_font("Helvetica", "B", 10.5)
    pdf.cell(0, 5.4, left)
    pdf.set_font("Helvetica", "", 10)
    pdf.set_x(pdf.l_margin)
    pdf.cell(0, 5.4, right, align=Align.R, new_x=XPos.LMARGIN, new_y=YPos.NEXT)


def bullet(pdf: FPDF, text: str) -> None:
    pdf.set_font("Helvetica", "", 10)
    pdf.set_x(pdf.l_margin + 2)
    pdf.cell(4, 5, "\u2022")
    pdf.multi_cell(0, 5, text, align=Align.L, new_x=XPos.LMARGIN, new_y=YPos.NEXT)


def role(pdf: FPDF, entry: Role) -> None:
    left_and_right(pdf, entry.title, entry.dates)
    line(pdf, entry.employer, size=10, style="I")
    for text in entry.bullets:
        bullet(pdf, text)
    pdf.ln(2.4)


def labelled(pdf: FPDF, label: str, text: str) -> None:
    pdf.set_font("Helvetica", "", 10)
    pdf.multi_cell(
        0, 5.2, f"**{label}:** {text}", markdown=True, align=Align.L, new_x=XPos.LMARGIN, new_y=YPos.NEXT
    )


def english_pdf() -> bytes:
    pdf = new_page_set()
    pdf.set_text_color(*ACCENT)
    line(pdf, "Katarina Whitlock", size=20, style="B", height=9)
    pdf.set_text_color(*INK)
    line(pdf, "Engagement Manager, Strategy and Technology Consulting", size=11, height=6)
    contact = "London, UK  |  +44 20 7946 0857  |  katarina.whitlock@example.com  |  linkedin.com/in/katarina-whitlock"
    line(pdf, contact, size=9.5)
    heading(pdf, "Profile")
    line(pdf, PROFILE, size=10)
    heading(pdf, "Professional Experience")
    for entry in ROLES:
        role(pdf, entry)
    heading(pdf, "Selected Projects")
    for text in PROJECTS:
        bullet(pdf, text)
    heading(pdf, "Education")
    for degree, school, dates, note in EDUCATION:
        left_and_right(pdf, f"{degree}, {school}", dates)
        line(pdf, note, size=10)
    heading(pdf, "Skills")
    for label, text in SKILLS:
        labelled(pdf, label, text)
    heading(pdf, "Certificates, Languages and Interests")
    for label, text in FURTHER:
        labelled(pdf, label, text)
    return bytes(pdf.output())


JAPANESE = """
# 職務経歴書
2026年9月1日現在
氏名：水野 遥香
東京都世田谷区 / 090-0000-0000 / haruka.mizuno@example.com

## 職務要約
大学卒業後、システム開発会社で販売管理システムの開発を担当し、2019年よりコンサルティング会社で業務改革とクラウド移行の支援に従事しています。製造業と小売業を中心に12件の案件に参画し、直近では8名のチームを率いて基幹システムの刷新を推進しました。コミュニケーション能力を活かして関係者と調整してきました。

## 活かせる経験・知識・技術
- 業務プロセス改革（現状分析、要件定義、新業務設計）
- プロジェクトマネジメント（最大8名、予算2.4億円）
- SQL、Python、Tableau、SAP S/4HANA、AWS

## 職務経歴
### 株式会社青嶺コンサルティング（2019年4月〜現在）
事業内容：業務・ITコンサルティング　従業員数：320名　正社員
**大手食品メーカー 基幹システム刷新（2023年6月〜現在）** マネージャー、8名
- 受注から出荷までの業務を再設計し、締め処理を5日から2日に短縮
- 移行対象データ1,800万件の品質基準を定め、移行後の不具合を37件から4件に削減
- ステークホルダーとの調整を担当

**小売チェーン 在庫最適化（2021/04〜2023/05）** シニアコンサルタント、5名
- 需要予測モデルをPythonで構築し、220店舗の欠品率を6.1%から3.8%に改善
- 各種会議体の運営や資料作成などを担当

**自治体 窓口業務改革（2019年4月〜2021年3月）** コンサルタント、4名
- 48業務の処理時間を計測し、年間9,200時間の削減案を策定
- 職員向け研修の企画に携わる

### 株式会社ひかりシステムズ（平成28年4月〜2019年3月）
事業内容：受託開発　従業員数：150名　正社員
**卸売業向け販売管理システムの開発** システムエンジニア、6名
- 請求機能の設計とテストを担当
- 夜間バッチの処理を見直し、実行時間を4時間から50分に短縮

## 資格
- 応用情報技術者試験 合格（2017年12月）
- AWS認定ソリューションアーキテクト アソシエイト（2022年8月）
- TOEIC Listening & Reading 860点（2024年3月）

## 学歴
- 東都大学 経済学部 経営学科 卒業（2016年3月）

## 自己PR
現場の業務を自分の目で確かめることを大切にしています。食品メーカーの案件では、3工場に計6週間通い、帳票32種類の使われ方を調べた結果、19種類を廃止できた。今後は構想策定の段階から顧客を支援し、成果が数字で示せる改革を増やしていきたいと考えています。
""".strip()


def japanese_docx() -> bytes:
    document = Document()
    document.core_properties.author = "水野 遥香"
    document.core_properties.title = "職務経歴書"
    document.core_properties.created = document.core_properties.modified = WRITTEN.replace(tzinfo=None)
    headings = {"#": 0, "##": 1, "###": 2}
    for text in filter(None, JAPANESE.splitlines()):
        marker, _, rest = text.partition(" ")
        if marker in headings:
            document.add_heading(rest, headings[marker])
        elif marker == "-":
            document.add_paragraph(rest, "List Bullet")
        else:
            paragraph = document.add_paragraph()
            for part, bold in zip(text.split("**"), cycle([False, True]), strict=False):
                paragraph.add_run(part).bold = bold or None
    buffer = io.BytesIO()
    document.save(buffer)
    return without_times(buffer.getvalue())


def without_times(archive: bytes) -> bytes:
    """The same ZIP with one fixed time on every entry, so that the bytes do not depend on the clock."""
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(archive)) as source,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as fixed,
    ):
        for name in source.namelist():
            fixed.writestr(
                zipfile.ZipInfo(name, WRITTEN.timetuple()[:6]), source.read(name), zipfile.ZIP_DEFLATED
            )
    return target.getvalue()


def main() -> None:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else SAMPLES
    folder.mkdir(exist_ok=True)
    (folder / "strategy_consultant_en.pdf").write_bytes(english_pdf())
    (folder / "it_consultant_ja.docx").write_bytes(japanese_docx())


if __name__ == "__main__":
    main()
