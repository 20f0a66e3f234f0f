"""A server that speaks the vendors' protocols on a real socket, and misbehaves on demand.

OpenAI's chat completions, Anthropic's messages and Google's generateContent. What it does is scripted call by call;
when the script is used up it answers well.
"""

import asyncio
import json
import threading
from collections.abc import AsyncGenerator, Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, cast

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from resume_review.ai_agents.providers.fake import fenced_text, plausible_answer


class Behaviour(StrEnum):
    """What one call gets."""

    GOOD = "good"
    RATE_LIMITED = "rate_limited"
    LONG_WAIT = "long_wait"
    SERVER_ERROR = "server_error"
    OVERLOADED = "overloaded"
    HANG = "hang"
    CUT_STREAM = "cut_stream"
    BAD_JSON = "bad_json"
    NOT_THE_PROTOCOL = "not_the_protocol"
    WRONG_SHAPE = "wrong_shape"
    EMPTY = "empty"
    TRUNCATED = "truncated"
    REFUSAL = "refusal"
    OTHER_MODEL = "other_model"
    BAD_KEY = "bad_key"
    UNKNOWN_MODEL = "unknown_model"
    NO_SCHEMAS = "no_schemas"
    NO_TEMPERATURE = "no_temperature"
    INVENTED_QUOTES = "invented_quotes"
    MARKUP = "markup"
    LEAK_PROMPT = "leak_prompt"
    OBEY = "obey"


@dataclass(frozen=True)
class Asked:
    """One request as it came over the wire."""

    path: str
    body: str
    headers: dict[str, str]

    @property
    def json(self) -> Any:
        return json.loads(self.body)


@dataclass
class ModelServer:
    """Where it listens, what it is to do and what it was asked.

    Questions for a shape in `held` wait until it is taken out or the caller is gone; `waiting` are the shapes of those.
    `answered` are the shapes of answers that somebody got.
    """

    url: str = ""
    script: list[Behaviour] = field(default_factory=list)
    asked: list[Asked] = field(default_factory=list)
    latency_s: float = 0.0
    always: Behaviour = Behaviour.GOOD
    fixed_answers: dict[str, dict[str, Any]] = field(default_factory=dict)
    held: set[str] = field(default_factory=set)
    waiting: list[str] = field(default_factory=list)
    answered: list[str] = field(default_factory=list)

    def then(self, *behaviours: Behaviour) -> None:
        """Do this for the next calls, one after the other."""
        self.script += behaviours

    def next(self) -> Behaviour:
        """What the call that just came gets."""
        return self.script.pop(0) if self.script else self.always


_HELD_S = 0.01


@dataclass(frozen=True)
class Question:
    """What a model is asked, whoever the vendor is."""

    model: str
    system: str
    user: str
    shape: str


@contextmanager
def model_server(*more: Route) -> Generator[ModelServer]:
    """The server while the block runs, on a free port of the loopback address."""
    state = ModelServer()
    config = uvicorn.Config(_app(state, more), host="127.0.0.1", port=0, log_level="critical", lifespan="off")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        while not server.started:
            if not thread.is_alive():
                raise RuntimeError("The model server did not start.")
            thread.join(0.01)
        port = server.servers[0].sockets[0].getsockname()[1]
        state.url = f"http://127.0.0.1:{port}"
        yield state
    finally:
        server.should_exit = server.force_exit = True
        thread.join()


def openai_question(body: dict[str, Any]) -> Question:
    """What a request for a chat completion asks."""
    system, user = (str(message["content"]) for message in body["messages"][:2])
    form: dict[str, Any] = body.get("response_format") or {}
    shape = str(cast("dict[str, Any]", form.get("json_schema") or {}).get("name", ""))
    return Question(body["model"], system, user, shape or shape_from(system))


def anthropic_question(body: dict[str, Any]) -> Question:
    """What a request for a message asks."""
    system = "".join(str(part["text"]) for part in body["system"])
    form = json.dumps(body.get("output_config") or {})
    return Question(body["model"], system, str(body["messages"][0]["content"]), shape_from(form + system))


