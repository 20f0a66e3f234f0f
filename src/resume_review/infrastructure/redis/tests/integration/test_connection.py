import pytest

from resume_review.core.errors import StartupError
from resume_review.infrastructure.redis import connect_redis

pytestmark = pytest.mark.integration


async def test_a_server_that_does_not_answer_stops_the_start_with_one_line_without_the_password(
    unused_tcp_port: int,
) -> None:
    with pytest.raises(StartupError) as refused:
        async with connect_redis(f"redis://user:hidden@127.0.0.1:{unused_tcp_port}/0"):
            pass

    assert f"RESUME_REVIEW_REDIS_URL: cannot use the server at redis://127.0.0.1:{unused_tcp_port}/0" in (
        refused.value.detail
    )
    assert "hidden" not in refused.value.detail
