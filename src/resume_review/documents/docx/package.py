"""The parts of a DOCX container and the relations between them."""

import posixpath
from dataclasses import dataclass
from urllib.parse import unquote

from resume_review.documents.archive import Archive
from resume_review.documents.docx.names import RELATIONSHIPS, STRICT
from resume_review.documents.limits import Limits
from resume_review.documents.model import Status
from resume_review.documents.reading import UnreadableError
from resume_review.documents.xml import Element, parse_xml


@dataclass(frozen=True, slots=True)
class Relation:
    """A link from one part to another, or out of the file."""

    id: str
    type: str
    target: str
    external: bool


class Package:
    """Reads parts by name; nothing outside the file is ever opened."""

    def __init__(self, data: bytes, limits: Limits) -> None:
        self.archive = Archive(data, limits)
        self._relations: dict[str, list[Relation]] = {}
        self.main = self._main_part()

    def _main_part(self) -> str:
        for relation in self.relations(""):
            if relation.type == "officeDocument" and not relation.external:
                return relation.target
        return "word/document.xml"

    def xml(self, name: str) -> Element | None:
        """Parse a part; null when it is missing."""
        data = self.archive.read(name)
        if data is None:
            return None
        for strict, usual in STRICT.items():
            data = data.replace(strict, usual)
        return parse_xml(data)

    def document(self) -> Element:
        """The main part."""
        root = self.xml(self.main)
        if root is None:
            raise UnreadableError(
                Status.MALFORMED,
                "The file holds no text part. Save it again as DOCX and upload the new copy.",
            )
        return root

    def relations(self, part: str) -> list[Relation]:
        """Relations of a part, with targets as names inside the container."""
        found = self._relations.get(part)
        if found is None:
            found = self._relations[part] = self._read_relations(part)
        return found

    def _read_relations(self, part: str) -> list[Relation]:
        folder, name = posixpath.split(part)
        root = self.xml(posixpath.join(folder, "_rels", f"{name}.rels"))
        if root is None:
            return []
        found: list[Relation] = []
        for element in root.iterfind(f"{RELATIONSHIPS}Relationship"):
            target = element.get("Target", "")
            external = element.get("TargetMode") == "External"
            if not external:
                target = (
                    posixpath.normpath(posixpath.join(folder, unquote(target)))
                    if not target.startswith("/")
                    else target[1:]
                )
            found.append(
                Relation(element.get("Id", ""), element.get("Type", "").rsplit("/", 1)[-1], target, external)
            )
        return found

    def related(self, kind: str) -> str | None:
        """Name of the first part of a kind that belongs to the document."""
        return next((r.target for r in self.relations(self.main) if r.type == kind and not r.external), None)
