"""Opens what the environment asks for; where nobody receives spans, nothing of OpenTelemetry is loaded."""

import os
from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from importlib.util import find_spec

from resume_review.core.errors import StartupError
from resume_review.infrastructure.monitoring.tracing import NO_TRACING, Tracing

ENDPOINT = "OTEL_EXPORTER_OTLP_ENDPOINT"
TRACES_ENDPOINT = "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT"
PROTOCOLS = ("OTEL_EXPORTER_OTLP_TRACES_PROTOCOL", "OTEL_EXPORTER_OTLP_PROTOCOL")
PROTOCOL = "http/protobuf"
MODULES = ("opentelemetry", "opentelemetry.sdk", "opentelemetry.exporter")


def is_traced(environ: Mapping[str, str]) -> bool:
    """Whether OpenTelemetry's own variables ask for traces."""
    if environ.get("OTEL_SDK_DISABLED", "").strip().lower() == "true":
        return False
    if environ.get("OTEL_TRACES_EXPORTER", "otlp").strip() != "otlp":
        return False
    return bool(environ.get(TRACES_ENDPOINT) or environ.get(ENDPOINT))


@asynccontextmanager
async def open_tracing(service: str) -> AsyncGenerator[Tracing]:
    """Spans to the receiver that the environment names, under this name unless it names another.

    A receiver that is away or slow costs spans, never a request.

    Raises:
        StartupError: The extra is not installed, or a protocol is asked for that it does not speak.
    """
    if not is_traced(os.environ):
        yield NO_TRACING
        return
    for variable in PROTOCOLS:
        if os.environ.get(variable, PROTOCOL) != PROTOCOL:
            raise StartupError(f"{variable}: only {PROTOCOL} is spoken. Example: {variable}={PROTOCOL}")
    if not all(find_spec(module) for module in MODULES):
        raise StartupError(
            f"{ENDPOINT}: traces need the extra `tracing`. Install resume-review[tracing], or unset it."
        )
    from resume_review.infrastructure.monitoring.spans import OpenTelemetryTracing  # noqa: PLC0415 - 100 ms

    tracing = OpenTelemetryTracing(service)
    try:
        yield tracing
    finally:
        await tracing.close()
