"""A browser's session: what the cookie may do, and what others may not do with it."""

import pytest

pytestmark = pytest.mark.integration

COOKIE = "resume_review_session"
