"""Shared fixtures, and no way out: tests reach this machine and nothing else."""

import logging

import pytest

from resume_review.infrastructure.monitoring import configure_logging

pytest_plugins = [
    "resume_review.testing.fixtures",
    "resume_review.testing.api",
    "resume_review.testing.programs",
    "resume_review.testing.redis",
    "resume_review.testing.clamd",
    "resume_review.testing.buckets",
]


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """Set what the command line would set, before pytest-socket reads it."""
    config.option.allow_hosts = "127.0.0.1,::1,localhost"
    config.option.allow_unix_socket = True
    # As in production: exceptions in logs are one line, without the values of local variables.
    configure_logging()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the slow ones, which mostly wait, so that no processor is idle while the last of them waits."""
    items.sort(key=lambda item: item.get_closest_marker("slow") is None)


@pytest.hookimpl(trylast=True)
def pytest_runtest_teardown() -> None:
    """Have the log lines of a test written while its output is still captured."""
    for handler in logging.getLogger().handlers:
        handler.flush()
