"""A Postgres that lives in a directory: started, shared, watched and stopped by the processes that use it.

One directory holds everything: the cluster, the socket (mode 0700, which is what makes `trust` safe), three
lock files and the server log. Nothing else on the machine is changed and no network port is opened.

The rules of sharing:

- Every process that called `start()` is a user. The first one starts the server, later ones attach to it,
  and the last one to leave stops it.
- Only one process may be the owner (`Mode.OWN`); a second one is refused. Any number may share (`Mode.SHARE`).
- Every user watches the server. When it dies, one of them starts it again; callers only need to reconnect.
- A server left behind by users that were killed is adopted by the next start.
"""

from resume_review.database.embedded.errors import EmbeddedPostgresError
from resume_review.database.embedded.locks import Mode
from resume_review.database.embedded.server import DEFAULT_DATABASE, EmbeddedPostgres

__all__ = ["DEFAULT_DATABASE", "EmbeddedPostgres", "EmbeddedPostgresError", "Mode"]
