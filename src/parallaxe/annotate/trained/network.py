"""The network of the component: spaCy's transition parser for names over a small convolution of hashed word features.

A word is known by its normal form, its first letter, its last three and its shape, each hashed into a table of a few
hundred rows: no vectors, no list of words, so that the whole fits into a small file and a name is told by how it looks
and by what stands around it. Weights are rounded to half precision before they are judged, so that what is judged is
what is stored.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from spacy.language import Language

PIPE = "ner"
"""The name of the pipe that gives the mentions."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What is chosen on the validation split.

    Args:
        name: what a report calls it.
        width: numbers that stand for a word between layers.
        rows: rows of the four tables of features (normal form, prefix, suffix, shape).
        depth: layers of the convolution: how many words to each side a word sees.
        hidden: units of the parser.
        dropout: the share of the numbers that is left out at each step.
        copies: variants with other names of each sentence in an epoch; 0: the sentences as they are.
        share: of the names in a variant that are others.
        later: of the variants begin with a later word of the sentence.
        rate: how fast it learns.
    """

    name: str
    width: int = 96
    rows: tuple[int, int, int, int] = (2000, 500, 1000, 500)
    depth: int = 4
    hidden: int = 64
    dropout: float = 0.2
    copies: int = 4
    share: float = 0.8
    later: float = 0.3
    rate: float = 0.001


FEATURES: tuple[str, ...] = ("NORM", "PREFIX", "SUFFIX", "SHAPE")


def blank_pipeline(settings: Settings) -> Language:
    """A French pipeline with the network alone, not yet initialized: it learns its labels from its first examples."""
    from spacy.util import load_model_from_config

    return load_model_from_config(_config(settings), auto_fill=True, validate=True)


def _config(settings: Settings) -> dict[str, Any]:
    words = {
        "@architectures": "spacy.Tok2Vec.v2",
        "embed": {
            "@architectures": "spacy.MultiHashEmbed.v2",
            "width": settings.width,
            "attrs": list(FEATURES),
            "rows": list(settings.rows),
            "include_static_vectors": False,
        },
        "encode": {
            "@architectures": "spacy.MaxoutWindowEncoder.v2",
            "width": settings.width,
            "depth": settings.depth,
            "window_size": 1,
            "maxout_pieces": 3,
        },
    }
    model = {
        "@architectures": "spacy.TransitionBasedParser.v2",
        "state_type": "ner",
        "extra_state_tokens": False,
        "hidden_width": settings.hidden,
        "maxout_pieces": 2,
        "use_upper": True,
        "tok2vec": words,
    }
    return {
        "nlp": {"lang": "fr", "pipeline": [PIPE]},
        "components": {PIPE: {"factory": "ner", "model": model}},
        "training": {"optimizer": {**_OPTIMIZER, "learn_rate": settings.rate}},
    }


_OPTIMIZER = {
    "@optimizers": "Adam.v1",
    "L2": 0.01,
    "L2_is_weight_decay": True,
    "grad_clip": 1.0,
    "use_averages": True,
}


def weights(pipeline: Language) -> bytes:
    """What the network has learned, its labels with it: the same weights give the same bytes."""
    recognizer: Any = pipeline.get_pipe(PIPE)
    return bytes(recognizer.to_bytes(exclude=["vocab"]))


def with_weights(settings: Settings, content: bytes) -> Language:
    """The pipeline that has learned what `weights` gave of one with the same settings.

    Raises:
        ValueError: if the weights are those of another network.
    """
    pipeline = blank_pipeline(settings)
    recognizer: Any = pipeline.get_pipe(PIPE)
    recognizer.from_bytes(content, exclude=["vocab"])
    return pipeline


def round_weights(pipeline: Language) -> None:
    """Bring every weight to half precision: what is lost is less than noise, and the file is half as large."""
    import numpy as np

    recognizer: Any = pipeline.get_pipe(PIPE)
    for node in recognizer.model.walk():
        for name in node.param_names:
            if node.has_param(name):
                node.set_param(name, node.get_param(name).astype(np.float16).astype(np.float32))
