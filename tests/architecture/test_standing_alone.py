"""What each part drags in when it is imported, seen from a fresh interpreter."""

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

pytestmark = pytest.mark.integration

Plant = Callable[[str, str], Path]

PACKAGE = Path(__file__).parents[2] / "src" / "resume_review"
ENTRIES = [
    "resume_review.main",
    "resume_review.worker",
    "resume_review.cli.app",
    "resume_review.cli.review",
    "resume_review.ai_agents.client",
]
VENDORS = [
    "anthropic",
    "genai_prices",
    "boto3",
    "google.genai",
    "langchain",
    "langchain_core",
    "langgraph",
    "langsmith",
    "litellm",
    "openai",
]
# Each part, and what it may use; the two of them copied somewhere are all there is.
PARTS: list[tuple[str, list[str]]] = [
    ("documents", []),
    ("rubric", ["documents"]),
    ("ai_agents", ["rubric", "documents"]),
]

IMPORT_ALL = """
import importlib, pkgutil, sys
sys.path.insert(0, sys.argv[1])
import resume_review
parts = sys.argv[2:]
for part in parts:
    package = importlib.import_module(f"resume_review.{part}")
    for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
        importlib.import_module(module.name)
"""

LOADED = """
import importlib, sys
sys.path[:0] = sys.argv[1:2]
importlib.import_module(sys.argv[2])
print(*(name for name in sys.argv[3:] if name in sys.modules), sep="\\n", end="")
"""

# Reports what our modules do while they are imported: files opened, processes, sockets. The first frame of ours or of
# the import system, seen from the event, decides whether our code asked for it or Python did to load a module.
WATCH = """
import importlib, pathlib, sys
import pydantic
sys.path[:0] = sys.argv[1:2]
WATCHED = {"open", "os.mkdir", "os.listdir", "os.scandir", "socket.connect", "socket.bind", "subprocess.Popen"}
WATCHED |= {"socket.getaddrinfo", "sqlite3.connect", "os.putenv"}
found, state = set(), {"on": False}
def hook(event, args):
    if not state["on"] or event not in WATCHED:
        return
    frame = sys._getframe(1)
    while frame and "importlib._bootstrap" not in frame.f_code.co_filename:
        if "/resume_review/" in frame.f_code.co_filename:
            found.add(f"{frame.f_code.co_filename}:{frame.f_lineno}: {event} {args[:1]}")
            return
        frame = frame.f_back
sys.addaudithook(hook)
root = pathlib.Path(sys.argv[1])
files = [path.relative_to(root) for path in sorted((root / "resume_review").rglob("*.py"))]
# Tests import pytest; a migration's env.py is a script that Alembic runs.
modules = [file for file in files if not {"tests", "migrations", "__main__.py"} & set(file.parts)]
# The first model of a process makes Pydantic look for plug-ins: its work, and done here.
pydantic.create_model("First", value=int)
state["on"] = True
for module in modules:
    importlib.import_module(".".join(module.with_suffix("").parts).removesuffix(".__init__"))
state["on"] = False
print(*sorted(found), sep="\\n", end="")
"""


def python(code: str, *arguments: object) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-I", "-c", code, *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def copy_parts(folder: Path, names: list[str]) -> None:
    target = folder / "resume_review"
    target.mkdir()
    shutil.copy(PACKAGE / "__init__.py", target)
    for name in names:
        shutil.copytree(PACKAGE / name, target / name, ignore=shutil.ignore_patterns("tests", "__pycache__"))


@pytest.mark.parametrize(("part", "uses"), PARTS, ids=[part for part, _ in PARTS])
def test_part_is_importable_alone(tmp_path: Path, part: str, uses: list[str]) -> None:
    copy_parts(tmp_path, [part, *uses])

    result = python(IMPORT_ALL, tmp_path, part)

    assert result.returncode == 0, result.stderr


def test_part_that_needs_more_is_found(plant: Plant, tmp_path: Path) -> None:
    plant("resume_review/__init__.py", "")
    plant("resume_review/documents/__init__.py", "")
    plant("resume_review/documents/deep.py", "import resume_review.core\n")

    result = python(IMPORT_ALL, tmp_path, "documents")

    assert "No module named 'resume_review.core'" in result.stderr


@pytest.mark.parametrize("entry", ENTRIES)
def test_entry_loads_no_vendor(entry: str) -> None:
    result = python(LOADED, PACKAGE.parent, entry, *VENDORS)

    assert (result.returncode, result.stdout) == (0, ""), result.stderr


def test_vendor_at_import_is_found(plant: Plant, tmp_path: Path) -> None:
    plant("langgraph/__init__.py", "")
    plant("entry.py", "import langgraph")

    assert python(LOADED, tmp_path, "entry", *VENDORS).stdout == "langgraph"


def test_no_work_at_import() -> None:
    result = python(WATCH, PACKAGE.parent)

    assert (result.returncode, result.stdout) == (0, ""), result.stderr


def test_work_at_import_is_found(plant: Plant, tmp_path: Path) -> None:
    plant("resume_review/__init__.py", "")
    plant("resume_review/a.py", "from pathlib import Path\nDATA = Path(__file__).read_text()\n")

    assert "resume_review/a.py:2: open" in python(WATCH, tmp_path).stdout
