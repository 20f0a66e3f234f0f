"""Lets the wheel and the source archive carry the built web interface, so that nobody who installs them needs Node."""

import os
import subprocess
import sysconfig
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class WebInterface(BuildHookInterface):
    """Builds what is not built yet; an editable install serves what `make web` builds."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Run Node's build unless its outcome is there (a source archive has it) or SKIP_WEB is set.

        Raises:
            RuntimeError: The build left no first page.
        """
        if version == "editable" or os.environ.get("SKIP_WEB"):
            return
        root = Path(self.root)
        page = root / "src" / "resume_review" / "web" / "static" / "index.html"
        if (root / "frontend").is_dir():
            programs = sysconfig.get_path("scripts")
            env = os.environ | {"PATH": os.pathsep.join((programs, os.environ.get("PATH", "")))}
            subprocess.run(["/bin/sh", "scripts/build_web.sh"], cwd=root, env=env, check=True)
        if not page.is_file():
            raise RuntimeError(f"{page} is missing: the wheel would have no web interface. Run `make web`.")
        build_data["artifacts"].append("src/resume_review/web/static/**")
