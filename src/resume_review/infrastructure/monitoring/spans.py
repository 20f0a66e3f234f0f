"""Traces by OTLP over HTTP; loaded only when somebody receives them."""

import asyncio
import threading
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from importlib.metadata import version

from opentelemetry import trace
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import SERVICE_NAME, SERVICE_VERSION, Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from opentelemetry.trace import SpanKind, Status, StatusCode
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

from resume_review.infrastructure.monitoring.origin import TRACEPARENT, under_span
from resume_review.infrastructure.monitoring.tracing import Kind, Value

FLUSH_SECONDS = 3.0
"""How long a stop waits for the last spans to be taken."""

_UNNAMED = "unknown_service"
_KINDS = {
    Kind.SERVER: SpanKind.SERVER,
    Kind.CONSUMER: SpanKind.CONSUMER,
    Kind.CLIENT: SpanKind.CLIENT,
    Kind.INTERNAL: SpanKind.INTERNAL,
}


class OpenTelemetryTracing:
    """Sends spans in batches from a thread of its own; endpoint, headers and sampling come from the environment."""

    def __init__(self, service: str) -> None:
        resource = Resource.create({SERVICE_VERSION: version("resume-review")})
        if str(resource.attributes[SERVICE_NAME]).startswith(_UNNAMED):
            resource = resource.merge(Resource({SERVICE_NAME: service}))
        self._provider = TracerProvider(resource=resource, shutdown_on_exit=False)
        self._provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter()))
        self._tracer = self._provider.get_tracer("resume_review")
        self._propagator = TraceContextTextMapPropagator()

    @contextmanager
    def span(
        self,
        name: str,
        *,
        kind: Kind = Kind.INTERNAL,
        parent: str | None = None,
        attributes: Mapping[str, Value] | None = None,
    ) -> Generator["_Span"]:
        """See `Tracing.span`."""
        context = self._propagator.extract({TRACEPARENT: parent}) if parent else None
        # An exception's words and lines may quote a resume: its name alone is told.
        with self._tracer.start_as_current_span(
            name,
            context=context,
            kind=_KINDS[kind],
            attributes=attributes,
            record_exception=False,
            set_status_on_exception=False,
        ) as opened:
            span, about = _Span(opened), opened.get_span_context()
            trace_id = trace.format_trace_id(about.trace_id)
            traceparent = f"00-{trace_id}-{trace.format_span_id(about.span_id)}-{about.trace_flags:02x}"
            with under_span(traceparent, trace_id=trace_id):
                try:
                    yield span
                except BaseException as error:
                    span.failed(type(error).__name__)
                    raise

    async def close(self) -> None:
        """Send what is left; a receiver that does not take it in time goes without."""
        closing = threading.Thread(target=self._provider.shutdown, daemon=True)
        closing.start()
        await asyncio.to_thread(closing.join, FLUSH_SECONDS)


class _Span:
    def __init__(self, span: trace.Span) -> None:
        self._span = span

    def note(self, attributes: Mapping[str, Value]) -> None:
        self._span.set_attributes(dict(attributes))

    def rename(self, name: str) -> None:
        self._span.update_name(name)

    def failed(self, kind: str) -> None:
        self._span.set_attribute("error.type", kind)
        self._span.set_status(Status(StatusCode.ERROR))
