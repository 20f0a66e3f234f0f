"""The files that deploy the platform: right by their own tools' word, and true of this program."""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from resume_review.cli.app import COMMANDS, main
from resume_review.core.settings import PREFIX, Settings, variables
from resume_review.testing.programs import require

pytestmark = pytest.mark.integration

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"
COMPOSE = DEPLOY / "compose" / "compose.yaml"
BASE = DEPLOY / "kubernetes" / "base"
UNITS = sorted((DEPLOY / "systemd").glob("*.service"))
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
KNOWN = {variable for name in Settings.model_fields for variable in variables(name)}
SETTING = re.compile(rf"\b{PREFIX}[A-Z0-9_]+\b")


def deployment_files() -> list[Path]:
    """Everything that may name a setting, except what is looked at elsewhere."""
    found = [path for path in DEPLOY.rglob("*") if path.is_file() and "monitoring" not in path.parts]
    return sorted([*found, ROOT / "Dockerfile", *WORKFLOWS])


def manifests() -> list[Path]:
    return [
        path for path in sorted((DEPLOY / "kubernetes").rglob("*.yaml")) if path.name != "kustomization.yaml"
    ]


def documents(path: Path) -> list[dict[str, Any]]:
    return [document for document in yaml.safe_load_all(path.read_text()) if document]


