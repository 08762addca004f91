"""A server of chat completions for tests: on this machine, in a thread, saying what the test makes it say."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock, Thread
from typing import Any, NamedTuple, TypeAlias


class Reply(NamedTuple):
    """A status, a body and headers; nothing is answered before `pause` returns."""

    status: int
    body: object
    headers: Mapping[str, str] = {}
    pause: Callable[[], object] = bool


class Request(NamedTuple):
    """What was asked: path, headers in lower case, and the body as JSON."""

    path: str
    headers: Mapping[str, str]
    body: Mapping[str, Any]

    @property
    def passage(self) -> str:
        """The text that is to be judged."""
        question = self.body["messages"][-1]["content"]
        found = re.search(r'^Passage :\n(".*")$', question, re.MULTILINE)
        assert found is not None
        return str(json.loads(found[1]))


Behaviour: TypeAlias = Callable[[Request], Reply]


@dataclass
class ChatServer:
    """What it does next is `behaviour`; what it was asked is in `requests`, in the order in which it came."""

    behaviour: Behaviour
    url: str = ""
    requests: list[Request] = field(default_factory=list)
    most_at_once: int = 0
    _now: int = 0
    _lock: Lock = field(default_factory=Lock)

    def answer(self, request: Request) -> Reply:
        """Do what the test says, and count how many ask at the same time."""
        with self._lock:
            self.requests.append(request)
            self._now += 1
            self.most_at_once = max(self.most_at_once, self._now)
        try:
            reply = self.behaviour(request)
            reply.pause()
            return reply
        finally:
            with self._lock:
                self._now -= 1


@contextmanager
def serving(behaviour: Behaviour) -> Iterator[ChatServer]:
    """A server that lives as long as the block; afterwards its thread has ended and its port is free."""
    chat = ChatServer(behaviour)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            headers = {name.lower(): value for name, value in self.headers.items()}
            reply = chat.answer(Request(self.path, headers, body))
            data = reply.body if isinstance(reply.body, bytes) else json.dumps(reply.body).encode()
            try:
                self.send_response(reply.status)
                for name, value in {**reply.headers, "Content-Length": str(len(data))}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(data)
            except (BrokenPipeError, ConnectionResetError):
                # Who asked has gone, as after a timeout.
                self.close_connection = True

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    chat.url = f"http://127.0.0.1:{server.server_address[1]}/v1"
    try:
        yield chat
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def completion(content: object, logprobs: object = None) -> Reply:
    """A chat completion whose message is `content` as JSON, or as it stands where it is a text."""
    words = content if isinstance(content, str) else json.dumps(content)
    choice = {"index": 0, "message": {"role": "assistant", "content": words}, "finish_reason": "stop"}
    return Reply(200, {"object": "chat.completion", "choices": [{**choice, "logprobs": logprobs}]})


def stated(polarity: str, **probabilities: float) -> dict[str, object]:
    """The answer that a model is asked for."""
    return {"polarity": polarity, "probabilities": probabilities}


def tokens(content: str, cuts: list[str], at: str, alternatives: Mapping[str, float]) -> dict[str, object]:
    """`logprobs` of an answer that is cut into tokens, of which `at` might have been others, with probabilities."""
    assert "".join(cuts) == content
    others = [{"token": token, "logprob": math.log(value)} for token, value in alternatives.items()]
    return {"content": [{"token": t, "logprob": 0.0, "top_logprobs": others if t == at else []} for t in cuts]}
