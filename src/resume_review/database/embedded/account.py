"""Whom the server runs as: Postgres refuses root, so root drops to a plain user.

Without root the server simply runs as the current user. As root the choice is, in this order:

1. the owner of an existing cluster (a cluster never changes hands),
2. the owner of the data directory if that is a plain user, so that he can later start without root,
3. an account named `resume-review` if the administrator made one,
4. `nobody`. The cluster stays unreachable for other programs of that account, because the directory around it is
   private to root; they could still signal the server. Make a `resume-review` account where that matters.

No account is created and no permission outside the data directory is changed.
"""

import os
from collections.abc import Iterable
from dataclasses import dataclass

from resume_review.database.embedded.errors import EmbeddedPostgresError
from resume_review.database.embedded.layout import Layout

PREFERRED = ("resume-review", "nobody")


@dataclass(frozen=True)
class Account:
    """The user the server runs as; `switch` means that the supervisor is root and has to drop to it."""

    uid: int
    gid: int
    switch: bool

    @property
    def user(self) -> int | None:
        return self.uid if self.switch else None

    @property
    def group(self) -> int | None:
        return self.gid if self.switch else None

    @property
    def extra_groups(self) -> Iterable[int] | None:
        return () if self.switch else None


def choose_account(layout: Layout) -> Account:
    """Decide whom the server of this directory runs as.

    Raises:
        EmbeddedPostgresError: The cluster belongs to somebody else, or no plain user exists.
    """
    owner = layout.cluster.stat().st_uid if layout.cluster.exists() else None
    if os.geteuid() != 0:
        return _current_user(layout, owner)
    if owner == 0:
        raise EmbeddedPostgresError(
            f"{layout.cluster} belongs to root, and Postgres does not run as root. Give it to a plain user, "
            f"for example: chown -R nobody {layout.cluster}"
        )
    uid = owner if owner is not None else layout.root.stat().st_uid or _preferred_uid()
    ids = _ids(uid)
    return Account(uid, ids[1] if ids else layout.root.stat().st_gid, switch=True)


def _current_user(layout: Layout, owner: int | None) -> Account:
    uid = os.geteuid()
    if owner not in {None, uid}:
        raise EmbeddedPostgresError(
            f"{layout.cluster} belongs to user id {owner}, not to this user ({uid}). Start as its owner, or "
            "choose another directory with RESUME_REVIEW_DATA_DIR."
        )
    if owner is None and _ids(uid) is None:
        raise EmbeddedPostgresError(
            f"User id {uid} has no entry in /etc/passwd, which Postgres needs to create a database. Add one, or "
            "set RESUME_REVIEW_DATABASE_URL to a Postgres server."
        )
    return Account(uid, os.getegid(), switch=False)


def _preferred_uid() -> int:
    for name in PREFERRED:
        if ids := _ids(name):
            return ids[0]
    raise EmbeddedPostgresError(
        "Postgres does not run as root and this machine has no plain user to run it as. Create one "
        f"(useradd --system {PREFERRED[0]}), or start as a plain user."
    )


def _ids(user: int | str) -> tuple[int, int] | None:
    """User and group id of an account; null when there is none."""
    import pwd  # noqa: PLC0415 - does not exist on Windows, where this package must still be importable

    try:
        entry = pwd.getpwuid(user) if isinstance(user, int) else pwd.getpwnam(user)
    except KeyError:
        return None
    return entry.pw_uid, entry.pw_gid
