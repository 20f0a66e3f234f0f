"""Writes the API's description, from which the frontend's client is generated.

Usage: write_openapi.py [FILE], by default openapi.json of this clone.
"""

import json
import sys
import tempfile
from pathlib import Path

from resume_review.core.settings import load_settings
from resume_review.main import create_app

DESCRIPTION = Path(__file__).parents[1] / "openapi.json"


def main() -> None:
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else DESCRIPTION
    with tempfile.TemporaryDirectory() as folder:
        description = create_app(load_settings(data_dir=Path(folder))).openapi()
    target.write_text(json.dumps(description, indent=2, ensure_ascii=False, sort_keys=True) + "\n")


if __name__ == "__main__":
    main()
