"""The bundled resumes are what their script writes."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pypdfium2
import pytest

pytestmark = pytest.mark.integration

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "src" / "resume_review" / "samples"


# Texts are compared, not bytes: another build of zlib may pack the same content differently.
def pdf_text(path: Path) -> str:
    with pypdfium2.PdfDocument(path) as document:
        return "\f".join(page.get_textpage().get_text_range() for page in document)


def docx_body(path: Path) -> bytes:
    with zipfile.ZipFile(path) as archive:
        return archive.read("word/document.xml")


def test_samples_are_up_to_date(tmp_path: Path) -> None:
    subprocess.run([sys.executable, ROOT / "scripts" / "make_samples.py", tmp_path], check=True)

    pdf, docx = "strategy_consultant_en.pdf", "it_consultant_ja.docx"
    assert pdf_text(SAMPLES / pdf) == pdf_text(tmp_path / pdf)
    assert docx_body(SAMPLES / docx) == docx_body(tmp_path / docx)
