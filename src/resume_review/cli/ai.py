"""`ai serve`: the models as a service, for platforms whose workers may not reach them."""

import asyncio
import sys
from collections.abc import Sequence

from resume_review.ai_agents.providers.factory import ModelSetupError
from resume_review.cli.loop import event_loop_factory
from resume_review.cli.models import open_alone
from resume_review.cli.parsing import CommandError, Parser
from resume_review.cli.serve import QuietServer, listen, uvicorn_config
from resume_review.core.errors import StartupError
from resume_review.core.settings import PREFIX, Settings, load_settings, reject_unknown_settings
from resume_review.features.monitoring import Breakers, ObservedModels, Watch
from resume_review.infrastructure.monitoring import configure_logging
from resume_review.infrastructure.monitoring.endpoint import serving_metrics
from resume_review.infrastructure.monitoring.telemetry import open_tracing
from resume_review.worker import analyzer_config

_DESCRIPTION = """Judge resumes for platforms whose AI_SERVICE_URL names this machine. Budgets and pace are those of
this process alone; ENGINE, MODEL and the keys are read here, the platform needs none of them."""


def run(arguments: Sequence[str]) -> int:
    """Serve until interrupted."""
    parser = Parser("resume-review ai", description=_DESCRIPTION)
    parser.add_argument("action", choices=["serve"], help="start the service")
    parser.add_argument("--host", help="address to listen on (default 127.0.0.1)")
    parser.add_argument("--port", type=int, default=8100, help="port (default %(default)s; 0: a free one)")
    given = parser.parse_args(arguments)
    try:
        reject_unknown_settings()
        settings = load_settings(host=given.host, port=given.port)
        configure_logging()
        with asyncio.Runner(loop_factory=event_loop_factory()) as runner:
            runner.run(_serve(settings))
    except StartupError as error:
        raise CommandError(error.detail) from None
    except ModelSetupError as error:
        raise CommandError(str(error)) from None
    return 0


async def _serve(settings: Settings) -> None:
    from resume_review.ai_agents.serving import create_service  # noqa: PLC0415 - beside the libraries of models

    if settings.ai_service_secret is None:
        raise StartupError(
            f"{PREFIX}AI_SERVICE_SECRET: platforms must show it; give both sides the same, "
            "for example the output of `openssl rand -hex 32`"
        )
    secret = settings.ai_service_secret.get_secret_value()
    with listen(settings) as listener:
        config = analyzer_config(settings)
        async with (
            open_tracing("resume-review-ai") as tracing,
            open_alone(config, observer=ObservedModels(tracing)) as opened,
            serving_metrics(settings, Watch(None, breakers=Breakers(config.models, opened.resting)).read),
            asyncio.TaskGroup() as group,
        ):
            server = QuietServer(uvicorn_config(create_service(opened, secret=secret)))
            group.create_task(server.serve(sockets=[listener]))
            await server.answering.wait()
            address = f"http://{settings.host}:{listener.getsockname()[1]}"
            sys.stdout.write(f"The AI service answers at {address} (engine {opened.analyzer.name})\n")
            sys.stdout.flush()