def _app(state: ModelServer, more: Sequence[Route]) -> Starlette:
    async def openai(request: Request) -> Response:
        body = await _body(state, request)
        schema = "json_schema" in (body.get("response_format") or {})
        question = openai_question(body)
        return await _answer(state, request, question, openai_answer, schema_given=schema, body=body)

    async def anthropic(request: Request) -> Response:
        body = await _body(state, request)
        schema, question = bool(body.get("output_config")), anthropic_question(body)
        return await _answer(state, request, question, anthropic_answer, schema_given=schema, body=body)

    async def google(request: Request) -> Response:
        body = await _body(state, request)
        system = str(body["systemInstruction"]["parts"][0]["text"])
        user = str(body["contents"][0]["parts"][0]["text"])
        model = request.path_params["call"].removesuffix(":generateContent")
        question = Question(model, system, user, shape_from(json.dumps(body.get("generationConfig", {}))))
        return await _answer(state, request, question, _google, schema_given=True, body=body)

    return Starlette(
        routes=[
            Route("/v1/chat/completions", openai, methods=["POST"]),
            Route("/chat/completions", openai, methods=["POST"]),
            Route("/v1/messages", anthropic, methods=["POST"]),
            Route("/v1beta/models/{call:path}", google, methods=["POST"]),
            *more,
        ]
    )


async def _body(state: ModelServer, request: Request) -> dict[str, Any]:
    raw = (await request.body()).decode()
    state.asked.append(Asked(request.url.path, raw, dict(request.headers)))
    return cast("dict[str, Any]", json.loads(raw))


def shape_from(text: str) -> str:
    """Which report is wanted, by the names of its scores."""
    if "achievement_relevance" in text:
        return "AppealReport"
    return "StructureReport" if "organization" in text else "SummaryReport"


async def _answer(
    state: ModelServer,
    request: Request,
    question: Question,
    reply: Any,
    *,
    schema_given: bool,
    body: dict[str, Any],
) -> Response:
    behaviour = state.next()
    if not await _let_go(state, request, question.shape):
        return Response(status_code=499)
    if state.latency_s:
        await asyncio.sleep(state.latency_s)
    refused = _refused(behaviour, schema_given=schema_given, body=body)
    if refused is not None:
        return refused
    if behaviour is Behaviour.HANG:
        await asyncio.sleep(60)
    text = await asyncio.to_thread(answer_text, state, behaviour, question)
    model = "another-model" if behaviour is Behaviour.OTHER_MODEL else question.model
    answer = json.dumps(reply(text, model, behaviour))
    if behaviour is Behaviour.NOT_THE_PROTOCOL:
        return Response("<html>Bad gateway</html>", media_type="text/html")
    if behaviour is Behaviour.CUT_STREAM:
        return StreamingResponse(
            _cut(answer), media_type="application/json", headers={"content-length": str(len(answer))}
        )
    state.answered.append(question.shape)
    return Response(answer, media_type="application/json")


async def _let_go(state: ModelServer, request: Request, shape: str) -> bool:
    """Whether the caller is still there when its question need not wait any more."""
    state.waiting.append(shape)
    try:
        while shape in state.held:
            if await request.is_disconnected():
                return False
            await asyncio.sleep(_HELD_S)
    finally:
        state.waiting.remove(shape)
    return True


