"""The vendors' batches on the model server: OpenAI's files and batches, Anthropic's message batches.

A batch ends when it is told to. Calls and single answers fail on demand.
"""

import json
from collections.abc import Awaitable, Callable, Generator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any, cast

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from resume_review.testing.batches_kept import (
    MESSAGES,
    Batch,
    Batches,
    Call,
    Line,
    Outcome,
    lines_of,
    model_of,
    refusal,
)
from resume_review.testing.model_server import (
    Asked,
    Behaviour,
    ModelServer,
    answer_text,
    anthropic_answer,
    anthropic_question,
    model_server,
    openai_answer,
    openai_question,
)

Endpoint = Callable[[Request], Awaitable[Response]]


@contextmanager
def batch_server() -> Generator[Batches]:
    """The model server with batches, while the block runs."""
    openai, anthropic = _OpenAI(), _Anthropic()
    with model_server(*openai.routes(), *anthropic.routes()) as models:
        openai.kept = anthropic.kept = kept = Batches(models)
        yield kept


class _Vendor:
    """What both have in common."""

    kept: Batches

    def failing(self, call: Call, endpoint: Endpoint) -> Endpoint:
        """The endpoint, with the faults that a test wants of it."""

        async def answer(request: Request) -> Response:
            if call is Call.SUBMIT or call is Call.UPLOAD:
                body = (await request.body()).decode()
                self.kept.models.asked.append(Asked(request.url.path, body, dict(request.headers)))
            status = self.kept.fault(call)
            if status:
                return refusal(status)
            response = await endpoint(request)
            if hook := self.kept.after.get(call):
                hook()
            return response if status is None else refusal(500)

        return answer

    def batch(self, request: Request) -> Batch | None:
        """The batch that a request names."""
        return self.kept.named(request.path_params["batch_id"])


class _OpenAI(_Vendor):
    def routes(self) -> list[Route]:
        return [
            Route("/v1/files", self.failing(Call.UPLOAD, self.upload), methods=["POST"]),
            Route("/v1/files", self.files),
            Route("/v1/files/{file_id}", self.failing(Call.DISCARD, self.remove), methods=["DELETE"]),
            Route("/v1/files/{file_id}/content", self.failing(Call.COLLECT, self.content)),
            Route("/v1/batches", self.failing(Call.SUBMIT, self.create), methods=["POST"]),
            Route("/v1/batches", self.failing(Call.LIST, self.batches)),
            Route("/v1/batches/{batch_id}", self.failing(Call.POLL, self.poll)),
            Route("/v1/batches/{batch_id}/cancel", self.failing(Call.CANCEL, self.cancel), methods=["POST"]),
        ]

    async def upload(self, request: Request) -> Response:
        async with request.form() as form:
            file = cast("Any", form["file"])
            text, name = (await file.read()).decode(), str(file.filename)
        file_id = self.kept.new_id("file")
        self.kept.files[file_id] = (name, text)
        return JSONResponse(_file(file_id, name, text))

    async def files(self, _: Request) -> Response:
        data = [_file(file_id, *file) for file_id, file in self.kept.files.items()]
        return JSONResponse({"object": "list", "data": data, "has_more": False})

    async def remove(self, request: Request) -> Response:
        file_id = request.path_params["file_id"]
        if self.kept.files.pop(file_id, None) is None:
            return refusal(404)
        return JSONResponse({"id": file_id, "object": "file", "deleted": True})

    async def content(self, request: Request) -> Response:
        file = self.kept.files.get(request.path_params["file_id"])
        return PlainTextResponse(file[1]) if file else refusal(404)

    async def create(self, request: Request) -> Response:
        body = await request.json()
        lines = [json.loads(line) for line in self.kept.files[body["input_file_id"]][1].splitlines()]
        questions = [(line["custom_id"], line["body"]) for line in lines]
        mark = body["metadata"]["resume_review_batch"]
        return self._shown(self.kept.make(mark, questions, body["input_file_id"]))

    async def batches(self, _: Request) -> Response:
        data = [self._body(batch) for batch in reversed(self.kept.made)]
        return JSONResponse({"object": "list", "data": data, "has_more": False})

    async def poll(self, request: Request) -> Response:
        batch = self.batch(request)
        if batch is None:
            return refusal(404)
        self.kept.polled(batch)
        if batch.outcome not in {Outcome.RUNNING, Outcome.INVALID} and not batch.results:
            lines = lines_of(self.kept, batch, _openai_line)
            for kind, wanted in (("output", True), ("error", False)):
                text = "".join(f"{line}\n" for good, line in lines if good is wanted)
                if text:
                    file_id = batch.results[f"{kind}_file_id"] = self.kept.new_id("file")
                    self.kept.files[file_id] = (f"{kind}.jsonl", text)
        return self._shown(batch)

    async def cancel(self, request: Request) -> Response:
        batch = self.batch(request)
        if batch is None:
            return refusal(404)
        batch.outcome = Outcome.CANCELLED
        return self._shown(batch)

    def _shown(self, batch: Batch) -> Response:
        return JSONResponse(self._body(batch))

    def _body(self, batch: Batch) -> dict[str, Any]:
        return {
            "id": batch.id,
            "object": "batch",
            "endpoint": "/v1/chat/completions",
            "input_file_id": batch.file_id,
            "completion_window": "24h",
            "status": "in_progress" if batch.outcome is Outcome.RUNNING else batch.outcome.value,
            "created_at": int(batch.created_at),
            "metadata": {"resume_review_batch": batch.mark},
            "output_file_id": None,
            "error_file_id": None,
        } | batch.results


