from collections.abc import AsyncIterator

import pytest

from resume_review.testing.receiver import Receiver, receiving


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    async with receiving() as running:
        yield running
