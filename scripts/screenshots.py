"""Pictures of every screen, from the running product: `make screenshots`.

Starts a server of its own with made-up people, opens each screen in Chromium in both themes and languages, and writes
`docs/assets/screens.webp` (the contact sheet) and the pictures that documents show.
"""

import shutil
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageDraw
from playwright.sync_api import Browser, Page, sync_playwright

from resume_review.testing.browser import ARGUMENTS, open_context
from resume_review.testing.consultant import ADMIN, Consultant, consultant
from resume_review.testing.processes import Server

ASSETS = Path(__file__).parents[1] / "docs" / "assets"
WIDTH, HEIGHT = 1440, 900
CELL = (480, 300)
VARIANTS = [("en", "light"), ("en", "dark"), ("ja", "light"), ("ja", "dark")]
SAMPLES = files("resume_review").joinpath("samples")
RESUMES = Path(__file__).parents[1] / "tests" / "performance" / "resumes"
PEOPLE = [
    ("Katarzyna", "Nowak", "en_full_operations.md", "full_service_consulting"),
    ("隆", "山本", "ja_finance_director.md", "ma_finance"),
    ("Jonas", "Lindqvist", "en_tech_cloud.md", "tech_consulting"),
    ("遥香", "水野", "it_consultant_ja.docx", "system_integrator"),
    ("Katarina", "Whitlock", "strategy_consultant_en.pdf", "strategy_consulting"),
]
WAITING = ["en_advisory_senior.md", "en_finance_associate.md", "ja_tech_data.md"]
COLLEAGUES = [
    ("Robin", "Sato", "senior_recruiter"),
    ("Kim", "Lange", "junior_recruiter"),
]


@dataclass(frozen=True)
class Shown:
    """What was made for the pictures: ids that the paths hold."""

    candidate: str
    resume: str
    review: str
    later_review: str


def screens(shown: Shown) -> dict[str, str]:
    """Every screen behind the sign-in by name."""
    return {
        "home": "/",
        "new review": "/upload",
        "candidates": "/candidates",
        "candidate": f"/candidates/{shown.candidate}",
        "reviews": "/reviews",
        "result": f"/reviews/{shown.review}",
        "compare": f"/compare?left={shown.review}&right={shown.later_review}",
        "bulk uploads": "/uploads",
        "profile": "/profile",
        "users": "/admin/users",
        "prompts": "/admin/prompts",
        "prompt": "/admin/prompts/structure_analysis/en",
        "experiments": "/admin/experiments",
        "audit log": "/admin/audit",
        "webhooks": "/admin/webhooks",
        "system": "/admin/system",
    }


def main() -> None:
    ASSETS.mkdir(exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as folder,
        Server(Path(folder), ENGINE="fake", RATE_LIMITS="off", **ADMIN) as server,
        sync_playwright() as playwright,
    ):
        with consultant(server.api) as robin:
            shown = make_people(robin)
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=ARGUMENTS)
        pictures = dict(taken(browser, server, shown))
        browser.close()
    contact_sheet(pictures).save(ASSETS / "screens.webp", quality=80)
    save(pictures["result", "en", "light"], "result.webp")
    print(f"{len(pictures)} pictures, contact sheet in {ASSETS / 'screens.webp'}")


def make_people(robin: Consultant) -> Shown:
    """An agency at work; the last candidate mended a resume, which is what compare shows."""
    candidate = resume = review = ""
    for first, last, name, industry in PEOPLE:
        body = {"first_name": first, "last_name": last}
        candidate = robin.post("/candidates", json=body)["candidate"]["id"]
        resume = upload(robin, candidate, name, read(name))
        review = reviewed(robin, resume, industry)
    mended = upload(robin, candidate, "mended.md", read("en_strategy_manager.md"))
    later = reviewed(robin, mended, "strategy_consulting")
    make_agency(robin)
    return Shown(candidate, resume, review=review, later_review=later)


