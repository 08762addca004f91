"""The edge of the network: huggingface_hub, whose errors become ours, which keeps quiet, and whose token nobody sees.

Where the Hub is and who asks is the client's business: `HF_ENDPOINT`, `HF_TOKEN`, `hf auth login`.
"""

from __future__ import annotations

import logging
import re
import warnings
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import cast

from huggingface_hub import HfApi, get_token
from huggingface_hub.errors import (
    GatedRepoError,
    HfHubHTTPError,
    HFValidationError,
    LocalEntryNotFoundError,
    OfflineModeIsEnabled,
    RepositoryNotFoundError,
    RevisionNotFoundError,
)
from huggingface_hub.utils import validate_repo_id  # type: ignore[attr-defined] # documented, but not re-exported
from huggingface_hub.utils.logging import get_logger
from huggingface_hub.utils.tqdm import are_progress_bars_disabled, disable_progress_bars, enable_progress_bars

from parallaxe import __version__
from parallaxe.core.errors import DataError, ParallaxeError, SurroundingsError, UsageError

LOG_IN = "log in (`hf auth login`, or HF_TOKEN)"

_NETWORK = cast("tuple[type[Exception], ...]", HfHubHTTPError.__bases__)
"""What its HTTP library raises (httpx in huggingface_hub 1, httpx2 in 2) is a base of its own error, beside OSError."""
_CARD = "Invalid metadata in README.md."
_LONGEST_WORDS = 160
_WAITS = re.compile(r"(?:Waiting|Retrying in) (\d+)")


def hub_api() -> HfApi:
    """The client, as its environment sets it up."""
    return HfApi(library_name="parallaxe", library_version=__version__)


class _Waiting(logging.Handler):
    """Passes on that the client waits, and leaves out all else that it says."""

    def __init__(self, say: Callable[[str], object]) -> None:
        super().__init__(logging.WARNING)
        self._say = say

    def emit(self, record: logging.LogRecord) -> None:
        """Tell it where it is that."""
        if found := _WAITS.search(record.getMessage()):
            self._say(f"the Hub is not ready: waiting {found[1]} seconds")


@contextmanager
def quiet(say: Callable[[str], object] = str) -> Iterator[None]:
    """Let the client print nothing itself: neither bars, nor warnings; `say` is told when it waits to try again."""
    logger, had_bars = get_logger(), not are_progress_bars_disabled()
    handlers, level = logger.handlers, logger.level
    logger.handlers = [_Waiting(say)]
    logger.setLevel(logging.WARNING)
    try:
        with warnings.catch_warnings(action="ignore"):
            if had_bars:
                disable_progress_bars()
            yield
    finally:
        logger.handlers = handlers
        logger.setLevel(level)
        if had_bars:
            enable_progress_bars()


@contextmanager
def hub_errors(where: str, api: HfApi) -> Iterator[None]:
    """Turn what the client raises into one clear error about `where`; no token is in it.

    Raises:
        UsageError: if something is asked that is not there, or not for this token.
        SurroundingsError: if the network or the server fails, or somebody else writes at the same time.
    """
    try:
        yield
    except ParallaxeError:
        raise
    except Exception as error:
        found = _mapped(where, _reason(error), api)
        if found is None:
            raise
        raise found from error


def _reason(error: BaseException) -> BaseException:
    """What happened on the network, where the client wraps it into something else."""
    is_wrapped = isinstance(error, (LocalEntryNotFoundError, RuntimeError)) and error.__cause__ is not None
    return _reason(cast("BaseException", error.__cause__)) if is_wrapped else error


_REFUSALS: Mapping[type[Exception], tuple[str, str]] = {
    HFValidationError: ("no name of a dataset", "write OWNER/NAME, in letters, digits, `-`, `_` and `.`"),
    GatedRepoError: ("access has to be granted", f"ask for it on the dataset's page, then {LOG_IN}"),
    RepositoryNotFoundError: ("no such dataset, or none that you may see", f"correct its name, or {LOG_IN}"),
    RevisionNotFoundError: ("no such revision", "name a branch, a tag or a commit of the dataset"),
}