def tool(name: str, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [str(Path(sys.executable).with_name(name)), *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def complaints(done: subprocess.CompletedProcess[str]) -> str:
    return "" if done.returncode == 0 else done.stdout + done.stderr


def containers(node: Any) -> Iterator[dict[str, Any]]:
    """Containers of a manifest, however deep."""
    if isinstance(node, dict):
        for name, value in node.items():  # pyright: ignore[reportUnknownVariableType] - any YAML
            if name == "containers":
                yield from value
            else:
                yield from containers(value)
    elif isinstance(node, list):
        for entry in node:  # pyright: ignore[reportUnknownVariableType] - any YAML
            yield from containers(entry)


def commands() -> Iterator[tuple[str, list[str]]]:
    """What is run, and from which file: the words after `resume-review`."""
    for service, values in yaml.safe_load(COMPOSE.read_text())["services"].items():
        if "clamav" not in service and str(values.get("image", "")).startswith("${IMAGE"):
            yield f"compose {service}", values["command"]
    for path in [*manifests(), *(DEPLOY / "cloud-run").glob("*.yaml")]:
        for document in documents(path):
            yield from ((path.name, container["args"]) for container in containers(document))
    for path in UNITS:
        found = re.findall(r"^ExecStart=\S*/resume-review (.*)$", path.read_text(), re.MULTILINE)
        yield from ((path.name, line.split()) for line in found)
    dockerfile = (ROOT / "Dockerfile").read_text()
    yield "Dockerfile", re.findall(r'"([^"]+)"', dockerfile.rpartition("\nCMD ")[2])


def test_dockerfile_is_right_by_hadolint() -> None:
    assert complaints(tool("hadolint", "--failure-threshold", "info", ROOT / "Dockerfile")) == ""


@pytest.mark.parametrize(
    ("schema", "paths"),
    [
        pytest.param("compose-spec", [COMPOSE], id="compose"),
        pytest.param("dependabot", [ROOT / ".github" / "dependabot.yml"], id="dependabot"),
        pytest.param("github-workflows", WORKFLOWS, id="workflows"),
        pytest.param("github-workflows-require-timeout", WORKFLOWS, id="times of workflows"),
    ],
)
def test_files_fit_their_schema(schema: str, paths: list[Path]) -> None:
    assert complaints(tool("check-jsonschema", "--builtin-schema", schema, *paths)) == ""


def test_manifests_fit_kubernetes() -> None:
    assert complaints(tool("kubernetes-validate", "--strict", *manifests())) == ""


def test_a_wrong_manifest_is_found(tmp_path: Path) -> None:
    wrong = tmp_path / "api.yaml"
    wrong.write_text((BASE / "api.yaml").read_text().replace("readinessProbe", "readynessProbe"))

    assert "readynessProbe" in complaints(tool("kubernetes-validate", "--strict", wrong))


@pytest.mark.parametrize(
    "path", sorted(DEPLOY.rglob("kustomization.yaml")), ids=lambda path: path.parent.name
)
def test_kustomization_names_files_that_are_there(path: Path) -> None:
    content = documents(path)[0]

    named = [*content.get("resources", []), *content.get("components", [])]

    assert [name for name in named if not (path.parent / name).exists()] == []
    if path.parent == BASE:
        apart = {"kustomization.yaml", "secret.example.yaml"}
        assert {file.name for file in BASE.glob("*.yaml")} - apart == set(named)


@pytest.mark.parametrize("path", deployment_files(), ids=lambda path: str(path.relative_to(ROOT)))
def test_settings_that_are_named_exist(path: Path) -> None:
    assert set(SETTING.findall(path.read_text())) - KNOWN == set()


@pytest.mark.parametrize(
    ("source", "words"),
    [pytest.param(source, words, id=f"{source}: {' '.join(words)}") for source, words in commands()],
)
def test_commands_that_are_run_exist(
    source: str, words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert words[0] in COMMANDS
    assert main([words[0], "--help"]) == 0
    told = capsys.readouterr().out

    assert [word for word in words[1:] if not word.isdecimal() and word not in told] == []


def test_every_pod_of_ours_is_confined() -> None:
    """Not root, nothing to gain, a root file system that cannot be written, no word with the cluster."""
    pods = [
        document["spec"]["template"]["spec"]
        for path in manifests()
        for document in documents(path)
        if document["kind"] in {"Deployment", "Job"}
    ]

    assert len(pods) == 3
    for pod in pods:
        assert pod["securityContext"]["runAsNonRoot"] is True
        assert pod["securityContext"]["seccompProfile"] == {"type": "RuntimeDefault"}
        assert pod["automountServiceAccountToken"] is False
        for container in pod["containers"]:
            assert container["securityContext"] == {
                "allowPrivilegeEscalation": False,
                "readOnlyRootFilesystem": True,
                "capabilities": {"drop": ["ALL"]},
            }
            assert container["resources"]["limits"]["memory"]


def test_selectors_find_their_pods() -> None:
    """Budgets, services and the autoscaler name labels and deployments that exist."""
    found = [document for path in manifests() for document in documents(path)]
    labels = [
        document["spec"]["template"]["metadata"]["labels"]["app.kubernetes.io/component"]
        for document in found
        if document["kind"] == "Deployment"
    ]
    names = [document["metadata"]["name"] for document in found if document["kind"] == "Deployment"]

    assert sorted(labels) == ["api", "worker"]
    for document in found:
        spec = document.get("spec", {})
        if document["kind"] == "Service":
            assert spec["selector"]["app.kubernetes.io/component"] == "api"
        if document["kind"] == "PodDisruptionBudget":
            assert spec["selector"]["matchLabels"]["app.kubernetes.io/component"] in labels
        if document["kind"] == "HorizontalPodAutoscaler":
            assert spec["scaleTargetRef"]["name"] in names


def test_every_service_of_compose_is_confined_and_watched() -> None:
    content = yaml.safe_load(COMPOSE.read_text())

    for name, service in content["services"].items():
        assert "no-new-privileges:true" in service["security_opt"], name
        assert "healthcheck" in service or name == "app", name
        assert ":latest" not in service["image"].replace("${IMAGE:-resume-review:latest}", ""), name
        if service["image"].startswith("${IMAGE"):
            assert (service["read_only"], service["cap_drop"]) == (True, ["ALL"]), name
    assert content["networks"]["inside"]["internal"] is True


def test_example_of_the_environment_has_every_variable_of_compose() -> None:
    example = (COMPOSE.parent / "env.example").read_text()
    given = set(re.findall(r"^([A-Z_]+)=", example, re.MULTILINE))

    asked = set(re.findall(r"\$\{([A-Z_]+)", COMPOSE.read_text())) - {"IMAGE"}

    assert asked == given


def test_no_secret_is_written_into_a_file() -> None:
    """Secrets of examples say that they are to be changed; all others come from outside."""
    secret = re.compile(r"(?m)^\s*\S*(?:PASSWORD|SECRET_KEY|API_KEY|STORAGE_KEY|TOKEN)\S*[ ]*[:=][ ]*(\S+)")
    for path in deployment_files():
        for value in secret.findall(path.read_text()):
            assert value.startswith(("CHANGE-ME", "${")), f"{path}: {value}"


@pytest.mark.parametrize("path", UNITS, ids=lambda path: path.name)
def test_unit_is_right_by_systemd(path: Path, tmp_path: Path) -> None:
    require("systemd-analyze")
    there = path.read_text().replace("/opt/resume-review/bin/resume-review", "/bin/true")
    unit = tmp_path / path.name
    unit.write_text(there)

    verified = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", unit], capture_output=True, text=True, check=False
    )
    exposure = subprocess.run(
        ["systemd-analyze", "security", "--offline=true", "--threshold=20", "--no-pager", unit],
        capture_output=True,
        text=True,
        check=False,
    )

    assert (verified.returncode, verified.stderr) == (0, "")
    assert exposure.returncode == 0, exposure.stdout[-200:]


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_actions_are_pinned_by_commit(path: Path) -> None:
    used = re.findall(r"uses: (\S+)(.*)", path.read_text())

    assert used
    for action, note in used:
        assert re.fullmatch(r"[\w./-]+@[0-9a-f]{40}", action), action
        assert re.fullmatch(r" # v\d+\.\d+\.\d+", note), f"{action}: name its version in a comment"
