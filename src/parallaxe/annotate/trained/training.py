"""Training: epochs over sentences and their variants, judged after each on the validation split, the best one kept.

Every random choice comes from one seed, so that the same examples and settings give the same weights on one machine.
What is judged is the mean of two figures: F1 on the validation split as it is, and on the same sentences with names
that were kept from training (`renamed`). The first alone rewards learning the names of sixteen articles by
heart, most of which stand in the validation split too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from parallaxe.annotate.trained.examples import Example, Mention
from parallaxe.annotate.trained.material import Material, examples
from parallaxe.annotate.trained.network import Settings, blank_pipeline, round_weights, weights, with_weights
from parallaxe.annotate.trained.scoring import Counts, Known, count, count_unknown, total
from parallaxe.annotate.trained.substitution import begun_later, learned, varied

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.training import Example as SpacyExample

_WORDS_OF_A_BATCH = 700
_ASKED_AT_ONCE = 64

Progress: TypeAlias = Callable[[int, int], None]
"""Called with how much is done, and of how much."""


class Schedule(NamedTuple):
    """The seed of all that is drawn, how many epochs at most, and how many may bring nothing better before it ends."""

    seed: int = 0
    epochs: int = 18
    patience: int = 6


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


def train(material: Material, settings: Settings, schedule: Schedule, progress: Progress) -> Trained:
    """The pipeline after its best epoch; it stops once `patience` epochs have brought nothing better."""
    run = _Run.of(material.train, settings, schedule.seed)
    best: tuple[Judgement, int, bytes] | None = None
    for epoch in range(1, schedule.epochs + 1):
        run.one_epoch(material.train)
        averaged = run.averaged()
        judgement = judge(averaged, material)
        if best is None or judgement.merit > best[0].merit:
            best = (judgement, epoch, weights(averaged))
        progress(epoch, schedule.epochs)
        if epoch - best[1] >= schedule.patience:
            break
    assert best is not None
    return Trained(with_weights(settings, best[2]), settings, best[1], best[0])


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


@dataclass
class _Run:
    """A pipeline under way, with its optimizer and the source of all that is drawn."""

    settings: Settings
    pipeline: Language
    optimizer: Any
    random: Random

    @classmethod
    def of(cls, examples: Sequence[Example], settings: Settings, seed: int) -> _Run:
        """A pipeline that knows its labels and has learned nothing; numpy draws from the same seed."""
        from spacy.util import fix_random_seed  # type: ignore[attr-defined]

        fix_random_seed(seed)
        pipeline = blank_pipeline(settings)
        optimizer = pipeline.initialize(lambda: _as_examples(pipeline, examples))
        return cls(settings, pipeline, optimizer, Random(seed))  # noqa: S311 -- nothing is kept secret by it

    def one_epoch(self, examples: Sequence[Example]) -> None:
        """Learn from all sentences and some variants of them, in a new order."""
        for batch in _batches(self._with_variants(examples)):
            self.pipeline.update(
                _as_examples(self.pipeline, batch), sgd=self.optimizer, drop=self.settings.dropout, losses={}
            )

    def _with_variants(self, examples: Sequence[Example]) -> list[Example]:
        """The sentences as they are, and variants of those that hold names, in a new order."""
        named = [example for example in examples if example.mentions]
        variants = [self._variant(example) for _ in range(self.settings.copies) for example in named]
        shuffled = [*examples, *variants]
        self.random.shuffle(shuffled)
        return shuffled

    def _variant(self, example: Example) -> Example:
        variant = varied(example, learned(), self.random, self.settings.share)
        return begun_later(variant, self.random) if self.random.random() < self.settings.later else variant

    def averaged(self) -> Language:
        """A copy with the averages of all steps so far, in half precision."""
        with self.pipeline.use_params(self.optimizer.averages):
            copy = with_weights(self.settings, weights(self.pipeline))
        round_weights(copy)
        return copy


def _batches(examples: Sequence[Example]) -> Iterator[list[Example]]:
    """Sentences in their order, as many together as have some hundred words."""
    batch: list[Example] = []
    held = 0
    for example in examples:
        if batch and held + len(example.words) > _WORDS_OF_A_BATCH:
            yield batch
            batch, held = [], 0
        batch.append(example)
        held += len(example.words)
    if batch:
        yield batch


def _as_examples(pipeline: Language, examples: Sequence[Example]) -> list[SpacyExample]:
    from spacy.tokens import Doc, Span
    from spacy.training import Example as SpacyExample

    made = []
    for example in examples:
        expected = Doc(pipeline.vocab, words=list(example.words))
        expected.set_ents([Span(expected, start, end, label) for start, end, label, _ in example.mentions])
        made.append(SpacyExample(Doc(pipeline.vocab, words=list(example.words)), expected))
    return made
