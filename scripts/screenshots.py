"""Pictures of every screen, from the running product: `make screenshots`.

Starts a server of its own with made-up people, opens each screen in Chromium in both themes and languages, and writes
`docs/assets/screens.webp` (the contact sheet) and the pictures that documents show.
"""

import shutil
import tempfile
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
PEOPLE = [
    ("Jane", "Doe", "strategy_consultant_en.pdf", "strategy_consulting"),
    ("健太", "佐藤", "it_consultant_ja.docx", "system_integrator"),
]


@dataclass(frozen=True)
class Shown:
    """What was made for the pictures: ids that the paths hold."""

    candidate: str
    resume: str
    review: str
    other_review: str


def screens(shown: Shown) -> dict[str, str]:
    """Every screen behind the sign-in by name."""
    return {
        "home": "/",
        "new review": "/upload",
        "candidates": "/candidates",
        "candidate": f"/candidates/{shown.candidate}",
        "reviews": "/reviews",
        "result": f"/reviews/{shown.review}",
        "compare": f"/compare?left={shown.other_review}&right={shown.review}",
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
    """Candidates with resumes, one of them reviewed for two industries."""
    reviews: list[str] = []
    candidate = resume = ""
    for first, last, name, industry in reversed(PEOPLE):
        sample = files("resume_review").joinpath("samples", name).read_bytes()
        created = robin.post("/candidates", json={"first_name": first, "last_name": last})
        candidate = created["candidate"]["id"]
        path = f"/resume_upload/candidates/{candidate}/resumes"
        resume = robin.post(path, files={"file": (name, sample)})["id"]
        for wanted in ("full_service_consulting", industry):
            started = robin.post(f"/analysis/resumes/{resume}/analyze", json={"industry": wanted})
            reviews.append(started["analysis_id"])
            robin.ended(reviews[-1])
    return Shown(candidate, resume, review=reviews[-1], other_review=reviews[-2])


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
