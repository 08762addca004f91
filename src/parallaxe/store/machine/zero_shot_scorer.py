"""Stance by any model of natural language inference that transformers opens: a polarity is a hypothesis about a text.

The text is the premise, « À propos de … : ce passage désapprouve, combat ou accuse la cible. » the hypothesis, and what
the model thinks of each hypothesis, weighed against the others, is the probability of its polarity (Yin et al. 2019).
transformers and torch take gigabytes and seconds, so neither is needed by anything else, nor imported before.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

from parallaxe.annotate.stance_prompt import shared_out
from parallaxe.annotate.stance_scoring import Scores
from parallaxe.core.errors import SurroundingsError
from parallaxe.core.labels import Label

_BATCH = 16
_INSTALL = "install them with `pip install 'parallaxe[transformers]'`, or name an endpoint: openai:URL#MODEL"


def load_zero_shot(name: str, definitions: Mapping[str, str]) -> ZeroShotScorer:
    """The model in a folder, or of a name that the hub knows, as a scorer.

    Raises:
        SurroundingsError: if transformers or torch is not installed, or the model is not there, broken, or does not
            tell entailment.
    """
    try:
        import_module("torch")
        transformers: Any = import_module("transformers")
    except (ImportError, OSError, RuntimeError) as error:
        what = f"transformers or torch cannot be loaded ({type(error).__name__})"
        raise SurroundingsError(f"transformers:{name}", what, _INSTALL) from error
    # A bar for each file of a model is nothing to see beside our own.
    transformers.utils.logging.disable_progress_bar()
    is_here = Path(name).exists()
    try:
        model = transformers.AutoModelForSequenceClassification.from_pretrained(name, local_files_only=is_here)
        tokenizer = transformers.AutoTokenizer.from_pretrained(name, local_files_only=is_here)
    except Exception as error:  # Whatever a foreign file breaks inside five libraries, it is the file that is at fault.
        what = f"no model that transformers {transformers.__version__} can open ({type(error).__name__})"
        raise SurroundingsError(f"transformers:{name}", what, "give the folder of a model, or its name") from error
    if not any(str(label).lower().startswith("entail") for label in model.config.label2id):
        labels = ", ".join(map(str, model.config.label2id))
        remedy = "choose a model of natural language inference (with a label `entailment`)"
        raise SurroundingsError(f"transformers:{name}", f"its labels are {labels}", remedy)
    pipe = transformers.pipeline("zero-shot-classification", model=model, tokenizer=tokenizer)
    return ZeroShotScorer(name, pipe, definitions)


@dataclass
class ZeroShotScorer:
    """A `StanceScorer` around a pipeline `zero-shot-classification`; `definitions` are those of the polarities."""

    name: str
    pipe: Any
    definitions: Mapping[str, str]

    @property
    def tool(self) -> str:
        """The last part of the model's name, with the version of the hypotheses."""
        return f"{Path(self.name).name}/1"

    def score(self, texts: Sequence[str], target: Label, names: Sequence[str]) -> list[Scores]:
        """As `StanceScorer.score`; a text that is longer than the model reads is cut at its end.

        Raises:
            SurroundingsError: if the model fails on a text.
        """
        if not texts:
            return []
        said = {_predicate(self.definitions.get(name, name)): name for name in names}
        if len(said) < len(names):
            said = {name: name for name in names}
        distinct = list(dict.fromkeys(texts))
        try:
            results = self.pipe(
                distinct, list(said), hypothesis_template=hypothesis(target), multi_label=False, batch_size=_BATCH
            )
        except (RuntimeError, ValueError, IndexError, MemoryError) as error:
            what = f"the model fails ({type(error).__name__})"
            raise SurroundingsError(f"transformers:{self.name}", what, "try another model") from error
        weighed = [dict(zip(result["labels"], result["scores"], strict=True)) for result in results]
        scores = {
            text: shared_out({name: float(weights[words]) for words, name in said.items()})
            for text, weights in zip(distinct, weighed, strict=True)
        }
        return [scores[text] for text in texts]


def hypothesis(target: Label) -> str:
    """What is supposed of a text, with `{}` where a polarity goes.

    >>> hypothesis(Label("moscou", "La Russie.", "Russia."))
    'À propos de « La Russie » : ce passage {}.'
    """
    braced = target.fr.rstrip(". ").replace("{", "{{").replace("}", "}}")
    return f"À propos de « {braced} » : ce passage {{}}."


def _predicate(definition: str) -> str:
    """« Approuve, soutient ou défend la cible. » as the end of a sentence."""
    return definition[:1].lower() + definition[1:].rstrip(". ")
