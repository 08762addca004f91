"""Training: epochs over sentences and their variants, judged after each on the validation split, the best one kept.

Every random choice comes from one seed, so that the same examples and settings give the same weights on one machine.
What is judged is the mean of two figures: F1 on the validation split as it is, and on the same sentences with names
that were kept from training (`renamed`). The first alone rewards learning the names of sixteen articles by
heart, most of which stand in the validation split too.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING, Any, NamedTuple

from parallaxe.annotate.trained.examples import Example, Mention
from parallaxe.annotate.trained.material import Material, examples
from parallaxe.annotate.trained.network import PIPE, Settings, blank_pipeline, round_weights
from parallaxe.annotate.trained.scoring import Counts, Known, count, count_unknown, total
from parallaxe.annotate.trained.substitution import begun_later, learned, varied

if TYPE_CHECKING:
    from spacy.language import Language

_WORDS_OF_A_BATCH = 700
_ASKED_AT_ONCE = 64

Progress = Callable[[int, int], None]
"""Called with how much is done, and of how much."""


class Judgement(NamedTuple):
    """Figures of a pipeline on the validation split: by label, of unknown names, and with names never seen."""

    labels: dict[str, Counts]
    unknown: Counts
    renamed: Counts

    @property
    def overall(self) -> Counts:
        """All labels together."""
        return total(self.labels.values())

    @property
    def merit(self) -> float:
        """What is chosen by."""
        return (self.overall.f1 + self.renamed.f1) / 2


@dataclass(frozen=True)
class Trained:
    """A pipeline with the epoch that it was taken from and what was found of it."""

    pipeline: Language
    settings: Settings
    epoch: int
    judgement: Judgement


def train(
    material: Material, settings: Settings, *, seed: int, epochs: int, patience: int, progress: Progress
) -> Trained:
    """The pipeline after its best epoch; it stops once `patience` epochs have brought nothing better."""
    from spacy.util import fix_random_seed

    fix_random_seed(seed)
    random = Random(seed)
    pipeline = blank_pipeline(settings)
    optimizer = _optimizer(settings)
    pipeline.initialize(lambda: _as_examples(pipeline, material.train), sgd=optimizer)
    best: tuple[Judgement, int, bytes] | None = None
    for epoch in range(1, epochs + 1):
        _one_epoch(pipeline, optimizer, _epoch_examples(material.train, settings, random), settings)
        averaged = _averaged(pipeline, optimizer, settings)
        judgement = judge(averaged, material)
        if best is None or judgement.merit > best[0].merit:
            best = (judgement, epoch, averaged.get_pipe(PIPE).to_bytes(exclude=["vocab"]))
        progress(epoch, epochs)
        if epoch - best[1] >= patience:
            break
    assert best is not None
    kept = blank_pipeline(settings)
    kept.get_pipe(PIPE).from_bytes(best[2], exclude=["vocab"])
    return Trained(kept, settings, best[1], best[0])


def judge(pipeline: Language, material: Material) -> Judgement:
    """What a pipeline finds in the validation split, as it is and with other names."""
    plain, renamed = examples(material.validation), examples(material.renamed)
    found = find(pipeline, [example.words for example in plain])
    return Judgement(
        count(plain, found),
        count_unknown(plain, found, Known.of(material.train)),
        total(count(renamed, find(pipeline, [example.words for example in renamed])).values()),
    )


def find(pipeline: Language, sentences: Sequence[Sequence[str]]) -> list[list[Mention]]:
    """The mentions of each sentence, which is given as words; the vocabulary does not grow by them."""
    from spacy.tokens import Doc

    with pipeline.memory_zone():
        docs = (Doc(pipeline.vocab, words=list(words)) for words in sentences)
        return [
            [Mention(span.start, span.end, span.label_) for span in doc.ents]
            for doc in pipeline.pipe(docs, batch_size=_ASKED_AT_ONCE)
        ]


def _optimizer(settings: Settings) -> Any:
    from thinc.api import Adam

    return Adam(learn_rate=settings.rate, L2=0.01, L2_is_weight_decay=True, grad_clip=1.0, use_averages=True)


def _epoch_examples(examples: Sequence[Example], settings: Settings, random: Random) -> list[Example]:
    """The sentences as they are, and variants of those that hold names, in a new order."""
    named = [example for example in examples if example.mentions]
    variants = [
        begun_later(variant, random) if random.random() < settings.later else variant
        for _ in range(settings.copies)
        for example in named
        for variant in (varied(example, learned(), random, settings.share),)
    ]
    shuffled = [*examples, *variants]
    random.shuffle(shuffled)
    return shuffled


def _one_epoch(pipeline: Language, optimizer: Any, examples: Sequence[Example], settings: Settings) -> None:
    held = 0
    batches: list[list[Example]] = [[]]
    for example in examples:
        if held + len(example.words) > _WORDS_OF_A_BATCH and batches[-1]:
            batches.append([])
            held = 0
        batches[-1].append(example)
        held += len(example.words)
    for batch in batches:
        pipeline.update(_as_examples(pipeline, batch), sgd=optimizer, drop=settings.dropout)


def _as_examples(pipeline: Language, examples: Sequence[Example]) -> list[Any]:
    from spacy.tokens import Doc, Span
    from spacy.training import Example as SpacyExample

    made = []
    for example in examples:
        expected = Doc(pipeline.vocab, words=list(example.words))
        expected.set_ents([Span(expected, start, end, label) for start, end, label, _ in example.mentions])
        made.append(SpacyExample(Doc(pipeline.vocab, words=list(example.words)), expected))
    return made


def _averaged(pipeline: Language, optimizer: Any, settings: Settings) -> Language:
    """A copy with the averages of all steps so far, in half precision."""
    copy = blank_pipeline(settings)
    with pipeline.use_params(optimizer.averages):
        copy.get_pipe(PIPE).from_bytes(pipeline.get_pipe(PIPE).to_bytes(exclude=["vocab"]), exclude=["vocab"])
    round_weights(copy)
    return copy
