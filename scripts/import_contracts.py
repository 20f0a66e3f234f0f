"""The one rule about imports that import-linter has no contract for. Read by `lint-imports` through pyproject.toml."""

from typing import cast

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, fields, output
from importlinter.domain.helpers import module_expressions_to_modules
from importlinter.domain.imports import ModuleExpression


class PrivateInsides(Contract):
    """Each of the packages is imported from outside only as itself, not by what lies in it.

    The built-in `protected` contract needs one entry a package; this one holds for every folder that a
    wildcard matches, so a new feature is guarded from its first commit.

    Options:
        packages: the packages, wildcards allowed.
        doors: "inside <- outside": a module of each package ("*" for all) and the part that may import it as well.
    """

    type_name = "private_insides"

    packages = fields.ListField(subfield=fields.ModuleExpressionField())
    doors = fields.ListField(subfield=fields.StringField(), required=False)

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:  # noqa: ARG002, FBT001 - the base's signature
        expressions = cast("list[ModuleExpression]", self.packages)
        packages = {
            module.name for module in module_expressions_to_modules(graph, expressions, as_packages=False)
        }
        illegal = [
            f"{importer} -> {inside}"
            for package in sorted(packages)
            for inside in sorted(graph.find_descendants(package))
            for importer in sorted(graph.find_modules_that_directly_import(inside))
            if not _within(importer, package)
            and not self._has_door(importer, inside.removeprefix(f"{package}."))
        ]
        return ContractCheck(kept=not illegal, metadata={"illegal": illegal})

    def _has_door(self, importer: str, inside: str) -> bool:
        doors = (cast("str", door).split(" <- ") for door in cast("list[object]", self.doors or []))
        return any(
            (module == "*" or _within(inside, module)) and _within(importer, part) for module, part in doors
        )

    def render_broken_contract(self, check: ContractCheck) -> None:
        for line in cast("list[str]", check.metadata["illegal"]):
            output.print_error(f"- {line}", bold=False)
        output.new_line()


def _within(module: str, package: str) -> bool:
    return module == package or module.startswith(f"{package}.")
