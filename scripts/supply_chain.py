"""`audit`: known faults of what is shipped. `sbom`: a list of it, as CycloneDX 1.6 in dist/sbom.json.

Shipped is the wheel with its dependencies and extras, and the packages that the web interface is built of; tools that are
only run here are neither.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
BIN = Path(sys.executable).parent
SBOM = ROOT / "dist" / "sbom.json"
LOCKED = re.compile(r"^([a-z0-9._-]+)(?:\[[^\]]*\])?==", re.MULTILINE)

# A fault that does not reach us or has no mend yet: its id, the day on which it is looked at again, why.
EXCEPTIONS: dict[str, tuple[date, str]] = {}


def export(to: Path) -> str:
    """Write the locked requirements of what is shipped, with hashes; needs no network."""
    uv = shutil.which("uv") or str(next(ROOT.glob(".tools/*/bin/uv")))
    command = [uv, "export", "--frozen", "--offline", "--quiet", "--no-default-groups", "--all-extras"]
    subprocess.run(
        [*command, "--no-emit-project", "--output-file", to], cwd=ROOT, check=True, stdout=subprocess.DEVNULL
    )
    return to.read_text()


def audit(today: date) -> int:
    """0 when nothing is known against anything shipped, or every fault is an exception whose day has not come."""
    late = [fault for fault, (until, _) in EXCEPTIONS.items() if until < today]
    if late:
        print(f"audit: look again at {', '.join(late)}: the day named in scripts/supply_chain.py has come")
        return 1
    with tempfile.TemporaryDirectory() as folder:
        requirements = Path(folder) / "requirements.txt"
        export(requirements)
        ignored = [word for fault in EXCEPTIONS for word in ("--ignore-vuln", fault)]
        # Strict: what could not be asked about is a fault and not a blank.
        python = [
            BIN / "pip-audit",
            "--strict",
            "--disable-pip",
            "--require-hashes",
            "--requirement",
            requirements,
        ]
        node = [BIN / "npm", "audit", "--omit=dev", "--audit-level=low"]
        env = os.environ | {"PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}"}
        codes = [
            subprocess.run([*python, *ignored], cwd=ROOT, check=False).returncode,
            subprocess.run(node, cwd=ROOT / "frontend", env=env, check=False).returncode,
        ]
    if any(codes):
        print(
            "audit: not clean. A package index that passes on no advisories (a mirror) cannot answer: ask elsewhere."
        )
    return max(codes)


def bill() -> dict[str, Any]:
    """The list: Python packages as they are installed here, cut to what is shipped, and the web interface's own."""
    with tempfile.TemporaryDirectory() as folder:
        shipped = set(LOCKED.findall(export(Path(folder) / "requirements.txt")))
        path = Path(folder) / "sbom.json"
        command = [
            BIN / "cyclonedx-py",
            "environment",
            "--pyproject",
            ROOT / "pyproject.toml",
            "--mc-type",
            "application",
        ]
        options = [
            "--spec-version",
            "1.6",
            "--output-reproducible",
            "--no-validate",
            "--output-file",
            path,
            sys.executable,
        ]
        subprocess.run([*command, *options], check=True)
        made: dict[str, Any] = json.loads(path.read_text())
    made["components"] = [part for part in made["components"] if _name(part["name"]) in shipped] + _web()
    kept = {part["bom-ref"] for part in made["components"]} | {made["metadata"]["component"]["bom-ref"]}
    made["dependencies"] = [
        entry | {"dependsOn": sorted(set(entry.get("dependsOn", ())) & kept)}
        for entry in made["dependencies"]
        if entry["ref"] in kept
    ]
    return made


def _web() -> list[dict[str, Any]]:
    """Packages whose code is in the built interface: those of the lock file that are not for development alone."""
    locked = json.loads((ROOT / "frontend" / "package-lock.json").read_text())["packages"]
    found: dict[str, dict[str, Any]] = {}
    for place, package in locked.items():
        if not place or package.get("dev"):
            continue
        name = place.rpartition("node_modules/")[2]
        purl = f"pkg:npm/{name.replace('@', '%40')}@{package['version']}"
        found[purl] = {
            "type": "library",
            "bom-ref": purl,
            "name": name,
            "version": package["version"],
            "purl": purl,
            "licenses": [{"expression": package["license"]}],
        }
    return list(found.values())


def _name(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def main() -> int:
    match sys.argv[1:]:
        case ["audit"]:
            return audit(datetime.now(UTC).date())
        case ["sbom"]:
            SBOM.parent.mkdir(exist_ok=True)
            SBOM.write_text(json.dumps(bill(), indent=1) + "\n")
            print(f"wrote {SBOM.relative_to(ROOT)}")
            return 0
        case _:
            print("usage: supply_chain.py audit|sbom")
            return 2


if __name__ == "__main__":
    sys.exit(main())