async def _cut(answer: str) -> AsyncGenerator[str]:
    yield answer[: len(answer) // 2]


_STATUSES: dict[Behaviour, tuple[int, dict[str, str]]] = {
    Behaviour.RATE_LIMITED: (429, {"retry-after-ms": "20"}),
    Behaviour.LONG_WAIT: (429, {"retry-after": "3600"}),
    Behaviour.SERVER_ERROR: (500, {}),
    Behaviour.OVERLOADED: (529, {}),
    Behaviour.BAD_KEY: (401, {}),
    Behaviour.UNKNOWN_MODEL: (404, {}),
}


def _refused(behaviour: Behaviour, *, schema_given: bool, body: dict[str, Any]) -> Response | None:
    if behaviour in _STATUSES:
        status, headers = _STATUSES[behaviour]
        return _error(status, behaviour.value, headers)
    if behaviour is Behaviour.NO_SCHEMAS and schema_given:
        return _error(400, "unknown parameter: response_format.json_schema, output_config")
    if behaviour is Behaviour.NO_TEMPERATURE and "temperature" in body:
        return _error(400, "temperature is not supported by this model")
    return None


def _error(status: int, message: str, headers: dict[str, str] | None = None) -> Response:
    return JSONResponse({"error": {"message": message, "type": "error"}}, status, headers=headers)


_FIXED = {
    Behaviour.BAD_JSON: "Here is what I think: it is good.",
    Behaviour.WRONG_SHAPE: '{"score": 12}',
    Behaviour.EMPTY: "",
    Behaviour.REFUSAL: "",
}
_EVIL = '<img src="https://evil.example/x" onerror="alert(1)"> [look](https://evil.example/)'


def answer_text(state: ModelServer, behaviour: Behaviour, question: Question) -> str:
    """The model's words."""
    if behaviour in _FIXED:
        return _FIXED[behaviour]
    answer = state.fixed_answers.get(question.shape) or plausible_answer(
        fenced_text(question.user), question.shape
    )
    if behaviour is Behaviour.OBEY:
        answer["scores"] = dict.fromkeys(cast("dict[str, int]", answer.get("scores", {})), 5)
        answer["findings"] = []
    for number, finding in enumerate(cast("list[dict[str, Any]]", answer.get("findings", []))):
        match behaviour:
            case Behaviour.INVENTED_QUOTES:
                finding["quote"] = f"Won the national prize number {number} for consulting in 1999"
            case Behaviour.MARKUP:
                finding["issue"] = _EVIL
            case Behaviour.LEAK_PROMPT:
                finding["suggestion"] = question.system[:400]
            case _:
                break
    return json.dumps(answer, ensure_ascii=False)


def _tokens(text: str) -> int:
    return max(1, len(text) // 4)


def openai_answer(text: str, model: str, behaviour: Behaviour) -> dict[str, Any]:
    """A chat completion."""
    finish = {Behaviour.TRUNCATED: "length", Behaviour.REFUSAL: "content_filter"}.get(behaviour, "stop")
    return {
        "id": "chatcmpl-1",
        "object": "chat.completion",
        "created": 1,
        "model": model,
        "choices": [{"index": 0, "finish_reason": finish, "message": {"role": "assistant", "content": text}}],
        "usage": {
            "prompt_tokens": 1000,
            "completion_tokens": _tokens(text),
            "total_tokens": 1000 + _tokens(text),
            "prompt_tokens_details": {"cached_tokens": 200},
        },
    }


def anthropic_answer(text: str, model: str, behaviour: Behaviour) -> dict[str, Any]:
    """A message."""
    stop = {Behaviour.TRUNCATED: "max_tokens", Behaviour.REFUSAL: "refusal"}.get(behaviour, "end_turn")
    return {
        "id": "msg_1",
        "type": "message",
        "role": "assistant",
        "model": model,
        "content": [{"type": "text", "text": text}],
        "stop_reason": stop,
        "stop_sequence": None,
        "usage": {"input_tokens": 800, "output_tokens": _tokens(text), "cache_read_input_tokens": 200},
    }


def _google(text: str, model: str, behaviour: Behaviour) -> dict[str, Any]:
    finish = {Behaviour.TRUNCATED: "MAX_TOKENS", Behaviour.REFUSAL: "SAFETY"}.get(behaviour, "STOP")
    return {
        "candidates": [
            {"content": {"role": "model", "parts": [{"text": text}]}, "finishReason": finish, "index": 0}
        ],
        "usageMetadata": {
            "promptTokenCount": 1000,
            "candidatesTokenCount": _tokens(text),
            "cachedContentTokenCount": 200,
        },
        "modelVersion": model,
    }


def bodies(asked: Sequence[Asked]) -> str:
    """Everything that was sent, to look for what must not be there."""
    return "\n".join(one.body for one in asked)
