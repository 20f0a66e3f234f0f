"""Bounds that the HTTP parser lacks: on the head of a request, and on a body that nobody will read."""

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

MOST_HEAD_BYTES = 64 * 1024
# So much is read after an early answer, because a client that is cut off while it sends never sees the answer.
MOST_UNREAD_BYTES = 32 * 1024 * 1024


class BoundedProtocol(HttpToolsProtocol):
    """One connection, closed when a request's head has no end or its body goes on long after it was answered."""

    _in_head = False
    _head_bytes = 0
    _unread_bytes = 0

    def data_received(self, data: bytes) -> None:
        """What the client sent; a few kilobytes more than allowed may pass when they come all at once."""
        self._head_bytes += len(data)
        super().data_received(data)
        if self._in_head and self._head_bytes > MOST_HEAD_BYTES and not self.transport.is_closing():
            self.send_400_response("The head of the request is too long.")

    def on_message_begin(self) -> None:
        """A request begins."""
        super().on_message_begin()
        self._in_head, self._head_bytes, self._unread_bytes = True, 0, 0

    def on_headers_complete(self) -> None:
        """Its head has ended."""
        self._in_head = False
        super().on_headers_complete()

    def on_body(self, body: bytes) -> None:
        """A piece of its body."""
        if self.cycle.response_complete:
            self._unread_bytes += len(body)
            if self._unread_bytes > MOST_UNREAD_BYTES:
                self.transport.close()
        super().on_body(body)