def _file(file_id: str, name: str, text: str) -> dict[str, Any]:
    return {
        "id": file_id,
        "object": "file",
        "bytes": len(text),
        "created_at": 1,
        "filename": name,
        "purpose": "batch",
        "status": "processed",
    }


def _openai_line(models: ModelServer, custom_id: str, body: dict[str, Any], line: Line | Behaviour) -> str:
    answer: dict[str, Any] = {"id": "req", "custom_id": custom_id, "response": None, "error": None}
    if isinstance(line, Behaviour):
        question = openai_question(body)
        completion = openai_answer(answer_text(models, line, question), model_of(question, line), line)
        answer["response"] = {"status_code": 200, "request_id": "r", "body": completion}
    elif line is Line.EXPIRED:
        answer["error"] = {"code": "batch_expired", "message": "too late"}
    else:
        error = {"message": MESSAGES[line], "type": "invalid_request_error"}
        status = 500 if line is Line.ERROR else 400
        answer["response"] = {"status_code": status, "request_id": "r", "body": {"error": error}}
    return json.dumps(answer)


class _Anthropic(_Vendor):
    def routes(self) -> list[Route]:
        path = "/v1/messages/batches"
        return [
            Route(path, self.failing(Call.SUBMIT, self.create), methods=["POST"]),
            Route(path, self.failing(Call.LIST, self.batches)),
            Route(f"{path}/{{batch_id}}", self.failing(Call.POLL, self.poll)),
            Route(f"{path}/{{batch_id}}", self.failing(Call.DISCARD, self.remove), methods=["DELETE"]),
            Route(f"{path}/{{batch_id}}/results", self.failing(Call.COLLECT, self.results)),
            Route(f"{path}/{{batch_id}}/cancel", self.failing(Call.CANCEL, self.cancel), methods=["POST"]),
        ]

    async def create(self, request: Request) -> Response:
        requests = (await request.json())["requests"]
        questions = [(one["custom_id"], one["params"]) for one in requests]
        return _shown(request, self.kept.make("", questions))

    async def batches(self, request: Request) -> Response:
        data = [_message_batch(request, self.kept.polled(one)) for one in reversed(self.kept.made)]
        return JSONResponse({"data": data, "has_more": False, "first_id": None, "last_id": None})

    async def poll(self, request: Request) -> Response:
        batch = self.batch(request)
        return _shown(request, self.kept.polled(batch)) if batch else refusal(404)

    async def results(self, request: Request) -> Response:
        batch = self.batch(request)
        if batch is None:
            return refusal(404)
        lines = lines_of(self.kept, batch, _anthropic_line)
        return PlainTextResponse("".join(f"{line}\n" for _, line in lines))

    async def cancel(self, request: Request) -> Response:
        batch = self.batch(request)
        if batch is None:
            return refusal(404)
        batch.outcome = Outcome.CANCELLED
        return _shown(request, batch)

    async def remove(self, request: Request) -> Response:
        batch = self.batch(request)
        if batch is None:
            return refusal(404)
        batch.removed = True
        return JSONResponse({"id": batch.id, "type": "message_batch_deleted"})


def _shown(request: Request, batch: Batch) -> Response:
    return JSONResponse(_message_batch(request, batch))


def _message_batch(request: Request, batch: Batch) -> dict[str, Any]:
    ended = batch.outcome is not Outcome.RUNNING
    made = datetime.fromtimestamp(batch.created_at, UTC)
    total = len(batch.questions)
    counts = dict.fromkeys(("errored", "canceled", "expired"), 0)
    return {
        "id": batch.id,
        "type": "message_batch",
        "processing_status": "ended" if ended else "in_progress",
        "request_counts": counts | {"processing": 0 if ended else total, "succeeded": total if ended else 0},
        "created_at": made.isoformat(),
        "expires_at": (made + timedelta(days=1)).isoformat(),
        "ended_at": made.isoformat() if ended else None,
        "results_url": f"{request.base_url}v1/messages/batches/{batch.id}/results" if ended else None,
        "archived_at": None,
        "cancel_initiated_at": None,
    }


def _anthropic_line(models: ModelServer, custom_id: str, body: dict[str, Any], line: Line | Behaviour) -> str:
    result: dict[str, Any]
    if isinstance(line, Behaviour):
        question = anthropic_question(body)
        message = anthropic_answer(answer_text(models, line, question), model_of(question, line), line)
        result = {"type": "succeeded", "message": message}
    elif line is Line.EXPIRED:
        result = {"type": "expired"}
    else:
        kind = "api_error" if line is Line.ERROR else "invalid_request_error"
        error = {"type": kind, "message": MESSAGES[line]}
        result = {"type": "errored", "error": {"type": "error", "error": error, "request_id": None}}
    return json.dumps({"custom_id": custom_id, "result": result})
