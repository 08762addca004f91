"""Scorers of stance from outside, named on the command line: a chat model behind a server, a model of transformers.

    openai:URL#MODEL[,key=VARIABLE][,timeout=SECONDS][,together=N][,attempts=N]
    transformers:FOLDER_OR_NAME

A key is never part of the name: it stands in an environment variable, and the name says in which.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from parallaxe.annotate.stance_scoring import StanceScorer
from parallaxe.core.errors import UsageError
from parallaxe.core.labels import LabelSet

FORMS = "write openai:URL#MODEL or transformers:FOLDER_OR_NAME"


def load_scorer(spec: str, polarities: LabelSet | None = None) -> StanceScorer:
    """The scorer that a name like `openai:http://localhost:8000/v1#mistral-small` stands for.

    A server is asked nothing yet; a model is loaded. The definitions of `polarities`, where they are given, go into
    prompts and hypotheses; a name alone says less.

    Raises:
        UsageError: if the name has another form, or an option that is unknown or out of its range.
        SurroundingsError: if the variable of the key is not set, transformers or torch is not installed, or the model
            is not there or not of the right kind.
    """
    kind, separator, rest = spec.partition(":")
    opener = _OPENERS.get(kind)
    if opener is None or not separator or not rest:
        # The whole name may hold what should not be printed.
        raise UsageError("--stance-scorer", f"{kind[:20]!r} is no kind of scorer with a name behind it", FORMS)
    return opener(rest, {label.name: label.fr for label in polarities.labels} if polarities else {})


def _endpoint(rest: str, definitions: Mapping[str, str]) -> StanceScorer:
    from parallaxe.store.machine.endpoint_scorer import EndpointScorer, parse_endpoint

    return EndpointScorer(parse_endpoint(rest), definitions)


def _zero_shot(rest: str, definitions: Mapping[str, str]) -> StanceScorer:
    from parallaxe.store.machine.zero_shot_scorer import load_zero_shot

    return load_zero_shot(rest, definitions)


_OPENERS: Mapping[str, Callable[[str, Mapping[str, str]], StanceScorer]] = {
    "openai": _endpoint,
    "transformers": _zero_shot,
}
