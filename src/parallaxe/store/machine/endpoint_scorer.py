"""Stance by a chat model behind a server that speaks OpenAI's `chat/completions`, as most servers of models do.

Each text is one request; some are under way at once. What may pass (a timeout, 429, 5xx, an answer of another form) is
tried again after a growing pause; whatever else goes wrong ends the whole call with one line that says what to do, and
never says the key. A server that refuses what not all servers know (`logprobs`, then `response_format`, then all but
the conversation) is asked without from then on.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from concurrent.futures import FIRST_EXCEPTION, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from threading import Event
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import httpx

from parallaxe.annotate.stance_prompt import AnswerError, answer_schema, messages, read_answer
from parallaxe.annotate.stance_scoring import Scores
from parallaxe.core.errors import SurroundingsError, UsageError
from parallaxe.core.labels import Label

_OPTION = "--stance-scorer"
_RANGES = {"timeout": (1, 3600), "together": (1, 64), "attempts": (1, 20)}
_PASSING = frozenset({408, 409, 425, 429})
_NOT_UNDERSTOOD = frozenset({400, 422, 501})
_LONGEST_PAUSE = 60.0
_ALTERNATIVES = 10
# Enough for the object that is asked for, however a tokenizer cuts its names.
_LONGEST_ANSWER = 400


@dataclass(frozen=True)
class Endpoint:
    """Where a model is asked, and how patiently.

    Args:
        url: base address; `/chat/completions` follows.
        model: name of the model, as the server knows it.
        key_variable: environment variable that holds the key; no key is sent where it is null.
        timeout: seconds that a server may stay silent.
        together: requests under way at once.
        attempts: how often one text is tried.
        first_pause: seconds before the second attempt; each further pause is twice as long.
    """

    url: str
    model: str
    key_variable: str | None = None
    timeout: float = 60.0
    together: int = 4
    attempts: int = 5
    first_pause: float = 1.0


def parse_endpoint(rest: str) -> Endpoint:
    """The endpoint that `URL#MODEL,option=value` names.

    >>> parse_endpoint("http://localhost:8000/v1#mistral-small,key=MISTRAL_KEY,together=8").model
    'mistral-small'

    Raises:
        UsageError: if it has another form, an option that is unknown or out of range, or a secret in its address.
    """
    address, _, called = rest.partition("#")
    model, *options = called.split(",")
    form = "write openai:URL#MODEL[,key=VARIABLE][,timeout=SECONDS][,together=N][,attempts=N]"
    try:
        parts = urlsplit(address)
        is_plain = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        is_plain = False
    if not is_plain or not model:
        raise UsageError(_OPTION, "no http address and model", form)
    if parts.username or parts.password or parts.query:
        what = "the address holds a name, a password or a query"
        raise UsageError(_OPTION, what, "put the key into an environment variable and name it: key=VARIABLE")
    given = dict(option.partition("=")[::2] for option in options)
    unknown = sorted(set(given) - {"key", *_RANGES})
    if unknown:
        raise UsageError(_OPTION, f"unknown option `{unknown[0][:20]}`", form)
    numbers = {name: _number(name, given[name]) for name in _RANGES if name in given}
    return Endpoint(address.rstrip("/"), model, given.get("key"), **numbers)


def _number(name: str, value: str) -> int:
    least, most = _RANGES[name]
    if not value.isdecimal() or not least <= int(value) <= most:
        raise UsageError(_OPTION, f"{name} is no number from {least} to {most}", f"write {name}={least} or more")
    return int(value)


class _Style(NamedTuple):
    """What is asked for beyond the conversation."""

    limits: bool
    response_format: bool
    logprobs: bool


# From what tells most to what every server knows.
_STYLES = (_Style(True, True, True), _Style(True, True, False), _Style(True, False, False), _Style(False, False, False))


class _PassingError(Exception):
    """May be well at the next attempt; `pause` is how many seconds the server asks to wait."""

    def __init__(self, what: str, pause: float | None = None) -> None:
        super().__init__(what)
        self.what, self.pause = what, pause


@dataclass
class EndpointScorer:
    """A `StanceScorer` that asks an endpoint; `definitions` are the French definitions of the polarities.

    Raises:
        SurroundingsError: if the variable of the key is not set.
    """

    endpoint: Endpoint
    definitions: Mapping[str, str] = field(default_factory=dict)
    _style: int = field(default=0, init=False)
    _key: str | None = field(default=None, init=False, repr=False)

    def __post_init__(self) -> None:
        variable = self.endpoint.key_variable
        if variable is not None:
            self._key = os.environ.get(variable, "").strip()
            if not self._key or not self._key.isascii() or not self._key.isprintable():
                what = "is not set" if not self._key else "is no key: it has characters that no header may have"
                raise SurroundingsError(f"environment variable {variable}", what, "export the key of the server in it")

    @property
    def tool(self) -> str:
        """The model with the version of the question."""
        return f"{self.endpoint.model}/1"

    def score(self, texts: Sequence[str], target: Label, names: Sequence[str]) -> list[Scores]:
        """As `StanceScorer.score`; equal texts are asked once.

        Raises:
            SurroundingsError: if the server cannot be reached, refuses, or answers in another form at each attempt.
        """
        distinct = list(dict.fromkeys(texts))
        if not distinct:
            return []
        ended = Event()
        with httpx.Client(timeout=self.endpoint.timeout, headers=self._headers()) as client:
            pool = ThreadPoolExecutor(max_workers=min(self.endpoint.together, len(distinct)))
            try:
                asked = {text: pool.submit(self._patient, client, text, target, names, ended) for text in distinct}
                for future in wait(asked.values(), return_when=FIRST_EXCEPTION).done:
                    future.result()
                scores = {text: future.result() for text, future in asked.items()}
            finally:
                ended.set()
                pool.shutdown(cancel_futures=True)
        return [scores[text] for text in texts]

    def _headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self._key}"} if self._key else {}

    def _patient(
        self, client: httpx.Client, text: str, target: Label, names: Sequence[str], ended: Event
    ) -> dict[str, float]:
        """Ask until there is an answer; `ended` cuts a pause short where another text has failed."""
        failure = _PassingError("not asked")
        for attempt in range(self.endpoint.attempts):
            if attempt and ended.wait(min(failure.pause or self._pause(attempt), _LONGEST_PAUSE)):
                break
            try:
                return self._ask(client, text, target, names)
            except _PassingError as error:
                failure = error
        what = f"{failure.what}, {self.endpoint.attempts} times over"
        raise self._failed(what, "see whether the server and its model are well, or allow it a longer timeout=SECONDS")

    def _pause(self, attempt: int) -> float:
        return self.endpoint.first_pause * float(2 ** (attempt - 1))

    def _ask(self, client: httpx.Client, text: str, target: Label, names: Sequence[str]) -> dict[str, float]:
        conversation = messages(text, target, names, self.definitions)
        while True:
            style = self._style
            response = self._post(client, self._request(conversation, names, _STYLES[style]))
            if response.status_code not in _NOT_UNDERSTOOD or style == len(_STYLES) - 1:
                break
            # Requests that were under way together must not step down twice for one refusal.
            self._style = max(self._style, style + 1)
        self._check_status(response)
        return _read(response, names)

    def _request(self, conversation: Sequence[object], names: Sequence[str], style: _Style) -> dict[str, Any]:
        request: dict[str, Any] = {"model": self.endpoint.model, "messages": conversation}
        if style.limits:
            request |= {"temperature": 0, "max_tokens": _LONGEST_ANSWER}
        if style.logprobs:
            request |= {"logprobs": True, "top_logprobs": _ALTERNATIVES}
        if style.response_format:
            described = {"name": "stance", "strict": True, "schema": answer_schema(names)}
            request["response_format"] = {"type": "json_schema", "json_schema": described}
        return request

    def _post(self, client: httpx.Client, request: Mapping[str, Any]) -> httpx.Response:
        try:
            return client.post(f"{self.endpoint.url}/chat/completions", json=request)
        except httpx.TimeoutException as error:
            raise _PassingError(f"no answer within {self.endpoint.timeout:g} seconds") from error
        except (httpx.TransportError, httpx.DecodingError) as error:
            raise _PassingError("the connection fails") from error
        except (httpx.HTTPError, httpx.InvalidURL, UnicodeError) as error:
            raise self._failed("it cannot be asked", "look at the address") from error

    def _check_status(self, response: httpx.Response) -> None:
        status = response.status_code
        if status in _PASSING or status >= 500:
            raise _PassingError(f"it answers {status}", _asked_pause(response))
        if status in {401, 403}:
            variable = self.endpoint.key_variable
            whose = f"the key in {variable}" if variable else "a request without a key"
            remedy = f"correct {variable}" if variable else "name the variable that holds the key: key=VARIABLE"
            raise self._failed(f"it refuses {whose} ({status})", remedy)
        if not response.is_success:
            # Its words may repeat what was sent, the key among it; they are not shown.
            remedy = f"look at the address, which should end before /chat/completions, and at `{self.endpoint.model}`"
            raise self._failed(f"it answers {status}", remedy)

    def _failed(self, what: str, remedy: str) -> SurroundingsError:
        return SurroundingsError(self.endpoint.url, what, remedy)


def _asked_pause(response: httpx.Response) -> float | None:
    """Seconds of `Retry-After`; null where it is missing or a date."""
    value = response.headers.get("Retry-After", "")
    return float(value) if value.isascii() and value.isdecimal() and len(value) < 6 else None


def _read(response: httpx.Response, names: Sequence[str]) -> dict[str, float]:
    """The probabilities of a successful response."""
    try:
        choice = response.json()["choices"][0]
        content = choice["message"]["content"]
        told = (choice.get("logprobs") or {}).get("content") or ()
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        raise _PassingError("its answer is no chat completion") from error
    if not isinstance(content, str):
        raise _PassingError("its answer has no words")
    try:
        return read_answer(content, names, told)
    except AnswerError as error:
        raise _PassingError(f"the model's answer is not what was asked for ({error})") from error