def _mapped(where: str, error: BaseException, api: HfApi) -> ParallaxeError | None:
    for kind, (what, remedy) in _REFUSALS.items():
        if isinstance(error, kind):
            return UsageError(where, what, remedy)
    if isinstance(error, HfHubHTTPError):
        return _answered(where, error, api)
    if isinstance(error, ValueError) and str(error).startswith(_CARD):
        reasons = " ".join(str(error).removeprefix(_CARD).split())
        return DataError("README.md", f"the Hub does not take its YAML ({reasons})", "mend DATASET_CARD.md and build")
    what, remedy = _failure(error, api.endpoint)
    return SurroundingsError(where, what, remedy) if what else None


def _failure(error: BaseException, endpoint: str) -> tuple[str, str]:
    """What failed without an answer of the Hub, and what to do; empty where the network has no part in it."""
    if isinstance(error, OfflineModeIsEnabled):
        return "the client is told to stay offline", "unset HF_HUB_OFFLINE"
    if isinstance(error, _NETWORK) and not (isinstance(error, OSError) and error.errno):
        what = f"{endpoint} cannot be reached, or the connection breaks off"
        return what, "see whether the network and HF_ENDPOINT are right, then run it again"
    if isinstance(error, (ValueError, KeyError)):
        what = f"{endpoint} does not answer as the Hub does"
        return what, "see whether HF_ENDPOINT is right, or a proxy answers instead"
    return "", ""


_ANSWERS: Mapping[int, tuple[type[ParallaxeError], str, str]] = {
    401: (UsageError, "the Hub does not accept the token", f"{LOG_IN} with one that holds"),
    402: (UsageError, "the Hub wants a paid account for that", "see the settings of the account"),
    403: (UsageError, "the token may not do that", "use a token that may write to this dataset"),
    409: (SurroundingsError, "somebody else is writing to it", "run it again"),
    412: (SurroundingsError, "it changed while this ran", "nothing was committed: run it again and look at the plan"),
    413: (SurroundingsError, "the Hub finds it too large", "see the limits of the Hub"),
}


def _answered(where: str, error: HfHubHTTPError, api: HfApi) -> ParallaxeError:
    status, words = error.response.status_code, _words(error, api)
    if status in _ANSWERS:
        kind, what, remedy = _ANSWERS[status]
        return kind(where, f"{what}{words}", remedy)
    if status == 429:
        seconds = error.response.headers.get("Retry-After", "")
        remedy = f"run it again in {seconds} seconds" if seconds.isdigit() else "run it again later"
        return SurroundingsError(where, "the Hub wants fewer requests", remedy)
    return SurroundingsError(where, f"the Hub answers {status}{words}", "run it again later")


def _words(error: HfHubHTTPError, api: HfApi) -> str:
    """What the server gives as its reason, on one line and cut short, without the token."""
    line = " ".join((error.server_message or "").split())
    line = line.replace(current_token(api) or "\0", "…")
    return f" ({line[:_LONGEST_WORDS]}{'…' if len(line) > _LONGEST_WORDS else ''})" if line else ""


def current_token(api: HfApi) -> str | None:
    """The token that the client sends; null where there is none.

    Raises:
        UsageError: if it is none that could be sent.
    """
    token = api.token if isinstance(api.token, str) else None if api.token is False else get_token()
    if token is not None and not (token.isascii() and token.isprintable() and " " not in token):
        raise UsageError("HF_TOKEN", "it has characters that no token has", LOG_IN)
    return token


def checked_name(repo: str) -> str:
    """The name of a dataset, OWNER/NAME, of which `hf://` may be the beginning.

    >>> checked_name("hf://le-port/presse")
    'le-port/presse'

    Raises:
        UsageError: if it is none.
    """
    name = repo.removeprefix("hf://").removeprefix("datasets/")
    try:
        validate_repo_id(name)
    except HFValidationError as error:
        raise UsageError(repo or "REPO", *_REFUSALS[HFValidationError]) from error
    if "/" not in name:
        raise UsageError(repo, *_REFUSALS[HFValidationError])
    return name


def told(repo: str, revision: str | None = None) -> str:
    """The address of a dataset, as people read it here and write it for `parallaxe diff`."""
    return f"hf://{repo}{f'@{revision}' if revision else ''}"
