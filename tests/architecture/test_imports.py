"""The import contracts hold on the tree, and each of them breaks when it should."""

import shutil
import subprocess
from pathlib import Path

import pytest

pytestmark = pytest.mark.integration

ROOT = Path(__file__).parents[2]

# One import that must break a contract: where it is planted, what it says, which contract complains.
LAYERS = "Imports go down only"
ALONE = "The AI package stands alone"
INSIDE_AI = "Only the composition roots see inside the AI package"
PURE = "Reading and judging a resume need no web and no database"
PRIVATE = "A feature is used only through what its package exports"
INSIDE_FEATURE = "Inside a feature"
CYCLE = "Nothing imports in a circle"

VIOLATIONS = [
    pytest.param("ai_agents/client.py", "from resume_review.core import settings", ALONE, id="ai-uses-core"),
    pytest.param(
        "ai_agents/client.py", "import resume_review.database.session", ALONE, id="ai-uses-database"
    ),
    pytest.param(
        "database/session.py", "import resume_review.features.auth", LAYERS, id="database-uses-feature"
    ),
    pytest.param(
        "database/session.py",
        "import resume_review.infrastructure",
        LAYERS,
        id="database-uses-infrastructure",
    ),
    pytest.param(
        "documents/reading.py", "import resume_review.rubric.model", LAYERS, id="documents-use-rubric"
    ),
    pytest.param("rubric/model.py", "import resume_review.ai_agents.interface", LAYERS, id="rubric-uses-ai"),
    pytest.param("core/errors.py", "import resume_review.documents", LAYERS, id="core-uses-anything"),
    pytest.param("main.py", "import resume_review.testing", LAYERS, id="product-uses-doubles"),
    pytest.param(
        "features/auth/service.py", "import resume_review.api.router", LAYERS, id="feature-uses-api"
    ),
    pytest.param("brand_new/__init__.py", "", LAYERS, id="unplaced-package"),
    pytest.param("documents/reading.py", "import sqlalchemy", PURE, id="documents-use-sqlalchemy"),
    pytest.param("rubric/model.py", "from pydantic import BaseModel", PURE, id="rubric-uses-pydantic"),
    pytest.param(
        "features/auth/service.py",
        "import resume_review.ai_agents.workflows",
        INSIDE_AI,
        id="feature-uses-graph",
    ),
    pytest.param(
        "api/router.py", "import resume_review.ai_agents.providers", INSIDE_AI, id="api-uses-provider"
    ),
    pytest.param(
        "features/resume_upload/service.py",
        "import resume_review.features.auth.repository",
        PRIVATE,
        id="foreign-repository",
    ),
    pytest.param(
        "api/router.py", "from resume_review.features.auth import service", PRIVATE, id="api-uses-service"
    ),
    pytest.param("main.py", "import resume_review.features.auth.api", PRIVATE, id="main-uses-routes"),
    pytest.param(
        "features/auth/repository.py",
        "import resume_review.features.auth.service",
        INSIDE_FEATURE,
        id="repository-uses-service",
    ),
    pytest.param(
        "features/auth/service.py",
        "from resume_review.features.auth.api import x",
        INSIDE_FEATURE,
        id="service-uses-routes",
    ),
    pytest.param(
        "features/auth/schemas.py", "import resume_review.features.resume_upload", CYCLE, id="feature-cycle"
    ),
    pytest.param("rubric/model.py", "import resume_review.rubric.scoring", CYCLE, id="module-cycle"),
]

SKELETON = """
__init__ testing/__init__ cli/__init__ cli/app main worker web/__init__ api/__init__ api/router features/__init__
infrastructure/__init__ database/__init__ database/session rubric/__init__ rubric/model rubric/scoring
documents/__init__ documents/reading core/__init__ core/errors core/settings
ai_agents/__init__ ai_agents/interface ai_agents/client ai_agents/agents ai_agents/guardrails ai_agents/prompts
ai_agents/providers ai_agents/workflows
"""
FEATURE = "__init__ api tasks service repository schemas errors"

# What the rules allow, so that a planted violation is the only thing wrong with the skeleton.
ALLOWED = {
    "api/router.py": "import resume_review.features.auth.api",
    "worker.py": "import resume_review.features.resume_upload.tasks\nimport resume_review.ai_agents.workflows",
    "features/resume_upload/__init__.py": "import resume_review.features.auth",
    "features/resume_upload/tasks.py": "import resume_review.features.resume_upload.service",
    "features/auth/__init__.py": "import resume_review.features.auth.service",
    "features/auth/service.py": "import resume_review.ai_agents.interface\nimport resume_review.features.auth.repository",
    "rubric/model.py": "import resume_review.documents.reading",
    "rubric/scoring.py": "import resume_review.rubric.model",
}


def lint(folder: Path) -> "subprocess.CompletedProcess[str]":
    command = [ROOT / ".venv/bin/lint-imports", "--no-cache", "--config", folder / "pyproject.toml"]
    env = {"PYTHONPATH": str(folder / "src"), "PATH": "/usr/bin:/bin"}
    return subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, check=False)


@pytest.fixture
def skeleton(tmp_path: Path) -> Path:
    """A package of the project's shape under the project's contracts, with nothing wrong in it."""
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    shutil.copytree(ROOT / "scripts", tmp_path / "scripts")
    package = tmp_path / "src" / "resume_review"
    modules = [
        *SKELETON.split(),
        *(f"features/{name}/{module}" for name in ("auth", "resume_upload") for module in FEATURE.split()),
    ]
    for module in modules:
        path = package / f"{module}.py"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    for path, line in ALLOWED.items():
        (package / path).write_text(f"{line}\n")
    return tmp_path


def test_skeleton_keeps_every_contract(skeleton: Path) -> None:
    result = lint(skeleton)

    assert result.returncode == 0, result.stdout
    assert "0 broken" in result.stdout


@pytest.mark.parametrize(("path", "line", "contract"), VIOLATIONS)
def test_violation_breaks_its_contract(skeleton: Path, path: str, line: str, contract: str) -> None:
    target = skeleton / "src" / "resume_review" / path
    target.parent.mkdir(exist_ok=True)
    with target.open("a") as module:
        module.write(f"{line}\n")

    result = lint(skeleton)

    assert result.returncode == 1
    assert contract in result.stdout.partition("Broken contracts")[2], result.stdout


def test_the_project_keeps_every_contract() -> None:
    result = lint(ROOT)

    assert result.returncode == 0, result.stdout


def test_every_package_has_an_init() -> None:
    # A folder without one is not seen by import-linter, so that nothing in it would be checked.
    package = ROOT / "src" / "resume_review"
    folders = {path.parent for path in package.rglob("*.py")} - {package}
    exempt = {"tests", "versions", "migrations"}

    missing = [
        str(folder.relative_to(package))
        for folder in folders
        if not (folder / "__init__.py").exists() and not exempt & set(folder.relative_to(package).parts)
    ]

    assert missing == []