def read(name: str) -> bytes:
    """A bundled sample, or one of the made-up resumes that are measured with."""
    return SAMPLES.joinpath(name).read_bytes() if name[-3:] != ".md" else (RESUMES / name).read_bytes()


def upload(robin: Consultant, candidate: str, name: str, content: bytes) -> str:
    """The id of the resume."""
    path = f"/resume_upload/candidates/{candidate}/resumes"
    return robin.post(path, files={"file": (name, content)})["id"]


def reviewed(robin: Consultant, resume: str, industry: str) -> str:
    """The id of a finished review."""
    review = robin.post(f"/analysis/resumes/{resume}/analyze", json={"industry": industry})["analysis_id"]
    robin.ended(review)
    return review


def make_agency(robin: Consultant) -> None:
    """Colleagues, files that wait for somebody, and what administrators look after."""
    for first, last, role in COLLEAGUES:
        person = {"email": f"{first}@agency.example".lower(), "first_name": first, "last_name": last}
        robin.post("/admin/users", json={**person, "role": role, "temporary_password": "Password123!"})
    batch = robin.post("/resume_upload/batch", files=[("files", (name, read(name))) for name in WAITING])
    while robin.client.get(f"/resume_upload/batch/{batch['batch_id']}").json()["status"] == "processing":
        time.sleep(0.2)
    hook = {
        "url": "https://ats.example.com/reviews",
        "description": "Our ATS",
        "events": ["review.completed"],
    }
    robin.post("/webhooks", json=hook)
    change = {"key": "shorter-appeal", "change": {"model": "fake:rubric"}, "description": "A cheaper model"}
    robin.post("/admin/rollouts", json=change)


def taken(
    browser: Browser, server: Server, shown: Shown
) -> Iterator[tuple[tuple[str, str, str], Image.Image]]:
    """Every screen in every variant; the sign-in page first, before anybody is signed in."""
    for language, scheme in VARIANTS:
        context, faults = open_context(
            browser, server.address, language=language, scheme=scheme, width=WIDTH, height=HEIGHT
        )
        page = context.new_page()
        yield ("sign in", language, scheme), picture(page, f"{server.address}/sign-in")
        login = {"email": ADMIN["ADMIN_EMAIL"], "password": ADMIN["ADMIN_PASSWORD"]}
        context.request.post(f"{server.api}/auth/browser/login", data=login)
        faults.clear()
        for name, path in screens(shown).items():
            yield (name, language, scheme), picture(page, server.address + path)
        if faults:
            raise SystemExit(f"screens in {language}, {scheme} had faults: {faults}")
        context.close()


def picture(page: Page, address: str) -> Image.Image:
    """The page once nothing is on its way any more."""
    page.goto(address)
    page.get_by_role("heading", level=1).wait_for()
    page.wait_for_load_state("networkidle")
    page.locator("[aria-busy=true]").first.wait_for(state="detached")
    return Image.open(BytesIO(page.screenshot()))


def contact_sheet(pictures: dict[tuple[str, str, str], Image.Image]) -> Image.Image:
    """One row a screen, one column a variant."""
    names = list(dict.fromkeys(name for name, _, _ in pictures))
    sheet = Image.new("RGB", (len(VARIANTS) * CELL[0], len(names) * CELL[1]), "white")
    for row, name in enumerate(names):
        for column, (language, scheme) in enumerate(VARIANTS):
            place = (column * CELL[0], row * CELL[1])
            small = pictures[name, language, scheme].convert("RGB")
            small.thumbnail(CELL)
            sheet.paste(small, place)
            ImageDraw.Draw(sheet).rectangle((*place, place[0] + CELL[0], place[1] + CELL[1]), outline="#999")
    return sheet


def save(taken_picture: Image.Image, name: str) -> None:
    taken_picture.convert("RGB").save(ASSETS / name, quality=85)


if __name__ == "__main__":
    main()
