"""The wire to a server: every request is signed, every answer is data that was asked for or one error of ours.

All of it happens in a transport, below the httpx client and whoever asks with it, so that Label Studio's own SDK can
ask over the same wire: it is given no key and meets no error that is not ours already.

Only reads are tried again: a write whose answer was lost may have been done, and Label Studio knows no keys, so that
sending it twice would make two of it. Redirects are not followed, for a redirected POST becomes a GET.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import httpx

from parallaxe.core.errors import SurroundingsError, UsageError

URL_VARIABLE, KEY_VARIABLE = "LABEL_STUDIO_URL", "LABEL_STUDIO_API_KEY"
_PAUSES = (0.5, 2.0)
_LONGEST_WORDS, _SHORTEST_SECRET = 200, 8
_REMEDIES = {
    401: f"put a valid access token into {KEY_VARIABLE}: a personal one, or a legacy one where the server allows them",
    403: "use the token of somebody who may",
    404: "see whether it was deleted there; if everything is missing, correct " + URL_VARIABLE,
    413: "allow larger requests where a proxy stands before the server",
}


class ServerError(SurroundingsError):
    """A server of Label Studio cannot be reached, refuses, or answers what is no answer.

    Args:
        status: what HTTP says; null where there was no answer, or an answer of another form.
        passing: whether it may be well at the next attempt.
    """

    def __init__(self, where: str, what: str, remedy: str, *, status: int | None = None, passing: bool = False) -> None:
        super().__init__(where, what, remedy)
        self.status, self.passing = status, passing


class Wire(httpx.BaseTransport):
    """What an httpx client sends through: requests are signed, and only checked answers come back.

    Args:
        url: address of the server; a path in front of `/api` is kept.
        api_key: a personal access token (a JWT that access tokens are made with) or a legacy one.
        transport: another one than the network's, for tests.
        pause: waits so many seconds before a read is tried again.

    Raises:
        UsageError: if the address is none, or the key is missing or no key.
    """

    def __init__(
        self, url: str, api_key: str, transport: httpx.BaseTransport | None, pause: Callable[[float], object]
    ) -> None:
        self.address = _address(url)
        self._key, self._access, self._pause = _checked_key(api_key), "", pause
        self._where = f"Label Studio at {self.address.netloc.decode('ascii')}"
        # No proxy of the environment stands between us and our own machine.
        is_local = self.address.host in {"localhost", "127.0.0.1", "::1"}
        self._network = httpx.Client(transport=transport, trust_env=not is_local)

    def close(self) -> None:
        """Close all connections."""
        self._network.close()

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """The checked answer, its JSON as extension `data`; a read that fails for now is tried again.

        Raises:
            ServerError: if there is none.
        """
        for seconds in _PAUSES if request.method == "GET" else ():
            try:
                return self._check(self._signed(request))
            except ServerError as error:
                if not error.passing:
                    raise
            self._pause(seconds)
        return self._check(self._signed(request))

    def error(self, what: str, remedy: str, *, status: int | None = None, passing: bool = False) -> ServerError:
        """An error of this server; whatever the server may have said, no key is in it."""
        for secret in (self._key, self._access):
            # What is shorter than any key would only tear words apart.
            what = what.replace(secret, "…") if len(secret) >= _SHORTEST_SECRET else what
        return ServerError(self._where, what, remedy, status=status, passing=passing)

    def _signed(self, request: httpx.Request) -> httpx.Response:
        """The answer to a request that a legacy token signs, or the access token that a personal one is changed for."""
        # A JWT has three parts; a legacy token is hexadecimal.
        if self._key.count(".") != 2:
            request.headers["Authorization"] = f"Token {self._key}"
            return self._send(request)
        if self._access:
            request.headers["Authorization"] = f"Bearer {self._access}"
            response = self._send(request)
            if response.status_code != httpx.codes.UNAUTHORIZED:
                return response
        # It lives for minutes, and how many only the server knows.
        self._access = self._fresh_access(request.extensions)
        request.headers["Authorization"] = f"Bearer {self._access}"
        return self._send(request)

    def _fresh_access(self, extensions: Mapping[str, Any]) -> str:
        url = f"{self.address}/api/token/refresh/"
        request = self._network.build_request("POST", url, json={"refresh": self._key}, extensions=dict(extensions))
        data = self._check(self._send(request)).extensions["data"]
        access = data.get("access") if isinstance(data, dict) else None
        if not isinstance(access, str) or not _is_header(access):
            raise self.error("it makes no access token of the key", _REMEDIES[401])
        return access

    def _send(self, request: httpx.Request) -> httpx.Response:
        asked = _asked(request)
        try:
            return self._network.send(request)
        except httpx.ConnectError as error:
            remedy = f"start it (`parallaxe studio up`), or correct {URL_VARIABLE}"
            raise self.error("nobody answers there", remedy, passing=True) from error
        except httpx.TimeoutException as error:
            seconds = request.extensions["timeout"]["read"]
            what = f"no answer to {asked} within {seconds:g} seconds"
            raise self.error(what, "see whether the server is well, then run it again") from error
        except (httpx.TransportError, httpx.DecodingError) as error:
            raise self.error(f"the connection breaks off at {asked}", "run it again", passing=True) from error
        except (httpx.HTTPError, httpx.InvalidURL, UnicodeError) as error:
            raise self.error(f"{asked} cannot be asked", f"correct {URL_VARIABLE}") from error

    def _check(self, response: httpx.Response) -> httpx.Response:
        """The answer itself where it is what was asked for: no refusal, failure, redirect, page, or half of one."""
        status, asked = response.status_code, _asked(response.request)
        if response.is_redirect:
            raise self._redirected(response)
        if status == httpx.codes.TOO_MANY_REQUESTS or response.is_server_error:
            what = f"it answers {status} to {asked}{_words(response)}"
            raise self.error(what, "look into the log of the server, then run it again", status=status, passing=True)
        if not response.is_success:
            remedy = _REMEDIES.get(status, "see what it says, mend that and run it again")
            raise self.error(f"it answers {status} to {asked}{_words(response)}", remedy, status=status)
        try:
            response.extensions["data"] = response.json() if response.content else None
        except (ValueError, RecursionError) as error:
            raise self._unreadable(response) from error
        return response

    def _redirected(self, response: httpx.Response) -> ServerError:
        target, status = response.headers.get("location", ""), response.status_code
        if "login" in target:
            return self.error("it wants a log-in instead of the key", _REMEDIES[401], status=status)
        what = f"it sends us on from {_asked(response.request)} to another address"
        return self.error(what, f"put the address where it really is into {URL_VARIABLE}", status=status)

    def _unreadable(self, response: httpx.Response) -> ServerError:
        asked = _asked(response.request)
        if "html" in response.headers.get("content-type", "") or response.content.lstrip().startswith(b"<"):
            remedy = f"see whether a proxy or its log-in stands before the server, or correct {URL_VARIABLE}"
            return self.error(f"it answers a page instead of data to {asked}", remedy)
        return self.error(f"its answer to {asked} breaks off or is no JSON", "run it again", passing=True)


def _address(url: str) -> httpx.URL:
    remedy = f"write {URL_VARIABLE}=http://HOST:PORT"
    try:
        address = httpx.URL(url.strip().rstrip("/"))
        is_plain = (
            address.scheme in {"http", "https"} and bool(address.host) and "%" not in address.host and address.port != 0
        )
    except (httpx.InvalidURL, UnicodeError):
        is_plain = False
    if not is_plain:
        raise UsageError(URL_VARIABLE, "no http address", remedy)
    if address.userinfo or address.query:
        raise UsageError(URL_VARIABLE, "the address holds a name, a password or a query", remedy)
    return address


def _checked_key(api_key: str) -> str:
    key = api_key.strip()
    if not key:
        raise UsageError(KEY_VARIABLE, "no key", "export an access token of the server in it")
    if not _is_header(key):
        raise UsageError(
            KEY_VARIABLE, "it has characters that no key has", "export an access token of the server in it"
        )
    return key


def _is_header(value: str) -> bool:
    return bool(value) and value.isascii() and value.isprintable() and " " not in value


def _asked(request: httpx.Request) -> str:
    return f"{request.method} {request.url.path}"


def _words(response: httpx.Response) -> str:
    """What the server gives as its reason, on one line and cut short, for it may repeat the data that was sent."""
    try:
        said = response.json()
    except (ValueError, RecursionError):
        return ""
    if not isinstance(said, dict):
        return ""
    line = " ".join(_reasons(said.get("validation_errors") or said.get("detail")).split())
    return f" ({line[:_LONGEST_WORDS]}{'…' if len(line) > _LONGEST_WORDS else ''})" if line else ""


def _reasons(said: object) -> str:
    if isinstance(said, dict):
        return _reasons(list(said.values()))
    if isinstance(said, list):
        return "; ".join(map(_reasons, said))
    return said if isinstance(said, str) else ""
