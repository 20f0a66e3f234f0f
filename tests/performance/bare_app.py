"""The baseline for the API: a bare FastAPI that selects one row through psycopg, in a process of its own.

Usage: bare_app.py CONNINFO; prints the address it answers at.
"""

import asyncio
import socket
import sys
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

import uvicorn
from fastapi import FastAPI
from psycopg_pool import AsyncConnectionPool
from pydantic import BaseModel

from resume_review.cli.loop import event_loop_factory


class Answer(BaseModel):
    number: int


def create_bare_app(conninfo: str) -> FastAPI:
    pool = AsyncConnectionPool(conninfo, min_size=10, max_size=20, open=False)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncGenerator[None]:
        async with pool:
            yield

    app = FastAPI(lifespan=lifespan)

    @app.get("/")
    async def select() -> Answer:
        async with pool.connection() as connection:
            row = await (await connection.execute("SELECT 1")).fetchone()
        return Answer(number=row[0] if row else 0)

    return app


def main() -> None:
    listener = socket.create_server(("127.0.0.1", 0))
    print(f"answers at http://127.0.0.1:{listener.getsockname()[1]}", flush=True)
    config = uvicorn.Config(create_bare_app(sys.argv[1]), log_config=None, access_log=False)
    with asyncio.Runner(loop_factory=event_loop_factory()) as runner:
        runner.run(uvicorn.Server(config).serve(sockets=[listener]))


if __name__ == "__main__":
    main()
