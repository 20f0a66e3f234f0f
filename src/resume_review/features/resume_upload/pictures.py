"""Drawing pages without keeping the event loop."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from resume_review.documents.painting import IsolatedPainter

NARROWEST, WIDEST, USUAL = 100, 2000, 1000

# Long enough for somebody who pages through a resume; the pictures go with the file.
KEPT_FOR = timedelta(minutes=10)


class PagePainter:
    """Draws pages in child processes, a few at once; the others wait in a queue of their own."""

    def __init__(self, *, children: int) -> None:
        self._painter = IsolatedPainter(children=children)
        self._threads = ThreadPoolExecutor(children, thread_name_prefix="painting")

    async def paint(self, data: bytes, *, page: int, width: int) -> bytes | None:
        """The page as WEBP; null when it cannot be drawn within the limits."""
        drawing = self._threads.submit(self._painter.paint, data, page=page, width=width)
        return await asyncio.wrap_future(drawing)

    async def close(self) -> None:
        """Draw nothing more; what is being drawn is waited for."""
        self._threads.shutdown(wait=False, cancel_futures=True)
        await asyncio.to_thread(self._painter.close)
